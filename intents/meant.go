package intents

import (
	"slices"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/model"
	"github.com/accord-chat/accord/intents/phrase"
	"github.com/accord-chat/accord/intents/text"
)

// The model cannot tell "cancel it" from "do not cancel it": both are about
// cancelling. So what a text says of what it does not want is cut out before the
// model reads, and what was named there is not what the text is about.

// part is some tokens of a text; at says which, nil for all.
type part struct {
	doc *text.Doc
	at  []int
}

// spoke is what spoke for a label in the part, by the tokens of the whole text.
func (p part) spoke(m *model.Model, label string) []model.Spoke {
	out := m.Spoke(p.doc, label)
	if p.at != nil {
		for i := range out {
			out[i].First, out[i].Last = p.at[out[i].First], p.at[out[i].Last]
		}
	}
	return out
}

// meant is what a text says apart from what it gives up, and what the model makes
// of that.
type meant struct {
	part part
	rank model.Ranking // without what is denied
	lost float64       // what the rest gave to what is denied all the same
}

// leastMeant is the probability from which a label is looked at for being denied.
const leastMeant = 0.05

// meant reads what is left of a text when what it does not want is cut out.
func (u *Understander) meant(a *analysis, r *message.Reading, whole model.Ranking) meant {
	m := meant{part: part{doc: a.doc}, rank: whole}
	denied := u.denied(a, r, whole)
	if len(denied) == 0 {
		return m
	}
	if rest := a.rest(); a.saysSome(rest) {
		m.part, m.rank = rest, u.opts.Model.Rank(rest.doc, ranked)
	} else if len(cuedIntents(r)) == 0 {
		m.rank = model.Ranking{}
	}
	m.rank.Labels = slices.DeleteFunc(m.rank.Labels, func(l model.Scored) bool {
		gone := slices.Contains(denied, u.broad(l.Label))
		if gone {
			m.lost += l.P
		}
		return gone
	})
	return m
}

// denied gives the intents that a text names only to give them up.
func (u *Understander) denied(a *analysis, r *message.Reading, whole model.Ranking) []string {
	var out []string
	stands := func(name string) bool {
		return slices.ContainsFunc(r.Mentions, func(m message.Mention) bool { return !m.Dropped && u.broad(m.Name) == name })
	}
	for _, m := range r.Mentions {
		if name := u.broad(m.Name); m.Dropped && !detail(m.Name) && !stands(name) {
			out = append(out, name)
		}
	}
	if len(a.unwanted()) == 0 {
		return out
	}
	for _, l := range whole.Labels {
		name := u.broad(l.Label)
		if l.P < leastMeant || smallTalk(l.Label) || stands(name) {
			continue
		}
		if w, not := a.unwantedBy(part{doc: a.doc}.spoke(u.opts.Model, l.Label)); not {
			a.note("denied:" + l.Label)
			a.gone = append(a.gone, run{w.no, w.last + 1})
			out = append(out, name)
		}
	}
	return out
}

// around is the stretch in which what a cue names is given up: from where its clause
// begins, or turns to it, to where the clause ends or turns away.
func (a *analysis) around(m phrase.Match) run {
	from := m.First
	for from > 0 && !a.marked(from-1, from) && !turns(a.doc.Tokens[from-1].Norm) {
		from--
	}
	return run{from, max(m.Last, a.stretch(m.Last)) + 1}
}

// rest is the text without what is gone.
func (a *analysis) rest() part {
	p := part{doc: &text.Doc{Raw: a.doc.Raw}, at: []int{}}
	for i := range a.doc.Tokens {
		if !slices.ContainsFunc(a.gone, func(g run) bool { return g.first <= i && i < g.next }) {
			p.doc.Tokens = append(p.doc.Tokens, a.doc.Tokens[i])
			p.at = append(p.at, i)
		}
	}
	return p
}

// saysSome says that a part holds three words or four characters.
func (a *analysis) saysSome(p part) bool { return says(p.doc.Tokens) >= 8 }
