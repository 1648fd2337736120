package sqlite_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accord-chat/accord/bot/store/sqlite"
)

// TestADeletedFileIsNoticed: on a file that was deleted every write succeeds
// and nothing is kept, so the store must not call itself well.
func TestADeletedFileIsNoticed(t *testing.T) {
	dir := t.TempDir()
	s, err := sqlite.Open(t.Context(), sqlite.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, sqlite.FileName)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := s.Ping(t.Context()); err == nil || !strings.Contains(err.Error(), "deleted or replaced") {
		t.Errorf("after its file was deleted the store says %v", err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Ping(t.Context()); err == nil {
		t.Error("another file in its place was taken for its own")
	}
}
