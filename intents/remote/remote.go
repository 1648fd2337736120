package remote

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// Defaults of a [Config].
const (
	DefaultTimeout   = 3 * time.Second
	DefaultPerMinute = 30
	DefaultPerDay    = 2000
)

// Key is what a service is paid by. It is never printed.
type Key string

// String hides the key.
func (Key) String() string { return "***" }

// GoString hides it from %#v too.
func (Key) GoString() string { return "***" }

// Config is what a [Reader] needs; URL and Model are required.
type Config struct {
	URL   string // base of the interface, such as https://api.example.com/v1
	Key   Key    // "" where none is asked for
	Model string

	Timeout   time.Duration // of one call; 0 = DefaultTimeout
	PerMinute int           // calls; 0 = DefaultPerMinute
	PerDay    int           // calls, by UTC; 0 = DefaultPerDay

	// Sentences are what customers say, by section and language: the sections that
	// may be chosen, and how each is explained to the model.
	Sentences intents.Words
	// Broader names the sections that count as another one, which is then offered in
	// their place.
	Broader map[string]string
	// Tone says whether new words for a line may be said in a language. Without it
	// no line is worded anew.
	Tone func(lang message.Lang, line string) bool
	Now  func() time.Time // nil = time.Now
}

// Reader is an intents.Second behind which a language model works. It is safe for
// concurrent use.
type Reader struct {
	cfg   Config
	chat  openai.ChatCompletionService
	guard *guard
	plain atomic.Bool // the service knows neither schemas nor temperatures
}

var _ intents.Second = (*Reader)(nil)

// New makes a Reader; it dials nothing. The environment variables the client
// library knows are left alone: another service's key must not reach this one.
func New(cfg Config) (*Reader, error) {
	u, err := url.Parse(cfg.URL)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("remote: URL is not an http or https address")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("remote: URL must hold no user, password, query or fragment")
	case cfg.Model == "":
		return nil, errors.New("remote: Model is missing")
	}
	cfg.Timeout = cmp.Or(cfg.Timeout, DefaultTimeout)
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	opts := []option.RequestOption{
		option.WithBaseURL(strings.TrimRight(cfg.URL, "/") + "/"), option.WithHTTPClient(newClient()), option.WithMaxRetries(0),
	}
	if cfg.Key != "" {
		opts = append(opts, option.WithAPIKey(string(cfg.Key)))
	}
	return &Reader{
		cfg: cfg, chat: openai.NewChatCompletionService(opts...),
		guard: newGuard(cfg.Now, cmp.Or(cfg.PerMinute, DefaultPerMinute), cmp.Or(cfg.PerDay, DefaultPerDay)),
	}, nil
}

// call makes one call within the bounds and gives what the model wrote. use says
// whether that can be used: a service that answers nonsense is as good as down.
func (r *Reader) call(ctx context.Context, p prompt, use func(content string) error) error {
	if err := r.guard.enter(); err != nil {
		return err
	}
	bounded, cancel := context.WithTimeout(ctx, r.cfg.Timeout)
	defer cancel()
	content, err := r.complete(bounded, p)
	if err == nil {
		err = use(content)
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		r.guard.giveUp()
		return intents.TroubleTimeout
	}
	r.guard.leave(err == nil || errors.Is(err, intents.TroubleNone))
	return err
}

// newClient is an HTTP client for one service: it follows nowhere, because the key
// would go along, and reads no more than an answer can be.
func newClient() *http.Client {
	return &http.Client{
		Transport: capped{http.DefaultTransport},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return errors.New("redirected")
		},
	}
}
