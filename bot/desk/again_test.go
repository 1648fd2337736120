package desk

import (
	"strings"
	"testing"
	"testing/synctest"

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

func TestWhatIsKeptHereLosesItsButtons(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ans := newBench(t, card).handle(beside("keep 12:1:C:5"))
		if len(ans.Inputs) != 0 || len(ans.Shows) != 1 || ans.Turn.Anchor == nil {
			t.Fatalf("%+v", ans)
		}
		p := ans.Shows[0].Post
		if !p.Update || p.Anchor != ans.Turn.Anchor.Name || ans.Turn.Anchor.ID != "C:6" || len(p.Buttons) != 0 {
			t.Errorf("%+v for %+v", p, ans.Turn.Anchor)
		}
		// A button that sits on the card itself must never cost the card its name.
		onCard := beside("keep 12:1:C:5")
		onCard.ID = "C:1"
		if ans := newBench(t, card).handle(onCard); ans.Turn.Anchor != nil || len(ans.Shows) != 1 || ans.Shows[0].Post.Private != "T/ANNA" {
			t.Errorf("%+v", ans)
		}
	})
}
