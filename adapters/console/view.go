package console

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// cardView is a card as the template shows it.
type cardView struct {
	Address, Title string
	Blocks         []blockView
	Buttons        []buttonView
	Lines          []lineView
	Say            sayView
}

type blockView struct {
	Kind, Label, Text string
	Items             []string
	Pairs             []pair
}

type pair struct{ Name, Value string }

type buttonView struct {
	Post, Action, Value, Label, Style string
	Once                              string
	Confirm                           string
	Asks                              bool // opens before it counts: a form, or Confirm
	Fields                            []fieldView
	Submit                            string
}

type fieldView struct {
	ID, Name, Label, Hint, Value string
	Optional                     bool
	Kind                         adapters.FieldKind
}

// lineView is one entry of the thread. Kind is "customer", "colleague", "mine",
// "event" or "card".
type lineView struct {
	ID, Kind, Who, Text   string
	At, Machine           string
	Title                 string
	Blocks                []blockView
	Buttons               []buttonView
	Files                 []fileView
	State, Standing, Mark string // what became of words: state for looks, words for all, a sign
}

type fileView struct{ Label, Address string }

// sayView is the field for words. Mode tells whether it is the same field as
// before: "" = there is none.
type sayView struct {
	Mode, Label, Hint, Button, Once, Text string
	Note                                  bool // words can be kept as a note
	Closed                                string
}

// view shows t to me. open is false for a card that is over.
func (a *Adapter) view(t thread, card Card, open bool, me message.UserRef) cardView {
	v := cardView{Address: cardPath(t.anchor), Title: first(t.card.Post.Title, t.card.Post.Fallback)}
	v.Blocks = blocks(t.card.Post.Blocks)
	v.Buttons = a.buttons(t, t.card.id, t.card.Post.Buttons)
	for _, l := range t.lines {
		v.Lines = append(v.Lines, a.line(t, l, me))
	}
	v.Say = a.say(card, open, me)
	return v
}

// say is the field that fits: to the customer for who owns the hand-off, the
// result for a task, a note for everybody else.
func (a *Adapter) say(card Card, open bool, me message.UserRef) sayView {
	w := a.words
	switch {
	case !open:
		return sayView{Closed: w.Closed}
	case strings.HasPrefix(card.Anchor, task+":"):
		return sayView{Mode: "task", Label: w.SayTask, Hint: w.HintKeys, Button: w.ButtonTask}
	case card.Owner == me:
		return sayView{Mode: "mine", Label: w.SayMine, Hint: w.HintKeys, Button: w.ButtonSend, Note: true}
	case card.Owner == "":
		return sayView{Mode: "waiting", Label: w.SayNote, Hint: w.HintTake, Button: w.ButtonNote}
	}
	return sayView{Mode: "others", Label: w.SayNote, Hint: w.HintNote, Button: w.ButtonNote}
}

func (a *Adapter) line(t thread, l line, me message.UserRef) lineView {
	v := lineView{ID: string(l.id), At: a.when(l.At), Machine: l.At.In(a.cfg.Zone).Format(time.RFC3339)}
	if l.Wrote != nil {
		return a.written(t, l, v, me)
	}
	p := l.Post
	v.Kind, v.Title, v.Blocks, v.Buttons = "event", p.Title, blocks(p.Blocks), a.buttons(t, l.id, p.Buttons)
	for i, f := range p.Files {
		v.Files = append(v.Files, a.file(t.anchor, l.ID, i, f))
	}
	switch {
	case len(p.Blocks) > 0 && p.Blocks[0].Kind == adapters.Quote || len(p.Files) > 0:
		v.Kind = "customer"
	case len(p.Buttons) > 0 || p.Title != "":
		v.Kind = "card"
	}
	if len(v.Blocks) == 0 && v.Title == "" {
		v.Blocks = []blockView{{Kind: string(adapters.Paragraph), Text: p.Fallback}}
	}
	return v
}

