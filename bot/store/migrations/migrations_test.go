package migrations_test

import (
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/bot/store/migrations"
)

// Every dialect must render every file without a token left, and the rendered
// folder must behave as a file system: goose globs and reads it.
func TestForRendersEveryToken(t *testing.T) {
	token := regexp.MustCompile(`@\w+`)
	for name, d := range map[string]migrations.Dialect{
		"sqlite": migrations.SQLite(), "postgres": migrations.PostgreSQL(),
	} {
		fsys := migrations.For(d)
		names, err := fs.Glob(fsys, "*.sql")
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: files %v, err %v", name, names, err)
		}
		for _, f := range names {
			text, err := fs.ReadFile(fsys, f)
			if err != nil {
				t.Fatal(err)
			}
			if left := token.FindString(string(text)); left != "" {
				t.Errorf("%s: %s still holds %q", name, f, left)
			}
			if shared(t, f) && strings.Contains(string(text), "CREATE TABLE") && !strings.Contains(string(text), d.ID) {
				t.Errorf("%s: %s has no %s column", name, f, d.ID)
			}
		}
	}
}

// shared says whether every dialect has the file.
func shared(t *testing.T, name string) bool {
	t.Helper()
	_, err := fs.Stat(migrations.For(migrations.SQLite()), name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return err == nil
}

// A dialect's own files stand among the shared ones, and no number comes twice:
// goose would refuse to start.
func TestOwnFilesStandAmongTheOthers(t *testing.T) {
	for name, want := range map[string]bool{"sqlite": false, "postgres": true} {
		d := map[string]migrations.Dialect{"sqlite": migrations.SQLite(), "postgres": migrations.PostgreSQL()}[name]
		names, err := fs.Glob(migrations.For(d), "*.sql")
		if err != nil || !slices.IsSorted(names) {
			t.Fatalf("%s: files %v, err %v", name, names, err)
		}
		if got := slices.Contains(names, "00004_processes.sql"); got != want {
			t.Errorf("%s: files %v", name, names)
		}
		for i := 1; i < len(names); i++ {
			if names[i][:5] == names[i-1][:5] {
				t.Errorf("%s: %s and %s have one number", name, names[i-1], names[i])
			}
		}
	}
}

func TestNoDownMigrations(t *testing.T) {
	fsys := migrations.For(migrations.PostgreSQL()) // it has all files there are
	names, err := fs.Glob(fsys, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range names {
		text, err := fs.ReadFile(fsys, f)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "+goose Down") {
			t.Errorf("%s goes backward", f)
		}
	}
}

func TestOpenMissing(t *testing.T) {
	if _, err := fs.ReadFile(migrations.For(migrations.SQLite()), "99999_none.sql"); err == nil {
		t.Fatal("a file that is not there was read")
	}
}
