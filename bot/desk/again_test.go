package desk

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// beside is a press on a button that stands beside an agent's words.
func beside(data string) message.Inbound {
	in := pressed(data, "C:6")
	in.Thread = "C:1"
	return in
}

func TestWordsAreSentAgainAsTheJournalHasThem(t *testing.T) {
	files := []message.Attachment{{Kind: message.Document, File: "F1", Held: "slack"}}
	for name, c := range map[string]struct {
		data   string
		was    Written
		kind   dialog.InputKind
		anyway bool
	}{
		"again":               {"again 12:1:C:5", Written{Text: "hello", Attachments: files, Sent: true}, dialog.InSaid, false},
		"a note that was one": {"anyway 12:1:C:5", Written{Text: "note: hello", Held: dialog.HoldAsk}, dialog.InSaid, true},
		"again, after that":   {"again 12:1:C:5", Written{Text: "note: hello", Anyway: true, Sent: true}, dialog.InSaid, true},
		"an edit that was":    {"anyway 12:1:C:5", Written{Text: "note: hello", Sent: true}, dialog.InEdited, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, card)
				b.said["C:5"] = c.was
				ans := b.handle(beside(c.data))
				if len(ans.Inputs) != 1 || len(ans.Shows) != 0 {
					t.Fatalf("%+v", ans)
				}
				in := ans.Inputs[0].Input
				if in.Kind != c.kind || in.Text != c.was.Text || len(in.Attachments) != len(c.was.Attachments) || in.Agent.Anyway != c.anyway ||
					in.Agent.Message != "C:5" || in.Agent.Handoff != 1 || in.Agent.Ref != "T/ANNA" || in.Agent.Name != "Anna" || in.At.IsZero() {
					t.Errorf("%+v by %+v", in, in.Agent)
				}
			})
		})
	}
}

func TestWhatCannotBeSentAgainIsAnswered(t *testing.T) {
	other := beside("again 12:1:C:5")
	other.From.Ref = "T/BEN"
	older := store.Anchor{Sender: "slack/C", Name: "handoff:12:7", ID: "C:1", Conv: 12}
	for name, c := range map[string]struct {
		in     message.Inbound
		anchor store.Anchor
		says   string
	}{
		"words that are gone":  {beside("again 12:1:C:8"), card, "can no longer be found"},
		"somebody else's":      {other, card, "Anna has this hand-off"},
		"an older hand-off's":  {beside("again 12:7:C:5"), older, "no longer open"},
		"in another's thread":  {beside("again 12:2:C:5"), card, ""},
		"without a message":    {beside("again 12:1:"), card, ""},
		"with no card's value": {beside("again 12"), card, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, c.anchor)
				b.said["C:5"] = Written{Text: "hello"}
				ans := b.handle(c.in)
				if len(ans.Inputs) != 0 || (len(ans.Shows) == 1) != (c.says != "") {
					t.Fatalf("%+v", ans)
				}
				if c.says == "" {
					return
				}
				if p := ans.Shows[0].Post; !strings.Contains(plain(p), c.says) || p.Private != c.in.From.Ref {
					t.Errorf("%q to %q", plain(p), p.Private)
				}
			})
		})
	}
}

// TestWhatIsKeptHereStaysForGood: the question goes away, the mark says so, and
// the conversation's journal gets to know, for presses on older buttons.
func TestWhatIsKeptHereStaysForGood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, card)
		b.said["C:5"] = Written{Text: "note: hello", Held: dialog.HoldAsk}
		ans := b.handle(beside("keep 12:1:C:5"))
		if len(ans.Inputs) != 1 || len(ans.Shows) != 2 || ans.Turn.Anchor == nil {
			t.Fatalf("%+v", ans)
		}
		if in := ans.Inputs[0].Input; in.Kind != dialog.InKept || in.Agent.Message != "C:5" || in.Agent.Ref != "T/ANNA" || in.Text != "" {
			t.Errorf("%+v", in)
		}
		if p := ans.Shows[0].Post; !p.Update || p.Anchor != ans.Turn.Anchor.Name || ans.Turn.Anchor.ID != "C:6" || len(p.Buttons) != 0 {
			t.Errorf("%+v for %+v", p, ans.Turn.Anchor)
		}
		if m := ans.Shows[1].Mark; m.State != adapters.MarkKept || m.Message != "C:5" || len(m.Buttons) != 0 {
			t.Errorf("%+v", m)
		}
		// A button that sits on the card itself must never cost the card its name.
		onCard := beside("keep 12:1:C:5")
		onCard.ID = "C:1"
		if ans := b.handle(onCard); ans.Turn.Anchor != nil || len(ans.Shows) != 2 || ans.Shows[0].Post.Private != "T/ANNA" {
			t.Errorf("%+v", ans)
		}
		b.said["C:5"] = Written{Text: "note: hello", Held: dialog.HoldAsk, Kept: true}
		ans = b.handle(beside("anyway 12:1:C:5"))
		if len(ans.Inputs) != 0 || len(ans.Shows) != 1 || !strings.Contains(plain(ans.Shows[0].Post), "kept here for good") {
			t.Errorf("what was kept was sent: %+v", ans)
		}
	})
}

