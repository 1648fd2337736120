package adapters

import (
	"context"
	"net/http"

	"github.com/accord-chat/accord/dialog/message"
)

// Router is implemented by adapters that are called over HTTP: Routes gives
// their handlers by pattern, as http.ServeMux takes them; none where the
// adapter is configured to ask by itself. Handlers refuse with 503 while Run is
// not under way, because what they were given could not be stored.
type Router interface {
	Routes() map[string]http.Handler
}

// Lone is implemented by adapters that ask their platform for news, and of which
// the platform tolerates one: of many processes only one then receives.
type Lone interface {
	// Alone says whether Run may be under way in one process at a time only. Such
	// a Run can be called again after it ended with its context.
	Alone() bool
}

// CatchUpper is implemented by platforms on which something written can be
// missed and read again later.
type CatchUpper interface {
	// Gap is signalled when something may have been missed, such as after a
	// reconnect. It never blocks the adapter; signals may be merged.
	Gap() <-chan struct{}
	// CatchUp reads what people wrote in these threads since it last did and
	// hands it to sink like everything else that arrives; what is known already
	// is a copy there and changes nothing. A thread that is read for the first
	// time is read from its beginning.
	CatchUp(ctx context.Context, sink Sink, threads []message.PlatformID) error
}

// Rereader is implemented where a payload that once could not be read may be
// readable by a later version. Reread is what Run would make of it today.
type Rereader interface {
	Reread(payload []byte) Raw
}

// Finding is one thing [Examiner.Examine] looked at: what, whether it is as it
// should be, and where not, what was found and what to do. No text holds a
// secret.
type Finding struct {
	What string `json:"what"`
	OK   bool   `json:"ok"`
	Says string `json:"says,omitempty"`
	Hint string `json:"hint,omitempty"`
}

// Examiner is implemented by adapters that can look at how their account is set
// up: token, scopes, membership, webhook, the platform's clock. It changes
// nothing there.
type Examiner interface {
	Examine(ctx context.Context) []Finding
}
