package dialog

import (
	"slices"
	"strings"
	"unicode"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// A follow-up asks, days after a promise was carried out, whether all is well.
// It is asked once a case, however many promises the case had: when the last
// is kept, and about that. "Not all right" opens a new matter, with what the old one
// had looked up; where something else is going on, a colleague takes it up.

// Ids of the choices of a follow-up, and what [FollowedUp] says.
const (
	choiceWell  = "well"
	choiceAgain = "again"
	choiceWrong = "wrong"
)

// planFollowUps plans what is asked about a promise that was carried out. An
// answer and a call are over with themselves.
func (t *turn) planFollowUps(p expect.Promise) {
	defer func(drawn uint64) { t.drawn = drawn }(t.drawn) // nothing of it is said now
	if p.Kind != expect.ToDo || p.Do == expect.DoCall || t.followedUp(p.Case) || t.unkept(p.Case) {
		return
	}
	for _, u := range t.f.FollowUps {
		if u.IfWanted == "" {
			c := Check{Kind: AsideFollowUp, Name: u.Name, From: t.in.At.Add(u.After).UTC(), Until: t.in.At.Add(u.Until).UTC(),
				Case: p.Case, Promise: p.N, Kept: t.in.At, Text: t.promiseText(p)}
			if m := t.s.Matter; m.Case == p.Case {
				c.Order = m.Slots[t.f.Catalog.Lookup.Slot]
			}
			t.plan(c)
		}
	}
}

// followedUp says whether a case was asked about already.
func (t *turn) followedUp(number string) bool {
	for _, list := range [][]Aside{t.s.Asides, t.s.Gone} {
		for _, a := range list {
			if a.Kind == AsideFollowUp && a.Case == number {
				return true
			}
		}
	}
	return false
}

// unkept says whether something of a case is still to be carried out.
func (t *turn) unkept(number string) bool {
	return slices.ContainsFunc(t.s.Promises, func(p expect.Promise) bool { return p.Case == number && p.Standing() })
}

// putFollowUp asks, unless more was promised since: then it is asked when that
// is kept.
func (t *turn) putFollowUp(c Check) {
	if t.unkept(c.Case) {
		return
	}
	choices := []message.Choice{t.choice(choiceWell, "button.all_well")}
	if t.f.Again(c.Name) != nil {
		choices = append(choices, t.choice(choiceAgain, "button.ask_again"))
	}
	choices = append(choices, t.choice(choiceWrong, "button.not_well"))
	t.putCheckAside(c, c.Text, t.line("follow_up."+c.Name, "text", c.Text, "case", c.Case), choices)
}

// followUpAnswered does what the customer said to a follow-up.
func (t *turn) followUpAnswered(c Check, choice string) error {
	t.emit(FollowedUp{FollowUp: c.Name, Case: c.Case, Promise: c.Promise, Answer: choice})
	next := t.f.Again(c.Name)
	switch {
	case choice == choiceWrong:
		return t.notWell(c)
	case choice == choiceAgain && next != nil && t.in.At.Before(c.Kept.Add(next.Until)) && !t.s.NoChecks:
		again := c
		again.Name, again.From, again.Until = next.Name, c.Kept.Add(next.After).UTC(), c.Kept.Add(next.Until).UTC()
		if !again.From.After(t.in.At) {
			again.From = t.in.At.Add(checkPause).UTC()
		}
		t.plan(again)
		t.add(t.line("follow_up.again", "by", t.local(t.loud(again.From))))
	case t.s.Owned(): // by the time the bot may speak nobody thinks of it any more
	default:
		t.add(t.line("follow_up.fine"))
	}
	return nil
}

// notWell takes up again what the customer says is not all right: as a new
// matter, or, where one is on the way, through a colleague.
func (t *turn) notWell(c Check) error {
	if !t.rests() {
		if t.s.Handoff != nil {
			t.relay()
		}
		p := t.passOn(c.Case, t.keeper(c.Promise), "promised.follow_up", "text", c.Text)
		t.add(t.line("follow_up.passed", "by", p.Due, "case", p.Case, "text", c.Text))
		return nil
	}
	if err := t.reopen(c); err != nil {
		return err
	}
	t.askWrong(c)
	return nil
}

// reopen begins a matter about what a follow-up asked after.
func (t *turn) reopen(c Check) error {
	t.newMatter()
	t.s.Matter.Reopens = t.line("promise.item", "text", c.Text, "case", c.Case)
	t.sameOrderAs(c)
	if err := t.run(flow.Class{Name: flow.Message}); err != nil {
		return err
	}
	t.s.Matter.Greet = "" // the follow-up has greeted them
	return nil
}

// askWrong asks what the trouble is.
func (t *turn) askWrong(c Check) {
	t.ask(t.line("follow_up.wrong", "text", c.Text, "case", c.Case), []message.Choice{t.choice(choicePerson, "button.person")}, "")
}

// complains says whether a message after a follow-up says, in words of its own,
// that not all is well. A bare "no" does not: whether it means that depends on
// how the flow asks, so its buttons are put again.
func (t *turn) complains() bool {
	a, r := t.openCheck(), t.in.Reading
	if a == nil || a.Kind != AsideFollowUp || t.in.Kind != InMessage || t.edited || r.Person || t.sideOf() != "" || r.Answer == message.Accept {
		return false
	}
	if order, named := r.Slot(message.SlotOrder); named && order.Text != a.Check.Order.Text {
		return false // it is about another
	}
	told := slices.ContainsFunc(r.Mentions, func(m message.Mention) bool {
		svc, p := t.serviceHeard(m.Name), t.findPromise(a.Check.Promise)
		return t.incidentHeard(m.Name) != nil || svc != nil && p != nil && svc.Name == p.Service
	})
	if !told && a.Points == 0 && bareNo(t.in.Text) {
		return false
	}
	return told || t.heated(r.Anger) || r.Objection != message.NoObjection || r.Answer == message.Refuse
}

// bareNo says whether a refusal is no more than one word or two.
func bareNo(text string) bool {
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return len([]rune(strings.TrimSpace(text))) <= 3
	}
	return len(strings.Fields(text)) <= 2
}

