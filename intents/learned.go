package intents

import (
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/model"
	"github.com/accord-chat/accord/intents/phrase"
)

// What was learned from the flow's example sentences speaks after the rules. It
// never accepts or refuses anything, takes back no mention that a cue made, and
// wishes for nothing that the text gives up. It names what the text is about
// where no cue did, and says whether it is for us at all.

// Limits of what the model may say. They were found by five-fold cross-validation
// over the sentences of the flows that ship, never on the messages the reading is
// measured with.
const (
	// surely is the probability from which a text that tells freely is taken to
	// be about what the model hears in it: nine in ten are. beside is the same
	// where the text may be an answer to what was asked, plainly where a person
	// would be called or the conversation ended. Nothing is as sure as never.
	surely  = 0.75
	beside  = 0.85
	plainly = 0.9
	never   = 2
	// unlikely is the share below which a lone cue is passed over where the model
	// is certain: of 264 such sentences the model read 230 rightly.
	unlikely = 0.02
	// weight is by how much a cue multiplies the odds of what it names, and
	// backing what it adds to the probability that a text is for us.
	weight, backing = 8, 0.2
	// leastInside is the probability of being for us at all without which a cue is
	// a coincidence: "is there still a train".
	leastInside = 0.2
	// heated is the anger from which words are no longer chosen with care, vexed
	// that from which a question may be thrown back.
	heated, vexed = 0.6, 0.3
	// ranked is how many labels of the model are looked at; the others share what
	// is left, which is next to nothing.
	ranked = 8
)

// learn adds to a reading what the model makes of the text.
func (u *Understander) learn(a *analysis, r *message.Reading) {
	if u.opts.Model == nil {
		r.Intent, r.Confidence = best(r.Mentions)
		r.Intent = u.broad(r.Intent)
		r.InScope = inScope(*r)
		return
	}
	whole := u.opts.Model.Rank(a.doc, ranked)
	meant := u.meant(a, r, whole)
	u.hearLearned(a, r, meant)
	u.hearSentences(a, r, meant)
	cued := cuedIntents(r)
	u.rankIntents(a, r, meant, cued)
	r.InScope = a.forUs(r, whole, len(cued) > 0)
}

// hearLearned mentions what the model hears, where no cue names anything, or
// where the only one that does is a coincidence.
func (u *Understander) hearLearned(a *analysis, r *message.Reading, m meant) {
	rank := m.rank
	if !rank.In || r.Side != message.NoSide {
		return
	}
	label, p := u.likeliest(rank)
	p *= rank.Inside
	at, free := u.overrules(a, r, rank, p)
	if !free || p < a.needs(r) || len(r.Mentions) >= u.opts.MaxMentions {
		return
	}
	if _, gone := r.Mentioned(label); gone {
		return // named, and given up
	}
	if u.speaksToUs(a, r, label, p) {
		return
	}
	if u.mention(a, m.part, r, label, p) && at >= 0 {
		a.note("overruled:" + r.Mentions[at].Name)
		r.Mentions = slices.Delete(r.Mentions, at, at+1)
	}
}

// overrules gives the mention that a cue made by coincidence, -1 for none. With
// free false a cue stands that the model has no say against, as it has none where it
// was not taught what the cue names: that it does not think of it means nothing.
func (u *Understander) overrules(a *analysis, r *message.Reading, rank model.Ranking, p float64) (at int, free bool) {
	cued := cuedMentions(r.Mentions)
	switch {
	case len(cued) == 0:
		return -1, true
	case len(cued) > 1, a.saysIt(), !a.free(), r.Anger >= heated, p < surely:
		return -1, false
	}
	name := r.Mentions[cued[0]].Name
	return cued[0], u.opts.Model.Knows(a.doc, name) && u.chance(rank, name) < unlikely
}

// speaksToUs takes what people say to any business for what it is: the sections
// with reserved names have no service behind them that could be wished for. To
// call a person or to end costs something where it was not meant, so it takes
// more than to greet.
func (u *Understander) speaksToUs(a *analysis, r *message.Reading, label string, p float64) bool {
	switch {
	case label == "human_agent" && p >= plainly:
		r.Person = true
	case label == "greeting":
		r.Side = message.SideGreeting
	case label == "thanks_bye" && p >= plainly:
		r.Side = message.SideThanks
	case label == "expect" && p >= surely:
		r.Side = message.SideExpect
	default:
		return smallTalk(label) // not sure enough, and no wish either
	}
	a.note("model:" + label)
	return true
}

// smallTalk says that a section is what people say to any business.
func smallTalk(label string) bool {
	switch label {
	case "human_agent", "greeting", "thanks_bye", "expect":
		return true
	}
	return false
}

// mention adds what the model hears in a part of the text, unless the words that
// spoke for it are denied, given up or not wanted.
func (u *Understander) mention(a *analysis, p part, r *message.Reading, label string, chance float64) bool {
	spoke := p.spoke(u.opts.Model, label)
	why := names(spoke, 3)
	if !tells(why) {
		return false
	}
	if a.refuted(spoke, u.cues.drops[label]) {
		a.note("denied:" + label)
		return false
	}
	r.Mentions = append(r.Mentions, message.Mention{Name: label, Score: round(chance)})
	a.note("model:" + label + " (" + strings.Join(why, ", ") + ")")
	return true
}

// names gives the first n names of what spoke.
func names(spoke []model.Spoke, n int) []string {
	out := make([]string, 0, n)
	for _, s := range spoke[:min(n, len(spoke))] {
		out = append(out, s.Name)
	}
	return out
}

