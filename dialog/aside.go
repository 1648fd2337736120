package dialog

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// AsideKind says what a question beside the open one is about.
type AsideKind string

// Kinds of asides.
const (
	AsideWait  AsideKind = "wait"  // nobody has come: wait, be called, or an answer by a time?
	AsideRenew AsideKind = "renew" // may a promise take longer?
	AsideOffer AsideKind = "offer" // an agent's offer

	AsideSurvey   AsideKind = "survey"    // how it went, 1 to 9
	AsideFollowUp AsideKind = "follow_up" // whether what was carried out is all right
)

// Aside is a question beside the open one, with a number of its own. Only its
// own buttons answer it: a typed "yes" belongs to the open question, so it is
// never ambiguous; where nothing else is asked, a clear one counts for a
// renewal all the same. Each has a time at which it is over without an answer.
type Aside struct {
	N       int              `json:"n,omitzero"` // 0 = not put yet: a person owns the conversation
	Kind    AsideKind        `json:"kind"`
	Choices []message.Choice `json:"choices,omitempty"`
	Handoff int              `json:"handoff,omitzero"` // with wait and offer
	Promise int              `json:"promise,omitzero"` // with renew
	Until   time.Time        `json:"until"`            // the time its words name
	Case    string           `json:"case,omitempty"`
	Text    string           `json:"text,omitempty"` // with offer
	By      string           `json:"by,omitempty"`   // with offer: who made it
	Points  int              `json:"points,omitzero"`
	// Undated, with offer, says that no time was named for it: Until is only
	// when it lapses.
	Undated bool `json:"undated,omitzero"`
	// Check, with survey and follow_up, is what it asks. It is never written
	// into.
	Check *Check `json:"check,omitempty"`
	// Pressed, once it is over, says that a button ended it.
	Pressed bool `json:"pressed,omitzero"`
}

// Bounds of asides: how many there are at once, and how often words that look
// like an answer are met with a hint at the buttons.
const (
	maxAsides = 8
	maxPoints = 2
)

// Ids of the choices of asides, beside yes and no.
const (
	choiceWait = "wait"
	choiceCall = "call" // and choiceAnswer
)

// free says whether the bot may speak and be heard.
func (t *turn) free() bool { return !t.s.Owned() && !t.s.Blocked }

// findAside gives the aside that matches; nil where there is none.
func (t *turn) findAside(matches func(Aside) bool) *Aside {
	if i := slices.IndexFunc(t.s.Asides, matches); i >= 0 {
		return &t.s.Asides[i]
	}
	return nil
}

// putAside sends the words of an aside with its buttons and keeps it. Words
// that wait go first: an aside is a message of its own.
func (t *turn) putAside(a Aside, text string, from message.Speaker) {
	t.flush()
	t.s.Question++
	a.N = t.s.Question
	a.Choices = slices.DeleteFunc(a.Choices, func(c message.Choice) bool { return c.Label == "" })
	t.s.Asides = append(t.s.Asides, a)
	say := Say{Out: message.Outbound{Text: text, Lang: t.s.Lang, From: from, Choices: a.Choices, Question: a.N}, State: t.stateName()}
	if a.Kind == AsideRenew {
		say.State, say.Promised = "promise", true
	}
	if a.Check != nil {
		say.State = string(a.Kind)
	}
	name := ""
	if from == message.Agent {
		say.Mark, name = t.in.Agent.Message, t.in.Agent.Name
	}
	t.keepLine(from, name, text, nil)
	t.emit(say)
}

// dropAsides ends the asides that match and takes their buttons away; chosen
// is the label that was pressed, if one was.
func (t *turn) dropAsides(chosen string, matches func(Aside) bool) {
	for _, a := range t.s.Asides {
		if matches(a) && a.N > 0 {
			t.emit(Retire{Question: a.N, Chosen: chosen})
			t.gone(a, chosen)
		}
	}
	t.s.Asides = slices.DeleteFunc(t.s.Asides, matches)
}

// asidePressed takes a press on a button of an aside, wherever the
// conversation rests. The open question stays as it is.
func (t *turn) asidePressed(a Aside) error {
	t.s.Answered, t.s.Matter.LastAt = t.in.Tap.Question, t.in.At
	label := t.pressedLabel()
	t.dropAsides(label, func(b Aside) bool { return b.N == a.N })
	switch a.Kind {
	case AsideWait:
		t.waitChosen(a, t.in.Tap.Choice, label)
	case AsideRenew:
		t.renewalAnswered(a, t.in.Tap.Choice == choiceYes)
	case AsideOffer:
		t.offerAnswered(a, t.in.Tap.Choice == choiceYes)
	case AsideSurvey, AsideFollowUp:
		return t.checkPressed(a, false)
	}
	return nil
}

