package postgres_test

import (
	"context"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/postgres"
	"github.com/accord-chat/accord/bot/store/postgres/pgtest"
	"github.com/accord-chat/accord/bot/store/storetest"
)

func TestContract(t *testing.T) {
	urls := map[*testing.T]string{}
	storetest.Run(t, func(t *testing.T) store.Store {
		if urls[t] == "" {
			urls[t] = pgtest.Database(t)
		}
		return open(t, urls[t])
	})
}

// open opens a hold on a database; the caller closes it.
func open(t testing.TB, url string) *postgres.Store {
	t.Helper()
	return openWith(t, postgres.Config{URL: url})
}

// openWith is open with settings; leases are short, because tests wait for them.
func openWith(t testing.TB, cfg postgres.Config) *postgres.Store {
	t.Helper()
	cfg.Logger = zaptest.NewLogger(t, zaptest.Level(zap.DPanicLevel)) // failures are provoked here
	if cfg.Term == 0 {
		cfg.Term = time.Second
	}
	st, err := postgres.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// Processes hear of each other at once: a poll would come far too late here.
func TestTogether(t *testing.T) {
	urls := map[*testing.T]string{}
	storetest.RunTogether(t, func(t *testing.T) store.Store {
		if urls[t] == "" {
			urls[t] = pgtest.Database(t)
		}
		return openWith(t, postgres.Config{URL: urls[t], Poll: time.Hour})
	})
}

// gives is a handler that always returns turn.
func gives(turn store.Turn) func(context.Context, store.Item) (store.Turn, error) {
	return func(context.Context, store.Item) (store.Turn, error) { return turn, nil }
}