// saysIt says that a cue is at least half of the text, and so no coincidence: "no
// wifi".
func (a *analysis) saysIt() bool {
	return slices.ContainsFunc(a.cued, func(m phrase.Match) bool { return 2*m.Len() >= a.length() })
}

// likeliest gives the section that speaks for the likeliest intent, and the
// probability of that intent.
func (u *Understander) likeliest(rank model.Ranking) (label string, p float64) {
	var broad [ranked]string
	for i, l := range rank.Labels {
		broad[i] = u.broad(l.Label)
	}
	for i, l := range rank.Labels { // best first, so the first of an intent speaks for it
		q := 0.0
		for k, other := range rank.Labels {
			if broad[k] == broad[i] {
				q += other.P
			}
		}
		if q > p {
			label, p = l.Label, q
		}
	}
	return label, p
}

// chance is the probability of the intent that a section counts as.
func (u *Understander) chance(rank model.Ranking, section string) float64 {
	p, named := 0.0, u.broad(section)
	for _, l := range rank.Labels {
		if u.broad(l.Label) == named {
			p += l.P
		}
	}
	return p
}

// cuedMentions are the places of the intents among the mentions that stand.
func cuedMentions(ms []message.Mention) []int {
	var out []int
	for i, m := range ms {
		if !m.Dropped && !detail(m.Name) {
			out = append(out, i)
		}
	}
	return out
}

// needs is how sure the model must be to be heard. Where the conversation waits
// for an answer, what answers is no new wish: it must be long enough to be more
// than that, and an angry retort ("how would I know??") is neither. What corrects
// is about what was said before. Who is beside themselves has not come to the
// matter yet: to take the outburst for it would pass over what follows.
func (a *analysis) needs(r *message.Reading) float64 {
	switch {
	case a.bare(r), a.contact(), r.Correction, r.Anger >= heated, !a.wordy():
		return never
	case a.free() && r.Person:
		return beside
	case a.free():
		return surely
	case r.Anger >= vexed, a.length() < a.longerThanAnswers(a.answered(r)):
		return never
	}
	return beside
}

// contact says that a text says how to reach somebody and little else: "my number
// is +1 555 010 2030" changes nothing of an order.
func (a *analysis) contact() bool {
	covered := 0
	for _, h := range a.hits {
		switch h.Kind {
		case message.SlotPhone, message.SlotEmail, message.SlotName, message.SlotAddress:
			covered += h.Last - h.First + 1
		}
	}
	return covered > 0 && a.length()-covered < a.longerThanAnswers(false)
}

// free says that the conversation waits for no answer.
func (a *analysis) free() bool { return a.ctx.Expect.Kind == "" || a.ctx.Expect.Kind == "intent" }

// longerThanAnswers is the number of tokens from which a text tells more than an
// answer does.
func (a *analysis) longerThanAnswers(answered bool) int {
	n := 6
	if answered {
		n = 8
	}
	if a.lang.Chinese() {
		n = n * 3 / 2
	}
	return n
}

// answered says that the rules found in the text what the conversation waits for.
func (a *analysis) answered(r *message.Reading) bool {
	if r.Answer != message.NoAnswer || r.Choice != "" || r.Objection != message.NoObjection || r.Correction || r.Person {
		return true
	}
	kind, slot := strings.CutPrefix(a.ctx.Expect.Kind, "slot:")
	if !slot {
		return false
	}
	_, found := r.Slot(message.SlotKind(kind))
	return found || kind == "text" || kind == string(message.SlotName) || kind == string(message.SlotAddress) // any words answer these
}

// tells says that a word with a meaning spoke for a label, and not only such as
// stand in every sentence: "on the foot of it".
func tells(why []string) bool {
	return slices.ContainsFunc(why, func(feature string) bool {
		return slices.ContainsFunc(strings.Fields(feature), func(w string) bool { return w != "…" && !empty(w) })
	})
}

// empty lists the words that mean nothing by themselves; shorter pieces of words
// do neither.
func empty(w string) bool {
	switch w {
	case "the", "and", "for", "with", "from", "than", "are", "was", "were", "been", "did", "she", "they", "you", "your", "his", "her", "our", "their", "its", "them", "that", "this", "these", "those":
		return true
	}
	return len(w) < 3
}

// refuted says that the words which spoke for a label are not wanted, denied or,
// where the flow has words for giving it up, given up or refused. What cannot be
// given up is often told with a no: "no tracking so far", 用不了. Two words that
// stand apart are no place at which something could be denied.
func (a *analysis) refuted(spoke []model.Spoke, droppable bool) bool {
	if _, not := a.unwantedBy(spoke); not {
		return true
	}
	looked := 0
	for _, s := range spoke {
		if s.Apart {
			continue
		}
		if looked++; looked > 3 {
			break
		}
		m := phrase.Match{First: s.First, Last: s.Last}
		if a.notSo(m) || droppable && (a.givenUp(m) || a.declined(m)) {
			return true
		}
	}
	return false
}

// declined says that words of refusal stand close before a match in its clause:
// "no need to reimburse me".
func (a *analysis) declined(m phrase.Match) bool {
	for _, g := range a.lex {
		if tag(g.Value) == tagRefuse && g.Len() > 1 && g.Last < m.First && m.First-g.Last <= a.reach(m) && !a.marked(g.Last, m.First) && !a.asksFor(g) && !a.anotherBetween(g, m) {
			return true
		}
	}
	return false
}