// written is an agent's own words, with what became of them.
func (a *Adapter) written(t thread, l line, v lineView, me message.UserRef) lineView {
	w := a.words
	v.Kind, v.Who, v.Text = "colleague", first(l.Wrote.From.Name, w.somebody), l.Wrote.Text
	if l.Wrote.From.Ref == me {
		v.Kind = "mine"
	}
	for _, f := range l.Wrote.Attachments {
		v.Files = append(v.Files, fileView{Label: a.fileLabel(f)})
	}
	switch {
	case l.mark != nil:
		v.State, v.Mark = string(l.mark.State), signs[l.mark.State]
		v.Standing = w.states[l.mark.State]
		if l.mark.Reason != "" {
			v.Standing += w.colon + l.mark.Reason
		}
		v.Buttons = a.buttons(t, l.markID, l.mark.Buttons)
	case l.Internal:
		v.State, v.Standing = "internal", w.internal
	case strings.HasPrefix(t.anchor, handoff+":"):
		v.State, v.Mark, v.Standing = string(adapters.MarkSent), signs[adapters.MarkSent], w.states[adapters.MarkSent]
	}
	return v
}

// signs stand beside the words that say the same.
var signs = map[adapters.MarkState]string{
	adapters.MarkSent: "⏳", adapters.MarkDelivered: "✓", adapters.MarkFailed: "✗", adapters.MarkHeld: "✋",
}

func blocks(list []adapters.Block) []blockView {
	out := make([]blockView, 0, len(list))
	for _, b := range list {
		v := blockView{Kind: string(b.Kind), Label: b.Label, Text: b.Text, Items: b.Items}
		if b.Kind == adapters.Fields {
			v.Items = nil
			for _, it := range b.Items {
				v.Pairs = append(v.Pairs, split(it))
			}
		}
		out = append(out, v)
	}
	return out
}

// split takes a "name: value" pair apart, in either kind of punctuation.
func split(item string) pair {
	at := strings.IndexAny(item, ":：")
	if at < 0 {
		return pair{Value: item}
	}
	size := 1
	if strings.HasPrefix(item[at:], "：") {
		size = len("：")
	}
	return pair{Name: item[:at], Value: strings.TrimSpace(item[at+size:])}
}

// buttons are those of one post. once tells a second press of the same form
// from a new one: it changes with everything that happens in the thread, and
// every few minutes for a press that nothing came of.
func (a *Adapter) buttons(t thread, id message.PlatformID, list []adapters.Button) []buttonView {
	out := make([]buttonView, 0, len(list))
	for i, b := range list {
		v := buttonView{
			Post: string(id), Action: b.Action, Value: b.Value, Label: b.Label, Style: b.Style, Confirm: b.Confirm,
			Once: fmt.Sprintf("press-%d-%d", t.last, a.cfg.Now().Unix()/300), Submit: b.Label,
		}
		if b.Form {
			form, ok := a.cfg.Forms(b.Action)
			if !ok {
				continue // a button of another version: pressing it could say nothing
			}
			v.Submit = first(form.Submit, b.Label)
			v.Fields = a.fields(form, fmt.Sprintf("f-%s-%d", id, i))
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
			v.Hint = strings.TrimSpace(f.Hint + " " + fmt.Sprintf(a.words.inZone, a.cfg.Zone))
		}
		out = append(out, v)
	}
	return out
}

// localTime is how browsers write an instant without a zone.
const localTime = "2006-01-02T15:04"

// when writes an instant: the time alone for today, else with its day.
func (a *Adapter) when(at time.Time) string {
	at, now := at.In(a.cfg.Zone), a.cfg.Now().In(a.cfg.Zone)
	if at.YearDay() == now.YearDay() && at.Year() == now.Year() {
		return at.Format("15:04")
	}
	return a.words.date(at) + at.Format("15:04")
}
