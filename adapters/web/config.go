package web

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// HistoryFunc reads a conversation, oldest first: every entry of the bot and
// of agents whose ID is greater than after, and what the customer wrote since
// then (all of it with after 0). Customer entries that are given once too
// often do no harm: the page knows them by their Ref. It gives the newest, about
// 1 MiB in all, and says by Cut of the first entry that there was more. It is
// called from a few goroutines at once.
type HistoryFunc func(ctx context.Context, chat message.Chat, after int64) ([]Entry, error)

// OpenFileFunc opens attachment n (from 0) of the message in an outbox row, for
// the customer of chat. It gives adapters.ErrNoFile where there is none, where
// the row is of another chat, and where the message was withdrawn; the page
// cannot tell these apart. It is called from many goroutines at once.
type OpenFileFunc func(ctx context.Context, chat message.Chat, row int64, n int) (adapters.File, error)

// Config is what a web chat needs to know. Business and History are required.
type Config struct {
	// Business is the name at the top of the page.
	Business string
	// History reads what was said; see HistoryFunc.
	History HistoryFunc
	// Epoch names what History reads from, the same for as long as IDs of its
	// entries are never given twice. When it changes, as after a restore, pages
	// forget what they show and read everything anew. Default: it never does.
	Epoch func(ctx context.Context) (string, error)
	// Lang is taken where a browser asks for no language we speak.
	// Default: message.English.
	Lang message.Lang
	// PublicURL is the address customers reach the chat under, when a proxy
	// stands in front. An https address makes the cookie Secure. Default: none.
	PublicURL string
	// Embed are the origins ("https://shop.example") whose pages may show the
	// chat in a frame, with /chat/embed.js. Default: none.
	Embed []string
	// Files is the folder for what customers send; Run makes it where it is
	// missing. Default: none, and no files are taken.
	Files string
	// Key gives the key of sessions; see KeyFunc. Whoever has it can begin as
	// many sessions as they like, but read nobody else's chat. Default: one of
	// this adapter's own, with which all sessions end.
	Key KeyFunc
	// Free says how many bytes there are left to write to; with less than 200
	// MiB nothing is taken any more, before the database fails. An error counts
	// as room enough. Default: there is always room.
	Free func() (int64, error)
	// OpenFile opens what was sent to customers. Default: none can be opened.
	OpenFile OpenFileFunc
	// Logger gets what operators should know; never a text, never a cookie.
	// Default: silent.
	Logger *zap.Logger
	// Now is the clock that dates messages. Default: time.Now.
	Now func() time.Time
}

// check finds every mistake at once, so that an operator corrects them in one
// go.
func (c Config) check() error {
	var errs []error
	if strings.TrimSpace(c.Business) == "" {
		errs = append(errs, errors.New("web: Business is empty"))
	}
	if c.History == nil {
		errs = append(errs, errors.New("web: History is missing"))
	}
	if c.Lang != "" && !slices.Contains(message.Langs(), c.Lang) {
		errs = append(errs, fmt.Errorf("web: Lang %q is not one of %v", c.Lang, message.Langs()))
	}
	if _, err := origin(c.PublicURL); err != nil {
		errs = append(errs, err)
	}
	for _, o := range c.Embed {
		if err := embeddable(o); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func (c Config) withDefaults() Config {
	if c.Lang == "" {
		c.Lang = message.English
	}
	if c.Logger == nil {
		c.Logger = zap.NewNop()
	}
	if c.Now == nil {
		c.Now = time.Now
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
		return "", errors.New("web: PublicURL is not an http or https address")
	}
	return u.Scheme + "://" + u.Host, nil
}
