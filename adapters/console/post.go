package console

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	maxBody = 128 << 10 // bytes; a form writes a Chinese character in nine
	maxText = 8000      // characters
	// budget bounds one visit to the store.
	budget = 10 * time.Second
	// patience is how long an answer waits for what follows from an act, so
	// that the page it leads to shows it already.
	patience  = 2 * time.Second
	lookAgain = 100 * time.Millisecond
)

// refusal says in words why a form was not taken.
type refusal struct {
	status int
	words  string
}

func (r *refusal) Error() string { return r.words }

// serveSay takes words that an agent writes under a card.
func (a *Adapter) serveSay(w http.ResponseWriter, r *http.Request) {
	a.act(w, r, func(me message.Person, t thread) ([]payload, error) {
		once, text := r.PostFormValue("once"), strings.TrimSpace(strings.ReplaceAll(r.PostFormValue("text"), "\r\n", "\n"))
		switch {
		case !validOnce(once):
			return nil, &refusal{http.StatusBadRequest, a.words.Gone}
		case utf8.RuneCountInString(text) > maxText:
			return nil, &refusal{http.StatusUnprocessableEntity, a.words.TooLong}
		case r.PostFormValue("as") == "done":
			return a.done(me, t, once, text)
		case text == "":
			return nil, &refusal{http.StatusUnprocessableEntity, a.words.Empty}
		}
		if r.PostFormValue("as") == "note" && !note(text) {
			text = "// " + text
		}
		return []payload{{ID: saidID(me.Ref, once, text), Text: text}}, nil
	})
}

// done carries a task out. What was written goes along in the same batch, in
// front: a result that is typed and not saved shall not be lost.
func (a *Adapter) done(me message.Person, t thread, once, text string) ([]payload, error) {
	i := slices.IndexFunc(t.card.Post.Buttons, isDone)
	switch {
	case i < 0:
		return nil, &refusal{http.StatusConflict, a.words.Gone}
	case text != "" && a.cfg.Held(text):
		return nil, &refusal{http.StatusUnprocessableEntity, a.words.looksNote}
	}
	b := t.card.Post.Buttons[i]
	press := payload{ID: t.card.id, Data: strings.TrimSpace(b.Action + " " + b.Value)}
	if text == "" {
		return []payload{press}, nil
	}
	return []payload{{ID: saidID(me.Ref, once, text), Text: text}, press}, nil
}

func isDone(b adapters.Button) bool { return b.Action == "done" }

func note(text string) bool {
	return strings.HasPrefix(text, "//") || strings.HasPrefix(text, "／／")
}

// servePress takes a pressed button. It must stand, or have stood, under that
// post for this person: whatever else a browser sends is none of ours.
func (a *Adapter) servePress(w http.ResponseWriter, r *http.Request) {
	a.act(w, r, func(_ message.Person, t thread) ([]payload, error) {
		id := message.PlatformID(r.PostFormValue("post"))
		action, value := r.PostFormValue("action"), r.PostFormValue("value")
		if !t.offers[offerKey(id, action, value)] || !validOnce(r.PostFormValue("once")) {
			return nil, &refusal{http.StatusConflict, a.words.Gone}
		}
		p := payload{ID: id, Data: strings.TrimSpace(action + " " + value)}
		form, ok := a.cfg.Forms(action)
		if !ok {
			return []payload{p}, nil
		}
		fields, err := a.readForm(form, r)
		if err == nil && customersRead[action] && fields[textField] != "" && a.cfg.Held(fields[textField]) {
			err = &refusal{http.StatusUnprocessableEntity, a.words.looksNote}
		}
		p.Fields = fields
		return []payload{p}, err
	})
}

// customersRead are the actions whose form holds words for the customer, in
// the field textField. A remark among colleagues in one of them would be read
// by the customer, or be held back where nobody sees it.
var customersRead = map[string]bool{"offer": true, "promise": true, "return": true}

const textField = "text"

// readForm reads what was written into a form; times come in the business's
// zone and leave as instants.
func (a *Adapter) readForm(form adapters.Form, r *http.Request) (map[string]string, error) {
	out := map[string]string{}
	for _, f := range form.Fields {
		v := strings.TrimSpace(strings.ReplaceAll(r.PostFormValue("f."+f.Name), "\r\n", "\n"))
		switch {
		case v == "" && f.Optional:
			continue
		case v == "":
			return nil, &refusal{http.StatusUnprocessableEntity, fmt.Sprintf(a.words.missing, f.Label)}
		case utf8.RuneCountInString(v) > maxText:
			return nil, &refusal{http.StatusUnprocessableEntity, a.words.TooLong}
		}
		if f.Kind == adapters.FieldWhen {
			at, err := time.ParseInLocation(localTime, v, a.cfg.Zone)
			if err != nil {
				return nil, &refusal{http.StatusUnprocessableEntity, fmt.Sprintf(a.words.missing, f.Label)}
			}
			if !at.After(a.cfg.Now()) {
				return nil, &refusal{http.StatusUnprocessableEntity, a.words.past}
			}
			v = strconv.FormatInt(at.Unix(), 10)
		}
		out[f.Name] = v
	}
	return out, nil
}

