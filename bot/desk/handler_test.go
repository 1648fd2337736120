package desk

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

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
		"a note beside a result": {task, "// who has it?", dialog.InNoted, 0},
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
		"back to the queue":     {"release 12:1", "C:1", []store.Anchor{card}, dialog.InReleased, false},
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

func TestAChangeOfWordsIsPassedOn(t *testing.T) {
	for kind, want := range map[message.Kind]dialog.Input{
		message.KindEdited:  {Kind: dialog.InEdited, Text: "changed"},
		message.KindDeleted: {Kind: dialog.InDeleted},
	} {
		synctest.Test(t, func(t *testing.T) {
			in := said("changed")
			in.Kind = kind
			ans := newBench(t, card).handle(in)
			if len(ans.Inputs) != 1 {
				t.Fatalf("%+v", ans)
			}
			got := ans.Inputs[0].Input
			if got.Kind != want.Kind || got.Text != want.Text || got.Agent.Message != "C:5" || got.Agent.Handoff != 1 || got.Agent.Ref != "T/ANNA" {
				t.Errorf("%+v", got)
			}
			task := store.Anchor{Sender: "slack/C", Name: "task:12:4", ID: "C:1", Conv: 12}
			if ans := newBench(t, task).handle(in); len(ans.Inputs) != 0 {
				t.Errorf("a note that was changed led to %+v", ans)
			}
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
		if b.slack.count() != 2 {
			t.Errorf("the directory was asked %d times about two people", b.slack.count())
		}
		pass(keepAllowed)
		b.handle(said("hello"))
		if b.slack.count() != 3 {
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
		b.slack.fails(errors.New("no network"))
		start := time.Now()
		ans := b.handle(said("hello"))
		if ans.Turn.Dead == nil || len(ans.Inputs) != 0 {
			t.Errorf("%+v", ans)
		}
		if waited := time.Since(start); waited < patience || waited > patience+time.Minute {
			t.Errorf("waited %v", waited)
		}
		if b.slack.count() > 400 {
			t.Errorf("asked %d times", b.slack.count())
		}
		b.slack.fails(nil)
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
