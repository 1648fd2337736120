package web

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

func TestSaidHidesWhereAFileIsKept(t *testing.T) {
	e, ok := Said(adapters.Delivery{ID: 7, Say: &message.Outbound{From: message.Agent, Attachments: []message.Attachment{
		{Kind: message.Document, Held: "slack", File: "canary", Name: "receipt.pdf", MIME: "canary/mime", Size: 12},
		{Kind: message.Location, Lat: 25.03, Lon: 121.56},
	}}}, noon)
	want := []File{{Kind: message.Document, Name: "receipt.pdf", Size: 12}, {Kind: message.Location, Lat: 25.03, Lon: 121.56}}
	if diff := cmp.Diff(want, e.Files); diff != "" || !ok {
		t.Errorf("ok %v\n%s", ok, diff)
	}
	raw, err := json.Marshal(e)
	if err != nil || strings.Contains(string(raw), "canary") || strings.Contains(string(raw), "slack") {
		t.Errorf("the page is told %s, %v", raw, err)
	}
}

func TestSaidAmend(t *testing.T) {
	for name, c := range map[string]struct {
		amend adapters.Amend
		want  Entry
		ok    bool
	}{
		"edited":     {adapters.Amend{Of: "x", Message: "5", Text: "new"}, Entry{ID: 9, Amends: 5, Text: "new", Edited: true, At: noon}, true},
		"withdrawn":  {adapters.Amend{Of: "x", Message: "5", Delete: true}, Entry{ID: 9, Amends: 5, Withdrawn: true, At: noon}, true},
		"both":       {adapters.Amend{Message: "5", Text: "secret", Delete: true}, Entry{ID: 9, Amends: 5, Withdrawn: true, At: noon}, true},
		"of nothing": {adapters.Amend{Text: "new"}, Entry{}, false},
		"no row":     {adapters.Amend{Message: "ts.1", Text: "new"}, Entry{}, false},
		"no text":    {adapters.Amend{Message: "5"}, Entry{}, false},
	} {
		d := adapters.Delivery{ID: 9, Chat: "c", Amend: &c.amend}
		got, ok := Said(d, noon)
		if diff := cmp.Diff(c.want, got); diff != "" || ok != c.ok {
			t.Errorf("%s: ok %v\n%s", name, ok, diff)
		}
		_, err := idle(t, Config{}).a.Send(t.Context(), d)
		if sent := adapters.OutcomeOf(err) == adapters.Delivered; sent != c.ok {
			t.Errorf("%s: sent with %v", name, err)
		}
	}
}

// What was taken back does not leave the server again, and who has it already
// still hears of the change.
func TestHistoryGivesWhatIsCurrent(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	chat := s.chat(t, cookie)
	files := []File{{Kind: message.Document, Name: "canary.pdf"}}
	for _, e := range []Entry{
		{ID: 1, From: message.Bot, Text: "hello"},
		{Ref: "message-0001", ID: 4, From: Customer, Text: "hi"},
		{ID: 2, From: message.Agent, Text: "on Monday"},
		{ID: 3, From: message.Agent, Text: "canary", Files: files, Choices: []message.Choice{{ID: "a", Label: "canary"}}, Tokens: []string{"canary"}},
		{ID: 4, Settled: 2},
		{ID: 5, Amends: 2, Text: "on Tuesday", Edited: true},
		{ID: 6, Amends: 3, Text: "canary", Edited: true},
		{ID: 7, Amends: 3, Withdrawn: true},
		{ID: 8, Amends: 99, Text: "of before", Edited: true},
	} {
		s.outbox.add(chat, e)
	}
	page := s.open(t, cookie, 0)
	var list []Entry
	var names []string
	for ev := page.next(t); ev.name != "ready"; ev = page.next(t) {
		list, names = append(list, ev.entry), append(names, ev.name)
		if raw, err := json.Marshal(ev.entry); err != nil || strings.Contains(string(raw), "canary") {
			t.Errorf("what was taken back leaves the server as %s, %v", raw, err)
		}
	}
	if diff := cmp.Diff([]string{"entry", "entry", "entry", "entry", "settle", "amend", "amend", "amend", "amend"}, names); diff != "" {
		t.Fatal(diff)
	}
	if got := list[2]; got.Text != "on Tuesday" || !got.Edited {
		t.Errorf("edited: %+v", got)
	}
	if diff := cmp.Diff(Entry{ID: 3, From: message.Agent, Withdrawn: true}, list[3]); diff != "" {
		t.Errorf("withdrawn:\n%s", diff)
	}
	if got := list[1]; got.Text != "hi" || got.Edited {
		t.Errorf("the customer's own words were changed: %+v", got)
	}
	back := s.open(t, cookie, 4)
	if got := back.upTo(t, "ready"); len(got) != 5 || got[1] != "5" {
		t.Errorf("a page that saw the messages gets %v", got)
	}
}

func TestCurrentLeavesItsArgumentAlone(t *testing.T) {
	list := []Entry{{ID: 1, From: message.Agent, Text: "old"}, {ID: 2, Amends: 1, Text: "new", Edited: true}}
	if got := current(list); got[0].Text != "new" || list[0].Text != "old" {
		t.Errorf("gives %q, leaves %q", got[0].Text, list[0].Text)
	}
}

func TestSendAmendReachesOpenPages(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	page := s.open(t, cookie, 0)
	page.upTo(t, "ready")
	d := adapters.Delivery{ID: 6, Chat: s.chat(t, cookie), Amend: &adapters.Amend{Message: "3", Text: "new"}}
	if r, err := s.a.Send(context.WithoutCancel(t.Context()), d); err != nil || r.ID != "6" {
		t.Fatalf("%+v, %v", r, err)
	}
	if got := page.next(t); got.name != "amend" || got.id != "6" || got.entry.Amends != 3 || got.entry.Text != "new" {
		t.Errorf("the page gets %+v", got)
	}
}
