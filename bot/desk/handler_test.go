package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// shelf is a store with a few anchors, and conversation 12 on "telegram".
type shelf []store.Anchor

func (s shelf) FindAnchor(_ context.Context, sender, name string) (store.Anchor, error) {
	for _, a := range s {
		if a.Sender == sender && a.Name == name {
			return a, nil
		}
	}
	return store.Anchor{}, fmt.Errorf("anchor: %w", store.ErrNotFound)
}

func (s shelf) FindAnchorByID(_ context.Context, sender string, id message.PlatformID) (store.Anchor, error) {
	for _, a := range s {
		if a.Sender == sender && a.ID == id {
			return a, nil
		}
	}
	return store.Anchor{}, fmt.Errorf("anchor: %w", store.ErrNotFound)
}

func (s shelf) Conversation(_ context.Context, id message.ConversationID) (store.Item, error) {
	if id != 12 {
		return store.Item{}, fmt.Errorf("conversation: %w", store.ErrNotFound)
	}
	return store.Item{Conv: 12, Channel: "telegram", Chat: "7"}, nil
}

// plainSlack decodes inbounds that were stored as they are, and lets in who is
// not called a stranger.
type plainSlack struct {
	adapters.Adapter
	mu    sync.Mutex
	asked int
	fail  error
}

func (*plainSlack) Sender() string { return "slack/C" }

func (*plainSlack) Decode(b []byte) (message.Inbound, error) {
	var in message.Inbound
	if err := json.Unmarshal(b, &in); err != nil {
		return in, errors.New("not readable")
	}
	return in, nil
}

func (s *plainSlack) Authorize(_ context.Context, ref message.UserRef) (message.Person, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	switch {
	case s.fail != nil:
		return message.Person{}, s.fail
	case ref == "T/STRANGER":
		return message.Person{}, fmt.Errorf("a guest: %w", adapters.ErrDenied)
	}
	return message.Person{Ref: ref, Name: "Anna"}, nil
}

type bench struct {
	t     *testing.T
	slack *plainSlack
	*Handler
}

func newBench(t *testing.T, anchors ...store.Anchor) *bench {
	s := &plainSlack{}
	spawn := func(f func(context.Context)) { go f(t.Context()) }
	return &bench{t: t, slack: s, Handler: &Handler{
		Adapter: s, Store: shelf(anchors), Door: NewDoor(s, time.Now, spawn), Desk: New("", nil), Extend: 24 * time.Hour,
		SentAs: func(ch message.Channel, id message.PlatformID) (string, string, bool) {
			return string(ch) + "/1", "said:" + string(id), ch == "telegram"
		},
		Logger: zap.NewNop(),
	}}
}

// handle runs the handler as the store would, coming back when it asks to.
func (b *bench) handle(in message.Inbound) Answer {
	b.t.Helper()
	payload, err := json.Marshal(in)
	if err != nil {
		b.t.Fatal(err)
	}
	it := store.Item{Inbox: 9, Channel: "slack", Kind: "raw", Payload: payload, At: time.Now().UnixMilli()}
	for {
		ans, err := b.Handle(b.t.Context(), it, time.Now())
		if err != nil {
			b.t.Fatal(err)
		}
		if ans.Turn.DelayTill == 0 {
			return ans
		}
		pass(time.Until(time.UnixMilli(ans.Turn.DelayTill)) + time.Millisecond)
	}
}

// pass lets time go by on the bubble's clock.
func pass(d time.Duration) { <-time.After(d) }

var card = store.Anchor{Sender: "slack/C", Name: "handoff:12:1", ID: "C:1", Conv: 12}

func said(text string) message.Inbound {
	return message.Inbound{Kind: message.KindAgentText, From: message.Person{Ref: "T/ANNA"}, ID: "C:5", Thread: "C:1", Text: text}
}

