package dialog

import (
	"cmp"
	"strings"
)

// brief is what an agent sees at a glance, in the agents' language.
func (t *turn) brief() *Brief {
	m, lang := t.s.Matter, t.set.AgentLang
	b := &Brief{Customer: t.s.From.Name, Lang: t.s.Lang, Cause: t.s.Handoff.Cause, Order: m.Slots[t.f.Catalog.Lookup.Slot].Text,
		Story: m.Story, Trend: trend(m.Moods), Case: m.Case}
	if d := t.s.Settled; d != nil && d.Note != "" {
		b.Settled = d.By + ": " + d.Note
	}
	if m.Incident != "" {
		b.Incident = t.lineIn(lang, "menu."+m.Incident)
	}
	for _, v := range m.Moods {
		b.Mood = max(b.Mood, v)
	}
	if item := cmp.Or(m.Facts["item."+string(lang)], m.Facts["item"]); item != "" {
		b.Facts = append(b.Facts, item)
	}
	for _, e := range m.Wishes {
		w := BriefWish{Text: cmp.Or(t.wishText(lang, e), e.Service), Verdict: e.Verdict, Status: e.Status}
		for _, o := range e.Offered {
			for _, p := range o.Options {
				w.Offered = append(w.Offered, strings.Join(t.termTexts(lang, p), "; "))
			}
		}
		b.Wishes = append(b.Wishes, w)
	}
	for _, p := range t.s.Promises {
		if p.Standing() {
			b.Promises = append(b.Promises, p.Case+": "+p.Text)
		}
	}
	return b
}

// trend says whether the customer's mood gets better or worse: the last
// message beside the mean of those before it.
func trend(moods []float64) string {
	n := len(moods)
	if n < 2 {
		return "steady"
	}
	var sum float64
	for _, v := range moods[:n-1] {
		sum += v
	}
	mean := sum / float64(n-1)
	switch last := moods[n-1]; {
	case last > mean+0.15:
		return "rising"
	case last < mean-0.15:
		return "falling"
	}
	return "steady"
}
