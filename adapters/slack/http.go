package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
)

const (
	jsonType = "application/json"
	formType = "application/x-www-form-urlencoded"
)

// Routes implements adapters.Router: what Slack calls in ModeHTTP, and nothing
// in ModeSocket. Every request must carry Slack's signature of its body, not
// older than five minutes; only then is the body read as anything, and without
// the headers of one it is not read at all. What was stored is answered with 200
// and an empty body; 503 says that it was not, and Slack brings events again
// (not presses: people press again).
func (a *Adapter) Routes() map[string]http.Handler {
	if a.cfg.Mode != ModeHTTP {
		return nil
	}
	return map[string]http.Handler{
		"POST /slack/events":       a.route(jsonType, a.readEvent),
		"POST /slack/interactions": a.route(formType, readInteraction),
		"POST /slack/commands":     a.route(formType, readCommand),
	}
}

// request is what a body turned out to be: something to store, or a challenge
// to be repeated.
type request struct {
	kind      string
	payload   json.RawMessage
	challenge string
}

// route lets in what the gate lets in, and reads it.
func (a *Adapter) route(contentType string, read func([]byte) (request, bool)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := a.gate.read(w, r, contentType)
		if !ok {
			return
		}
		what, ok := read(body)
		switch {
		case !ok:
			http.Error(w, "not understood", http.StatusBadRequest)
		case what.challenge != "":
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			w.Header().Set("X-Content-Type-Options", "nosniff")
			_, _ = io.WriteString(w, what.challenge) // Slack asks again when it was not read
		default:
			a.take(w, r, what)
		}
	})
}

// take stores one thing and then says so.
func (a *Adapter) take(w http.ResponseWriter, r *http.Request, what request) {
	run, sink, leave, ok := a.door.enter()
	if !ok {
		http.Error(w, "not running", http.StatusServiceUnavailable)
		return
	}
	defer leave()
	ctx, cancel := context.WithTimeout(r.Context(), a.budget)
	defer cancel()
	defer context.AfterFunc(run, cancel)() //nolint:contextcheck // the end of Run cuts the request short
	raw := newRaw(what.kind, what.payload)
	if err := sink.Receive(ctx, Channel, []adapters.Raw{raw}); err != nil {
		a.missed.Store(true)
		a.log.Warn("storing failed; Slack was told so", zap.String("kind", what.kind))
		http.Error(w, "not stored", http.StatusServiceUnavailable)
		return
	}
	if a.missed.CompareAndSwap(true, false) {
		a.gap.signal() // Slack gives up after a few tries
	}
	if what.kind == kindInteract {
		a.modals.open(run, livePress(raw, what.payload, a.cfg.Channel)) //nolint:contextcheck // it outlives the request
	}
	w.WriteHeader(http.StatusOK)
}

// readEvent reads a request of the Events API. That Slack leaves events out,
// because there are too many, is kept like an event and makes a gap.
func (a *Adapter) readEvent(body []byte) (request, bool) {
	var e struct {
		Type      string `json:"type"`
		Challenge string `json:"challenge"`
	}
	if json.Unmarshal(body, &e) != nil {
		return request{}, false
	}
	switch e.Type {
	case "url_verification":
		return request{challenge: e.Challenge}, e.Challenge != "" && len(e.Challenge) <= 1024
	case "app_rate_limited":
		a.log.Warn("Slack leaves events out, because there are too many")
		a.gap.signal()
	}
	return request{kind: kindEvents, payload: bytes.Clone(body)}, true
}

// readInteraction takes the payload out of its form.
func readInteraction(body []byte) (request, bool) {
	q, err := url.ParseQuery(string(body))
	if err != nil || len(q["payload"]) != 1 || !json.Valid([]byte(q.Get("payload"))) {
		return request{}, false
	}
	return request{kind: kindInteract, payload: json.RawMessage(q.Get("payload"))}, true
}

// readCommand turns a slash command's form into what a socket would bring.
func readCommand(body []byte) (request, bool) {
	q, err := url.ParseQuery(string(body))
	if err != nil || q.Get("command") == "" {
		return request{}, false
	}
	fields := map[string]string{}
	for name := range q {
		fields[name] = q.Get(name)
	}
	payload, err := json.Marshal(fields)
	return request{kind: kindSlash, payload: payload}, err == nil
}