// pointAside meets a typed yes or no that can only be meant for an aside,
// because nothing else is asked, with a hint at its buttons, which are put
// again. It says whether it did.
func (t *turn) pointAside() bool {
	r := t.in.Reading
	answers := r.Answer == message.Accept || r.Answer == message.Refuse || t.typedScore()
	if t.in.Kind != InMessage || t.edited || !answers || r.Choice != "" || t.tellsMatter() || !t.nothingAsked() {
		return false
	}
	i := len(t.s.Asides) - 1
	for i >= 0 && (t.s.Asides[i].N == 0 || t.s.Asides[i].Points >= maxPoints) {
		i--
	}
	if i < 0 || t.s.Asides[i].Check != nil && !t.typedScore() && (t.s.Asides[i].Points > 0 || r.Side != "") {
		return false // nobody is pressed for how things went
	}
	a := t.s.Asides[i]
	if t.clearlyRenews(a) {
		t.dropAsides(strings.TrimSpace(t.in.Text), func(b Aside) bool { return b.N == a.N })
		t.renewalAnswered(a, r.Answer == message.Accept)
		return true
	}
	a.Points++
	t.dropAsides("", func(b Aside) bool { return b.N == a.N })
	t.putAside(a, t.pointWords(a), message.Bot)
	return true
}

// clearlyRenews says whether a typed yes or no can only be meant for the
// question whether a promise may take longer: nothing else is open, and that
// question was the last thing said.
func (t *turn) clearlyRenews(a Aside) bool {
	if a.Kind != AsideRenew || t.kind() != flow.End || !t.bareAnswer() || t.in.Reading.Side != "" || t.s.Matter.Silenced {
		return false
	}
	if slices.ContainsFunc(t.s.Asides, func(b Aside) bool { return b.N != a.N }) {
		return false
	}
	for _, l := range slices.Backward(t.s.Said) {
		if l.By == message.Bot {
			return strings.Contains(l.Text, a.Case) && strings.HasSuffix(strings.TrimRight(l.Text, " "), question(t.s.Lang))
		}
		if l.By == message.Agent {
			return false
		}
	}
	return false
}

// question is how a question ends.
func question(l message.Lang) string {
	if l.Chinese() {
		return "？"
	}
	return "?"
}

func (t *turn) pointWords(a Aside) string {
	text := a.Text
	if p := t.findPromise(a.Promise); p != nil {
		text = t.promiseText(*p)
	}
	return t.line("point."+string(a.Kind), "text", text, "by", a.Until, "case", a.Case, "agent", a.By)
}

// nothingAsked says whether no question is open where the conversation rests.
func (t *turn) nothingAsked() bool {
	switch t.kind() {
	case flow.Queue, flow.End:
		return true
	case flow.Listen:
		return t.s.Matter.Heard == 0 && (t.s.Ask == nil || len(t.s.Ask.Choices) == 0)
	}
	return false
}

// resume says and asks what had to wait while the bot was silent.
func (t *turn) resume() {
	if !t.free() {
		return
	}
	t.sayPending()
	var waiting []Aside
	t.s.Asides = slices.DeleteFunc(t.s.Asides, func(a Aside) bool {
		if a.N == 0 {
			waiting = append(waiting, a)
		}
		return a.N == 0
	})
	for _, a := range waiting {
		if p := t.findPromise(a.Promise); p != nil && p.Standing() && t.in.At.Before(t.renewalEnds(*p, a.Until)) {
			t.putRenewal(a, *p)
		}
	}
}

// keptBack says whether something waits for the bot to speak again.
func (t *turn) keptBack() bool {
	return len(t.s.Pending) > 0 || slices.ContainsFunc(t.s.Asides, func(a Aside) bool { return a.N == 0 })
}

// An agent's offer ends at a time of its own, whoever owns the conversation.
const offerPre = "offer:"

func offerTimer(handoff int) string { return fmt.Sprintf("%s%d", offerPre, handoff) }

// sentence is an agent's text with a full stop where it has no end, so that
// what the line adds stands apart from it.
func sentence(lang message.Lang, text string) string {
	if r := []rune(text); len(r) > 0 && !strings.ContainsRune(".!?…。！？", r[len(r)-1]) {
		if lang.Chinese() {
			return text + "。"
		}
		return text + "."
	}
	return text
}

// unended is a text without the full stop at its end, to stand in a list.
func unended(text string) string { return strings.TrimRight(strings.TrimSpace(text), ".。 ") }
