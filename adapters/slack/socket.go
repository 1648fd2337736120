package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
)

const (
	socketReadLimit = 2 << 20
	// The library sends acknowledgements as one frame only if it fits this.
	socketWriteBuffer = 32 << 10
	handshakeTimeout  = 10 * time.Second
)

// errSessionOver ends a session in place of the library's own reconnect.
var errSessionOver = errors.New("session over")

// runSocket keeps one Socket Mode connection open until ctx ends. Each
// connection is a session of its own: the library would reconnect without a
// pause after a disconnect, and after failures with pauses of up to five
// minutes, so the pauses are ours.
func (a *Adapter) runSocket(ctx context.Context, sink adapters.Sink) error {
	pace := a.reconnect
	for again := false; ctx.Err() == nil; again = true {
		pace.started(time.Now())
		s := a.newSession()
		s.again = again
		err := s.run(ctx, sink)
		if ctx.Err() != nil {
			return nil
		}
		if isFatal(err) {
			a.log.Error("Slack refused the app token; not trying again", zap.String("code", code(err)))
			return fmt.Errorf("slack app token: %s: %w", code(err), adapters.ErrRefused)
		}
		atLeast := time.Duration(0)
		if w, ok := waitOf(err); ok {
			atLeast = w
		}
		d := pace.wait(time.Now(), s.connected, atLeast)
		a.log.Warn("Slack connection ended", zap.Bool("was_up", s.connected),
			zap.String("reason", s.ending(err)), zap.Duration("again_in", d))
		pause(ctx, d)
	}
	return nil
}

// pause waits for d or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// session is one connection to Socket Mode, from asking for its address to its
// end.
type session struct {
	a         *Adapter
	opened    atomic.Bool
	end       context.CancelFunc
	smc       *socketmode.Client
	intake    *intake
	again     bool  // not the first try of this Run: something may have been missed before
	connected bool  // owned by watch, read after run returned
	failure   error // the same
}

func (a *Adapter) newSession() *session {
	s := &session{a: a}
	api := slackapi.New("",
		slackapi.OptionAppLevelToken(string(a.cfg.AppToken)),
		slackapi.OptionAPIURL(a.cfg.APIURL),
		slackapi.OptionHTTPClient(s))
	s.smc = socketmode.New(api,
		socketmode.OptionReadLimit(socketReadLimit),
		socketmode.OptionDialer(&websocket.Dialer{
			Proxy:            http.ProxyFromEnvironment,
			HandshakeTimeout: handshakeTimeout,
			WriteBufferSize:  socketWriteBuffer,
		}))
	s.intake = newIntake(a.log, a.budget, s.smc, a.modals.open)
	return s
}

// Do is the library's HTTP client for this connection. It lets it ask for an
// address once; when the library wants to reconnect, the session is over.
func (s *session) Do(req *http.Request) (*http.Response, error) {
	if s.opened.Swap(true) {
		s.end()
		return nil, errSessionOver
	}
	return doer{s.a.http}.Do(req)
}

// run connects, receives until the connection ends, and gives the reason. What
// was received but not stored by then is not acknowledged and comes again.
func (s *session) run(parent context.Context, sink adapters.Sink) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	s.end = cancel
	var g sync.WaitGroup
	g.Go(func() { s.watch(ctx) })
	g.Go(func() { s.intake.run(ctx, sink) })
	err := s.smc.RunContext(ctx)
	cancel()
	g.Wait()
	if s.failure != nil {
		return s.failure
	}
	return err
}

// watch takes every event off the library at once. It must never wait: a full
// event channel stops the library's reader, and with it the pongs.
func (s *session) watch(ctx context.Context) {
	for {
		select {
		case e := <-s.smc.Events:
			s.handle(e)
		case <-ctx.Done():
			for { // the reason of the end may still be among them
				select {
				case e := <-s.smc.Events:
					s.handle(e)
				default:
					return
				}
			}
		}
	}
}

func (s *session) handle(e socketmode.Event) {
	switch e.Type {
	case socketmode.EventTypeConnected:
		s.connected = true
		s.a.log.Info("connected to Slack")
		if s.again {
			s.a.gap.signal()
		}
	case socketmode.EventTypeConnectionError:
		s.fail(e)
	case socketmode.EventTypeEventsAPI, socketmode.EventTypeInteractive, socketmode.EventTypeSlashCommand:
		s.intake.add(s.received(e.Request))
	case socketmode.EventTypeErrorBadMessage:
		if bad, ok := e.Data.(*socketmode.ErrorBadMessage); ok {
			id, raw := badRaw(bad.Message)
			s.a.log.Warn("Slack sent something the library cannot read; kept aside", zap.Bool("can_be_acknowledged", id != ""))
			s.intake.add(received{envelope: id, raw: raw})
		}
	case socketmode.EventTypeErrorWriteFailed:
		s.a.log.Warn("an acknowledgement was not written; that event will come again")
	case socketmode.EventTypeIncomingError:
		s.a.log.Debug("reading from Slack failed")
	}
}

// received makes of a request what is to be stored, and keeps the press in it
// that asks for a form.
func (s *session) received(r *socketmode.Request) received {
	out := received{envelope: r.EnvelopeID, raw: newRaw(r.Type, r.Payload)}
	if r.Type == kindInteract {
		out.press = livePress(out.raw, r.Payload, s.a.cfg.Channel)
	}
	return out
}

// fail ends the session at its first failed try to connect.
func (s *session) fail(e socketmode.Event) {
	if ce, ok := e.Data.(*slackapi.ConnectionErrorEvent); ok && s.failure == nil && !errors.Is(ce.ErrorObj, errSessionOver) {
		s.failure = ce.ErrorObj
	}
	s.end()
}

// ending says for the log why the session ended.
func (s *session) ending(err error) string {
	if s.connected {
		return "disconnected"
	}
	return reason(err)
}
