package dialogtest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// Understand reads a text; intents.Understander has one.
type Understand func(text string, ctx intents.Context) message.Reading

// Session is one conversation with a clock of its own. State goes through its
// encoding between any two turns, as it does in the store. Not safe for
// concurrent use.
type Session struct {
	Flow       *flow.Flow
	Settings   dialog.Settings
	Understand Understand
	Now        time.Time
	From       message.Person

	// OnTurn, when set, sees every turn with its reading and its effects.
	OnTurn func(in dialog.Input, r dialog.Result)

	state   []byte
	timers  map[string]time.Time
	journal []Turn
	heard   []Line
	card    *dialog.Brief // of the hand-off, as it was shown last
	written string        // the customer's last message, for an edit of it
	lookUps LookUps
	asked   []dialog.LookUp // while they are slow
	shown   map[string]bool // the labels of all buttons there ever were
}

// Turn is one handled input and the state after it, encoded.
type Turn struct {
	Input dialog.Input
	State []byte
	Trace []dialog.Fired
}

// Line is one thing that was said or shown. Who is "bot", "agent" or "desk".
type Line struct {
	Who     string
	State   string
	Text    string
	Choices []message.Choice
}

// New begins a conversation with a customer.
func New(f *flow.Flow, set dialog.Settings, u Understand, now time.Time) *Session {
	return &Session{Flow: f, Settings: set, Understand: u, Now: now, timers: map[string]time.Time{}, shown: map[string]bool{}}
}

// State decodes the state as it stands.
func (s *Session) State() (dialog.State, error) { return dialog.Decode(s.Flow, s.state) }

// Journal lists the turns so far.
func (s *Session) Journal() []Turn { return s.journal }

// Take gives what was said since the last call.
func (s *Session) Take() []Line {
	out := s.heard
	s.heard = nil
	return out
}

// Write sends a text from the customer, with whatever is attached.
func (s *Session) Write(text string, attached ...message.Attachment) error {
	in := dialog.Input{Kind: dialog.InMessage, Text: text, Attachments: attached}
	s.written = text
	if name, ok := strings.CutPrefix(text, "/"); ok && len(attached) == 0 {
		cmd, rest, _ := strings.Cut(name, " ")
		in = dialog.Input{Kind: dialog.InCommand, Command: cmd, Text: rest}
	}
	return s.fromCustomer(in)
}

// Edit sends the new wording of the customer's last message.
func (s *Session) Edit(text string) error {
	before := s.written
	s.written = text
	return s.fromCustomer(dialog.Input{Kind: dialog.InEdited, Text: text, Before: before})
}

// Unsend takes the customer's last message back.
func (s *Session) Unsend() error {
	return s.fromCustomer(dialog.Input{Kind: dialog.InDeleted, Before: s.written})
}

func (s *Session) fromCustomer(in dialog.Input) error {
	in.From = s.From
	st, err := s.State()
	if err != nil {
		return err
	}
	if in.Kind == dialog.InMessage || in.Kind == dialog.InEdited {
		in.Reading = s.Understand(in.Text, intents.Context{Expect: dialog.Expecting(s.Flow, st), Lang: cmp.Or(st.Lang, s.From.Lang), Now: s.Now, Zone: s.Settings.Zone})
	}
	return s.Do(in)
}

// Card adds the card of the hand-off, as agents see it now, to what was said.
func (s *Session) Card() error {
	if s.card == nil {
		return errors.New("there was no hand-off yet")
	}
	s.heard = append(s.heard, Line{Who: "desk", Text: describeBrief(*s.card)})
	return nil
}

// Do handles one input now, and any look-up that follows from it.
func (s *Session) Do(in dialog.Input) error {
	in.At = s.Now
	in.Seed = seed(len(s.journal))
	in.Case = caseNumber(len(s.journal))
	st, err := s.State()
	if err != nil {
		return err
	}
	r, err := dialog.Step(s.Flow, s.Settings, st, in)
	if err != nil {
		return fmt.Errorf("turn %d (%s): %w", len(s.journal)+1, in.Kind, err)
	}
	if s.state, err = dialog.Encode(r.State); err != nil {
		return err
	}
	s.journal = append(s.journal, Turn{Input: in, State: s.state, Trace: r.Trace})
	if s.OnTurn != nil {
		s.OnTurn(in, r)
	}
	return s.apply(r.Effects)
}