func pressed(data string, on message.PlatformID) message.Inbound {
	return message.Inbound{Kind: message.KindAgentTap, From: message.Person{Ref: "T/ANNA"}, ID: on, Thread: on, Tap: &message.Tap{Data: data}}
}

func TestWordsInAThread(t *testing.T) {
	task := store.Anchor{Sender: "slack/C", Name: "task:12:4:due", ID: "C:1", Conv: 12}
	for name, c := range map[string]struct {
		anchor store.Anchor
		text   string
		kind   dialog.InputKind
		shows  int
	}{
		"for the customer":       {card, "hello", dialog.InSaid, 0},
		"a note, for the engine": {card, "// hm", dialog.InSaid, 0},
		"a result":               {task, "it went out", dialog.InNoted, 0},
		"a note beside a result": {task, "// who has it?", "", 0},
		"perhaps a note":         {task, "NOTE：who has it?", "", 1},
		"no words":               {task, " ", "", 1},
		"another thread":         {store.Anchor{Sender: "slack/C", Name: "handoff:12:1", ID: "C:2"}, "hello", "", 0},
		"a thread not ours":      {store.Anchor{Sender: "slack/C", Name: "news:12:1", ID: "C:1"}, "hello", "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ans := newBench(t, c.anchor).handle(said(c.text))
				if len(ans.Shows) != c.shows || (len(ans.Inputs) == 1) != (c.kind != "") {
					t.Fatalf("%+v", ans)
				}
				if c.kind == "" {
					return
				}
				a := ans.Inputs[0]
				if a.Conv != 12 || a.Input.Kind != c.kind || a.Input.Agent.Message != "C:5" || a.Input.Agent.Name != "Anna" ||
					a.Input.Agent.Ref != "T/ANNA" || a.Input.Text != c.text || a.Input.At.IsZero() {
					t.Errorf("%+v", a)
				}
			})
		})
	}
}

func TestPresses(t *testing.T) {
	for name, c := range map[string]struct {
		data    string
		on      message.PlatformID
		anchors []store.Anchor
		kind    dialog.InputKind
		learns  bool
	}{
		"take":                  {"take 12:1", "C:1", []store.Anchor{card}, dialog.InTaken, false},
		"return":                {"return 12:1", "C:1", []store.Anchor{card}, dialog.InReturned, false},
		"close":                 {"close 12:1", "C:1", []store.Anchor{card}, dialog.InClosed, false},
		"an unknown card":       {"take 12:1", "C:1", nil, dialog.InTaken, true},
		"a second copy":         {"take 12:1", "C:3", []store.Anchor{card}, dialog.InTaken, false},
		"another card's":        {"take 12:2", "C:1", []store.Anchor{card}, "", false},
		"another kind's":        {"done 12:1", "C:1", []store.Anchor{card}, "", false},
		"no such conversation":  {"take 13:1", "C:9", []store.Anchor{card}, "", false},
		"done":                  {"done 12:4", "C:7", nil, dialog.InDone, true},
		"more time":             {"more 12:4", "C:7", nil, dialog.InMoreTime, true},
		"nonsense":              {"fire 12:1", "C:1", []store.Anchor{card}, "", false},
		"no number":             {"take", "C:1", []store.Anchor{card}, "", false},
		"words behind a number": {"take 12:1x", "C:1", []store.Anchor{card}, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ans := newBench(t, c.anchors...).handle(pressed(c.data, c.on))
				if (len(ans.Inputs) == 1) != (c.kind != "") || (ans.Turn.Anchor != nil) != c.learns {
					t.Fatalf("%+v", ans)
				}
				if c.kind == "" {
					return
				}
				in := ans.Inputs[0].Input
				if in.Kind != c.kind {
					t.Errorf("%+v", in)
				}
				if c.kind == dialog.InMoreTime && in.Agent.Until.Sub(in.At) != 24*time.Hour {
					t.Errorf("until %v", in.Agent.Until)
				}
				if a := ans.Turn.Anchor; a != nil && (a.ID != c.on || a.Conv != 12 || a.Sender != "slack/C") {
					t.Errorf("learned %+v", a)
				}
			})
		})
	}
}

