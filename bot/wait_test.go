package bot_test

import (
	"strings"
	"time"

	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/store"
)

// waitText waits for a text from the bot.
func (r *rig) waitText(c *telegramfake.Customer, part string) telegramfake.Message {
	r.t.Helper()
	m, err := c.WaitText(deadline(r.t), part)
	if err != nil {
		var got []string
		for _, x := range c.Inbox() {
			got = append(got, x.Text)
		}
		r.t.Fatalf("waiting for %q: %v; got %q", part, err, got)
	}
	return m
}

// waitPost waits for a message in the queue's channel or its threads.
func (r *rig) waitPost(part string) slackfake.Message {
	r.t.Helper()
	m, err := r.slack.WaitMessage(deadline(r.t), slackfake.Queue, func(m slackfake.Message) bool {
		return m.BotID != "" && strings.Contains(m.PlainText(), part)
	})
	if err != nil {
		var got []string
		for _, x := range r.slack.Posted() {
			got = append(got, x.PlainText())
		}
		r.t.Fatalf("waiting for %q in Slack: %v; got %q", part, err, got)
	}
	return m
}

// waitReaction waits for a mark on an agent's message.
func (r *rig) waitReaction(ts, emoji string) {
	r.t.Helper()
	err := r.slack.Wait(deadline(r.t), func(s *slackfake.Server) bool {
		for _, e := range s.Reactions(ts) {
			if e == emoji {
				return true
			}
		}
		return false
	})
	if err != nil {
		r.t.Fatalf("waiting for :%s: %v; have %v", emoji, err, r.slack.Reactions(ts))
	}
}

// settled waits until everything that is stored was handled and sent.
func (r *rig) settled() store.Stats {
	r.t.Helper()
	ctx := deadline(r.t)
	for tick := time.NewTicker(5 * time.Millisecond); ; {
		st, err := r.store.Stats(ctx)
		if err != nil {
			r.t.Fatal(err)
		}
		if st.Pending == 0 && st.Unsent == 0 {
			tick.Stop()
			return st
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			r.t.Fatalf("not settled: %+v", st)
		}
	}
}

// replays checks that every conversation can be replayed to the letter.
func (r *rig) replays() {
	r.t.Helper()
	ctx := deadline(r.t)
	ids, err := r.store.Conversations(ctx, 0, 1000)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, id := range ids {
		if err := bot.Replay(ctx, r.store, r.flow, settings(), id); err != nil {
			r.t.Error(err)
		}
	}
}

// waitTap waits until the press after the first n is answered.
func waitTap(r *rig, n int) (telegramfake.Tap, error) {
	var tap telegramfake.Tap
	err := r.telegram.Await(deadline(r.t), func() bool {
		taps := r.telegram.Taps()
		if len(taps) <= n || !taps[n].Answered {
			return false
		}
		tap = taps[n]
		return true
	})
	return tap, err
}
