package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// Channel is the name of this platform in stored rows.
const Channel message.Channel = "web"

const (
	// budget bounds one visit to the store, so that a page learns soon that it
	// has to try again, and that Run can end.
	budget = 10 * time.Second
	// beatEvery is how often an idle stream says that it lives. Proxies cut
	// streams that are silent for a minute; the page gives up after two beats.
	beatEvery = 25 * time.Second
)

// Adapter is the web chat of one business. It is safe for concurrent use.
type Adapter struct {
	cfg     Config
	log     *zap.Logger
	secure  bool
	hub     *hub
	limits  *limits
	quota   quota
	folder  string        // of uploads; "" = none are taken
	uploads *places       // for files that are on their way in
	large   *places       // for long histories that are being told
	readers chan struct{} // one for each history that is being read
	keys    *keyring
	cramped atomic.Bool // there is too little room to take messages
	handler http.Handler
	beat    time.Duration

	mu      sync.Mutex
	running bool
	sink    adapters.Sink   // nil when Run does not run
	run     context.Context // ends with Run; streams end with it
	busy    sync.WaitGroup  // requests that use the sink or History
}

var (
	_ adapters.Adapter = (*Adapter)(nil)
	_ adapters.Typer   = (*Adapter)(nil)
)

// New checks cfg and builds an adapter; it opens nothing. The error joins one
// error for each mistake.
func New(cfg Config) (*Adapter, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	cfg = cfg.withDefaults()
	a := &Adapter{
		cfg: cfg, log: cfg.Logger.Named("web"), hub: newHub(), beat: beatEvery,
		limits: newLimits(), folder: cfg.Files, keys: newKeyring(cfg.Key),
		uploads: newPlaces(ownUploads, nearUploads, uploadsAtOnce),
		large:   newPlaces(ownLarge, nearLarge, allLarge),
		readers: make(chan struct{}, readersAtOnce),
	}
	public, err := origin(cfg.PublicURL)
	if err != nil {
		return nil, err
	}
	a.secure = strings.HasPrefix(public, "https:")
	if a.handler, err = a.routes(public); err != nil {
		return nil, err
	}
	return a, nil
}

// Channel implements adapters.Adapter.
func (a *Adapter) Channel() message.Channel { return Channel }

// Sender implements adapters.Adapter: there is one account, the page itself.
func (a *Adapter) Sender() string { return string(Channel) }

// Pace implements adapters.Adapter. Handing a message to open pages costs
// microseconds; the limits only keep one chat from crowding out the others.
func (a *Adapter) Pace() adapters.Pace {
	return adapters.Pace{Rate: 1000, PerChat: 0.05, ChatBurst: 20}
}

// Handler serves everything under /chat. The same handler every time; mount it
// at "/chat" and "/chat/".
func (a *Adapter) Handler() http.Handler { return a.handler }

// Run implements adapters.Adapter. Until it is called, and after ctx has
// ended, posts and streams are answered 503 and the page keeps trying. It
// returns once no request uses the sink any more, so that the caller may close
// the store; open streams end first, so that the HTTP server can shut down.
// A second Run beside a running one is an error.
func (a *Adapter) Run(ctx context.Context, sink adapters.Sink) error {
	if sink == nil {
		return errors.New("web: run: no sink")
	}
	if err := a.open(ctx, sink); err != nil {
		return fmt.Errorf("web: run: %w", err)
	}
	<-ctx.Done()
	a.mu.Lock()
	a.sink, a.run = nil, nil
	a.mu.Unlock()
	a.busy.Wait()
	a.mu.Lock()
	a.running = false
	a.mu.Unlock()
	return nil
}

func (a *Adapter) open(ctx context.Context, sink adapters.Sink) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.running {
		return errors.New("already running")
	}
	if err := a.tidy(); err != nil {
		return err
	}
	a.running, a.sink, a.run = true, sink, ctx
	return nil
}

// tidy makes the folder of uploads ready.
func (a *Adapter) tidy() error {
	if a.folder == "" {
		return nil
	}
	if err := os.MkdirAll(a.folder, 0o700); err != nil {
		return errors.New("the folder of files cannot be made")
	}
	return sweep(a.folder)
}

// enter registers a request that is about to use the sink or History. ok is
// false when Run does not run; otherwise leave must be called in the end. The
// count is raised under the lock that Run takes before it waits, so that none
// slips in behind it.
func (a *Adapter) enter() (sink adapters.Sink, run context.Context, leave func(), ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.sink == nil {
		return nil, nil, nil, false
	}
	a.busy.Add(1)
	return a.sink, a.run, a.busy.Done, true
}