func TestAChangeOfWordsThatWentOut(t *testing.T) {
	sent := store.Anchor{Sender: "telegram/1", Name: "said:C:5", ID: "12/44"}
	for name, c := range map[string]struct {
		kind    message.Kind
		anchors []store.Anchor
		want    dialog.InputKind
	}{
		"edited":         {message.KindEdited, []store.Anchor{card, sent}, dialog.InEdited},
		"deleted":        {message.KindDeleted, []store.Anchor{card, sent}, dialog.InDeleted},
		"a note, edited": {message.KindEdited, []store.Anchor{card}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				in := said("changed")
				in.Kind = c.kind
				ans := newBench(t, c.anchors...).handle(in)
				if (len(ans.Inputs) == 1) != (c.want != "") {
					t.Fatalf("%+v", ans)
				}
				if c.want != "" && (ans.Inputs[0].Input.Kind != c.want || ans.Inputs[0].Input.Agent == nil || ans.Inputs[0].Input.Text != "") {
					t.Errorf("%+v", ans.Inputs[0])
				}
			})
		})
	}
}

func TestTheDoor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, card)
		core, seen := observer.New(zapcore.InfoLevel)
		b.Logger = zap.New(core)
		stranger := said("let me in")
		stranger.From.Ref = "T/STRANGER"
		if ans := b.handle(stranger); len(ans.Inputs)+len(ans.Shows) != 0 {
			t.Errorf("a stranger's talk led to %+v", ans)
		}
		press := pressed("take 12:1", "C:1")
		press.From.Ref = "T/STRANGER"
		if ans := b.handle(press); len(ans.Inputs) != 0 || len(ans.Shows) != 1 || ans.Shows[0].Post.Private != "T/STRANGER" {
			t.Errorf("a stranger's press led to %+v", ans)
		}
		for range 5 {
			if ans := b.handle(said("hello")); len(ans.Inputs) != 1 {
				t.Errorf("%+v", ans)
			}
		}
		if b.slack.asked != 2 {
			t.Errorf("the directory was asked %d times about two people", b.slack.asked)
		}
		pass(keepAllowed)
		b.handle(said("hello"))
		if b.slack.asked != 3 {
			t.Error("an old answer still counts")
		}
		for _, e := range seen.All() {
			for _, f := range e.Context {
				if f.String == "let me in" || f.String == "hello" {
					t.Error("the audit holds what was written")
				}
			}
		}
		if seen.FilterField(zap.String("verdict", "denied")).Len() != 2 {
			t.Error("not every denial is in the audit")
		}
	})
}

func TestADirectoryOutOfReach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, card)
		b.slack.fail = errors.New("no network")
		start := time.Now()
		ans := b.handle(said("hello"))
		if ans.Turn.Dead == nil || len(ans.Inputs) != 0 {
			t.Errorf("%+v", ans)
		}
		if waited := time.Since(start); waited < patience || waited > patience+time.Minute {
			t.Errorf("waited %v", waited)
		}
		if b.slack.asked > 400 {
			t.Errorf("asked %d times", b.slack.asked)
		}
		b.slack.fail = nil
		if ans := b.handle(said("hello")); len(ans.Inputs) != 1 {
			t.Error("not let in once the directory was back")
		}
		pass(time.Hour)
		b.handle(said("hello"))
		if n := len(b.Door.visits); n != 1 {
			t.Errorf("%d people are remembered", n)
		}
	})
}

func TestWhatCannotBeReadIsKeptAside(t *testing.T) {
	b := newBench(t)
	ans, err := b.Handle(t.Context(), store.Item{Inbox: 3, Channel: "slack", Payload: []byte("{")}, time.Now())
	if err != nil || ans.Turn.Dead == nil || ans.Turn.Dead.Dedup == "" {
		t.Errorf("%+v, %v", ans, err)
	}
}
