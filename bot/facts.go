package bot

import (
	"context"
	"fmt"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
)

// factsSender is the outbox account of look-ups. They go through the outbox
// because that is where work waits that must not hold up a turn; what is found
// comes back as an input.
const factsSender = "facts"

// facts answers look-ups from the flow's own table.
type facts struct{ b *Bot }

func newFacts(b *Bot) *sender {
	s := blankSender(b, factsSender, newPacer(adapters.Pace{}))
	s.deliver = func(ctx context.Context, row store.OutRow) []store.Result {
		return []store.Result{facts{b}.deliver(ctx, row)}
	}
	s.rest = 0 // looking up twice harms nobody
	return s
}

func (f facts) deliver(_ context.Context, row store.OutRow) store.Result {
	now := f.b.cfg.Now()
	res := store.Result{ID: row.ID, Outcome: string(adapters.Delivered), Done: true, At: now.UnixMilli()}
	env, err := decodeEnvelope(row.Payload)
	if err != nil || env.Fact == nil {
		res.Outcome, res.Dead, res.Reason = string(adapters.Refused), true, "not a look-up"
		return res
	}
	found, ok := f.b.cfg.Flow.Fact(env.Fact.Key, now, f.b.cfg.Settings.Zone)
	in, err := newInput(row.Conv, fmt.Sprintf("fact:%d", row.ID), dialog.Input{
		At: moment(now.UnixMilli()), Kind: dialog.InFact, Fact: &dialog.Fact{Key: env.Fact.Key, Found: ok, Row: found}})
	if err != nil {
		res.Outcome, res.Dead, res.Reason = string(adapters.Refused), true, "the fact cannot be encoded"
		return res
	}
	res.Inputs = []store.New{in}
	return res
}
