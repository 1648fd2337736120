package bot

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// reader is a desk that reads the file of each post, and keeper one that keeps
// files.
type reader struct {
	postbox
	last error // of opening or reading
	away bool  // and cannot be reached itself
}

func (r *reader) Send(ctx context.Context, d adapters.Delivery) (adapters.Receipt, error) {
	no := &adapters.SendError{Outcome: adapters.NotSent, Reason: "the file could not be read"}
	if r.away {
		return adapters.Receipt{}, no
	}
	f, err := d.Open(ctx, d.Post.Files[0])
	if err == nil {
		_, err = io.ReadAll(f.Body)
	}
	if r.last = err; errors.Is(err, adapters.ErrNoFile) || err == nil {
		return adapters.Receipt{ID: "5"}, nil
	}
	return adapters.Receipt{}, no
}

type keeper func() (adapters.File, error)

func (k keeper) Open(context.Context, message.Attachment) (adapters.File, error) { return k() }

// TestAFileThatCannotBeReadIsGivenUp, and says nothing of the platform that it
// is sent to, whether it fails at its beginning or on the way.
func TestAFileThatCannotBeReadIsGivenUp(t *testing.T) {
	trouble := errors.New("status 500")
	file := func(body io.Reader) keeper {
		return func() (adapters.File, error) { return adapters.File{Body: io.NopCloser(body), Size: 4}, nil }
	}
	for name, c := range map[string]struct {
		keep   keeper
		away   bool
		tries  int // until it is done; 0 = never
		unread bool
		outage bool
	}{
		"fine":             {file(strings.NewReader("file")), false, 1, false, false},
		"cannot be opened": {func() (adapters.File, error) { return adapters.File{}, trouble }, false, fileTries + 1, true, false},
		"breaks off":       {file(iotest.ErrReader(trouble)), false, fileTries + 1, true, false},
		"gone":             {func() (adapters.File, error) { return adapters.File{}, adapters.ErrNoFile }, false, 1, false, false},
		"the desk is away": {file(strings.NewReader("file")), true, 0, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
			b := &Bot{cfg: Config{Store: noAnchors{}, Desk: agents{}, Now: func() time.Time { return now }}, log: zap.NewNop(), desk: desk.New("", nil),
				openers: map[message.Channel]adapters.Opener{"till": c.keep}}
			b.meters = newMeters(b)
			a := &reader{away: c.away}
			co := &courier{s: blankSender(b, a.Sender(), newPacer(adapters.Pace{})), a: a, desk: true}
			payload, err := envelope{Post: &adapters.Post{Fallback: "f", Files: []message.Attachment{{File: "P1", Held: "till"}}}}.encode()
			if err != nil {
				t.Fatal(err)
			}
			for try := 1; try <= fileTries+1; try++ {
				res := co.deliver(t.Context(), store.OutRow{ID: 1, At: now.UnixMilli(), Attempts: try - 1, Payload: payload})[0]
				if res.Done != (try == c.tries) {
					t.Fatalf("try %d of %d: %+v", try, c.tries, res)
				}
				if res.Done {
					break
				}
				if _, down := b.outage.look(now.Add(time.Minute)); down != c.outage {
					t.Fatalf("the desk is out of reach: %v", down)
				}
			}
			if errors.Is(a.last, adapters.ErrUnread) != c.unread || len(co.tries) != 0 {
				t.Errorf("ended with %v, %d remembered", a.last, len(co.tries))
			}
		})
	}
}
