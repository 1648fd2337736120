package dialog

import (
	"cmp"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/expect"
)

// brief is what an agent sees at a glance, in the agents' language.
func (t *turn) brief() *Brief {
	defer func(drawn uint64) { t.drawn = drawn }(t.drawn) // what agents see draws nothing from what the customer reads
	m, h, lang := &t.s.Matter, t.s.Handoff, t.set.AgentLang
	b := &Brief{Customer: t.s.From.Name, Lang: t.s.Lang, Cause: h.Cause, Order: m.Slots[t.f.Catalog.Lookup.Slot].Text,
		Item: cmp.Or(m.Facts["item."+string(lang)], m.Facts["item"]), Story: m.Story, Ranked: m.Ranked, Trend: trend(m.Moods),
		Facts: t.briefFacts(), Wishes: t.briefWishes(), Promises: t.briefPromises(), Refused: h.Refused, Case: m.Case, Transcript: t.s.Said}
	if h.Cause == causePassed {
		b.By, b.Note = h.PassedBy, h.PassedNote
	}
	if m.Incident != "" {
		b.Incident = t.lineIn(lang, "menu."+m.Incident)
	}
	for _, v := range m.Moods {
		b.Mood = max(b.Mood, v)
	}
	if a := t.findAside(func(a Aside) bool { return a.Kind == AsideOffer }); a != nil {
		offer := a.offer(false)
		b.Offer = &offer
	}
	if d := t.s.Settled; d != nil && d.Note != "" {
		b.Settled = &BriefSettled{By: d.By, Note: d.Note, At: d.At}
	}
	return b
}

// offer is an agent's offer as a card shows it.
func (a Aside) offer(lapsed bool) BriefOffer {
	o := BriefOffer{Text: a.Text, By: a.By, Lapsed: lapsed}
	if !a.Undated {
		o.Until = a.Until
	}
	return o
}

// factKeys are the lines that word what is known, for agents. A flow may leave
// any of them out.
func factKeys() [12]string {
	return [...]string{"card.need_by", "card.occasion", "card.what", "card.phone", "card.promised", "card.planned", "card.delivered",
		"card.status", "card.price", "card.window", "card.warranty", keyReopened}
}

const keyReopened = "card.reopened"

// briefFacts words what was looked up and what the customer told of their
// circumstances.
func (t *turn) briefFacts() []string {
	var out []string
	for _, key := range factKeys() {
		var text string
		if key == keyReopened {
			text, _ = t.lineIf(t.set.AgentLang, key, "text", t.s.Matter.Reopens)
		} else {
			text, _ = t.lineIf(t.set.AgentLang, key)
		}
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, text)
		}
	}
	return out
}

// briefWishes lists the expectations: in the order of their importance where
// the customer gave one.
func (t *turn) briefWishes() []BriefWish {
	wishes := slices.Clone(t.s.Matter.Wishes)
	if t.s.Matter.Ranked {
		slices.SortStableFunc(wishes, func(a, b expect.Expectation) int { return cmp.Compare(a.Importance, b.Importance) })
	}
	var out []BriefWish
	for _, e := range wishes {
		out = append(out, BriefWish{Text: cmp.Or(t.wishText(t.set.AgentLang, e), e.Service), Verdict: e.Verdict, Status: e.Status, Offered: t.notTaken(e)})
	}
	return out
}

// notTaken lists what was offered for a wish and left, once each. What was
// granted or agreed on is left out: it stands among the promises.
func (t *turn) notTaken(e expect.Expectation) [][]string {
	var out [][]string
	for _, o := range e.Offered {
		for _, p := range o.Options {
			terms := t.termTexts(t.set.AgentLang, p)
			if t.wasTaken(e, p) || slices.ContainsFunc(out, func(have []string) bool { return slices.Equal(have, terms) }) {
				continue
			}
			out = append(out, terms)
		}
	}
	return out
}

// wasTaken says whether an option became promises: a wish is settled by one of
// what was offered for it, and each of its terms is a promise then.
func (t *turn) wasTaken(e expect.Expectation, o expect.Option) bool {
	if e.Status != expect.Granted && e.Status != expect.Agreed || len(o.Terms) == 0 {
		return false
	}
	for _, term := range o.Terms {
		made := func(p expect.Promise) bool {
			return p.Service == e.Service && p.Do == term.Do && slices.Contains(t.s.Matter.Made, p.N)
		}
		if !slices.ContainsFunc(t.s.Promises, made) {
			return false
		}
	}
	return true
}

// briefPromises lists what stands.
func (t *turn) briefPromises() []BriefPromise {
	var out []BriefPromise
	for _, p := range t.s.Promises {
		if p.Standing() {
			out = append(out, BriefPromise{Case: p.Case, Text: p.Text, Due: p.Due, Owner: t.promiseOwner(p), State: p.State, Waiting: p.N == t.s.Handoff.Promise})
		}
	}
	return out
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