// act is the way of every form: who, about which card, what; then it is
// stored, what follows is waited for, and the browser is led back to the card.
func (a *Adapter) act(w http.ResponseWriter, r *http.Request, read func(message.Person, thread) ([]payload, error)) {
	me, ok := a.cfg.Who(r)
	if !ok {
		http.Error(w, "sign in first", http.StatusUnauthorized)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	anchor := r.PathValue("anchor")
	t, found, err := a.read(r.Context(), anchor, me.Ref)
	switch {
	case err != nil:
		a.trouble(w, err)
		return
	case !found:
		a.showCard(w, r, me, flash{})
		return
	}
	list, err := read(me, t)
	if err == nil {
		for i := range list {
			p := &list[i]
			p.Anchor, p.Ref, p.Name, p.Thread, p.At = anchor, me.Ref, me.Name, t.card.id, a.cfg.Now().UnixMilli()
		}
		err = a.receive(r.Context(), list, r.PostFormValue("once"))
	}
	if err != nil {
		left := flash{status: http.StatusServiceUnavailable, words: a.words.NotNow, text: r.PostFormValue("text"), form: r.PostForm}
		if refused, ok := errors.AsType[*refusal](err); ok {
			left.status, left.words = refused.status, refused.words
		} else {
			a.log.Warn("an agent's act was not stored", zap.Error(err))
		}
		a.showCard(w, r, me, left)
		return
	}
	http.Redirect(w, r, cardPath(anchor)+"#end", http.StatusSeeOther) //nolint:gosec // the anchor of a card that was found, below our own path
}

// receive commits what belongs together in one batch and waits a little for
// what follows. It goes on when the browser goes away meanwhile: what was sent
// shall arrive.
func (a *Adapter) receive(ctx context.Context, list []payload, once string) error {
	sink, run, leave, ok := a.enter()
	if !ok {
		return errors.New("console: receive: not running")
	}
	defer leave()
	batch := make([]adapters.Raw, 0, len(list))
	for _, p := range list {
		raw, err := json.Marshal(p)
		if err != nil {
			return fmt.Errorf("console: receive: %w", err)
		}
		batch = append(batch, adapters.Raw{Dedup: "console:" + string(actID(p, once)), Chat: message.Chat(p.Anchor), Payload: raw})
	}
	p := list[len(list)-1]
	watch, watching := a.hub.join(p.Anchor)
	if watching {
		defer a.hub.leave(watch)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), budget)
	defer cancel()
	if err := sink.Receive(ctx, Channel, batch); err != nil {
		return fmt.Errorf("console: receive: %w", err)
	}
	if watching {
		a.await(ctx, run, watch, p)
	}
	return nil
}

// await waits until words stand in the thread, or something follows from a
// press. Nothing depends on it but what the next page shows at once.
func (a *Adapter) await(ctx, run context.Context, watch *watcher, p payload) {
	ctx, cancel := context.WithTimeout(ctx, a.patience)
	defer cancel()
	defer context.AfterFunc(run, cancel)()
	look := time.NewTicker(lookAgain)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-watch.wake:
			if p.Data != "" {
				return
			}
		case <-look.C:
			if p.Data != "" {
				continue
			}
		}
		t, _, err := a.read(ctx, p.Anchor, p.Ref)
		if err != nil || t.wrote[p.ID] {
			return
		}
	}
}

// read folds the history of a card; found is false where there is none.
func (a *Adapter) read(ctx context.Context, anchor string, me message.UserRef) (t thread, found bool, err error) {
	if !validAnchor(anchor) {
		return thread{}, false, nil
	}
	ctx, cancel := context.WithTimeout(ctx, budget)
	defer cancel()
	history, err := a.cfg.History(ctx, anchor)
	if err != nil {
		return thread{}, false, fmt.Errorf("console: history: %w", err)
	}
	if a.cfg.Whispers != nil {
		whispers, err := a.cfg.Whispers(ctx, me, anchor)
		if err != nil {
			return thread{}, false, fmt.Errorf("console: whispers: %w", err)
		}
		history = append(history, whispers...)
		slices.SortStableFunc(history, func(x, y Entry) int { return x.At.Compare(y.At) })
	}
	t, found = fold(anchor, me, history)
	return t, found, nil
}

func validOnce(s string) bool {
	if len(s) < 8 || len(s) > 64 {
		return false
	}
	for _, r := range s {
		if r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return false
		}
	}
	return true
}
