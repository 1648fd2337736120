package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/facts"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// Understand reads one text of a customer. It must be pure and safe for
// concurrent use.
type Understand func(text string, c intents.Context) message.Reading

// Config is what a [Bot] needs. Store, Adapters, Flow and Understand are
// required.
type Config struct {
	Store store.Store
	// Adapters are the customers' side, one for each channel.
	Adapters []adapters.Adapter
	// Desk is the agents' side. It must implement adapters.Directory. Without
	// it hand-offs and promises are kept, and shown to nobody.
	Desk adapters.Adapter

	Flow *flow.Flow
	// Facts answers look-ups; nil = the flow's own facts.csv.
	Facts      facts.Provider
	Settings   dialog.Settings
	Understand Understand
	// Second, if set, is asked outside of turns about texts that Understand was
	// unsure of, and for other words of the lines a flow lets be reworded.
	Second intents.Second

	Logger *zap.Logger      // nil = silent
	Now    func() time.Time // the clock that dates everything; nil = time.Now
	// Fault, if set, is called at each of FaultPoints, so that a crash test
	// can end the process there.
	Fault func(point string)
	// Workers handle conversations side by side; 0 = 4.
	Workers int
	// Grace is how long Run lets held work finish once it is told to end;
	// 0 = 10 s.
	Grace time.Duration
}

// Bot is a running installation. Its methods are safe for concurrent use.
type Bot struct {
	cfg      Config
	log      *zap.Logger
	channels map[message.Channel]adapters.Adapter
	openers  map[message.Channel]adapters.Opener // by whom files are kept
	desk     *desk.Desk
	handler  *desk.Handler // nil without a desk
	step     func(*flow.Flow, dialog.Settings, dialog.State, dialog.Input) (dialog.Result, error)

	senders    []*sender
	timers     *timers
	courtesies chan courtesy
	meters     *meters
	outage     outage        // of the agents' platform
	watchEvery time.Duration // how often it is looked at
	readings   opinions[message.Reading]
	wordings   opinions[string]

	stop     chan struct{} // closed by the first Stop
	stopOnce sync.Once
	ended    chan struct{} // closed when Run has returned

	mu      sync.Mutex
	started bool
	hard    context.Context // of Run; ends when work must end
	errands sync.WaitGroup  // look-ups in the background
	down    map[string]string
}

// New checks cfg and builds a bot; it opens and dials nothing. The error joins
// one error for each mistake.
func New(cfg Config) (*Bot, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	cfg = cfg.withDefaults()
	if cfg.Facts == nil {
		var err error
		if cfg.Facts, err = facts.For(cfg.Flow, facts.Config{Zone: cfg.Settings.Zone, Now: cfg.Now}); err != nil {
			return nil, fmt.Errorf("bot: %w", err)
		}
	}
	b := &Bot{
		cfg: cfg, log: cfg.Logger.Named("bot"), step: dialog.Step,
		channels:   map[message.Channel]adapters.Adapter{},
		openers:    map[message.Channel]adapters.Opener{},
		desk:       desk.New(cfg.Settings.AgentLang, cfg.Settings.Zone),
		courtesies: make(chan courtesy, courtesyQueue),
		stop:       make(chan struct{}), ended: make(chan struct{}),
		down: map[string]string{}, watchEvery: watchEvery,
	}
	b.meters = newMeters(b)
	for _, a := range b.all() {
		if o, ok := a.(adapters.Opener); ok {
			b.openers[a.Channel()] = o
		}
	}
	for _, a := range cfg.Adapters {
		b.channels[a.Channel()] = a
		b.senders = append(b.senders, newSender(b, a))
	}
	if cfg.Desk != nil {
		b.senders = append(b.senders, newSender(b, cfg.Desk))
		b.handler = b.newHandler(cfg.Desk)
	}
	b.senders = append(b.senders, newFacts(b))
	b.timers = newTimers(b)
	return b, nil
}

func (c Config) check() error {
	var errs []error
	need := func(missing bool, what string) {
		if missing {
			errs = append(errs, fmt.Errorf("bot: %s is missing", what))
		}
	}
	need(c.Store == nil, "Store")
	need(c.Flow == nil, "Flow")
	need(c.Understand == nil, "Understand")
	need(len(c.Adapters) == 0, "an adapter")
	seen := map[message.Channel]bool{}
	if c.Desk != nil {
		if _, ok := c.Desk.(adapters.Directory); !ok {
			errs = append(errs, errors.New("bot: Desk cannot say who is an agent"))
		}
	}
	for _, a := range c.all() {
		if seen[a.Channel()] {
			errs = append(errs, fmt.Errorf("bot: two adapters for channel %q", a.Channel()))
		}
		seen[a.Channel()] = true
	}
	return errors.Join(errs...)
}

// all gives every adapter, the desk's last.
func (c Config) all() []adapters.Adapter {
	if c.Desk == nil {
		return c.Adapters
	}
	return append(c.Adapters[:len(c.Adapters):len(c.Adapters)], c.Desk)
}

func (b *Bot) all() []adapters.Adapter { return b.cfg.all() }

func (c Config) withDefaults() Config {
	if c.Logger == nil {
		c.Logger = zap.NewNop()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Workers <= 0 {
		c.Workers = 4
	}
	if c.Grace <= 0 {
		c.Grace = 10 * time.Second
	}
	if c.Settings.Zone == nil {
		c.Settings.Zone = time.UTC
	}
	return c
}

// Check asks every platform whether it knows us. An error that wraps
// adapters.ErrRefused means that starting is pointless; other errors say that
// a platform is out of reach at present, and Run will keep trying.
func (b *Bot) Check(ctx context.Context) error {
	var errs []error
	for _, a := range b.all() {
		c, ok := a.(adapters.Checker)
		if !ok {
			continue
		}
		if err := c.Check(ctx); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", a.Channel(), err))
		}
	}
	return errors.Join(errs...)
}

// nowMilli is the clock as the store counts.
func (b *Bot) nowMilli() int64 { return b.cfg.Now().UnixMilli() }

// deskSender names the agents' account in the outbox, "" where there is none.
func (b *Bot) deskSender() string {
	if b.cfg.Desk == nil {
		return ""
	}
	return b.cfg.Desk.Sender()
}

// spawn runs f in the background until the bot ends.
func (b *Bot) spawn(f func(context.Context)) {
	b.mu.Lock()
	ctx := b.hard
	b.mu.Unlock()
	b.errands.Go(func() { f(ctx) })
}
