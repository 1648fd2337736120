package intents

import (
	"cmp"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/model"
	"github.com/accord-chat/accord/intents/text"
)

// cuedIntents are the intents that the rules name, each once: by the flow's
// cues, and by what a message says beside its matter.
func cuedIntents(r *message.Reading) []string {
	var out []string
	add := func(name string) {
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, m := range r.Mentions {
		if m.Cue != "" && !m.Dropped && !detail(m.Name) {
			add(m.Name)
		}
	}
	add(reserved(r))
	return out
}

// reserved is the section whose name every flow shares with what a text says
// beside the matter.
func reserved(r *message.Reading) string {
	switch {
	case r.Person:
		return "human_agent"
	case r.Side == message.SideThanks, r.Side == message.SideBye:
		return "thanks_bye"
	case r.Side == message.SideGreeting:
		return "greeting"
	case r.Side == message.SideStatus:
		return "promise_status"
	case r.Side == message.SideExpect:
		return "expect"
	case r.Side == message.SideCancel:
		return "withdraw"
	}
	return ""
}

// rankIntents gives the three likeliest intents and the one the text is about.
func (u *Understander) rankIntents(a *analysis, r *message.Reading, m meant, cued []string) {
	rank := m.rank
	switch {
	case len(cued) > 0 || len(r.Mentions) > 0:
	case !a.free(), !a.wordy(), r.Answer == message.Accept, a.bare(r) && !rank.In:
		return // an answer is about nothing of its own
	}
	all, sum := u.weigh(a, rank, cued)
	if len(cued) == 0 {
		sum += m.lost // what is denied leaves room to nobody
	}
	if len(all) == 0 || sum <= 0 {
		return
	}
	inside := rank.Inside
	if len(cued) > 0 {
		inside = min(1, inside+backing)
	}
	slices.SortStableFunc(all, func(x, y message.Ranked) int {
		return cmp.Or(cmp.Compare(y.P, x.P), strings.Compare(x.Name, y.Name))
	})
	r.Ranked = slices.Clip(all[:min(3, len(all))])
	for i := range r.Ranked {
		r.Ranked[i].P = round(r.Ranked[i].P / sum * inside)
	}
	r.Intent, r.Confidence = r.Ranked[0].Name, r.Ranked[0].P
}

// weigh lets cues and the model speak together, by intent: a cue multiplies the
// odds of what it names, and gives what the model did not think of a chance: a small
// one, or all of it where the model was not taught what the cue names.
func (u *Understander) weigh(a *analysis, rank model.Ranking, cued []string) (all []message.Ranked, sum float64) {
	all = make([]message.Ranked, 0, len(rank.Labels)+len(cued))
	at := func(name string) *message.Ranked {
		i := slices.IndexFunc(all, func(x message.Ranked) bool { return x.Name == name })
		if i < 0 {
			i = len(all)
			all = append(all, message.Ranked{Name: name})
		}
		return &all[i]
	}
	for _, l := range rank.Labels {
		at(u.broad(l.Label)).P += l.P
	}
	for i, name := range cued {
		first := slices.IndexFunc(cued, func(other string) bool { return u.broad(other) == u.broad(name) })
		if first == i { // two cues of one intent say it once
			s := at(u.broad(name))
			if !u.opts.Model.Knows(a.doc, name) {
				s.P = max(s.P, 1) // whoever was not taught it has no opinion of it
			}
			s.P = max(s.P, unlikely) * weight
		}
	}
	for _, x := range all {
		sum += x.P
	}
	return all, sum
}

// bare says that the text is an answer and little else. To who was asked nothing
// a hesitation or a condition is no answer: "the vase is in pieces, it seems".
func (a *analysis) bare(r *message.Reading) bool {
	answers := r.Answer == message.Refuse || r.Choice != "" || r.Answer != message.NoAnswer && !a.free()
	return r.Answer == message.Accept || answers && a.length() < a.longerThanAnswers(false)
}

// wordy says that there are words in the text, and not just marks or numbers.
func (a *analysis) wordy() bool {
	return slices.ContainsFunc(a.doc.Tokens, func(t text.Token) bool { return t.Kind == text.Word || t.Kind == text.Han })
}

// broad is the intent that a section counts as.
func (u *Understander) broad(section string) string {
	if b, ok := u.opts.Broader[section]; ok {
		return b
	}
	return section
}

// forUs says whether a text is any of our business: the rules know for certain
// what people say to every business; a cue may be a coincidence, and what is only
// there by the way (a day, a number, a mood) is in any text, so there the model
// decides.
func (a *analysis) forUs(r *message.Reading, rank model.Ranking, cued bool) bool {
	switch {
	case rank.In, r.Side != message.NoSide, r.Person, r.Choice != "", r.Answer == message.Accept, r.Answer == message.Refuse:
		return true
	case !a.free(), !a.wordy():
		return inScope(*r)
	}
	dropped := slices.ContainsFunc(r.Mentions, func(m message.Mention) bool { return m.Dropped })
	return dropped || cued && rank.Inside >= leastInside
}

// round keeps four digits: more would only pretend.
func round(p float64) float64 { return float64(int(p*1e4+0.5)) / 1e4 }
