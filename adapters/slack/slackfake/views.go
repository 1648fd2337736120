package slackfake

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"time"
)

// Limits of a modal.
const (
	maxViewTitle    = 24
	maxViewBlocks   = 100
	maxMetadata     = 3000
	maxInputLabel   = 2000
	maxInitialValue = 3000
)

// trigger lets the program open one form for whoever did something.
type trigger struct {
	user string
	at   time.Time
	used bool
}

// View is a form that is open in front of somebody.
type View struct {
	ID       string
	User     string
	Title    string
	Submit   string
	Callback string
	Metadata string
	Fields   []ViewField
}

// ViewField is one field of a form.
type ViewField struct {
	Name     string // the block's id
	Label    string
	Hint     string
	Kind     string // "plain_text_input" or "datetimepicker"
	Optional bool
	Lines    bool   // more than one line
	Initial  string // what stands there; an instant as Unix seconds
	action   string
}

type view struct {
	View
	hash string
	body json.RawMessage
	open bool
}

// form is the shape of a view, as far as it is looked at.
type form struct {
	Type     string      `json:"type"`
	Title    textBlock   `json:"title"`
	Submit   textBlock   `json:"submit"`
	Close    textBlock   `json:"close"`
	Callback string      `json:"callback_id"`
	Metadata string      `json:"private_metadata"`
	Blocks   []formBlock `json:"blocks"`
}

type formBlock struct {
	Type     string     `json:"type"`
	BlockID  string     `json:"block_id"`
	Label    textBlock  `json:"label"`
	Hint     *textBlock `json:"hint"`
	Optional bool       `json:"optional"`
	Element  struct {
		Type      string `json:"type"`
		ActionID  string `json:"action_id"`
		Multiline bool   `json:"multiline"`
		Value     string `json:"initial_value"`
		When      int64  `json:"initial_date_time"`
		Max       int    `json:"max_length"`
	} `json:"element"`
}

// viewsOpen opens a form for the owner of a trigger.
func (s *Server) viewsOpen(q url.Values) (map[string]any, error) {
	id := q.Get("trigger_id")
	t, known := s.triggers[id]
	switch {
	case !known:
		return nil, refusal("invalid_trigger_id")
	case t.used:
		return nil, refusal("exchanged_trigger_id")
	case time.Since(t.at) > s.opt.TriggerLife:
		return nil, refusal("expired_trigger_id")
	}
	v, err := parseView(q.Get("view"))
	if err != nil {
		return nil, err
	}
	t.used = true
	s.triggers[id] = t
	v.ID, v.User, v.hash, v.open = s.newID("V"), t.user, s.newID("h"), true
	s.views[v.ID] = v
	return map[string]any{"view": map[string]any{"id": v.ID, "hash": v.hash}}, nil
}

func (s *Server) viewsUpdate(q url.Values) (map[string]any, error) {
	old := s.views[q.Get("view_id")]
	switch {
	case old == nil || !old.open:
		return nil, refusal("not_found")
	case q.Get("hash") != "" && q.Get("hash") != old.hash:
		return nil, refusal("hash_conflict")
	}
	v, err := parseView(q.Get("view"))
	if err != nil {
		return nil, err
	}
	v.ID, v.User, v.hash, v.open = old.ID, old.User, s.newID("h"), true
	*old = *v
	return map[string]any{"view": map[string]any{"id": v.ID, "hash": v.hash}}, nil
}

// parseView reads a view and refuses what Slack would.
func parseView(raw string) (*view, error) {
	var f form
	if json.Unmarshal([]byte(raw), &f) != nil {
		return nil, refusal("invalid_arguments")
	}
	fits := func(t textBlock, limit int) bool {
		return t.Type == "plain_text" && length(t.Text) > 0 && length(t.Text) <= limit
	}
	if f.Type != "modal" || !fits(f.Title, maxViewTitle) || !fits(f.Submit, maxViewTitle) || !fits(f.Close, maxViewTitle) ||
		len(f.Blocks) == 0 || len(f.Blocks) > maxViewBlocks || length(f.Metadata) > maxMetadata || length(f.Callback) > maxActionID {
		return nil, refusal("invalid_arguments")
	}
	v := &view{body: json.RawMessage(raw), View: View{Title: f.Title.Text, Submit: f.Submit.Text, Callback: f.Callback, Metadata: f.Metadata}}
	seen := map[string]bool{}
	for _, b := range f.Blocks {
		x := ViewField{Name: b.BlockID, Label: b.Label.Text, Kind: b.Element.Type, Optional: b.Optional, Lines: b.Element.Multiline,
			Initial: b.Element.Value, action: b.Element.ActionID}
		if b.Hint != nil {
			x.Hint = b.Hint.Text
		}
		if b.Element.When != 0 {
			x.Initial = strconv.FormatInt(b.Element.When, 10)
		}
		if b.Type != "input" || !fits(b.Label, maxInputLabel) || b.BlockID == "" || seen[b.BlockID] || !goodField(x) ||
			length(x.Initial) > maxInitialValue || b.Element.Max > maxInitialValue || (b.Hint != nil && !fits(*b.Hint, maxInputLabel)) {
			return nil, refusal("invalid_arguments")
		}
		seen[b.BlockID] = true
		v.Fields = append(v.Fields, x)
	}
	return v, nil
}

