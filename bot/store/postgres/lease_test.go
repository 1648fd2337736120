package postgres_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/postgres"
	"github.com/accord-chat/accord/bot/store/postgres/pgtest"
)

// sql runs a statement beside the stores.
func sql(t testing.TB, url, q string, args ...any) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	_, err = conn.Exec(t.Context(), q, args...)
	if err := errors.Join(err, conn.Close(t.Context())); err != nil {
		t.Fatal(err)
	}
}

// A sender that stood still until its lease had ended finds itself refused, is
// told, and what it did not settle is recovered by the next.
func TestLostLead(t *testing.T) {
	url := pgtest.Database(t)
	slow, next := openWith(t, postgres.Config{URL: url, Term: time.Second}), openWith(t, postgres.Config{URL: url})
	defer closed(t, slow)
	defer closed(t, next)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := slow.Ingest(ctx, []store.New{numbered("a", 1)}, nil); err != nil {
		t.Fatal(err)
	}
	if n, err := slow.Work(ctx, 1, remember); err != nil || n != 1 {
		t.Fatalf("%d turns, err %v", n, err)
	}
	name := store.SenderLease("crash")
	err := slow.Lead(ctx, name, func(led context.Context) error {
		rows, _, err := slow.TakeOut(ctx, "crash", 1000, 1)
		if err != nil || len(rows) != 1 {
			t.Fatalf("rows %v, err %v", rows, err)
		}
		sql(t, url, "UPDATE lease SET until = 0") // as if it had stood still for so long
		return next.Lead(ctx, name, func(context.Context) error {
			if n, err := next.RecoverOut(ctx, "crash", 1000, 0); err != nil || n != 1 {
				t.Errorf("recovered %d, err %v", n, err)
			}
			late := slow.SettleOut(ctx, []store.Result{{ID: rows[0].ID, Outcome: "delivered", Done: true}})
			if !errors.Is(late, store.ErrLost) {
				t.Errorf("settled by one who lost the lead: %v", late)
			}
			select {
			case <-led.Done():
			case <-ctx.Done():
				t.Error("never told that the lead is lost")
			}
			again, _, err := next.TakeOut(ctx, "crash", 1000, 1)
			if err != nil || len(again) != 1 || !again[0].Resend {
				t.Errorf("taken again: %v, err %v", again, err)
			}
			return nil
		})
	})
	if !errors.Is(err, store.ErrLost) {
		t.Fatalf("lead ended with %v", err)
	}
}

// A process that is gone without a word keeps nobody waiting for longer than its
// term.
func TestLeadOfADeadProcess(t *testing.T) {
	url := pgtest.Database(t)
	st := openWith(t, postgres.Config{URL: url, Term: 600 * time.Millisecond})
	defer closed(t, st)
	sql(t, url, `INSERT INTO lease (name, owner, until, epoch)
		VALUES ('task', 'dead', (extract(epoch FROM clock_timestamp()) * 1000)::bigint + 600, 7)`)
	begin := time.Now()
	if err := st.Lead(t.Context(), "task", func(context.Context) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begin); took < 500*time.Millisecond {
		t.Errorf("led after %v, while the other one might still have lived", took)
	}
}

// While the server is away nobody can renew a lease or see that it was not
// renewed: who holds it stops before its term ends.
func TestLeadEndsWithTheServer(t *testing.T) {
	server := pgtest.Start(t)
	url, err := server.Make(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	st := openWith(t, postgres.Config{URL: url, Term: 2 * time.Second, Patience: time.Millisecond})
	defer closed(t, st)
	err = st.Lead(t.Context(), "task", func(led context.Context) error {
		if err := server.Down(); err != nil {
			t.Fatal(err)
		}
		begin := time.Now() // no renewal can have come later
		<-led.Done()
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("stopped %v after the server had gone", took)
		}
		return nil
	})
	if !errors.Is(err, store.ErrLost) {
		t.Fatalf("lead ended with %v", err)
	}
}
