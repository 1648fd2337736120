package bot

import (
	"fmt"
	"strconv"
	"time"
	"unicode/utf16"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// asksLast is how long a button can be pressed. Telegram keeps old keyboards
// for ever; a month covers every promise and its follow-up.
const asksLast = 30 * 24 * time.Hour

// scribe writes the effects of one step into one turn.
type scribe struct {
	b      *Bot
	it     store.Item
	sender string       // the customer's account
	state  dialog.State // after the step
	input  dialog.Input
	turn   *store.Turn
	desk   *desk.Desk // with the step's clock
	past   []desk.Ref // cards whose earlier calls no longer stand, see outdated.go
	words  wordings   // what is said in other words, see reword.go
}

// write is the one switch over everything the engine can decide. An effect it
// does not know fails the turn: passing one over would lose it for ever.
func (s *scribe) write(e dialog.Effect) error {
	switch e := e.(type) {
	case dialog.Say:
		return s.say(e)
	case dialog.Retire:
		return s.out(s.sender, s.it.Chat, store.Reply, envelope{Settle: &adapters.Settle{Question: e.Question, Chosen: e.Chosen}})
	case dialog.SetTimer:
		s.turn.Set = append(s.turn.Set, store.Timer{Name: e.Name, Due: e.Due.UnixMilli()})
		return nil
	case dialog.ClearTimer:
		return s.clear(e.Name)
	case dialog.LookUp:
		lane := message.Chat(strconv.FormatInt(int64(s.it.Conv), 10))
		return s.out(factsSender, lane, store.Reply, envelope{Fact: &factQuery{Key: e.Key, Customer: everywhere(s.it.Channel, e.Customer)}})
	case dialog.PromiseChanged:
		if e.Event != dialog.PromiseClosed { // nothing was changed
			s.promise(e.Promise)
		}
		if desk.Settles(e.Event) {
			s.past = append(s.past, desk.Ref{Kind: desk.TaskCard, Conv: s.it.Conv, N: e.Promise.N})
		}
		return s.show(s.desk.Promise(s.it.Conv, e, s.around(e.Promise)))
	case dialog.HandoffChanged:
		s.handoff(e)
		if desk.MovesOn(e.Event) {
			s.past = append(s.past, desk.Ref{Kind: desk.HandoffCard, Conv: s.it.Conv, N: e.Handoff.N})
		}
		return s.show(s.desk.Handoff(s.it.Conv, e))
	case dialog.Relay:
		return s.show(s.desk.Relay(s.it.Conv, e), nil)
	case dialog.Amend:
		return s.amend(e)
	case dialog.Hold:
		return s.show(s.desk.Hold(s.it.Conv, s.held(e)))
	case dialog.Unreachable:
		s.reach(e.Blocked)
		return nil
	case dialog.UseCase:
		s.turn.Cases = append(s.turn.Cases, e.Number)
		return nil
	case dialog.Rated, dialog.FollowedUp:
		return nil // the journal has them, and measures read them there
	}
	return fmt.Errorf("effect %T is not known here", e)
}

// say puts a message to the customer into the outbox, with a token for every
// button.
func (s *scribe) say(e dialog.Say) error {
	out := e.Out
	out.Text, out.Tokens = s.words.of(e), nil
	for _, c := range out.Choices {
		t := token()
		out.Tokens = append(out.Tokens, t)
		s.turn.Asks = append(s.turn.Asks, store.Ask{
			Token: t, Question: out.Question, Choice: c.ID, Expires: s.input.At.Add(asksLast).UnixMilli(),
		})
	}
	class := store.Reply
	if e.Promised {
		class = store.Promise
	}
	parts := inParts(out)
	for i := range parts {
		env := envelope{Say: &parts[i], Of: e.Mark, Words: s.kindOf(e), Since: s.it.At}
		env.In = s.threadOf(env)
		if len(parts) > 1 {
			env.Part, env.Parts = i+1, len(parts)
		}
		if e.Mark != "" {
			env.Turn = s.it.Inbox
		}
		if err := s.out(s.sender, s.it.Chat, class, env); err != nil {
			return err
		}
		late, err := s.b.lateMark(env)
		if err != nil {
			return err
		}
		s.turn.Outbox[len(s.turn.Outbox)-1].Late = late
		if s.b.heldUp(s.sender) {
			s.turn.Outbox = append(s.turn.Outbox, late...)
		}
	}
	return nil
}

// maxCaption is how long words may be to go with a file, in UTF-16 units, as
// the strictest platform counts.
const maxCaption = 1024

// inParts spreads a message over as many rows as it has files, because each
// file is delivered or fails by itself. Words go with a single file as its
// caption, otherwise before all files; with them go the buttons.
func inParts(out message.Outbound) []message.Outbound {
	files := out.Attachments
	if len(files) == 0 {
		return []message.Outbound{out}
	}
	single := len(files) == 1 && files[0].Kind != message.Location && len(utf16.Encode([]rune(out.Text))) <= maxCaption
	if single {
		return []message.Outbound{out}
	}
	var parts []message.Outbound
	if out.Text != "" || len(out.Choices) > 0 {
		words := out
		words.Attachments = nil
		parts = append(parts, words)
	}
	for _, f := range files {
		parts = append(parts, message.Outbound{Lang: out.Lang, From: out.From, Attachments: []message.Attachment{f}})
	}
	return parts
}

// amend puts a change of an agent's words behind them. What the customer has of
// them is looked for when it is sent: by then they have arrived, or never will.
func (s *scribe) amend(e dialog.Amend) error {
	return s.out(s.sender, s.it.Chat, store.Reply, envelope{
		Amend: &adapters.Amend{Of: e.Mark, Text: e.Text, Delete: e.Delete},
		In:    desk.HandoffAnchor(s.it.Conv, e.Handoff), Since: s.it.At,
	})
}

func (s *scribe) out(sender string, chat message.Chat, class store.Class, env envelope) error {
	payload, err := env.encode()
	if err != nil {
		return err
	}
	s.turn.Outbox = append(s.turn.Outbox, store.Out{Sender: sender, Chat: chat, Class: class, Payload: payload})
	return nil
}

// show puts what agents see into the outbox.
func (s *scribe) show(shows []desk.Show, err error) error {
	if err != nil {
		return err
	}
	outs, err := s.b.deskOuts(shows, "", s.it.At)
	s.turn.Outbox = append(s.turn.Outbox, outs...)
	return err
}

// clear takes a timer away, also one that this very turn has set: the store
// clears before it sets.
func (s *scribe) clear(name string) error {
	kept := s.turn.Set[:0]
	for _, t := range s.turn.Set {
		if t.Name != name {
			kept = append(kept, t)
		}
	}
	s.turn.Set = kept
	s.turn.Clear = append(s.turn.Clear, name)
	return nil
}

// reach notes whether the customer can be reached. Where not, the agents' words
// that wait for them end here, each with a mark.
func (s *scribe) reach(blocked bool) {
	s.turn.Unreach = &blocked
	if blocked {
		s.turn.Ending = s.b.ending(s.it.At)
	}
}

// promise keeps what people see of a promise. One that fell due and was told
// still has to be carried out, so it counts as open.
func (s *scribe) promise(p expect.Promise) {
	state := p.State
	if p.Standing() {
		state = expect.PromiseOpen
	}
	s.turn.Promises = append(s.turn.Promises, store.PromiseRow{
		Conv: s.it.Conv, N: p.N, Case: p.Case, Text: p.Text, Owner: p.Owner, State: string(state),
		Due: milli(p.Due), Opened: milli(p.Opened), Closed: milli(p.Closed),
	})
}

// handoff keeps what people see of a hand-off. Acts that changed nothing (too
// late, not theirs) leave it as it is.
func (s *scribe) handoff(e dialog.HandoffChanged) {
	h := e.Handoff
	row := store.HandoffRow{Conv: s.it.Conv, N: h.N, Owner: h.Owner, Name: h.Name, Cause: h.Cause, Opened: milli(h.Opened), State: "queued"}
	switch e.Event {
	case dialog.HandoffLost, dialog.HandoffDenied, dialog.HandoffOver:
		return
	case dialog.HandoffReturned, dialog.HandoffClosed:
		row.State, row.Closed = string(e.Event), milli(s.input.At)
	default:
		if h.Owner != "" {
			row.State = "owned"
		}
	}
	s.turn.Handoffs = append(s.turn.Handoffs, row)
}

// milli is an instant as the store counts, 0 for none.
func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
