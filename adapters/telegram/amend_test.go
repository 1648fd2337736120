package telegram

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/dialog/message"
)

func amendTo(id message.PlatformID, text string) adapters.Delivery {
	return adapters.Delivery{ID: 2, Chat: "1", Amend: &adapters.Amend{Of: "s1", Message: id, Text: text}}
}

func takeBack(id message.PlatformID) adapters.Delivery {
	return adapters.Delivery{ID: 2, Chat: "1", Amend: &adapters.Amend{Of: "s1", Message: id, Delete: true}}
}

// agentSays sends an agent's words and gives the id they are known by.
func agentSays(t *testing.T, a *Adapter, text string) message.PlatformID {
	t.Helper()
	d := say("1", text)
	d.Say.From = message.Agent
	r, err := a.Send(deadline(t), d)
	if err != nil {
		t.Fatal(err)
	}
	return r.ID
}

// refusedFor says whether err is a refusal whose reason holds words.
func refusedFor(err error, words string) bool {
	return adapters.OutcomeOf(err) == adapters.Refused && strings.Contains(err.Error(), words)
}

func TestAnAgentsEditReachesTheCustomer(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	id := agentSays(t, a, "It comes on Monday.")
	for range 2 { // the second time Telegram says "not modified"
		r, err := a.Send(ctx, amendTo(id, "It comes on <b>Tuesday</b>. https://example.org "))
		if err != nil || r.ID != id || len(r.Parts) != 1 {
			t.Errorf("%+v, %v", r, err)
		}
	}
	m := ann.Inbox()[0]
	if m.Text != "It comes on <b>Tuesday</b>. https://example.org" || m.Edits != 1 || !slices.Equal(m.Was, []string{"It comes on Monday."}) {
		t.Errorf("the customer sees %+v", m)
	}
}

func TestACaptionIsEdited(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	r, err := a.Send(ctx, withFile(message.Photo, "the lmap", fileOf(telegramfake.Sample("image/png", 900))))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"the lamp", "the lamp", ""} {
		if _, err := a.Send(ctx, amendTo(r.ID, text)); err != nil || ann.Inbox()[0].Text != text {
			t.Errorf("%q: the customer sees %q, %v", text, ann.Inbox()[0].Text, err)
		}
	}
	if _, err := a.Send(ctx, amendTo(r.ID, strings.Repeat("x", 1025))); !refusedFor(err, "too long") {
		t.Errorf("a long caption: %v", err)
	}
}

func TestEditsTelegramDoesNotAllow(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	id := agentSays(t, a, "hello")
	d := say("1", "")
	d.Say.Attachments = []message.Attachment{{Kind: message.Location, Lat: 1, Lon: 2}}
	place, err := a.Send(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	own := platformID(ann.Says("mine"))
	long := agentSays(t, a, strings.Repeat("word ", 1200))
	for name, c := range map[string]struct {
		amend adapters.Delivery
		words string
	}{
		"no id":       {amendTo("", "x"), "not known"},
		"gone":        {amendTo("9999", "x"), "no longer in the chat"},
		"not ours":    {amendTo(own, "x"), "does not let"},
		"too long":    {amendTo(id, strings.Repeat("x", 4097)), "too long"},
		"emptied":     {amendTo(id, " "), "delete it"},
		"a place":     {amendTo(place.ID, "x"), "no words"},
		"split words": {amendTo(long, "short"), "several messages"},
	} {
		if _, err := a.Send(ctx, c.amend); !refusedFor(err, c.words) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, m := range ann.Inbox() {
		if m.Edits != 0 {
			t.Errorf("changed all the same: %+v", m)
		}
	}
}

func TestAnAgentsWordsAreTakenBack(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	id, long := agentSays(t, a, "oops"), agentSays(t, a, strings.Repeat("word ", 1200))
	keep := agentSays(t, a, "stays")
	for range 2 { // what is gone is gone
		for _, m := range []message.PlatformID{id, long} {
			if r, err := a.Send(ctx, takeBack(m)); err != nil || r.ID != m {
				t.Errorf("%+v, %v", r, err)
			}
		}
	}
	if sees := ann.Sees(); len(sees) != 1 || sees[0].Text != "stays" {
		t.Errorf("the customer sees %+v", sees)
	}
	ann.Ages(ann.Sees()[0].ID, 49*time.Hour)
	if _, err := a.Send(ctx, takeBack(keep)); !refusedFor(err, "48 hours") || len(ann.Sees()) != 1 {
		t.Errorf("after two days: %v", err)
	}
}

func TestOutcomesOfAmendments(t *testing.T) {
	for _, c := range outcomes {
		if c.fault.Hang || c.fault.Body != "" && c.fault.Status == 200 {
			continue // an edit needs no answer but "ok", and hangs as a send does
		}
		for method, make := range map[string]func(message.PlatformID) adapters.Delivery{
			"editMessageText": func(id message.PlatformID) adapters.Delivery { return amendTo(id, "new") },
			"deleteMessage":   takeBack,
		} {
			t.Run(method+" "+c.name, func(t *testing.T) {
				t.Parallel()
				ctx, tg := deadline(t), newFake(t)
				ann := tg.Customer(1, "Ann", "en")
				a, _ := newAdapter(t, tg.URL(), brisk)
				id := agentSays(t, a, "old")
				fault := c.fault // the methods' own
				fault.Method = method
				tg.Fail(fault)
				_, err := a.Send(ctx, make(id))
				checkSendError(t, err, c.want)
				m := ann.Inbox()[0]
				if done := m.Text == "new" || m.Deleted; done != (c.landed == 1) {
					t.Errorf("the customer sees %+v", m)
				}
				if c.want.Outcome == adapters.Unknown { // and so may be tried again
					if _, err := a.Send(ctx, make(id)); err != nil {
						t.Errorf("the second time: %v", err)
					}
				}
			})
		}
	}
}
