package sqlite_test

import (
	"path/filepath"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
	"github.com/accord-chat/accord/bot/store/storetest"
)

func TestContract(t *testing.T) {
	dirs := map[*testing.T]string{}
	storetest.Run(t, func(t *testing.T) store.Store {
		if dirs[t] == "" {
			dirs[t] = filepath.Join(t.TempDir(), "data")
		}
		return open(t, dirs[t])
	})
}

// open opens the database in dir; the caller closes it.
func open(t *testing.T, dir string) *sqlite.Store {
	t.Helper()
	log := zaptest.NewLogger(t, zaptest.Level(zap.DPanicLevel)) // failures are provoked here
	st, err := sqlite.Open(t.Context(), sqlite.Config{Dir: dir, Logger: log})
	if err != nil {
		t.Fatal(err)
	}
	return st
}
