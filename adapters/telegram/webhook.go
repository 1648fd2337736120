package telegram

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
)

const (
	secretHeader = "X-Telegram-Bot-Api-Secret-Token" //nolint:gosec // the name of a header
	maxHook      = 1 << 20                           // the largest update that is taken, in bytes
	readTime     = 20 * time.Second                  // for one update to arrive whole
	storeTime    = 20 * time.Second                  // for one update to be committed
	// retryAfter is when Telegram should come again, in seconds: soon, because
	// taps live 150 s only.
	retryAfter = "2"
)

// Routes implements adapters.Router: where Telegram delivers in webhook mode.
// There are none where updates are polled.
func (a *Adapter) Routes() map[string]http.Handler {
	if a.hook == nil {
		return nil
	}
	return map[string]http.Handler{"POST " + HookPath: http.HandlerFunc(a.takeUpdate)}
}

// takeUpdate takes one update: check, store, and only then confirm. Answers
// are empty, because Telegram would carry out an API call found in one, and
// whoever is not Telegram learns nothing from them.
func (a *Adapter) takeUpdate(w http.ResponseWriter, r *http.Request) {
	// Where the deadline cannot be set the server's own must do. It comes first:
	// the server reads on behind a refusal.
	patience := http.NewResponseController(w)
	_ = patience.SetReadDeadline(time.Now().Add(readTime))
	if status := a.refuses(r); status != 0 {
		a.turnAway(w, status)
		return
	}
	payload, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxHook))
	if err != nil {
		a.turnAway(w, unread(err))
		return
	}
	_ = patience.SetReadDeadline(time.Time{}) // it would cut the storing short
	v := a.door.enter()
	if v == nil {
		busy(w)
		return
	}
	defer v.leave()
	if err := v.store(r.Context(), a, payload); err != nil {
		busy(w)
		return
	}
	w.WriteHeader(http.StatusOK)
	if n := a.strangers.Over(time.Now()); n > 0 {
		a.log.Warn("telegram: webhook calls were turned away", zap.Int("count", n))
	}
}

// refuses says with which answer a call is turned away whose body need not be
// read for that, or 0.
func (a *Adapter) refuses(r *http.Request) int {
	if !a.hook.knows(r.Header.Get(secretHeader)) {
		return http.StatusUnauthorized // before anything else is looked at
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" || r.Method != http.MethodPost {
		return http.StatusNotFound
	}
	if r.ContentLength > maxHook {
		return http.StatusRequestEntityTooLarge
	}
	return 0
}

// unread says how to answer where the update did not arrive whole. One that is
// too large is not Telegram's doing: its updates are some kilobytes.
func unread(err error) int {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusBadRequest
}

// turnAway answers, and nothing more is read on that connection. Who knocks
// often makes a line for each spell only.
func (a *Adapter) turnAway(w http.ResponseWriter, status int) {
	w.Header().Set("Connection", "close")
	w.WriteHeader(status)
	if n, say := a.strangers.Note(time.Now()); say {
		a.log.Warn("telegram: webhook calls were turned away", zap.Int("status", status), zap.Int("count", n))
	}
}

// busy asks Telegram to keep the update and come again.
func busy(w http.ResponseWriter) {
	w.Header().Set("Retry-After", retryAfter)
	w.WriteHeader(http.StatusServiceUnavailable)
}

// door lets webhook calls in while Run is under way and at no other time,
// because only then is there somewhere to store what they bring.
type door struct {
	mu    sync.Mutex
	visit *visit // nil = shut
}

// visit is what calls share that come in while one Run is under way.
type visit struct {
	ctx    context.Context
	sink   adapters.Sink
	groups chan<- string
	log    *zap.Logger
	inside sync.WaitGroup

	mu      sync.Mutex
	trouble trouble
}

func (d *door) open(v *visit) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.visit = v
}

// shut lets nobody in any more and waits for those who are inside: after Run
// the store may be closed.
func (d *door) shut(v *visit) {
	d.mu.Lock()
	if d.visit == v {
		d.visit = nil
	}
	d.mu.Unlock()
	v.inside.Wait()
}

// enter gives nil where the door is shut. Else leave must be called.
func (d *door) enter() *visit {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.visit != nil {
		d.visit.inside.Add(1)
	}
	return d.visit
}

func (v *visit) leave() { v.inside.Done() }

// store hands one update to the Sink. It ends early where Run ends or Telegram
// hangs up; if the update was stored all the same, its copy changes nothing.
func (v *visit) store(ctx context.Context, a *Adapter, payload []byte) error {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	defer context.AfterFunc(v.ctx, cancel)() //nolint:contextcheck // it ends with Run, too
	raw, _ := a.raw(payload)
	batch := []adapters.Raw{raw}
	err := v.sink.Receive(ctx, Channel, batch)
	v.note(err)
	if err == nil {
		noteGroups(v.groups, batch)
	}
	return err
}

func (v *visit) note(err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch {
	case err == nil:
		v.trouble.over(v.log)
	case v.ctx.Err() == nil:
		v.trouble.begin(v.log, "updates from telegram cannot be stored; nothing is confirmed until they are", err)
	}
}
