package facts

import (
	"context"
	"net/http"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Query is one question: the text of the look-up's slot, and who asks.
type Query struct {
	Key      string
	Customer message.UserRef
}

// Provider looks things up. Implementations are safe for concurrent use.
type Provider interface {
	// LookUp answers a query. The fact always stands for something an engine can
	// act on, also with an error: the error says for the log why it is
	// unreachable, and holds neither secrets nor what customers wrote. It returns
	// soon after ctx is done.
	LookUp(ctx context.Context, q Query) (dialog.Fact, error)
}

// Config is what a provider needs of the installation.
type Config struct {
	// Zone is the business's, nil = UTC; Now the clock, nil = time.Now.
	Zone *time.Location
	Now  func() time.Time
	// Secret gives what a header's {secret:NAME} stands for; false = there is
	// none.
	Secret func(name string) (string, bool)
	// Guard says whom a service may be.
	Guard Guard
	// Transport replaces the guarded one in tests of other packages; nil in the
	// program.
	Transport http.RoundTripper
}

// For gives the provider a flow's catalog asks for. It never dials. An error
// means that a secret it needs is not set.
func For(f *flow.Flow, cfg Config) (Provider, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if f.Catalog.Lookup.HTTP != nil {
		return newService(f.Catalog.Lookup, cfg)
	}
	return table{f, cfg}, nil
}

// table is facts.csv.
type table struct {
	f   *flow.Flow
	cfg Config
}

// LookUp implements Provider.
func (t table) LookUp(_ context.Context, q Query) (dialog.Fact, error) {
	row, found := t.f.Fact(q.Key, t.cfg.Now(), t.cfg.Zone)
	return dialog.FactOf(t.f.Catalog.Lookup, q.Key, q.Customer, row, found), nil
}
