package admin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// Store is what the console reads and writes. A store.Store is one.
type Store interface {
	store.Accounts
	OpenHandoffs(ctx context.Context, max int) ([]store.HandoffRow, error)
	OpenPromises(ctx context.Context, before int64, max int) ([]store.PromiseRow, error)
}

// Config is what the console needs to know. Store and Business are required.
type Config struct {
	Store Store
	// Desk serves everything below /admin/desk for whoever is signed in. Nil:
	// hand-offs are worked on elsewhere, see Where.
	Desk http.Handler
	// Where names the place in which hand-offs are worked on, in words
	// ("Slack channel C0123"), where Desk is nil.
	Where string
	// Business is the name at the top.
	Business string
	// Lang is the agents' language. Default: message.English.
	Lang message.Lang
	// Zone is in which times are written. Default: time.UTC.
	Zone *time.Location
	// PublicURL is the address people reach the console under, when a proxy
	// stands in front. Behind an https address cookies are Secure, and the
	// proxy's X-Forwarded-For says who knocks.
	PublicURL string
	// Ready says what is wrong at present, nil for nothing. Its words are shown
	// to admins and must hold no secret. Nil: not shown.
	Ready func(ctx context.Context) error
	// Stats gives the counts of the page State. Nil: not shown.
	Stats func(ctx context.Context) (store.Stats, error)
	// Logger gets what operators should know; never a token. Default: silent.
	Logger *zap.Logger
	// Now is the clock. Default: time.Now.
	Now func() time.Time
}

// Admin is the console. It is safe for concurrent use.
type Admin struct {
	cfg     Config
	log     *zap.Logger
	words   *words
	https   bool // the public address is
	pages   pages
	tries   *tries
	silent  sync.Once  // that the proxy says nothing is said
	shut    sync.Mutex // one is disabled at a time, so that the last admin is known
	handler http.Handler
}

// New checks cfg and builds the console; it opens nothing. The error joins one
// error for each mistake.
func New(cfg Config) (*Admin, error) {
	public, err := cfg.check()
	if err != nil {
		return nil, err
	}
	cfg = cfg.withDefaults()
	a := &Admin{
		cfg: cfg, log: cfg.Logger.Named("admin"), words: wordsOf(cfg.Lang),
		https: strings.HasPrefix(public, "https:"), tries: newTries(cfg.Now),
	}
	if a.pages, err = parsePages(); err != nil {
		return nil, err
	}
	if a.handler, err = a.routes(public); err != nil {
		return nil, err
	}
	return a, nil
}

// Handler serves everything under /admin. Mount it at "/admin" and "/admin/".
func (a *Admin) Handler() http.Handler { return a.handler }

// Who gives the person a request comes from; ok is false outside of handlers
// that this console called, and where nobody is signed in. Ref is
// "console:" with the user's ID, Name what colleagues and customers read: the
// name they chose for that, else that of the account.
func (a *Admin) Who(r *http.Request) (p message.Person, ok bool) {
	u, ok := userOf(r.Context())
	if !ok {
		return message.Person{}, false
	}
	return personOf(u), true
}

// Agent says who ref is. The error wraps adapters.ErrDenied where there is no
// such user, or a disabled one; anything else is the store's.
func (a *Admin) Agent(ctx context.Context, ref message.UserRef) (message.Person, error) {
	id, ok := idOf(ref)
	if !ok {
		return message.Person{}, fmt.Errorf("%w: not a user of the console", adapters.ErrDenied)
	}
	u, ok, err := a.user(ctx, id)
	switch {
	case err != nil:
		return message.Person{}, err
	case !ok || u.Disabled:
		return message.Person{}, fmt.Errorf("%w: not a user of the console any more", adapters.ErrDenied)
	}
	return personOf(u), nil
}

// user finds one user, disabled or not.
func (a *Admin) user(ctx context.Context, id int64) (store.User, bool, error) {
	list, err := a.cfg.Store.Users(ctx)
	if err != nil {
		return store.User{}, false, fmt.Errorf("admin: users: %w", err)
	}
	i := slices.IndexFunc(list, func(u store.User) bool { return u.ID == id })
	if i < 0 {
		return store.User{}, false, nil
	}
	return list[i], true, nil
}

const refPrefix = "console:"

// refOf is a user's stable id, as it stands in the audit and on hand-offs.
func refOf(id int64) string { return refPrefix + strconv.FormatInt(id, 10) }

func personOf(u store.User) message.Person {
	return message.Person{Ref: message.UserRef(refOf(u.ID)), Name: or(u.Display, u.Name)}
}

func idOf(ref message.UserRef) (int64, bool) {
	digits, ok := strings.CutPrefix(string(ref), refPrefix)
	if !ok {
		return 0, false
	}
	id, err := strconv.ParseInt(digits, 10, 64)
	return id, err == nil && id > 0 && strconv.FormatInt(id, 10) == digits
}

// check finds every mistake at once and gives the origin of PublicURL.
func (c Config) check() (public string, err error) {
	var errs []error
	if c.Store == nil {
		errs = append(errs, errors.New("admin: Store is missing"))
	}
	if strings.TrimSpace(c.Business) == "" {
		errs = append(errs, errors.New("admin: Business is empty"))
	}
	if c.Lang != "" && !slices.Contains(message.Langs(), c.Lang) {
		errs = append(errs, fmt.Errorf("admin: Lang %q is not one of %v", c.Lang, message.Langs()))
	}
	if c.PublicURL != "" {
		u, err := url.Parse(c.PublicURL)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			// The address is not repeated: it may hold a password.
			errs = append(errs, errors.New("admin: PublicURL is not an http or https address"))
		} else {
			public = u.Scheme + "://" + u.Host
		}
	}
	return public, errors.Join(errs...)
}

func (c Config) withDefaults() Config {
	if c.Lang == "" {
		c.Lang = message.English
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	if c.Logger == nil {
		c.Logger = zap.NewNop()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}
