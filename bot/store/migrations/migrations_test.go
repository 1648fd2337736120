package migrations_test

import (
	"io/fs"
	"regexp"
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
			if strings.Contains(string(text), "CREATE TABLE") && !strings.Contains(string(text), d.ID) {
				t.Errorf("%s: %s has no %s column", name, f, d.ID)
			}
		}
	}
}

func TestNoDownMigrations(t *testing.T) {
	fsys := migrations.For(migrations.SQLite())
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
