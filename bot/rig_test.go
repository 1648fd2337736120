package bot_test

import (
	"bytes"
	"context"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/adapters/telegram"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store/sqlite"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

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
	dir      string
	log      *zap.Logger
	tune     func(*bot.Config)
	wrap     func(bot.Step) bot.Step
	stop     func()
	clock    clock
	process  *os.Process   // of a crash test
	sending  time.Duration // how long Telegram may take; 0 = the adapter's default
}

// clock is the real one, moved ahead at will.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func (c *clock) advance(d time.Duration) { c.ahead.Add(int64(d)) }

// smallFlow is the small flow with a burst that ends at once.
func smallFlow() flow.Files {
	files := flowtest.Minimal()
	files["flow.yaml"] = bytes.Replace(files["flow.yaml"], []byte("quiet: 3s"), []byte("quiet: 5ms"), 1)
	return files
}

// setup builds a rig and starts it.
func setup(t *testing.T, tune ...func(*bot.Config)) *rig {
	t.Helper()
	r := blank(t)
	for _, f := range tune {
		r.tune = f
	}
	r.start()
	return r
}

func blank(t *testing.T) *rig {
	t.Helper()
	r := &rig{t: t, telegram: telegramfake.New(), dir: t.TempDir(), log: zaptest.NewLogger(t, zaptest.Level(zap.WarnLevel))}
	t.Cleanup(r.telegram.Close)
	var err error
	if r.slack, err = slackfake.New(slackfake.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.slack.Close)
	if r.flow, err = flow.Parse(smallFlow()); err != nil {
		t.Fatal(err)
	}
	return r
}

// parts are what a bot of these tests is built from; the child of a crash test
// has no more than that.
type parts struct {
	dir, telegram, slack string
	now                  func() time.Time
	sending              time.Duration
	log                  *zap.Logger
	tune                 func(*bot.Config)
}

// build opens the store and makes a bot on it.
func build(p parts) (*bot.Bot, *sqlite.Store, error) {
	f, err := flow.Parse(smallFlow())
	if err != nil {
		return nil, nil, err
	}
	customers, err := telegram.New(telegram.Config{Token: telegramfake.Token, APIURL: p.telegram,
		Timeouts: telegram.Timeouts{LongPoll: time.Second, Send: p.sending, RetryMin: 10 * time.Millisecond, RetryMax: 50 * time.Millisecond}})
	if err != nil {
		return nil, nil, err
	}
	agents, err := slack.New(slack.Config{BotToken: slackfake.DefaultBotToken, AppToken: slackfake.DefaultAppToken,
		APIURL: p.slack, Channel: slackfake.Queue, Forms: desk.Forms(message.English)})
	if err != nil {
		return nil, nil, err
	}
	words, err := intents.New(intents.Words(f.Words), intents.Options{})
	if err != nil {
		return nil, nil, err
	}
	s, err := sqlite.Open(context.Background(), sqlite.Config{Dir: p.dir, Logger: p.log, Now: p.now})
	if err != nil {
		return nil, nil, err
	}
	cfg := bot.Config{Store: s, Adapters: []adapters.Adapter{unhurried{customers}}, Desk: swift{agents}, Flow: f,
		Settings: settings(), Understand: words.Understand, Logger: p.log, Now: p.now, Grace: 5 * time.Second}
	if p.tune != nil {
		p.tune(&cfg)
	}
	b, err := bot.New(cfg)
	return b, s, err
}

func settings() dialog.Settings {
	return dialog.Settings{Business: "Lamps", Zone: time.UTC, AgentLang: message.English}
}

// start builds a bot and runs it until the test ends or r.stop is called.
func (r *rig) start() {
	r.t.Helper()
	var err error
	r.bot, r.store, err = build(parts{dir: r.dir, telegram: r.telegram.URL(), slack: r.slack.URL(),
		now: r.clock.now, sending: r.sending, log: r.log, tune: r.tune})
	if err != nil {
		r.t.Fatal(err)
	}
	bot.HurryRecovery(r.bot)
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

// slackRefusal is Slack's answer to a token that was revoked.
func slackRefusal() slackfake.Fault {
	return slackfake.Fault{Method: "chat.postMessage", Code: "token_revoked"}
}

func noReading(string, intents.Context) message.Reading { return message.Reading{} }

// silentChannel is an adapter nobody writes to.
type silentChannel struct{}

func (silentChannel) Channel() message.Channel { return "silent" }
func (silentChannel) Sender() string           { return "silent" }
func (silentChannel) Pace() adapters.Pace      { return adapters.Pace{} }
func (silentChannel) Run(ctx context.Context, _ adapters.Sink) error {
	<-ctx.Done()
	return nil
}
func (silentChannel) Decode([]byte) (message.Inbound, error) { return message.Inbound{}, nil }
func (silentChannel) Send(context.Context, adapters.Delivery) (adapters.Receipt, error) {
	return adapters.Receipt{}, nil
}
