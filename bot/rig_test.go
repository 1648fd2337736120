package bot_test

import (
	"bytes"
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/adapters/telegram"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const patience = 20 * time.Second

func deadline(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// rig is a whole installation: real adapters, engine and store, with fakes of
// both platforms at its ends.
type rig struct {
	t        *testing.T
	telegram *telegramfake.Server
	slack    *slackfake.Server
	store    *sqlite.Store
	bot      *bot.Bot
	flow     *flow.Flow
	set      dialog.Settings
	dir      string
	log      *zap.Logger
	tune     []func(*bot.Config)
	wrap     func(bot.Step) bot.Step
	stop     func()
	clock    clock
}

// clock is the real one, moved ahead at will.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func (c *clock) advance(d time.Duration) { c.ahead.Add(int64(d)) }

// smallFlow is the small flow with a burst that ends at once.
func smallFlow(t *testing.T) *flow.Flow {
	t.Helper()
	files := flowtest.Minimal()
	files["flow.yaml"] = bytes.Replace(files["flow.yaml"], []byte("quiet: 3s"), []byte("quiet: 5ms"), 1)
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// setup builds a rig and starts it.
func setup(t *testing.T, tune ...func(*bot.Config)) *rig {
	t.Helper()
	r := blank(t, tune...)
	r.start()
	return r
}

func blank(t *testing.T, tune ...func(*bot.Config)) *rig {
	t.Helper()
	r := &rig{t: t, telegram: telegramfake.New(), flow: smallFlow(t), dir: t.TempDir(), tune: tune,
		set: dialog.Settings{Business: "Lamps", Zone: time.UTC, AgentLang: message.English},
		log: zaptest.NewLogger(t, zaptest.Level(zap.WarnLevel))}
	t.Cleanup(r.telegram.Close)
	var err error
	if r.slack, err = slackfake.New(slackfake.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.slack.Close)
	return r
}

// start opens the store, builds a bot on it and runs it until the test ends or
// r.stop is called.
func (r *rig) start() {
	t := r.t
	t.Helper()
	var err error
	if r.store, err = sqlite.Open(deadline(t), sqlite.Config{Dir: r.dir, Logger: r.log, Now: r.clock.now}); err != nil {
		t.Fatal(err)
	}
	customers, err := telegram.New(telegram.Config{Token: telegramfake.Token, APIURL: r.telegram.URL(),
		Timeouts: telegram.Timeouts{LongPoll: time.Second, RetryMin: 10 * time.Millisecond, RetryMax: 50 * time.Millisecond}})
	if err != nil {
		t.Fatal(err)
	}
	agents, err := slack.New(slack.Config{BotToken: slack.Token(r.slack.BotToken()), AppToken: slack.Token(r.slack.AppToken()),
		APIURL: r.slack.URL(), Channel: slackfake.Queue})
	if err != nil {
		t.Fatal(err)
	}
	words, err := intents.New(intents.Words(r.flow.Words), intents.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cfg := bot.Config{Store: r.store, Adapters: []adapters.Adapter{unhurried{customers}}, Desk: swift{agents}, Flow: r.flow,
		Settings: r.set, Understand: words.Understand, Logger: r.log, Now: r.clock.now, Grace: 5 * time.Second}
	for _, tune := range r.tune {
		tune(&cfg)
	}
	if r.bot, err = bot.New(cfg); err != nil {
		t.Fatal(err)
	}
	if r.wrap != nil {
		bot.WrapStep(r.bot, r.wrap)
	}
	r.run()
}

func (r *rig) run() {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	b, s := r.bot, r.store
	go func() { ended <- b.Run(ctx) }()
	stopped := false
	r.stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-ended; err != nil {
			r.t.Errorf("Run: %v", err)
		}
		if err := s.Close(); err != nil {
			r.t.Errorf("Close: %v", err)
		}
	}
	r.t.Cleanup(r.stop)
}

// unhurried and swift lift the platforms' limits, which the fakes do not have.
type unhurried struct{ *telegram.Adapter }

func (unhurried) Pace() adapters.Pace { return adapters.Pace{} }

type swift struct{ *slack.Adapter }

func (swift) Pace() adapters.Pace { return adapters.Pace{} }

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
		if err := bot.Replay(ctx, r.store, r.flow, r.set, id); err != nil {
			r.t.Error(err)
		}
	}
}

// conv is the id of a customer's conversation.
func (r *rig) conv(chat message.Chat) message.ConversationID {
	r.t.Helper()
	id, err := r.store.FindConversation(deadline(r.t), telegram.Channel, chat)
	if err != nil {
		r.t.Fatal(err)
	}
	return id
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

// slackRefusal is Slack's answer to a token that was revoked.
func slackRefusal() slackfake.Fault {
	return slackfake.Fault{Method: "chat.postMessage", Code: "token_revoked"}
}
