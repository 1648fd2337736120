package bot

import (
	"fmt"
	"slices"
	"time"

	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
)

// numbersPerTurn is more questions, hand-offs or promises than one turn makes.
const numbersPerTurn = 100

// stateOf reads the state an input meets. One that cannot be read fails the
// turn, except for a rescue: that goes on from what is left of it, because the
// customer must reach a person whatever became of the rest. anew says so.
func (b *Bot) stateOf(it store.Item) (state dialog.State, anew bool, err error) {
	state, err = dialog.Decode(b.cfg.Flow, it.State)
	switch {
	case err == nil:
		return state, false, nil
	case it.Kind == kindRescue:
		return salvage(b.cfg.Flow, it.State, it.Version), true, nil
	}
	return dialog.State{}, false, fmt.Errorf("%w: %w", errNoState, err)
}

// salvage makes a new state with what can still be read of an old one: who the
// customer is and what they were promised, since others rely on that. Numbers
// go on far above any the conversation can have used, so that an old button,
// card or task never stands for a new one.
func salvage(f *flow.Flow, old []byte, version int64) dialog.State {
	kept, _ := dialog.Remains(old)
	s := dialog.New(f)
	s.From, s.Greeted, s.Blocked, s.Handoff = kept.From, kept.Greeted, kept.Blocked, nil
	if slices.Contains(f.Langs(), kept.Lang) {
		s.Lang = kept.Lang
	}
	number := int(version+1) * numbersPerTurn
	s.Question, s.HandoffNo, s.PromiseNo = number, number, number
	for _, p := range kept.Promises {
		if p.N > 0 && p.N <= number && p.Standing() && p.Text != "" && !p.Due.IsZero() {
			s.Promises = append(s.Promises, p)
		}
	}
	return s
}

// beginAnew writes down that a turn went on from a salvaged state, for a
// replay and for the agents, whose earlier hand-off is over by it.
func (b *Bot) beginAnew(turn *store.Turn, it store.Item, state dialog.State, at time.Time) error {
	encoded, err := dialog.Encode(state)
	if err != nil {
		return err
	}
	turn.Events = append(turn.Events, store.Event{Kind: eventAnew, Payload: encoded})
	was, _ := dialog.Remains(it.State)
	if h := was.Handoff; h != nil && h.N > 0 {
		over := store.HandoffRow{Conv: it.Conv, N: h.N, State: string(dialog.HandoffClosed), Owner: h.Owner, Name: h.Name, Cause: h.Cause,
			Opened: milli(h.Opened), Closed: milli(at)}
		turn.Handoffs = append([]store.HandoffRow{over}, turn.Handoffs...)
	}
	outs, err := b.deskOuts([]desk.Show{b.desk.Trouble(it.Conv, desk.TroubleState)}, "", 0)
	turn.Outbox = append(turn.Outbox, outs...)
	return err
}
