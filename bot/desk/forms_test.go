package desk

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// TestEveryFormThatAButtonOpensIsThere reads the buttons of an owned card, so
// that one that is added without its form fails.
func TestEveryFormThatAButtonOpensIsThere(t *testing.T) {
	for _, lang := range message.Langs() {
		forms := Forms(lang)
		opened := 0
		for _, b := range New(lang, nil).ownerButtons(Ref{HandoffCard, 12, 1}) {
			if !b.Form {
				continue
			}
			opened++
			f, ok := forms(b.Action)
			if !ok || f.Title == "" || len([]rune(f.Title)) > 24 || f.Submit == "" || len(f.Fields) == 0 {
				t.Errorf("%s, %s: %+v", lang, b.Action, f)
			}
			for _, x := range f.Fields {
				if x.Label == "" || x.Name == "" || (x.Kind == adapters.FieldWhen && !x.Optional && x.Value == "") {
					t.Errorf("%s, %s: %+v", lang, b.Action, x)
				}
			}
		}
		if opened != 5 {
			t.Errorf("%s: %d buttons open forms", lang, opened)
		}
		if _, ok := forms("take"); ok {
			t.Error("a button without questions has a form")
		}
	}
}

func TestWhatIsWrittenIntoAFormArrives(t *testing.T) {
	by := time.Date(2026, 12, 2, 17, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		data   string
		fields map[string]string
		kind   dialog.InputKind
		text   string
		until  time.Time
		says   string
	}{
		"an offer":           {"offer 12:1", map[string]string{"text": " a new lamp "}, dialog.InOffered, "a new lamp", time.Time{}, ""},
		"an offer by a time": {"offer 12:1", map[string]string{"text": "a lamp", "by": "1796230800"}, dialog.InOffered, "a lamp", by, ""},
		"a promise":          {"promise 12:1", map[string]string{"text": "a call", "by": "1796230800"}, dialog.InPromised, "a call", by, ""},
		"what was settled":   {"return 12:1", map[string]string{"text": "a refund"}, dialog.InReturned, "a refund", time.Time{}, ""},
		"why it is closed":   {"close 12:1", map[string]string{"text": "spam"}, dialog.InClosed, "spam", time.Time{}, ""},
		"a note":             {"release 12:1", map[string]string{"text": "needs billing"}, dialog.InReleased, "needs billing", time.Time{}, ""},
		"an empty offer":     {"offer 12:1", map[string]string{"text": " "}, "", "", time.Time{}, "Nothing was written"},
		"no form at all":     {"promise 12:1", nil, "", "", time.Time{}, "Nothing was written"},
		"no time":            {"promise 12:1", map[string]string{"text": "a call", "by": "tomorrow"}, "", "", time.Time{}, "time could not be read"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				in := pressed(c.data, "C:1")
				in.Fields = c.fields
				ans := newBench(t, card).handle(in)
				if c.kind == "" {
					if len(ans.Inputs) != 0 || len(ans.Shows) != 1 || !strings.Contains(plain(ans.Shows[0].Post), c.says) {
						t.Fatalf("%+v", ans)
					}
					return
				}
				if len(ans.Inputs) != 1 {
					t.Fatalf("%+v", ans)
				}
				if got := ans.Inputs[0].Input; got.Kind != c.kind || got.Text != c.text || !got.Agent.Until.Equal(c.until) {
					t.Errorf("%+v by %+v", got, got.Agent)
				}
			})
		})
	}
}

func TestTheListOfWhatIsDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ans := newBench(t).handle(pressed("due 12:4", "C:7"))
		if len(ans.Inputs) != 0 || len(ans.Shows) != 1 {
			t.Fatalf("%+v", ans)
		}
		p := ans.Shows[0].Post
		list := p.Blocks[0].Items
		if p.Private != "T/ANNA" || p.Thread != "task:12:4" || len(list) != 20 || !strings.Contains(plain(p), "and 5 more") {
			t.Errorf("%d items to %q: %s", len(list), p.Private, plain(p))
		}
		if !strings.Contains(list[0], "(overdue)") || !strings.Contains(list[0], "A-01: a voucher (billing)") || strings.Contains(list[19], "overdue") {
			t.Errorf("%q … %q", list[0], list[19])
		}
	})
	r := Ref{TaskCard, 12, 4}
	if got := plain(New("", nil).DueList(r, "T/ANNA", nil, 0, time.Now()).Post); got != "Nothing is promised and open at present." {
		t.Error(got)
	}
}

// TestEveryActIsInTheBooks: also those that were turned away, by stable ids.
func TestEveryActIsInTheBooks(t *testing.T) {
	stranger := pressed("take 12:1", "C:1")
	stranger.From.Ref = "T/STRANGER"
	edit, gone := said("changed"), said("")
	edit.Kind, gone.Kind = message.KindEdited, message.KindDeleted
	for _, c := range []struct {
		in      message.Inbound
		act     string
		verdict string
	}{
		{said("hello"), "reply", "allowed"}, {edit, "edit", "allowed"}, {gone, "delete", "allowed"},
		{pressed("take 12:1", "C:1"), "take", "allowed"}, {stranger, "take", "denied"},
		{beside("again 12:1:C:5"), "again", "allowed"},
	} {
		synctest.Test(t, func(t *testing.T) {
			ans := newBench(t, card).handle(c.in)
			if len(ans.Turn.Audit) != 1 {
				t.Fatalf("%+v", ans.Turn.Audit)
			}
			row := ans.Turn.Audit[0]
			if row.Act != c.act || row.Verdict != c.verdict || row.Who != "slack:"+string(c.in.From.Ref) || row.About != "handoff:12:1" || row.At == 0 {
				t.Errorf("%+v", row)
			}
		})
	}
}