// apply brings a turn's effects about. Look-ups come last: their answer is an
// input of its own, which finds the timers of this turn set.
func (s *Session) apply(effects []dialog.Effect) error {
	var asked []dialog.LookUp
	for _, e := range effects {
		switch e := e.(type) {
		case dialog.Say:
			s.say(e)
		case dialog.SetTimer:
			s.timers[e.Name] = e.Due
		case dialog.ClearTimer:
			delete(s.timers, e.Name)
		case dialog.LookUp:
			asked = append(asked, e)
		case dialog.Retire, dialog.UseCase:
		default:
			if h, ok := e.(dialog.HandoffChanged); ok && h.Brief != nil {
				s.card = h.Brief
			}
			if text := describe(e); text != "" {
				s.heard = append(s.heard, Line{Who: "desk", Text: text})
			}
		}
	}
	for _, e := range asked {
		if err := s.look(e); err != nil {
			return err
		}
	}
	return nil
}

func (s *Session) say(e dialog.Say) {
	s.heard = append(s.heard, Line{Who: string(e.Out.From), State: e.State, Text: attached(e.Out.Text, e.Out.Attachments), Choices: e.Out.Choices})
	for _, c := range e.Out.Choices {
		s.shown[c.Label] = true
	}
}

// Next says when the next timer falls due.
func (s *Session) Next() (time.Time, bool) {
	var best time.Time
	for _, due := range s.timers {
		if best.IsZero() || due.Before(best) {
			best = due
		}
	}
	return best, !best.IsZero()
}

// Advance lets time pass until then; timers fall due on the way, in order.
func (s *Session) Advance(until time.Time) error {
	for {
		name, due, ok := s.dueBy(until)
		if !ok {
			s.Now = until
			return nil
		}
		if due.After(s.Now) {
			s.Now = due
		}
		delete(s.timers, name)
		if err := s.Do(dialog.Input{Kind: dialog.InTimer, Timer: name}); err != nil {
			return err
		}
	}
}

func (s *Session) dueBy(until time.Time) (string, time.Time, bool) {
	names := make([]string, 0, len(s.timers))
	for n, due := range s.timers {
		if !due.After(until) {
			names = append(names, n)
		}
	}
	if len(names) == 0 {
		return "", time.Time{}, false
	}
	sort.Slice(names, func(i, j int) bool {
		a, b := s.timers[names[i]], s.timers[names[j]]
		return a.Before(b) || a.Equal(b) && names[i] < names[j]
	})
	return names[0], s.timers[names[0]], true
}

// Replay runs the journal again, with the stored readings, and fails where a
// state is not the same to the letter.
func (s *Session) Replay() error {
	var state []byte
	for i, turn := range s.journal {
		// The journal is kept as text; what cannot be read back is lost.
		raw, err := json.Marshal(turn.Input)
		if err != nil {
			return err
		}
		var in dialog.Input
		if err := json.Unmarshal(raw, &in); err != nil {
			return err
		}
		st, err := dialog.Decode(s.Flow, state)
		if err != nil {
			return err
		}
		r, err := dialog.Step(s.Flow, s.Settings, st, in)
		if err != nil {
			return err
		}
		if state, err = dialog.Encode(r.State); err != nil {
			return err
		}
		if !bytes.Equal(state, turn.State) {
			return fmt.Errorf("turn %d (%s) replays differently:\n%s\nwas\n%s", i+1, in.Kind, state, turn.State)
		}
	}
	return nil
}

// seed gives each turn its own, the same in every run.
func seed(n int) uint64 {
	x := uint64(n)*0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03 // n counts turns
	x ^= x >> 29
	return x * 0xBF58476D1CE4E5B9
}

// caseNumber gives each turn a fresh number, the same in every run.
func caseNumber(n int) string {
	const letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	x, b := seed(n+1), []byte("A-0000")
	for i := 2; i < len(b); i++ {
		b[i] = letters[x%uint64(len(letters))]
		x /= uint64(len(letters))
	}
	return string(b)
}
