package bot_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// TestMeasuresAreTheDocumentedOnes: every name in the table is shown, and
// nothing that is not in it.
func TestMeasuresAreTheDocumentedOnes(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	s.agents.writes("anna", card.got, "a1", "hello")
	s.agents.waitMark(t, "a1", adapters.MarkDelivered)
	s.customers.fails(func(adapters.Delivery) error { return &adapters.SendError{Outcome: adapters.Unknown} })
	s.agents.writes("anna", card.got, "a2", "hello?")
	s.agents.waitMark(t, "a2", adapters.MarkSent)
	reg := prometheus.NewPedanticRegistry()
	if err := reg.Register(s.bot.Collector()); err != nil {
		t.Fatal(err)
	}
	families, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			switch {
			case m.GetCounter() != nil:
				values[f.GetName()] += m.GetCounter().GetValue()
			case m.GetHistogram() != nil:
				values[f.GetName()] += float64(m.GetHistogram().GetSampleCount())
			default:
				values[f.GetName()] += m.GetGauge().GetValue()
			}
		}
	}
	for _, m := range bot.MetricNames() {
		idle := []string{"accord_promises_total", "accord_lookups_total", "accord_llm_calls_total"} // nothing was promised, looked up or asked here
		if _, shown := values[m.Name]; !shown && !slices.Contains(idle, m.Name) {
			t.Errorf("%s is not shown", m.Name)
		}
		if !strings.HasPrefix(m.Name, "accord_") || m.Help == "" || m.Type == "" {
			t.Errorf("%+v", m)
		}
	}
	for name := range values {
		if !slices.ContainsFunc(bot.MetricNames(), func(m bot.Metric) bool { return m.Name == name }) {
			t.Errorf("%s is not documented", name)
		}
	}
	for _, name := range []string{"accord_turns_total", "accord_lane_lag_seconds", "accord_agent_words_seconds", "accord_card_seconds",
		"accord_sends_total", "accord_unknown_sends_total", "accord_handoffs_open", "accord_outbox_unsent", "accord_desk_reachable"} {
		if values[name] == 0 {
			t.Errorf("%s is 0", name)
		}
	}
}

// TestWhatWasGivenUpIsTriedAgain by an operator: inputs as they stood, and
// messages at their place.
func TestWhatWasGivenUpIsTriedAgain(t *testing.T) {
	s := newStage(t)
	s.customers.says("7", "m0", "/help")
	s.settled()
	ctx := deadline(t)
	s.customers.fails(never)
	s.customers.says("7", "m1", "I want to talk to a person")
	s.agents.waitWords(t, "Mei needs a person")
	s.settled()
	outs, err := s.store.TroubledOuts(ctx, 10)
	if err != nil || len(outs) != 1 {
		t.Fatalf("%+v, %v", outs, err)
	}
	s.customers.fails(nil)
	if err := s.bot.RetryOut(ctx, outs[0].ID); err != nil {
		t.Fatal(err)
	}
	s.customers.waitWords(t, "A colleague takes over.")
	if err := s.bot.RetryOut(ctx, outs[0].ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("tried again twice: %v", err)
	}
	s.customers.fails(never)
	s.customers.says("7", "m2", "/help")
	s.settled()
	letters, err := s.store.DeadLetters(ctx, 1)
	if err != nil || len(letters) != 1 {
		t.Fatalf("%+v, %v", letters, err)
	}
	s.clock.advance(25 * time.Hour) // the letter of a message is the message
	if err := s.bot.RetryDead(ctx, letters[0].ID); !errors.Is(err, bot.ErrTooOld) {
		t.Errorf("words of yesterday: %v", err)
	}

	// An input that could not be read when it came.
	id, err := s.store.FindConversation(ctx, "till", "7")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.store.Ingest(ctx, []store.New{{Conv: id, Dedup: "broken", Kind: "raw", Payload: []byte("{"), At: 1}}, nil); err != nil {
		t.Fatal(err)
	}
	s.settled()
	if letters, err = s.store.DeadLetters(ctx, 10); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(letters, func(d store.Dead) bool { return string(d.Payload) == "{" })
	if i < 0 {
		t.Fatalf("%+v", letters)
	}
	if err := s.bot.RetryDead(ctx, letters[i].ID); err != nil {
		t.Fatal(err)
	}
	s.settled()
	again, err := s.store.DeadLetters(ctx, 10)
	if err != nil || !slices.ContainsFunc(again, func(d store.Dead) bool { return string(d.Payload) == "{" && d.ID != letters[i].ID }) {
		t.Errorf("it was not handled again: %+v, %v", again, err)
	}
	if err := s.bot.RetryDead(ctx, letters[i].ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("tried again twice: %v", err)
	}
}

// TestWhatNoVersionCouldReadIsReadAgain: a payload that was kept aside at the
// door goes the way of everything else once its adapter can read it.
func TestWhatNoVersionCouldReadIsReadAgain(t *testing.T) {
	s := newStage(t)
	s.customers.says("7", "m0", "/help")
	s.settled()
	ctx := deadline(t)
	good := s.customers.raw(message.Inbound{Kind: message.KindText, Chat: "7", ID: "m1", Text: "I want to talk to a person",
		From: message.Person{Ref: "c", Name: "Mei", Lang: message.English}}, "d1")
	bad := adapters.Raw{Dedup: "d2", Payload: []byte("{"), Err: "not understood"}
	good.Err, good.Chat = "not understood", ""
	if err := s.customers.sink.Receive(ctx, "till", []adapters.Raw{good, bad}); err != nil {
		t.Fatal(err)
	}
	letters, err := s.store.DeadLetters(ctx, 10)
	if err != nil || len(letters) != 2 {
		t.Fatalf("%+v, %v", letters, err)
	}
	for _, l := range letters {
		err := s.bot.RetryDead(ctx, l.ID)
		if readable := string(l.Payload) != "{"; readable != (err == nil) || !readable && !errors.Is(err, bot.ErrUnreadable) {
			t.Errorf("%q: %v", l.Dedup, err)
		}
	}
	s.agents.waitWords(t, "Mei needs a person")
	s.settled()
	if st, err := s.store.Stats(ctx); err != nil || st.Dead != 1 {
		t.Errorf("%d dead letters, %v", st.Dead, err)
	}
	if found := s.bot.Examine(ctx); len(found) != 2 || found[0].What != "till" || found[1].What != "desk" {
		t.Errorf("%+v", found)
	}
}
