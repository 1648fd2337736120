package console

import (
	"crypto/rand"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// buttonView is one button. One that asks opens before it counts; one with an
// Address only leads there.
type buttonView struct {
	Post, Action, Value, Label, Style string
	Once                              string
	Confirm                           string
	Asks, Open                        bool // opens before it counts: a form, or Confirm; stands open
	Fields                            []fieldView
	Submit                            string
	Address                           string
}

type fieldView struct {
	ID, Name, Label, Hint, Value string
	Optional                     bool
	Kind                         adapters.FieldKind
}

// sayView is the field for words. Mode tells whether it is the same field as
// before: "" = there is none.
type sayView struct {
	Mode, Label, Hint, Button, Once, Text string
	Note                                  bool // words can be kept as a note
	Fold                                  bool // words can only be a note: the field opens where it is wanted
	Open                                  bool // and stands open
	Done                                  bool // the task can be carried out, with the words as its result
	Closed                                string
}

// say is the field that fits: to the customer for who owns the hand-off, the
// result for a task, a note for everybody else.
func (a *Adapter) say(card Card, open bool, me message.UserRef) sayView {
	w := a.words
	switch {
	case !open:
		return sayView{Closed: w.Closed}
	case strings.HasPrefix(card.Anchor, task+":"):
		return sayView{Mode: "task", Label: w.SayTask, Hint: w.HintTask, Button: w.ButtonTask}
	case card.Owner == me:
		return sayView{Mode: "mine", Label: w.SayMine, Hint: w.HintKeys, Button: w.ButtonSend, Note: true}
	case card.Owner == "":
		return sayView{Mode: "waiting", Label: w.SayNote, Hint: w.HintTake, Button: w.ButtonNote, Fold: true}
	}
	return sayView{Mode: "others", Label: w.SayNote, Hint: w.HintNote, Button: w.ButtonNote, Fold: true}
}

// acts are the card's own buttons, for the foot of the page. Of a hand-off an
// owner has theirs and everybody else Take: the others would only be refused,
// and after a form was filled in. Done stands with the field for the result, so
// that what is typed there goes along.
func (a *Adapter) acts(t thread, card Card, me message.UserRef) []buttonView {
	isTask, mine := strings.HasPrefix(t.anchor, task+":"), card.Owner == me
	list := slices.DeleteFunc(slices.Clone(t.card.Post.Buttons), func(b adapters.Button) bool {
		if isTask {
			return isDone(b)
		}
		return mine == (b.Action == "take")
	})
	return a.buttons(t.card.id, list)
}

// duePath is the page that shows what is due, better than a list in a thread.
const duePath = "/admin/due"

// buttons are those of one post, each with a number of its own: see actID.
func (a *Adapter) buttons(id message.PlatformID, list []adapters.Button) []buttonView {
	out := make([]buttonView, 0, len(list))
	for i, b := range list {
		v := buttonView{Post: string(id), Action: b.Action, Value: b.Value, Label: b.Label, Style: b.Style, Confirm: b.Confirm,
			Once: rand.Text(), Submit: b.Label}
		if b.Action == "due" {
			v.Address = duePath
		}
		if b.Form {
			form, ok := a.cfg.Forms(b.Action)
			if !ok {
				continue // a button of another version: pressing it could say nothing
			}
			v.Submit = first(form.Submit, b.Label)
			v.Fields = a.fields(form, "f-"+string(id)+"-"+strconv.Itoa(i))
		}
		v.Asks = b.Confirm != "" || b.Form
		out = append(out, v)
	}
	return out
}

func (a *Adapter) fields(form adapters.Form, prefix string) []fieldView {
	out := make([]fieldView, 0, len(form.Fields))
	for _, f := range form.Fields {
		v := fieldView{ID: prefix + "-" + f.Name, Name: f.Name, Label: f.Label, Hint: f.Hint, Value: f.Value, Optional: f.Optional, Kind: f.Kind}
		if f.Kind == adapters.FieldWhen {
			v.Value = ""
			if away, err := strconv.ParseInt(f.Value, 10, 64); err == nil {
				v.Value = a.cfg.Now().Add(time.Duration(away) * time.Second).In(a.cfg.Zone).Format(localTime)
			}
			// The hint of such a field is for platforms that ask for text; here
			// the zone is what is missing.
			v.Label, v.Hint = f.Label+a.words.bracket(a.words.zone(a.cfg.Zone)), ""
		}
		out = append(out, v)
	}
	return out
}

// reopen opens the form that was sent and not taken, with what stood in it:
// nothing typed is lost.
func (c *cardView) reopen(sent url.Values) {
	if sent.Get("action") == "" {
		return
	}
	open := func(list []buttonView) {
		for i := range list {
			b := &list[i]
			if b.Post != sent.Get("post") || b.Action != sent.Get("action") || b.Value != sent.Get("value") {
				continue
			}
			b.Open = b.Asks
			for n := range b.Fields {
				b.Fields[n].Value = sent.Get("f." + b.Fields[n].Name)
			}
		}
	}
	open(c.Acts)
	for _, l := range c.Lines {
		open(l.Buttons)
	}
}

// localTime is how browsers write an instant without a zone.
const localTime = "2006-01-02T15:04"
