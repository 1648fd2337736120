package desk

import (
	"slices"
	"strings"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// brief lays out what an agent sees at a glance: who and why, what happened,
// what is expected and what was tried, mood, promises.
func (d *Desk) brief(b dialog.Brief) []adapters.Block {
	w := d.words
	blocks := []adapters.Block{{Kind: adapters.Fields, Items: d.fields(b)}}
	if len(b.Story) > 0 {
		blocks = append(blocks, adapters.Block{Kind: adapters.Quote, Label: w.story, Text: strings.Join(b.Story, "\n")})
	}
	blocks = append(blocks, d.wishes(b)...)
	blocks = list(blocks, w.facts, b.Facts)
	if b.Offer != nil {
		blocks = list(blocks, w.theirOffer, []string{d.offer(*b.Offer)})
	}
	var refused []string
	for _, o := range b.Refused {
		refused = append(refused, d.offer(o))
	}
	blocks = list(blocks, w.theirRefused, refused)
	var promised []string
	for _, p := range b.Promises {
		promised = append(promised, d.promised(p))
	}
	return list(blocks, w.promises, promised)
}

// fields are what fits into a few words each.
func (d *Desk) fields(b dialog.Brief) []string {
	w := d.words
	var f []string
	f = d.field(f, w.fieldCustomer, b.Customer)
	f = d.field(f, w.fieldLanguage, w.languages[b.Lang])
	f = d.field(f, w.fieldWhy, d.withNote(d.cause(b), b.Note))
	f = d.field(f, w.fieldMood, d.mood(b))
	f = d.field(f, w.fieldCase, b.Case)
	f = d.field(f, w.fieldOrder, d.joined(b.Order, b.Item))
	f = d.field(f, w.fieldIncident, b.Incident)
	if s := b.Settled; s != nil {
		f = d.field(f, w.settledBefore, s.By+w.colon+s.Note)
	}
	return f
}

// list adds a list, unless there is nothing on it.
func list(blocks []adapters.Block, label string, items []string) []adapters.Block {
	if len(items) == 0 {
		return blocks
	}
	return append(blocks, adapters.Block{Kind: adapters.List, Label: label, Items: items})
}

// wishes are the expectations, each with its verdict and its status, and what
// was offered for them and not taken: one item an offer, or nobody could tell
// three offers from seven.
func (d *Desk) wishes(b dialog.Brief) []adapters.Block {
	w := d.words
	label := w.wishes
	if b.Ranked {
		label = w.ranked
	}
	var wishes []string
	for _, x := range b.Wishes {
		wishes = append(wishes, d.bracketed(x.Text, w.verdicts[x.Verdict], w.statuses[x.Status]))
	}
	blocks := list(nil, label, wishes)
	for _, x := range b.Wishes {
		label := w.refused
		if len(b.Wishes) > 1 {
			label = d.say(w.refusedOf, x.Text)
		}
		var items []string
		for _, option := range x.Offered {
			items = append(items, strings.Join(option, w.comma))
		}
		blocks = list(blocks, label, items)
	}
	return blocks
}

// offer is what a colleague offered.
func (d *Desk) offer(o dialog.BriefOffer) string {
	by, lapsed := "", ""
	if !o.Until.IsZero() {
		by = d.say(d.words.by, d.when(o.Until))
	}
	if o.Lapsed {
		lapsed = d.words.unansweredOffer
	}
	return d.joined(o.Text, by, o.By, lapsed)
}

// promised is one promise that stands.
func (d *Desk) promised(p dialog.BriefPromise) string {
	late := ""
	if p.State != expect.PromiseOpen {
		late = d.words.overdue
	}
	return d.joined(p.Text, p.Case, d.say(d.words.by, d.when(p.Due)), p.Owner, late)
}

// mood puts anger (0..1) and where it is going into words.
func (d *Desk) mood(b dialog.Brief) string {
	text := d.words.moods[level(b.Mood)]
	if trend := d.words.trends[b.Trend]; trend != "" {
		text += d.words.comma + trend
	}
	return text
}

// level is how angry somebody is, from 0 to 3.
func level(mood float64) int {
	n := 0
	for _, border := range []float64{0.3, 0.6, 0.8} {
		if mood >= border {
			n++
		}
	}
	return n
}

// cause says why a person is needed.
func (d *Desk) cause(b dialog.Brief) string {
	if b.Cause == "passed_on" && b.By != "" {
		return d.say(d.words.passedOn, b.By)
	}
	return or(d.words.causes[b.Cause], b.Cause)
}

// gist tells this hand-off from others in a line.
func (d *Desk) gist(b dialog.Brief) string {
	return d.joined(d.about(b), d.cause(b), d.words.moods[level(b.Mood)])
}

// title names the customer, or what it is about where nobody knows the name:
// five rows that all need a person tell nobody where to begin.
func (d *Desk) title(b dialog.Brief) string {
	if strings.TrimSpace(b.Customer) != "" {
		return d.say(d.words.needs, b.Customer)
	}
	return or(d.about(b), d.words.needsOne)
}

// about is the order and the item, or the customer's first words.
func (d *Desk) about(b dialog.Brief) string {
	return d.matter(b.Order, b.Item, b.Story)
}

func (d *Desk) matter(order, item string, story []string) string {
	if order != "" {
		order = d.say(d.words.orderOf, order)
	}
	if text := d.joined(order, item); text != "" || len(story) == 0 {
		return text
	}
	return d.say(d.words.quoted, shorten(story[0], 60))
}

// transcript shows, under a new card, what was said until now: customers are
// told that they need not repeat themselves. What only they have said stands on
// the card already.
func (d *Desk) transcript(r Ref, b *dialog.Brief) []Show {
	if b == nil || !slices.ContainsFunc(b.Transcript, func(l dialog.Line) bool { return l.By != "" }) {
		return nil
	}
	post := adapters.Post{Thread: r.anchor(""), Fallback: d.words.saidBefore,
		Blocks: []adapters.Block{{Kind: adapters.Paragraph, Text: d.words.saidBefore}}}
	for _, l := range b.Transcript {
		who := d.named(b.Customer)
		switch l.By {
		case message.Bot:
			who = d.words.theBot
		case message.Agent:
			who = or(l.Name, d.words.somebody)
		}
		post.Blocks = append(post.Blocks, adapters.Block{Kind: adapters.Quote, Label: who, Text: l.Text})
	}
	return []Show{r.show(post)}
}