func TestWhoMayKeepWords(t *testing.T) {
	over := store.Anchor{Sender: "slack/C", Name: "handoff:12:7", ID: "C:1", Conv: 12}
	task := store.Anchor{Sender: "slack/C", Name: "task:12:4", ID: "C:1", Conv: 12}
	for name, c := range map[string]struct {
		anchor store.Anchor
		data   string
		who    message.UserRef
		was    Written
		kept   bool
	}{
		"the owner":                 {card, "keep 12:1:C:5", "T/ANNA", Written{By: "T/BEN", Text: "note: x"}, true},
		"who wrote them":            {card, "keep 12:1:C:5", "T/BEN", Written{By: "T/BEN", Text: "note: x"}, true},
		"a colleague":               {card, "keep 12:1:C:5", "T/BEN", Written{By: "T/ANNA", Text: "note: x"}, false},
		"who wrote them, later":     {over, "keep 12:7:C:5", "T/BEN", Written{By: "T/BEN", Text: "note: x"}, true},
		"a colleague, later":        {over, "keep 12:7:C:5", "T/BEN", Written{By: "T/ANNA", Text: "note: x"}, false},
		"who wrote it of a task":    {task, "keep 12:4:C:5", "T/BEN", Written{By: "T/BEN", Text: "note: x"}, true},
		"a colleague, of a task":    {task, "keep 12:4:C:5", "T/BEN", Written{By: "T/ANNA", Text: "note: x"}, false},
		"nobody, what has gone out": {card, "keep 12:1:C:5", "T/ANNA", Written{Text: "note: x", Sent: true}, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, c.anchor)
				b.said["C:5"] = c.was
				in := beside(c.data)
				in.From.Ref = c.who
				ans := b.handle(in)
				if (len(ans.Inputs) == 1) != c.kept {
					t.Errorf("%+v", ans)
				}
				for _, s := range ans.Shows {
					if !c.kept && (s.Post == nil || s.Post.Private != c.who) {
						t.Errorf("others saw %+v", s)
					}
				}
			})
		})
	}
}

// TestHeldWordsOfATask become part of its result, where who wrote them says so.
func TestHeldWordsOfATask(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, store.Anchor{Sender: "slack/C", Name: "task:12:4", ID: "C:1", Conv: 12})
		b.said["C:5"] = Written{By: "T/ANNA", Text: "note: it is 50", Held: dialog.HoldAsk}
		ben := beside("anyway 12:4:C:5")
		ben.From.Ref = "T/BEN"
		if ans := b.handle(ben); len(ans.Inputs) != 0 || len(ans.Shows) != 1 || !strings.Contains(plain(ans.Shows[0].Post), "Only who wrote this") {
			t.Errorf("somebody else's note became a result: %+v", ans)
		}
		ans := b.handle(beside("anyway 12:4:C:5"))
		if len(ans.Inputs) != 1 || ans.Inputs[0].Input.Kind != dialog.InNoted {
			t.Fatalf("%+v", ans)
		}
		if in := ans.Inputs[0].Input; in.Text != "note: it is 50" || !in.Agent.Anyway || in.Agent.Promise != 4 || in.Agent.Handoff != 0 {
			t.Errorf("%+v by %+v", in, in.Agent)
		}
		b.said["C:5"] = Written{By: "T/ANNA", Text: "note: it is 50", Sent: true}
		if ans := b.handle(beside("anyway 12:4:C:5")); len(ans.Inputs) != 0 {
			t.Errorf("noted twice: %+v", ans)
		}
	})
}
