package slack

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/dialog/message"
)

// act is one kind of thing a person can do in Slack. kind is what it decodes to.
type act struct {
	kind message.Kind
	do   func(t *testing.T, s *stage, who *slackfake.Agent)
}

// stage is what there is to act upon.
type stage struct {
	fake *slackfake.Server
	root string // a card
}

func (s *stage) said(t *testing.T, who *slackfake.Agent) string {
	t.Helper()
	ts, err := who.Says(s.root, "hello")
	if err != nil {
		t.Fatal(err)
	}
	return ts
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func everyAct() map[string]act {
	return map[string]act{
		"claim": {message.KindAgentTap, func(t *testing.T, s *stage, who *slackfake.Agent) { must(t, who.Clicks(s.root, "Take")) }},
		"stale claim": {message.KindAgentTap, func(t *testing.T, s *stage, who *slackfake.Agent) {
			must(t, who.ClicksStale(s.root, slackfake.Button{ActionID: "take#9", Value: "12"}))
		}},
		"form sent": {message.KindAgentTap, func(_ *testing.T, s *stage, who *slackfake.Agent) { s.fake.Poison("interactive", submitted(s, who)) }},
		"reply":     {message.KindAgentText, func(t *testing.T, s *stage, who *slackfake.Agent) { s.said(t, who) }},
		"edit":      {message.KindEdited, func(t *testing.T, s *stage, who *slackfake.Agent) { must(t, who.Edits(s.said(t, who), "bye")) }},
		"delete":    {message.KindDeleted, func(t *testing.T, s *stage, who *slackfake.Agent) { must(t, who.Deletes(s.said(t, who))) }},
		"file": {message.KindAgentText, func(t *testing.T, s *stage, who *slackfake.Agent) {
			_, err := who.Says(s.root, "", slackfake.File{Name: "a.png", Content: png})
			must(t, err)
		}},
		"broadcast": {message.KindAgentText, func(t *testing.T, s *stage, who *slackfake.Agent) {
			_, err := who.Broadcasts(s.root, "hello all")
			must(t, err)
		}},
		"form asked for": {message.KindIgnored, func(t *testing.T, s *stage, who *slackfake.Agent) { must(t, who.Clicks(s.root, "Promise")) }},
		"reaction":       {message.KindIgnored, func(t *testing.T, s *stage, who *slackfake.Agent) { must(t, who.Reacts(s.root, "eyes")) }},
		"command": {message.KindIgnored, func(_ *testing.T, s *stage, who *slackfake.Agent) {
			who.Commands(slackfake.Queue, "/accord", "take 12")
		}},
		"in the channel": {message.KindIgnored, func(_ *testing.T, _ *stage, who *slackfake.Agent) { who.SaysInChannel(slackfake.Queue, "take 12") }},
		"direct message": {message.KindIgnored, func(_ *testing.T, _ *stage, who *slackfake.Agent) { who.SaysInChannel("D0DIRECT", "take 12") }},
		"group message":  {message.KindIgnored, func(_ *testing.T, _ *stage, who *slackfake.Agent) { who.SaysInChannel("G0GROUP", "take 12") }},
		"group thread": {message.KindIgnored, func(t *testing.T, _ *stage, who *slackfake.Agent) {
			_, err := who.Says(who.SaysInChannel("G0GROUP", "x"), "take 12")
			must(t, err)
		}},
		"other channel": {message.KindIgnored, func(t *testing.T, _ *stage, who *slackfake.Agent) {
			_, err := who.Says(who.SaysInChannel("C0OTHER", "x"), "take 12")
			must(t, err)
		}},
		"other's form": {message.KindIgnored, func(_ *testing.T, s *stage, who *slackfake.Agent) {
			p := submitted(s, who)
			p["view"].(map[string]any)["callback_id"] = "another_app"
			s.fake.Poison("interactive", p)
		}},
	}
}

// submitted is a form as Slack brings it, whoever sent it.
func submitted(s *stage, who *slackfake.Agent) map[string]any {
	team := slackfake.Team
	if who.ID() == "U8OTHER" {
		team = "T9OTHER"
	}
	_, ts, _ := splitID(message.PlatformID(s.root))
	meta, err := json.Marshal(origin{Channel: slackfake.Queue, Message: ts, Root: ts, Action: "promise", Value: "12"})
	if err != nil {
		panic(err) // plain strings always encode
	}
	return map[string]any{
		"type": "view_submission", "team": map[string]any{"id": slackfake.Team}, "user": map[string]any{"id": who.ID(), "team_id": team},
		"view": map[string]any{"id": "V" + who.ID(), "callback_id": formCallback, "private_metadata": string(meta), "state": map[string]any{"values": map[string]any{}}},
	}
}

// Every kind of thing done by every kind of person, in both modes: what is acted
// upon at all, and whom it is taken from.
func TestEveryActByEveryPerson(t *testing.T) { eachMode(t, tryEveryActByEveryPerson) }

func tryEveryActByEveryPerson(t *testing.T, mode string) {
	people := map[string]bool{ // may they?
		"U1ANNA": true, "U3GONE": false, "U4BOT": false, "U5GUEST": false, "U6SINGLE": false, "U7STRANGER": false, "U8OTHER": false, "U9OUT": false, "U0NOBODY": false,
	}
	for name, what := range everyAct() {
		t.Run(name, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{AckTimeout: patience}) // presses are brought once
			populate(fake)
			cfg := configIn(mode, fake)
			cfg.Forms = someForms
			a, sink := newAdapter(t, cfg), newMemory()
			runOn(t, fake, a, sink)
			s := &stage{fake, string(mustSend(t, a, adapters.Delivery{ID: 1, Post: card(formButtons()...)}))}
			for who := range people {
				what.do(t, s, fake.Agent(who))
			}
			must(t, fake.Wait(within(t), func(f *slackfake.Server) bool { _, waiting, _ := f.Events(); return waiting == 0 }))
			found := 0
			for _, in := range heard(t, a, sink.copy()) {
				if in.Kind != what.kind {
					continue // what had to be done before
				}
				found++
				_, id, _ := splitRef(in.From.Ref)
				_, err := a.Authorize(within(t), in.From.Ref)
				if allowed, known := people[id]; !known || (err == nil) != allowed || (err != nil && !errors.Is(err, adapters.ErrDenied)) {
					t.Errorf("%s: %v", in.From.Ref, err)
				}
			}
			want := len(people)
			if what.kind == message.KindIgnored {
				want = 0
				if n := len(heard(t, a, sink.copy())); n != 0 {
					t.Errorf("%d things were heard", n)
				}
			}
			if found != want {
				t.Errorf("%d acts decoded to %s, want %d", found, what.kind, want)
			}
		})
	}
}

// populate makes one person of every kind, nearly all of them in the channel.
func populate(fake *slackfake.Server) {
	fake.AddAgent("U1ANNA", "Anna")
	for _, u := range []slackfake.User{
		{ID: "U3GONE", Deleted: true}, {ID: "U4BOT", Bot: true}, {ID: "U5GUEST", Restricted: true}, {ID: "U6SINGLE", UltraRestricted: true},
		{ID: "U7STRANGER", Stranger: true}, {ID: "U8OTHER", Team: "T9OTHER"},
	} {
		fake.AddUser(u)
		fake.Join(slackfake.Queue, u.ID)
	}
	fake.AddUser(slackfake.User{ID: "U9OUT"})
	fake.AddChannel("C0OTHER", "other", slackfake.BotUser)
	fake.AddChannel("G0GROUP", "group", slackfake.BotUser)
	fake.AddChannel("D0DIRECT", "direct", slackfake.BotUser)
}
