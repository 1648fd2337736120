package slack

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	slackapi "github.com/slack-go/slack"
	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// Channel is the name of this platform in stored rows.
const Channel message.Channel = "slack"

// storeBudget is how long storing one batch may take. Slack waits three
// seconds for an acknowledgement; what is not stored by then comes again.
const storeBudget = 2 * time.Second

// Adapter is one Slack app in one workspace, with one queue channel. It is
// safe for concurrent use; Run is meant to be called once at a time.
type Adapter struct {
	cfg       Config
	log       *zap.Logger
	http      *http.Client
	files     *http.Client     // the same without a bound on the whole: files take long
	post      *slackapi.Client // no retries at all: a post is made once
	read      *slackapi.Client // waits out 429 and tries again
	agents    *agentCache
	modals    *modals
	gate      *gate
	marks     *marks
	reader    *catchUp
	door      door
	gap       gap
	missed    atomic.Bool // something could not be stored since the last gap was signalled
	reconnect pacing
	budget    time.Duration
}

var (
	_ adapters.Adapter    = (*Adapter)(nil)
	_ adapters.Checker    = (*Adapter)(nil)
	_ adapters.Directory  = (*Adapter)(nil)
	_ adapters.Router     = (*Adapter)(nil)
	_ adapters.Opener     = (*Adapter)(nil)
	_ adapters.CatchUpper = (*Adapter)(nil)
	_ adapters.Rereader   = (*Adapter)(nil)
	_ adapters.Examiner   = (*Adapter)(nil)
)

// New checks cfg and builds an adapter; it never dials. The error joins one
// *ConfigError for each mistake, none of which holds a secret.
func New(cfg Config) (*Adapter, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	cfg = cfg.withDefaults()
	hc := newHTTPClient(cfg.Timeout)
	a := &Adapter{
		cfg:       cfg,
		log:       cfg.Logger.Named("slack"),
		http:      hc,
		files:     newFileClient(hc),
		post:      newPoster(cfg, hc),
		read:      newReader(cfg, hc),
		agents:    newAgentCache(cfg.Now),
		marks:     newMarks(cfg.Now()),
		reader:    newCatchUp(),
		gap:       newGap(),
		reconnect: defaultPacing(),
		budget:    storeBudget,
	}
	a.modals = newModals(a)
	a.gate = newGate(cfg.SigningSecret, a.log)
	return a, nil
}

// Channel implements adapters.Adapter.
func (a *Adapter) Channel() message.Channel { return Channel }

// Sender implements adapters.Adapter. Slack limits posting by channel, so the
// queue's channel names the sender.
func (a *Adapter) Sender() string { return string(Channel) + "/" + a.cfg.Channel }

// Pace implements adapters.Adapter: about one message a second in a channel,
// a few at once are let through. Reactions, changes and messages to one person
// are counted for each method, of which Slack allows some fifty a minute.
func (a *Adapter) Pace() adapters.Pace {
	const tier3 = 50.0 / 60
	return adapters.Pace{Rate: 1, PerChat: 1, ChatBurst: 4, Apart: map[adapters.Kind]float64{
		adapters.KindMark:   tier3 / 2, // the earlier mark is taken away by a second call
		adapters.KindUpdate: tier3, adapters.KindPrivate: tier3,
	}}
}

// Run implements adapters.Adapter. In ModeSocket it receives over Socket Mode
// until ctx ends and reconnects by itself; it returns an error only when Slack
// refuses the app token, and that error wraps adapters.ErrRefused. In ModeHTTP
// it lets the requests to Routes in until ctx ends.
func (a *Adapter) Run(ctx context.Context, sink adapters.Sink) error {
	defer a.modals.wait()
	if a.cfg.Mode == ModeHTTP {
		a.door.open(ctx, sink)
		return nil
	}
	return a.runSocket(ctx, sink)
}
