package desk

import (
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// TestChineseSetsOffLatinNamesOnly, and leaves nothing of its marks behind.
func TestChineseSetsOffLatinNamesOnly(t *testing.T) {
	d := New(message.Simplified, nil)
	for _, c := range []struct{ format, name, want string }{
		{"%s需要人工服务", "陈静", "陈静需要人工服务"},
		{"%s需要人工服务", "Mei", "Mei 需要人工服务"},
		{"由%s接待。", "Mei", "由 Mei 接待。"},
		{"由%s接待。", "小周", "由小周接待。"},
		{"由%s。", "Mei\x01", "由 Mei。"},
		{"%s起", "00:33", "00:33起"},
	} {
		if got := d.say(c.format, c.name); got != c.want {
			t.Errorf("%q with %q: %q", c.format, c.name, got)
		}
	}
	if got := New("", nil).say("%s has it", "Mei"); got != "Mei has it" {
		t.Errorf("%q", got)
	}
}

func TestWhatBeganTodayIsToldByItsTime(t *testing.T) {
	began := time.Date(2026, 11, 22, 23, 33, 0, 0, time.UTC)
	d := New("", time.FixedZone("", 8*3600)) // 07:33 of the 23rd
	for now, want := range map[time.Time]string{
		began.Add(time.Hour):      "07:33",
		began.Add(24 * time.Hour): "Monday, 23 November, 07:33",
		{}:                        "Monday, 23 November, 07:33",
	} {
		if got := d.At(now).since(began); got != want {
			t.Errorf("at %v: %q", now, got)
		}
	}
}

// TestCardsAreToldApart: by what is known, in this order.
func TestCardsAreToldApart(t *testing.T) {
	d := New("", nil)
	for _, c := range []struct {
		brief       dialog.Brief
		title, gist string
	}{
		{dialog.Brief{Customer: "Mei", Cause: "asked", Order: "48213", Mood: 0.9}, "Mei needs a person", "Order 48213 – asked for a person – furious"},
		{dialog.Brief{Cause: "asked", Order: "48213", Item: "kettle"}, "Order 48213 – kettle", "Order 48213 – kettle – asked for a person – calm"},
		{dialog.Brief{Cause: "misread", Story: []string{"flurb zork", "more"}}, "“flurb zork”", "“flurb zork” – the bot did not understand – calm"},
		{dialog.Brief{Cause: "passed_on", By: "Ben"}, "A customer needs a person", "passed on by Ben – calm"},
	} {
		shows, err := d.Handoff(1, dialog.HandoffChanged{Event: dialog.HandoffOpened, Handoff: dialog.Handoff{N: 1}, Brief: &c.brief})
		if err != nil || shows[0].Post.Title != c.title || shows[0].Post.Gist != c.gist {
			t.Errorf("%q, %q, %v", shows[0].Post.Title, shows[0].Post.Gist, err)
		}
		if text := plain(shows[0].Post); strings.Contains(text, "Customer: ") != (c.brief.Customer != "") || strings.Contains(text, "steady") {
			t.Errorf("the card says %q", text)
		}
	}
}

// TestWhatWasSaidIsReadUnderTheCard once, in the speakers' own quotes.
func TestWhatWasSaidIsReadUnderTheCard(t *testing.T) {
	b := brief()
	b.Transcript = []dialog.Line{{Text: "hello"}, {By: message.Bot, Text: "Hello, I am a bot."}, {By: message.Agent, Name: "Ben", Text: "Ben here"}}
	e := dialog.HandoffChanged{Event: dialog.HandoffOpened, Handoff: dialog.Handoff{N: 1}, Brief: b}
	shows, err := New("", nil).Handoff(3, e)
	if err != nil || len(shows) != 2 {
		t.Fatalf("%d, %v", len(shows), err)
	}
	if p := shows[1].Post; plain(p) != "What was said so far\nMei\nhello\nBot\nHello, I am a bot.\nBen\nBen here" || p.Thread != "handoff:3:1" || p.Blocks[0].Kind == adapters.Quote {
		t.Errorf("%q in %q", plain(p), p.Thread)
	}
	e.Event = dialog.HandoffTaken
	if shows, err = New("", nil).Handoff(3, e); err != nil || len(shows) != 2 || strings.Contains(plain(shows[1].Post), "I am a bot") {
		t.Errorf("said again: %+v, %v", shows, err)
	}
}

// TestColleaguesReadWhatWasOfferedAndPromised, word for word.
func TestColleaguesReadWhatWasOfferedAndPromised(t *testing.T) {
	e := dialog.HandoffChanged{Event: dialog.HandoffAsked, Handoff: dialog.Handoff{N: 1, Owner: "T/A", Name: "Anna"}, By: "Anna", Brief: brief(),
		Note: "a van on Tuesday", Until: dueDay, Case: "A-1"}
	said := func() string {
		shows, err := New("", nil).Handoff(3, e)
		if err != nil || len(shows) != 2 || !shows[0].Post.Update {
			t.Fatalf("%+v, %v", shows, err)
		}
		return plain(shows[1].Post)
	}
	if got := said(); got != "Anna offered\na van on Tuesday\nby Thursday, 26 November, 09:00 – A-1 – The customer answers with a button; the answer appears here." {
		t.Errorf("%q", got)
	}
	e.Event = dialog.HandoffPromised
	if got := said(); got != "Anna promised\na van on Tuesday\nby Thursday, 26 November, 09:00 – A-1" {
		t.Errorf("%q", got)
	}
}

// TestNothingIsSaidToBeToldThatWaits: for their agent, who has to know.
func TestNothingIsSaidToBeToldThatWaits(t *testing.T) {
	p := expect.Promise{N: 4, Case: "A-9", Text: "a voucher", State: expect.PromiseOpen, Due: dueDay}
	for event, want := range map[dialog.PromiseEvent]string{
		dialog.PromiseDue:    "Anna has this customer, so nothing was said: please tell them.",
		dialog.PromiseDone:   "Done by Ben. The customer hears it when Anna is done with them.",
		dialog.PromiseAsking: "Ben asked for more time, until Thursday, 26 November, 09:00. The customer is asked when Anna is done with them.",
	} {
		shows, err := New("", nil).Promise(1, dialog.PromiseChanged{Promise: p, Event: event, By: "Ben", Waits: "Anna", Until: dueDay}, Around{})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range shows {
			if text := plain(s.Post); !strings.Contains(text, want) || strings.Contains(text, "told so") || strings.Contains(text, "has been told") || strings.Contains(text, "is being asked") {
				t.Errorf("%s says %q", event, text)
			}
		}
	}
}

func TestATaskSaysWhatItBelongsTo(t *testing.T) {
	p := expect.Promise{N: 4, Case: "A-9", Text: "an answer", State: expect.PromiseOpen, Due: dueDay}
	for _, c := range []struct {
		in         Around
		says, gist string
	}{
		{Around{Order: "48213", Item: "lamp"}, "Order: 48213 – lamp", "Order 48213 – lamp – Mei"},
		{Around{Story: []string{"it is broken"}}, "it is broken", "“it is broken” – Mei"},
		{Around{Handoff: true, Waiting: true}, "whoever takes that and answers there keeps this promise", "an answer – Mei"},
		{Around{Handoff: true}, "waits for somebody to take it", "an answer – Mei"},
		{Around{Handoff: true, Owner: "Anna"}, "has a hand-off, with Anna.", "an answer – Mei"},
		{Around{Handoff: true, Owner: "Anna", Waiting: true}, "has a hand-off, with Anna.", "an answer – Mei"},
	} {
		shows, err := New("", nil).Promise(1, dialog.PromiseChanged{Promise: p, Event: dialog.PromiseMade, Customer: "Mei"}, c.in)
		if err != nil || !strings.Contains(plain(shows[0].Post), c.says) || shows[0].Post.Gist != c.gist {
			t.Errorf("%+v: %q, %q, %v", c.in, plain(shows[0].Post), shows[0].Post.Gist, err)
		}
	}
}

// TestAFormThatCountedForNothingIsAnswered, in private, because nothing stands
// in the thread that could be marked.
func TestAFormThatCountedForNothingIsAnswered(t *testing.T) {
	for _, lang := range message.Langs() {
		d, seen := New(lang, nil), map[string]bool{}
		for _, reason := range []dialog.HoldReason{dialog.HoldAsk, dialog.HoldInternal, dialog.HoldPast, dialog.HoldEmpty, dialog.HoldBlocked,
			dialog.HoldClosed, dialog.HoldNotOwner} {
			shows, err := d.Hold(12, dialog.Hold{Handoff: 1, Reason: reason, ByRef: "T/ANNA"})
			if err != nil || len(shows) != 1 || shows[0].Post == nil || shows[0].Post.Private != "T/ANNA" || shows[0].Post.Thread != "handoff:12:1" {
				t.Fatalf("%s, %s: %+v, %v", lang, reason, shows, err)
			}
			if text := plain(shows[0].Post); seen[text] {
				t.Errorf("%s: %q for two reasons", lang, text)
			} else {
				seen[text] = true
			}
		}
		if _, err := d.Hold(12, dialog.Hold{Handoff: 1, Reason: "new", ByRef: "T/ANNA"}); err == nil {
			t.Error("an unknown reason was passed over")
		}
	}
}

func TestWordsThatMissedTheCustomerAreToldInTheThread(t *testing.T) {
	d, seen := New("", nil), map[string]bool{}
	for _, what := range []Words{WordsOffer, WordsPromise, WordsOwn, WordsNote, WordsNews} {
		p := d.Lost(12, "handoff:12:1", what, FailedRefused).Post
		if p.Thread != "handoff:12:1" || !strings.Contains(plain(p), "the platform refused it") || seen[plain(p)] {
			t.Errorf("%s: %q in %q", what, plain(p), p.Thread)
		}
		seen[plain(p)] = true
	}
	if p := d.Lost(12, "", WordsNews, FailedRefused).Post; p.Thread != "" || !strings.Contains(plain(p), "conversation 12") {
		t.Errorf("%q", plain(p))
	}
}
