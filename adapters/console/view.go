package console

import (
	"slices"
	"strings"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// cardView is a card as the template shows it. Acts are the card's own
// buttons, which stand in the bar at the foot, where they are always in sight.
type cardView struct {
	Address, Title string
	Blocks         []blockView
	Links          []linkView
	Acts           []buttonView
	Lines          []lineView
	Say            sayView
}

// linkView leads to another open card of the same customer.
type linkView struct{ Label, Address string }

type blockView struct {
	Kind, Label, Text string
	Items             []string
	Pairs             []pair
}

type pair struct{ Name, Value string }

// lineView is one entry of the thread. Kind is "customer", "colleague", "mine",
// "event" or "card".
type lineView struct {
	ID, Kind, Who, Text string
	At, Machine         string
	Title, Folded       string // Folded: the blocks open where they are wanted, under this
	Blocks              []blockView
	Buttons             []buttonView
	Files               []fileView
	State, Standing     string // what became of words: state for looks and a sign, words for all
}

type fileView struct{ Label, Address string }

// view shows t to me. open is false for a card that is over.
func (a *Adapter) view(t thread, card Card, open bool, me message.UserRef) cardView {
	v := cardView{Address: cardPath(t.anchor), Title: first(t.card.Post.Title, t.card.Post.Fallback)}
	v.Blocks = blocks(t.card.Post.Blocks)
	if open {
		v.Acts = a.acts(t, card, me)
	}
	for i, l := range t.lines {
		if a.stale(l.Entry) || t.namesFile(i) {
			continue
		}
		v.Lines = append(v.Lines, a.line(t, l, me))
	}
	v.Say = a.say(card, open, me)
	v.Say.Done = v.Say.Mode == "task" && slices.ContainsFunc(t.card.Post.Buttons, isDone)
	return v
}

func (a *Adapter) line(t thread, l line, me message.UserRef) lineView {
	v := lineView{ID: string(l.id), At: a.when(l.At), Machine: l.At.In(a.cfg.Zone).Format(time.RFC3339)}
	if l.Wrote != nil {
		return a.written(t, l, v, me)
	}
	p := l.Post
	v.Kind, v.Title, v.Blocks, v.Buttons = "event", p.Title, blocks(p.Blocks), a.buttons(l.id, t.beside(p.Buttons))
	for i, f := range p.Files {
		v.Files = append(v.Files, a.file(t.anchor, l.ID, i, f))
	}
	switch {
	case fromCustomer(p):
		v.Kind = "customer"
	case len(v.Buttons) > 0 || p.Title != "":
		v.Kind = "card"
	}
	if told(p) {
		v.Kind, v.Folded, v.Blocks = "record", p.Blocks[0].Text, v.Blocks[1:]
	}
	if len(v.Blocks) == 0 && v.Title == "" && len(v.Files) == 0 {
		v.Blocks = []blockView{{Kind: string(adapters.Paragraph), Text: p.Fallback}}
	}
	return v
}

// written is an agent's own words, with what became of them.
func (a *Adapter) written(t thread, l line, v lineView, me message.UserRef) lineView {
	w := a.words
	v.Kind, v.Who, v.Text = "colleague", first(message.CleanName(l.Wrote.From.Name), w.somebody), l.Wrote.Text
	if l.Wrote.From.Ref == me {
		v.Kind = "mine"
	}
	for _, f := range l.Wrote.Attachments {
		v.Files = append(v.Files, fileView{Label: a.fileLabel(f)})
	}
	switch {
	case l.among():
		v.State, v.Standing = "internal", w.internal
	case l.mark != nil:
		v.State = string(l.mark.State)
		v.Standing = w.states[l.mark.State]
		if l.mark.Reason != "" {
			v.Standing += w.colon + l.mark.Reason
		}
		v.Buttons = a.buttons(l.markID, l.mark.Buttons)
	case strings.HasPrefix(t.anchor, handoff+":"):
		v.State, v.Standing = string(adapters.MarkSent), w.states[adapters.MarkSent]
	}
	return v
}

// fromCustomer says whether p shows what a customer wrote or sent.
func fromCustomer(p *adapters.Post) bool {
	return len(p.Blocks) > 0 && p.Blocks[0].Kind == adapters.Quote || len(p.Files) > 0
}

// told says whether p tells what was said before, line by line: that is long,
// and looked at once.
func told(p *adapters.Post) bool {
	return len(p.Blocks) > 1 && p.Title == "" && p.Blocks[0].Kind == adapters.Paragraph && p.Blocks[1].Kind == adapters.Quote
}

// namesFile says whether line i only names the file that the next line is.
func (t thread) namesFile(i int) bool {
	if i+1 >= len(t.lines) {
		return false
	}
	p, next := t.lines[i].Post, t.lines[i+1].Post
	return p != nil && next != nil && p.Merge && len(next.Files) > 0 && len(p.Blocks) == 1 && p.Blocks[0].Kind == adapters.List
}

// beside leaves out buttons that are the card's own: they stand at the foot of
// the page, and a second one up in the thread could only be the older.
func (t thread) beside(list []adapters.Button) []adapters.Button {
	return slices.DeleteFunc(slices.Clone(list), func(b adapters.Button) bool { return t.acts[offerKey("", b.Action, b.Value)] })
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

// when writes an instant: the time alone for today, else with its day.
func (a *Adapter) when(at time.Time) string {
	at, now := at.In(a.cfg.Zone), a.cfg.Now().In(a.cfg.Zone)
	if at.YearDay() == now.YearDay() && at.Year() == now.Year() {
		return at.Format("15:04")
	}
	return a.words.date(at) + at.Format("15:04")
}
