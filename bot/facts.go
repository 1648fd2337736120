package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/facts"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// factsSender is the outbox account of look-ups. They go through the outbox
// because that is where work waits that must not hold up a turn; what is found
// comes back as an input.
const factsSender = "facts"

// lookupTimeout bounds one look-up with all its tries. The state that waits for
// it goes on sooner; an answer that comes after that still serves.
const lookupTimeout = 45 * time.Second

// lookups answers look-ups by the flow's provider.
type lookups struct{ b *Bot }

func newFacts(b *Bot) *sender {
	s := blankSender(b, factsSender, newPacer(adapters.Pace{}))
	s.deliver = func(ctx context.Context, row store.OutRow) []store.Result {
		return []store.Result{lookups{b}.deliver(ctx, row)}
	}
	s.rest = 0 // looking up twice harms nobody
	return s
}

func (l lookups) deliver(ctx context.Context, row store.OutRow) store.Result {
	res := store.Result{ID: row.ID, Outcome: string(adapters.Delivered), Done: true}
	refuse := func(why string) store.Result {
		res.Outcome, res.Dead, res.Reason, res.At = string(adapters.Refused), true, why, l.b.nowMilli()
		return res
	}
	env, err := decodeEnvelope(row.Payload)
	if err != nil || env.Fact == nil {
		return refuse("not a look-up")
	}
	fact, ok := l.ask(ctx, facts.Query{Key: env.Fact.Key, Customer: env.Fact.Customer})
	if !ok {
		// The end came in the middle: the next start asks again.
		now := l.b.nowMilli()
		return store.Result{ID: row.ID, Outcome: string(adapters.NotSent), Reason: "stopped before it was answered", At: now, NextAt: now}
	}
	res.At = l.b.nowMilli()
	in, err := newInput(row.Conv, fmt.Sprintf("fact:%d", row.ID), dialog.Input{At: moment(res.At), Kind: dialog.InFact, Fact: &fact})
	if err != nil {
		return refuse("the fact cannot be encoded")
	}
	res.Inputs = []store.New{in}
	return res
}

// ask looks up and measures it; false where the program ends meanwhile.
func (l lookups) ask(ctx context.Context, q facts.Query) (dialog.Fact, bool) {
	began := time.Now()
	bounded, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	fact, err := l.b.cfg.Facts.LookUp(bounded, q)
	if err != nil && ctx.Err() != nil {
		return fact, false
	}
	if err != nil {
		l.b.log.Warn("a look-up came to nothing", zap.Error(err))
	}
	l.b.meters.lookedUp(cameTo(fact), time.Since(began))
	return fact, true
}

// everywhere names a customer so that no two of different platforms have one
// name: "telegram:4711". Some platforms' references say so themselves.
func everywhere(channel message.Channel, ref message.UserRef) message.UserRef {
	before := string(channel) + ":"
	if ref == "" || strings.HasPrefix(string(ref), before) {
		return ref
	}
	return message.UserRef(before + string(ref))
}

// cameTo names the outcome of a look-up for measures.
func cameTo(f dialog.Fact) string {
	switch {
	case f.Trouble != "":
		return string(f.Trouble)
	case !f.Found:
		return "not_found"
	case f.Unverified:
		return "unverified"
	}
	return "found"
}
