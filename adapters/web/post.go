package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
	"unicode/utf8"

	"go.uber.org/zap"
	"golang.org/x/text/language"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	maxChars = 8000     // characters of a text, at most; the page says so, too
	maxText  = 16 << 10 // bytes of a text, at most: Chinese has three a character
	maxBody  = 40 << 10 // bytes; JSON writes line breaks and quotes in two
	maxTap   = 256      // bytes; tokens are ours and short
)

// Words of refusal, for people who look at the answer; the page has its own.
const (
	noSession = "this page has no session yet; open /chat first"
	notNow    = "the message could not be stored just now; please try again with the same id"
	notJSON   = "send application/json"
	tooLong   = "the message is too long: at most 8000 characters and 16 KiB"
	noSpace   = "nothing can be stored just now; please try again later with the same id"
	badShape  = `send {"id": 8 to 64 letters, digits, - or _, and either "text" or "tap"}`
	crossSite = "requests from other sites are refused"

	tooFast      = "messages come too fast; please wait and send the same again"
	manySessions = "many chats were begun from this address just now; please wait and try again"
	manyOpened   = "the chat is opened too often; please wait"
	manyStreams  = "many chats are open at this address; please close some"
)

// posted is the body of a POST.
type posted struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	Tap  string `json:"tap"`
}

// stored is the answer to a POST that is committed. At dates the message by our
// clock; the page puts it in its place by that.
type stored struct {
	ID message.PlatformID `json:"id"`
	At time.Time          `json:"at"`
}

// serveMessage stores what the customer wrote and says so only when it is
// committed. On any other answer the page tries again with the same id.
func (a *Adapter) serveMessage(w http.ResponseWriter, r *http.Request) {
	chat, ok := a.chatOf(r)
	if !ok {
		answer(w, http.StatusUnauthorized, noSession)
		return
	}
	body, status, words := readPost(w, r)
	if status == http.StatusRequestEntityTooLarge {
		refuse(w, status, codeTooLong, words)
		return
	}
	if words != "" {
		answer(w, status, words)
		return
	}
	if a.answered(w, chat, body.ID) || !a.admit(w, r, chat, len(body.Text)) {
		return
	}
	a.accept(w, r, payload{Chat: chat, ID: message.PlatformID(body.ID), Text: body.Text, Tap: body.Tap})
}

// answered answers a message that is known to be stored.
func (a *Adapter) answered(w http.ResponseWriter, chat message.Chat, id string) bool {
	key := postKey{chat, message.PlatformID(id)}
	at, ok := a.limits.stored(key)
	if ok {
		writeJSON(w, http.StatusAccepted, stored{ID: key.id, At: at})
	}
	return ok
}

// accept commits what was posted and answers. ok is false when it could not be
// stored just now.
func (a *Adapter) accept(w http.ResponseWriter, r *http.Request, p payload) (ok bool) {
	p.Lang, p.At = langOf(r.Header.Get("Accept-Language"), a.cfg.Lang), a.cfg.Now().UnixMilli()
	if err := a.receive(r.Context(), p); err != nil {
		a.log.Warn("a message was not stored; the page will try again", zap.Error(err))
		later(w)
		return false
	}
	at := time.UnixMilli(p.At).UTC()
	a.limits.store(postKey{p.Chat, p.ID}, at)
	writeJSON(w, http.StatusAccepted, stored{ID: p.ID, At: at})
	return true
}

// later answers that the service cannot take anything just now.
func later(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "2")
	answer(w, http.StatusServiceUnavailable, notNow)
}

// readPost reads and checks a body. words is empty when all is well.
func readPost(w http.ResponseWriter, r *http.Request) (p posted, status int, words string) {
	// Exactly this type: a form of another site can send the others without
	// the browser asking us first.
	if r.Header.Get("Content-Type") != "application/json" {
		return posted{}, http.StatusUnsupportedMediaType, notJSON
	}
	err := strict(http.MaxBytesReader(w, r.Body, maxBody), &p)
	if _, large := errors.AsType[*http.MaxBytesError](err); large || len(p.Text) > maxText || utf8.RuneCountInString(p.Text) > maxChars {
		return posted{}, http.StatusRequestEntityTooLarge, tooLong
	}
	if err != nil || !validID(p.ID) || !oneOf(p.Text, p.Tap) {
		return posted{}, http.StatusBadRequest, badShape
	}
	return p, http.StatusOK, ""
}

// receive commits p and then shows it in the customer's tabs. It goes on when
// the page closes meanwhile: what was sent shall arrive.
func (a *Adapter) receive(ctx context.Context, p payload) error {
	sink, _, leave, ok := a.enter()
	if !ok {
		return errors.New("web: receive: not running")
	}
	defer leave()
	raw, err := compact(p)
	if err != nil {
		return fmt.Errorf("web: receive: %w", err)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), budget)
	defer cancel()
	dedup := fmt.Sprintf("web:%s:%s", p.Chat, p.ID)
	batch := []adapters.Raw{{Dedup: dedup, Chat: p.Chat, Payload: raw}}
	if err := sink.Receive(ctx, Channel, batch); err != nil {
		return fmt.Errorf("web: receive: %w", err)
	}
	a.echo(p)
	return nil
}

// echo shows p in all tabs of the customer. A failure is none of the sender's:
// the message is stored, and the next reload shows it.
func (a *Adapter) echo(p payload) {
	e, ok := Wrote(p.inbound())
	if !ok {
		return
	}
	ev, err := entryEvent(e)
	if err != nil {
		a.log.Warn("a stored message could not be shown in other tabs", zap.Error(err))
		return
	}
	a.hub.publish(p.Chat, ev)
}

// langOf picks the first language of the browser that we speak.
func langOf(accept string, fallback message.Lang) message.Lang {
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		return fallback
	}
	for _, t := range tags {
		if l := message.ParseLang(t.String()); l != "" {
			return l
		}
	}
	return fallback
}

func validID(id string) bool {
	if len(id) < 8 || len(id) > 64 {
		return false
	}
	for _, r := range id {
		if r != '-' && !nameRune(r) {
			return false
		}
	}
	return true
}

// answer says in plain words why a request was not done.
func answer(w http.ResponseWriter, status int, words string) {
	writeJSON(w, status, map[string]string{"error": words})
}

// refuse is answer with a code, by which the page finds words in the language of
// the customer.
func refuse(w http.ResponseWriter, status int, code, words string) {
	writeJSON(w, status, map[string]string{"error": words, "reason": code})
}

// writeJSON answers with v. Its write error means that the page is gone, and
// it will ask again.
func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
