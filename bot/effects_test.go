package bot

import (
	"errors"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// everyEffect has one of each kind; TestEveryEffectIsHandled checks that none
// is missing.
func everyEffect() map[string]dialog.Effect {
	return map[string]dialog.Effect{
		"Say":            dialog.Say{Out: message.Outbound{Text: "hi", Choices: []message.Choice{{ID: "yes", Label: "Yes"}, {ID: "no", Label: "No"}}, Question: 3}},
		"Retire":         dialog.Retire{Question: 2},
		"SetTimer":       dialog.SetTimer{Name: "quiet", Due: time.UnixMilli(5000)},
		"ClearTimer":     dialog.ClearTimer{Name: "wait"},
		"LookUp":         dialog.LookUp{Key: "48213"},
		"PromiseChanged": dialog.PromiseChanged{Event: dialog.PromiseMade},
		"HandoffChanged": dialog.HandoffChanged{Event: dialog.HandoffOpened, Handoff: dialog.Handoff{N: 1}},
		"Relay":          dialog.Relay{Handoff: 1, Text: "hello"},
		"Amend":          dialog.Amend{Mark: "C:1", Text: "hello", Handoff: 1},
		"Hold":           dialog.Hold{Reason: dialog.HoldAsk, Message: "C:1"},
		"Unreachable":    dialog.Unreachable{Blocked: true},
		"UseCase":        dialog.UseCase{Number: "A-7K3Q"},
		"Rated":          dialog.Rated{Survey: "after_close", Score: 7},
		"FollowedUp":     dialog.FollowedUp{FollowUp: "works", Answer: "well"},
	}
}

// journalOnly are effects that are kept in the journal and nowhere else.
var journalOnly = map[string]bool{"Rated": true, "FollowedUp": true}

// TestAnswersAreKept: what measures read later stands in the journal, whole.
func TestAnswersAreKept(t *testing.T) {
	list, err := events(reading{}, "f1", []dialog.Effect{
		dialog.Rated{Survey: "after_close", Case: "A-7K3Q", Aspect: expect.Outcome, Score: 2, Expectation: &expect.Expectation{Service: "refund", Importance: 1}},
		dialog.FollowedUp{FollowUp: "works", Case: "A-7K3Q", Promise: 4, Answer: "wrong"},
	})
	if err != nil {
		t.Fatal(err)
	}
	kept := string(list[1].Payload)
	for _, want := range []string{`"do":"rated"`, `"score":2`, `"service":"refund"`, `"aspect":"outcome"`, `"do":"followed_up"`, `"promise":4`, `"answer":"wrong"`} {
		if !strings.Contains(kept, want) {
			t.Errorf("the journal lacks %s: %s", want, kept)
		}
	}
}

// TestEveryEffectIsHandled reads the engine's own list, so that an effect that
// is added there and forgotten here fails.
func TestEveryEffectIsHandled(t *testing.T) {
	file, err := parser.ParseFile(gotoken.NewFileSet(), "../dialog/effect.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	known := everyEffect()
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Name.Name != "effect" {
			continue
		}
		name := f.Recv.List[0].Type.(*ast.Ident).Name
		e, ok := known[name]
		if !ok {
			t.Errorf("effect %s is not tested here", name)
			continue
		}
		delete(known, name)
		if _, err := nameOf(e); err != nil {
			t.Error(err)
		}
		s := newScribe(t)
		if err := s.write(e); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if journalOnly[name] != empty(*s.turn) {
			t.Errorf("%s left no trace in the turn, or one nobody expects", name)
		}
	}
	if len(known) > 0 {
		t.Errorf("tested here and unknown to the engine: %v", known)
	}
	if err := newScribe(t).write(nil); err == nil {
		t.Error("an unknown effect was passed over")
	}
	if _, err := nameOf(nil); err == nil {
		t.Error("an unknown effect got a name")
	}
}

func empty(turn store.Turn) bool {
	return len(turn.Outbox) == 0 && len(turn.Set) == 0 && len(turn.Clear) == 0 && len(turn.Cases) == 0 && turn.Unreach == nil
}

func newScribe(t *testing.T) *scribe {
	t.Helper()
	b := &Bot{cfg: Config{Desk: agents{}, Flow: &flow.Flow{ID: "f1"}, Now: time.Now}, log: zap.NewNop(), desk: desk.New("", nil)}
	return &scribe{b: b, it: store.Item{Conv: 12, Chat: "7"}, sender: "telegram/1", input: dialog.Input{At: time.UnixMilli(1000)},
		turn: &store.Turn{}, desk: b.desk}
}

type agents struct{ adapters.Adapter }

func (agents) Sender() string { return "slack/C" }

func TestButtonsGetTokensNobodyCanGuess(t *testing.T) {
	s := newScribe(t)
	if err := s.write(everyEffect()["Say"]); err != nil {
		t.Fatal(err)
	}
	env, err := decodeEnvelope(s.turn.Outbox[0].Payload)
	if err != nil {
		t.Fatal(err)
	}
	if len(env.Say.Tokens) != 2 || len(s.turn.Asks) != 2 || env.Say.Tokens[0] == env.Say.Tokens[1] {
		t.Fatalf("tokens %v, asks %+v", env.Say.Tokens, s.turn.Asks)
	}
	for i, a := range s.turn.Asks {
		if a.Token != env.Say.Tokens[i] || len(a.Token) != 22 || a.Question != 3 || a.Choice != env.Say.Choices[i].ID {
			t.Errorf("ask %+v does not go with button %d", a, i)
		}
		if time.UnixMilli(a.Expires).Sub(s.input.At) != 30*24*time.Hour {
			t.Errorf("expires %v", time.UnixMilli(a.Expires))
		}
	}
}

func TestATimerThatIsClearedLaterInTheStepIsNotSet(t *testing.T) {
	s := newScribe(t)
	for _, e := range []dialog.Effect{
		dialog.SetTimer{Name: "quiet", Due: time.UnixMilli(1)}, dialog.SetTimer{Name: "wait", Due: time.UnixMilli(2)},
		dialog.ClearTimer{Name: "quiet"}, dialog.ClearTimer{Name: "close"}, dialog.SetTimer{Name: "close", Due: time.UnixMilli(3)},
	} {
		if err := s.write(e); err != nil {
			t.Fatal(err)
		}
	}
	var names []string
	for _, x := range s.turn.Set {
		names = append(names, x.Name)
	}
	if !slices.Equal(names, []string{"wait", "close"}) || !slices.Equal(s.turn.Clear, []string{"quiet", "close"}) {
		t.Errorf("set %v, clear %v", names, s.turn.Clear)
	}
}

func TestCaseNumbersCanBeReadAloud(t *testing.T) {
	seen := map[string]bool{}
	for range 500 {
		n := caseNumber(1)
		if len(n) != 6 || !strings.HasPrefix(n, "A-") || strings.ContainsAny(n[2:], "0O1IL5S2Z8B") {
			t.Fatalf("case number %q", n)
		}
		seen[n] = true
	}
	if len(seen) < 490 {
		t.Errorf("only %d of 500 numbers differ", len(seen))
	}
	if n := caseNumber(50); len(n) <= 6 {
		t.Errorf("after 50 taken numbers still %q", n)
	}
}

func FuzzEnvelope(f *testing.F) {
	f.Add([]byte(`{"v":1,"say":{"text":"x"}}`))
	f.Add([]byte(`{"v":1,"mark":{"message":"C:1"},"post":{}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		env, err := decodeEnvelope(b)
		if err != nil {
			if !errors.Is(err, errEnvelope) {
				t.Errorf("the error %q may hold what was read", err)
			}
			return
		}
		again, err := env.encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := decodeEnvelope(again); err != nil {
			t.Errorf("%s does not survive: %s", b, again)
		}
	})
}
