package web

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

func TestSendOutcomes(t *testing.T) {
	s := idle(t, Config{})
	say := &message.Outbound{Text: "canary-text", From: message.Bot}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	cases := []struct {
		name string
		ctx  context.Context
		d    adapters.Delivery
		want adapters.Outcome
	}{
		{"no page open", t.Context(), adapters.Delivery{ID: 1, Chat: "c", Say: say}, adapters.Delivered},
		{"a second attempt", t.Context(), adapters.Delivery{ID: 1, Chat: "c", Say: say, Resend: true}, adapters.Delivered},
		{"settle", t.Context(), adapters.Delivery{ID: 2, Chat: "c", Settle: &adapters.Settle{Question: 1}}, adapters.Delivered},
		{"post", t.Context(), adapters.Delivery{ID: 3, Chat: "c", Post: &adapters.Post{Title: "canary-text"}}, adapters.Refused},
		{"mark", t.Context(), adapters.Delivery{ID: 3, Chat: "c", Mark: &adapters.Mark{}}, adapters.Refused},
		{"nothing", t.Context(), adapters.Delivery{ID: 3, Chat: "c"}, adapters.Refused},
		{"no chat", t.Context(), adapters.Delivery{ID: 3, Say: say}, adapters.Refused},
		{"no row", t.Context(), adapters.Delivery{Chat: "c", Say: say}, adapters.Refused},
		{"stopped", stopped, adapters.Delivery{ID: 3, Chat: "c", Say: say}, adapters.NotSent},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := s.a.Send(c.ctx, c.d)
			if got := adapters.OutcomeOf(err); got != c.want {
				t.Fatalf("outcome %s, want %s", got, c.want)
			}
			var se *adapters.SendError
			if err != nil && (!errors.As(err, &se) || strings.Contains(err.Error(), "canary")) {
				t.Errorf("error %v", err)
			}
		})
	}
	if err := s.a.Typing(stopped, "c"); !errors.Is(err, context.Canceled) {
		t.Errorf("typing after the end: %v", err)
	}
}

func TestIdentity(t *testing.T) {
	s := idle(t, Config{})
	if s.a.Channel() != "web" || s.a.Sender() != "web" {
		t.Errorf("channel %q, sender %q", s.a.Channel(), s.a.Sender())
	}
	if p := s.a.Pace(); p.Rate <= 0 || p.PerChat <= 0 || p.ChatBurst <= 0 {
		t.Errorf("pace %+v would never let anything out", p)
	}
}

func TestNewNamesEveryMistake(t *testing.T) {
	_, err := New(Config{Lang: "fr", PublicURL: "ftp://user:canary@shop.example"})
	if err == nil {
		t.Fatal("no error")
	}
	for _, word := range []string{"Business", "History", "Lang", "PublicURL"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q is not named in: %v", word, err)
		}
	}
	if strings.Contains(err.Error(), "canary") {
		t.Errorf("the error holds the address: %v", err)
	}
}

func TestRunNeedsASink(t *testing.T) {
	s := idle(t, Config{})
	if err := s.a.Run(t.Context(), nil); err == nil {
		t.Error("Run without a sink began")
	}
}
