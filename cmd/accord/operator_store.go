package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/postgres"
)

// retrier handles and sends again what did not go through; *bot.Bot is one.
type retrier interface {
	RetryDead(ctx context.Context, id int64) error
	RetryOut(ctx context.Context, id int64) error
}

// keeper is the operator that works on an open database: the running server's,
// or one that a command opened for itself.
type keeper struct {
	store store.Store
	data  string // the folder it stands in
	// bot makes what is needed to try again. Listing and signing in must work
	// also where the flow or a token would keep it from being made.
	bot func(context.Context) (retrier, error)
	// link makes a one-time link for a user of the store.
	link func(ctx context.Context, u store.User) (link, error)
	// address is where the running server can be asked; "" where none runs.
	address string
	// about fills in what is known besides the database.
	about func(ctx context.Context, s *state) error
	now   func() time.Time
	close func() error
}

var _ operator = (*keeper)(nil)

// Close implements operator.
func (k *keeper) Close() error { return k.close() }

// Address implements operator.
func (k *keeper) Address(context.Context) (string, error) {
	if k.address == "" {
		return "", &problem{what: "no Accord runs on the data folder " + k.data, hint: "start accord serve first"}
	}
	return k.address, nil
}

// Backup implements operator.
func (k *keeper) Backup(ctx context.Context, dest string) (backupReport, error) {
	if _, onServer := k.store.(*postgres.Store); onServer { // asked by one who does not know
		return backupReport{}, errDump()
	}
	return backupTo(ctx, k.store, k.data, dest)
}

// Stuck implements operator.
func (k *keeper) Stuck(ctx context.Context, limit int) ([]stuck, error) {
	letters, err := k.store.DeadLetters(ctx, limit)
	if err != nil {
		return nil, err
	}
	outs, err := k.store.TroubledOuts(ctx, limit)
	if err != nil {
		return nil, err
	}
	list := make([]stuck, 0, len(letters)+len(outs))
	for _, d := range letters {
		if d.Source != fromOutbox { // those are among outs, with more known of them
			list = append(list, fromLetter(d))
		}
	}
	for _, t := range outs {
		s, err := k.fromOut(ctx, t)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b stuck) int { return cmp.Or(b.At.Compare(a.At), strings.Compare(a.ID, b.ID)) })
	return list, nil
}

// fromOutbox is the source of dead letters that are rows of the outbox.
const fromOutbox = "outbox"

func fromLetter(d store.Dead) stuck {
	return stuck{ID: "in-" + strconv.FormatInt(d.ID, 10), Kind: kindLetter, Where: d.Source, Why: redact(d.Reason),
		At: time.UnixMilli(d.At).UTC(), Conv: int64(d.Conv), Retry: true}
}

// fromOut reads the row of what is dead: only that tells whether it could
// still be sent.
func (k *keeper) fromOut(ctx context.Context, t store.Troubled) (stuck, error) {
	if !t.Dead {
		return outStuck(t, false), nil
	}
	row, err := k.store.Out(ctx, t.ID)
	if err != nil {
		return stuck{}, err
	}
	return outStuck(t, !bot.TooOld(row, k.now())), nil
}

func outStuck(t store.Troubled, retry bool) stuck {
	s := stuck{ID: "out-" + strconv.FormatInt(t.ID, 10), Kind: kindSend, Where: t.Sender, Why: redact(t.Reason),
		At: time.UnixMilli(t.Written).UTC(), Conv: int64(t.Conv), Retry: retry}
	if !t.Dead {
		s.Kind = kindUnknown
	}
	if s.Why == "" {
		s.Why = t.Outcome
	}
	return s
}

// Show implements operator.
func (k *keeper) Show(ctx context.Context, which showing) (stuck, error) {
	in, n, err := stuckID(which.ID)
	if err != nil {
		return stuck{}, err
	}
	show := k.showOut
	if in {
		show = k.showLetter
	}
	s, payload, err := show(ctx, n)
	if errors.Is(err, store.ErrNotFound) {
		return stuck{}, notStuck(which.ID)
	}
	if err == nil && which.Payload {
		s.Payload = readable(payload)
	}
	return s, err
}

func (k *keeper) showLetter(ctx context.Context, id int64) (stuck, []byte, error) {
	d, err := k.store.DeadLetter(ctx, id)
	return fromLetter(d), d.Payload, err
}

// lookBack is how many troubled rows are searched for what became of one of
// them; an older one is shown with less.
const lookBack = 10_000

func (k *keeper) showOut(ctx context.Context, id int64) (stuck, []byte, error) {
	row, err := k.store.Out(ctx, id)
	if err != nil {
		return stuck{}, nil, err
	}
	list, err := k.store.TroubledOuts(ctx, lookBack)
	if err != nil {
		return stuck{}, nil, err
	}
	if i := slices.IndexFunc(list, func(t store.Troubled) bool { return t.ID == id }); i >= 0 {
		return outStuck(list[i], list[i].Dead && !bot.TooOld(row, k.now())), row.Payload, nil
	}
	return stuck{}, nil, store.ErrNotFound // it went through, or is on its way
}

// readable shows bytes as text; what is no text is quoted.
func readable(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	return strconv.Quote(string(b))
}

// Retry implements operator.
func (k *keeper) Retry(ctx context.Context, id string) error {
	in, n, err := stuckID(id)
	if err != nil {
		return err
	}
	b, err := k.bot(ctx)
	if err != nil {
		return err
	}
	if in {
		err = b.RetryDead(ctx, n)
	} else {
		err = b.RetryOut(ctx, n)
	}
	switch {
	case errors.Is(err, store.ErrNotFound):
		return notStuck(id)
	case errors.Is(err, bot.ErrTooOld):
		return &problem{what: id + " is too old to be sent: what it was about has passed", hint: "accord dead drop " + id + " lets go of it", code: exitWanting}
	case err != nil:
		return &problem{what: id + " cannot be tried again: " + redact(err.Error()), hint: "accord dead show " + id + " says more", code: exitWanting}
	}
	return nil
}

// Drop implements operator. The audit keeps what was dropped and why it was
// stuck, since a dead letter is nowhere else then.
func (k *keeper) Drop(ctx context.Context, id string) error {
	s, err := k.Show(ctx, showing{ID: id})
	if err != nil {
		return err
	}
	in, n, err := stuckID(id)
	if err != nil {
		return err
	}
	drop := k.store.DropOut
	if in {
		drop = k.store.DropDead
	}
	switch err := drop(ctx, n); {
	case errors.Is(err, store.ErrNotFound):
		return &problem{what: id + " was not given up, so there is nothing to drop", hint: "accord dead show " + id + " says more", code: exitWanting}
	case err != nil:
		return err
	}
	return k.note(ctx, "drop_dead", fmt.Sprintf("%s (%s): %s", id, s.Where, s.Why))
}

// stuckID reads "in-12" and "out-34".
func stuckID(id string) (in bool, n int64, err error) {
	number, in := strings.CutPrefix(id, "in-")
	number, out := strings.CutPrefix(number, "out-")
	n, nerr := strconv.ParseInt(number, 10, 64)
	if in == out || nerr != nil || n <= 0 {
		return false, 0, &problem{what: fmt.Sprintf("%q names nothing that is stuck", id), hint: "ids look like in-12 or out-34; accord dead list shows them"}
	}
	return in, n, nil
}

func notStuck(id string) error {
	return &problem{what: "there is no " + id + " that is stuck", hint: "it may have gone through by now; accord dead list shows what has not", code: exitWanting}
}