// complained takes up again what a customer says is not all right: their words
// are the first of the new matter, and only where they name nothing that is
// known are they asked what the trouble is.
func (t *turn) complained() error {
	a := *t.openCheck()
	t.dropAsides("", func(b Aside) bool { return b.N == a.N })
	told := t.tellsMatter()
	if err := t.reopen(*a.Check); err != nil {
		return err
	}
	if told {
		return t.listening()
	}
	t.hear()
	t.s.Matter.Anger = 0 // the question that follows is soft enough
	t.askWrong(*a.Check)
	return nil
}

// sameOrderAs takes over what the matter of a follow-up was about, and has it
// looked up again: much may have changed since.
func (t *turn) sameOrderAs(c Check) {
	slot, m := t.f.Catalog.Lookup.Slot, &t.s.Matter
	if slot == "" || c.Order.Text == "" || len(m.Facts) > 0 {
		return
	}
	t.slots()[slot], m.Kept, m.Looked = c.Order, c.Order.Text, c.Order.Text
	t.emit(LookUp{Key: c.Order.Text, Customer: t.s.From.Ref})
}

// keeper is the department a promise belonged to; "" where it was a person's
// own or nobody knows any more.
func (t *turn) keeper(n int) string {
	if p := t.findPromise(n); p != nil && !p.Personal {
		return p.Owner
	}
	return ""
}

// reopenedInSilence passes on what a customer said is not all right, where
// they fell silent before it was dealt with: it was said, and is not forgotten.
func (t *turn) reopenedInSilence(cl flow.Class) {
	m := &t.s.Matter
	if m.Reopens == "" || cl.Name != flow.Silence || len(m.Made) > 0 {
		return
	}
	p := t.passOn("", "", "promised.follow_up", "text", m.Reopens)
	m.Case = p.Case
	t.add(t.line("follow_up.passed", "by", p.Due, "case", p.Case, "text", m.Reopens))
}
