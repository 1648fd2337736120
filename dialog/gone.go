package dialog

import (
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// Questions that are over leave their buttons on the customer's screen longer
// than on ours. A press that comes late still says what its customer wants:
//
//	what to do while nobody comes   counts as long as nobody has come
//	may a promise take longer?      counts as long as the promise stands
//	how did it go, is all well?     counts once
//	anything else                   is stale, and agents read its words

// maxGone is how many questions that are over are kept.
const maxGone = 8

// gone keeps a question that is over; chosen is the label that ended it, if
// one did.
func (t *turn) gone(a Aside, chosen string) {
	if a.N == 0 || len(a.Choices) == 0 {
		return
	}
	a.Pressed = chosen != ""
	if a.Check != nil {
		a.Check = a.Check.brief()
	}
	old := t.s.Gone[max(0, len(t.s.Gone)-maxGone+1):]
	t.s.Gone = append(append(make([]Aside, 0, len(old)+1), old...), a)
}

// over are the questions that are over, for whoever writes into them.
func (t *turn) over() []Aside {
	t.s.Gone = slices.Clone(t.s.Gone)
	return t.s.Gone
}

// late gives the question that is over and still takes a press.
func (s State) late(question int) (Aside, bool) {
	i := slices.IndexFunc(s.Gone, func(a Aside) bool { return a.N == question })
	if question == 0 || i < 0 || s.Gone[i].Pressed {
		return Aside{}, false
	}
	a := s.Gone[i]
	switch a.Kind {
	case AsideWait:
		return a, s.Handoff != nil && s.Handoff.N == a.Handoff && s.Handoff.Owner == ""
	case AsideSurvey, AsideFollowUp:
		return a, true
	case AsideRenew:
		return a, slices.ContainsFunc(s.Promises, func(p expect.Promise) bool { return p.N == a.Promise && p.Standing() && !p.Declined })
	}
	return a, false
}

// pressedLate takes a press on a question that is over. Where the same thing
// is being asked once more, it answers that.
func (t *turn) pressedLate(a Aside) error {
	if open := t.findAside(func(b Aside) bool {
		return b.N > 0 && b.Kind == a.Kind && b.Handoff == a.Handoff && b.Promise == a.Promise && (a.Check == nil || b.asksAs(a))
	}); open != nil {
		return t.asidePressed(*open)
	}
	over := t.over()
	for i := range over {
		over[i].Pressed = over[i].Pressed || over[i].N == a.N
	}
	t.s.Answered, t.s.Matter.LastAt = a.N, t.in.At
	yes := t.in.Tap.Choice == choiceYes
	switch {
	case a.Check != nil:
		return t.checkPressed(a, true)
	case a.Kind == AsideWait:
		t.waitChosenLate(a, t.in.Tap.Choice)
	case yes && !a.Until.After(t.in.At): // consent to a time that has passed as well
		t.staleWords()
	default:
		t.renewalAnswered(a, yes)
	}
	return nil
}

// staleWords meets a press that counts for nothing any more, where the bot may
// speak.
func (t *turn) staleWords() {
	if t.s.Handoff != nil {
		t.relay()
	}
	t.addFree("side.stale")
}

// waitChosenLate does what a customer chose after they were promised an answer
// without having chosen. A call takes that promise's place; whoever waits on
// keeps it.
func (t *turn) waitChosenLate(a Aside, choice string) {
	h := t.s.Handoff
	h.Choice = choice
	p := t.awaited()
	switch {
	case p == nil:
		t.waitChosen(a, choice, t.pressedLabel())
		return
	case choice == choiceCall && p.Do != expect.DoCall:
		by := p.Due
		if !by.After(t.in.At) {
			by = t.answerBy()
		}
		t.takeBack(p.N)
		h.Promise = 0
		t.promiseCall(by)
	default:
		t.add(t.line("wait.answer", "by", p.Due, "case", p.Case))
	}
	t.emit(Relay{Handoff: h.N, What: choice, Name: t.s.From.Name, Text: t.pressedLabel(), Case: t.awaited().Case})
}

// pressed is the question whose button was pressed, open or over.
func (t *turn) pressed() (Aside, bool) {
	if t.in.Tap == nil {
		return Aside{}, false
	}
	n := t.in.Tap.Question
	if t.s.Ask != nil && t.s.Ask.N == n {
		return Aside{N: n, Choices: t.s.Ask.Choices}, true
	}
	for _, list := range [][]Aside{t.s.Asides, t.s.Gone} {
		if i := slices.IndexFunc(list, func(a Aside) bool { return a.N == n }); n > 0 && i >= 0 {
			return list[i], true
		}
	}
	return Aside{}, false
}

// pressedLabel is what the pressed button says; "" where nobody knows any
// more.
func (t *turn) pressedLabel() string {
	if t.in.Tap == nil {
		return ""
	}
	if lang, ok := strings.CutPrefix(t.in.Tap.Choice, langChoice); ok && t.speaks(message.Lang(lang)) {
		return t.line("lang." + lang)
	}
	a, _ := t.pressed()
	for _, c := range a.Choices {
		if c.ID == t.in.Tap.Choice {
			return c.Label
		}
	}
	return ""
}

// pressedAbout is what the pressed button's question was about, where a label
// such as "no" does not tell.
func (t *turn) pressedAbout() string {
	a, _ := t.pressed()
	if p := t.findPromise(a.Promise); p != nil {
		return p.Text
	}
	return a.Text
}
