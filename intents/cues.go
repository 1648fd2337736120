package intents

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/phrase"
	"github.com/accord-chat/accord/intents/text"
)

// dropPrefix marks a section whose cues give its matter up.
const dropPrefix = "drop:"

// cues are the compiled words of a flow.
type cues struct {
	set      *phrase.Set
	sections []section
	drops    map[string]bool // sections that there are words for giving up of
}

type section struct {
	name    string
	dropped bool
	alone   bool // named only where nothing else is said
}

// compileCues builds the set. Sections are taken in the order of their names,
// so that the same words always give the same readings.
func compileCues(words Words, typos bool) (*cues, error) {
	var opts []phrase.Option
	if typos {
		opts = append(opts, phrase.WithTypos())
	}
	b := phrase.New(opts...)
	c := &cues{drops: map[string]bool{}}
	for _, name := range slices.Sorted(maps.Keys(words)) {
		bare, dropped := strings.CutPrefix(name, dropPrefix)
		if bare == "" {
			return nil, fmt.Errorf("intents: section %q has no name", name)
		}
		c.drops[bare] = c.drops[bare] || dropped
		c.sections = append(c.sections, section{name: bare, dropped: dropped}, section{name: bare, dropped: dropped, alone: true})
		value := int32(len(c.sections) - 2)
		for _, lang := range slices.Sorted(maps.Keys(words[name])) {
			for _, cue := range words[name][lang] {
				said, as := cue, value
				if bare, alone := cutAlone(cue); alone {
					said, as = bare, value+1
				}
				if err := b.Add(said, as); err != nil {
					return nil, fmt.Errorf("intents: section %q: cue %q (%s): %w", name, cue, lang, err)
				}
			}
		}
	}
	c.set = b.Build()
	return c, nil
}

// detail says that a section names a circumstance rather than a wish.
func detail(name string) bool { return strings.Contains(name, ".") }

// mentions finds what the text names, one mention a name, in the order of
// their first words. What is said last about a name decides whether it is
// given up.
func (u *Understander) mentions(a *analysis) []message.Mention {
	found := u.cues.set.Find(a.doc)
	if len(found) == 0 {
		return nil
	}
	var out []message.Mention
	last := make([]phrase.Match, 0, 4)
	for _, m := range found {
		s := u.cues.sections[m.Value]
		if s.alone && !a.whollySaid(m) {
			continue
		}
		men := message.Mention{Name: s.name, Score: a.score(m), Cue: a.cue(m)}
		men.Dropped = s.dropped || a.givenUp(m) || a.notSo(m) || !detail(s.name) && a.unwantedCue(m)
		if men.Dropped {
			a.gone = append(a.gone, a.around(m))
		}
		if !s.dropped && !detail(s.name) && !m.Gapped {
			if a.cued == nil {
				a.cued = make([]phrase.Match, 0, len(found))
			}
			a.cued = append(a.cued, m)
		}
		k := slices.IndexFunc(out, func(x message.Mention) bool { return x.Name == s.name })
		if k < 0 {
			if len(out) < u.opts.MaxMentions {
				out, last = append(out, men), append(last, m)
			}
			continue
		}
		out[k], last[k] = merge(out[k], men, last[k], m)
	}
	for _, m := range out {
		a.note(why(m))
	}
	return out
}

func why(m message.Mention) string {
	if m.Dropped {
		return "dropped:" + m.Name
	}
	return "mention:" + m.Name
}

// merge joins two mentions of one name. Where their words overlap, giving up
// wins, because "keep the money" also holds "the money"; else the later wins.
func merge(old, now message.Mention, at, m phrase.Match) (message.Mention, phrase.Match) {
	score := max(old.Score, now.Score)
	overlap := m.First <= at.Last
	switch {
	case overlap && old.Dropped, overlap && !now.Dropped && m.Len() <= at.Len():
		old.Score = score
		return old, at
	}
	now.Score = score
	return now, m
}

// score grows with how much a cue says; typos and gaps take from it.
func (a *analysis) score(m phrase.Match) float64 {
	n := m.Len()
	if a.doc.Tokens[m.First].Kind == text.Han {
		n = (n + 1) / 2
	}
	s := 0.7 + 0.1*float64(min(n, 4)-1)
	if m.Typo {
		s -= 0.15
	}
	if m.Gapped {
		s = 0.75
	}
	return float64(int(s*100+0.5)) / 100
}

// givenUp says that words of giving up stand next to a mention, in the same
// clause: "forget the …", "不要…了", "…不用了".
func (a *analysis) givenUp(m phrase.Match) bool {
	for _, g := range a.lex {
		switch tag(g.Value) {
		case tagGiveBefore:
			if g.Last < m.First && m.First-g.Last <= a.reach(m) && !a.marked(g.Last, m.First) && !a.overlaps(g, tagGiveNot) && !a.asksFor(g) && !a.anotherBetween(g, m) && !a.waives(g, m) {
				return true
			}
		case tagGiveAfter:
			if g.First > m.Last && g.First-m.Last <= 4 && !a.marked(m.Last, g.First) && !a.overlaps(g, tagGiveNot) && !a.anotherBetween(m, g) && !a.waives(g, m) {
				return true
			}
		}
	}
	return false
}

// reach is how many tokens may stand between "forget" and what is forgotten.
func (a *analysis) reach(m phrase.Match) int {
	if a.doc.Tokens[m.First].Kind == text.Han {
		return 3
	}
	return 4
}

// asksFor keeps "why not", "要不要" and the like from giving anything up.
func (a *analysis) asksFor(g phrase.Match) bool {
	return g.First > 0 && (a.doc.Tokens[g.First-1].Norm == "要" || a.doc.Tokens[g.First-1].Norm == "能" || a.doc.Tokens[g.First-1].Norm == "why")
}

// anotherBetween says that "want", 要 or a contrast parts the two.
func (a *analysis) anotherBetween(x, y phrase.Match) bool {
	for i := x.Last + 1; i < y.First; i++ {
		switch a.doc.Tokens[i].Norm {
		case "want", "but", "要", "但", "need", "give", "and", "了": // 不要了 is done with; what follows is new
			return true
		}
	}
	return false
}