func goodField(x ViewField) bool {
	switch x.Kind {
	case "plain_text_input":
		return x.action != ""
	case "datetimepicker":
		return x.action != "" && (x.Initial == "" || len(x.Initial) == 10)
	}
	return false
}

// View gives the form that was opened last for this user and is still open.
func (a *Agent) View() (View, bool) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	if v := a.top(); v != nil {
		return v.View, true
	}
	return View{}, false
}

// top is the newest open view; ids grow. Called with mu held.
func (a *Agent) top() *view {
	var newest *view
	for _, v := range a.s.views {
		if v.User == a.id && v.open && (newest == nil || v.ID > newest.ID) {
			newest = v
		}
	}
	return newest
}

// Views says how many forms are open in front of this user.
func (a *Agent) Views() (n int) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	for _, v := range a.s.views {
		if v.User == a.id && v.open {
			n++
		}
	}
	return n
}

// WaitView waits for a form to open.
func (a *Agent) WaitView(ctx context.Context) (v View, err error) {
	err = a.s.Wait(ctx, func(*Server) (ok bool) { v, ok = a.View(); return ok })
	return v, err
}

// Dismisses closes the form that is open, if one is.
func (a *Agent) Dismisses() {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	if v := a.top(); v != nil {
		v.open = false
	}
	a.s.touch()
}

// Submits fills the open form in and sends it: words as typed, instants as Unix
// seconds; what is not named stays as it is. The form closes when the program
// has acknowledged it. What Slack would not let through is an error.
func (a *Agent) Submits(fields map[string]string) error {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	v := a.top()
	if v == nil {
		return fmt.Errorf("slackfake: %s has no form open", a.id)
	}
	values := map[string]map[string]any{}
	for name := range fields {
		if !v.has(name) {
			return fmt.Errorf("slackfake: the form has no field %q", name)
		}
	}
	for _, f := range v.Fields {
		written, named := fields[f.Name]
		if !named {
			written = f.Initial
		}
		x, err := f.answer(written)
		if err != nil {
			return err
		}
		values[f.Name] = map[string]any{f.action: x}
	}
	a.s.emit(&pending{kind: "interactive", volatile: "trigger_id", user: a.id, done: func() { v.open = false }, payload: map[string]any{
		"type": "view_submission", "api_app_id": AppID, "token": verificationToken,
		"team": map[string]any{"id": Team, "domain": "accord"},
		"user": map[string]any{"id": a.id, "username": a.id, "team_id": a.s.teamOf(a.id)},
		"view": map[string]any{
			"id": v.ID, "team_id": Team, "type": "modal", "callback_id": v.Callback, "private_metadata": v.Metadata, "hash": v.hash,
			"state": map[string]any{"values": values}, "bot_id": BotID, "app_id": AppID,
		},
		"response_urls": []map[string]any{{"response_url": ResponseURL}},
	}})
	a.s.touch()
	return nil
}

func (v *view) has(name string) bool {
	for _, f := range v.Fields {
		if f.Name == name {
			return true
		}
	}
	return false
}

// answer is a field of a submission.
func (f ViewField) answer(written string) (map[string]any, error) {
	if written == "" && !f.Optional {
		return nil, fmt.Errorf("slackfake: the field %q must be filled in", f.Name)
	}
	if f.Kind != "datetimepicker" {
		if written == "" {
			return map[string]any{"type": f.Kind, "value": nil}, nil
		}
		return map[string]any{"type": f.Kind, "value": written}, nil
	}
	if written == "" {
		return map[string]any{"type": f.Kind, "selected_date_time": nil}, nil
	}
	at, err := strconv.ParseInt(written, 10, 64)
	if err != nil || len(written) != 10 {
		return nil, fmt.Errorf("slackfake: the field %q wants Unix seconds", f.Name)
	}
	return map[string]any{"type": f.Kind, "selected_date_time": at}, nil
}
