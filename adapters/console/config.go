package console

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// Card is an open hand-off or task on the board. Anchor is its name
// ("handoff:12:1", "task:12:2"). A hand-off without an Owner waits; a task has
// a Due and may have an OwnerName, a Case and a Text. Answer is by when a
// customer who still waits was promised an answer; the task of that promise
// names in Within the hand-off it belongs to, and is not listed beside it.
type Card struct {
	Anchor      string
	Owner       message.UserRef
	OwnerName   string
	Case, Text  string
	Opened, Due time.Time
	Answer      time.Time
	Within      string
}

// Entry is one thing of a card's history: exactly one of Post, Mark and Wrote
// (an agent's own words) is set. ID is the outbox row of a post or mark.
type Entry struct {
	ID    int64
	At    time.Time
	Post  *adapters.Post
	Mark  *adapters.Mark
	Wrote *message.Inbound
	// Internal, with Wrote: the words stayed among colleagues.
	Internal bool
}

// Config is what a desk needs to know. Everything is required but SignedIn, Forms,
// Held, Open, Lang, Zone, PublicURL, Now and Logger. The functions are called from many
// goroutines at once, Notice from one at a time.
type Config struct {
	// Who says who a request comes from.
	Who func(r *http.Request) (message.Person, bool)
	// SignedIn says whether the session a request came with still stands. It is
	// asked about streams, which outlive sessions; an error ends none. Default:
	// it does for as long as Agent knows the person.
	SignedIn func(r *http.Request) (bool, error)
	// Agent says who ref is; the error wraps adapters.ErrDenied for somebody
	// who may not act.
	Agent func(ctx context.Context, ref message.UserRef) (message.Person, error)
	// Board lists what is open.
	Board func(ctx context.Context) ([]Card, error)
	// History reads a card's thread, oldest first; empty for a card that is not
	// known.
	History func(ctx context.Context, anchor string) ([]Entry, error)
	// Whispers reads what was said to one person alone in a card's thread,
	// oldest first; nil where History has that.
	Whispers func(ctx context.Context, who message.UserRef, anchor string) ([]Entry, error)
	// Notice remembers a post that belongs to no card, by its outbox row;
	// Notices reads those posts again, oldest first.
	Notice  func(ctx context.Context, row int64) error
	Notices func(ctx context.Context) ([]Entry, error)
	// Frame writes a page.
	Frame func(w http.ResponseWriter, r *http.Request, status int, title string, head, body template.HTML)

	// Forms gives the forms of buttons. Default: none has one.
	Forms adapters.Forms
	// Held says whether words begin as a note among colleagues does: a form
	// whose words customers read is not taken with such. Default: those that
	// begin with "//" do.
	Held func(text string) bool
	// Open opens files of customers. Default: they are named and not linked.
	Open adapters.OpenFunc
	// Lang is the agents' language. Default: message.English.
	Lang message.Lang
	// Zone is in which times are written and read. Default: time.UTC.
	Zone *time.Location
	// PublicURL is a further address posts are taken from, that of a proxy in
	// front. Default: none.
	PublicURL string
	// Now is the clock. Default: time.Now.
	Now func() time.Time
	// Logger gets what operators should know; never a text. Default: silent.
	Logger *zap.Logger
}

// check finds every mistake at once.
func (c Config) check() error {
	var errs []error
	need := func(missing bool, what string) {
		if missing {
			errs = append(errs, fmt.Errorf("console: %s is missing", what))
		}
	}
	need(c.Who == nil, "Who")
	need(c.Agent == nil, "Agent")
	need(c.Board == nil, "Board")
	need(c.History == nil, "History")
	need(c.Notice == nil, "Notice")
	need(c.Notices == nil, "Notices")
	need(c.Frame == nil, "Frame")
	if c.Lang != "" && !slices.Contains(message.Langs(), c.Lang) {
		errs = append(errs, fmt.Errorf("console: Lang %q is not one of %v", c.Lang, message.Langs()))
	}
	if _, err := origin(c.PublicURL); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func (c Config) withDefaults() Config {
	if c.Forms == nil {
		c.Forms = func(string) (adapters.Form, bool) { return adapters.Form{}, false }
	}
	if c.SignedIn == nil {
		c.SignedIn = func(*http.Request) (bool, error) { return true, nil }
	}
	if c.Held == nil {
		c.Held = note
	}
	if c.Lang == "" {
		c.Lang = message.English
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = zap.NewNop()
	}
	return c
}

// origin gives scheme://host of a public address, "" for none. The address
// itself is not repeated in the error: it may hold a password.
func origin(public string) (string, error) {
	if public == "" {
		return "", nil
	}
	u, err := url.Parse(public)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", errors.New("console: PublicURL is not an http or https address")
	}
	return u.Scheme + "://" + u.Host, nil
}
