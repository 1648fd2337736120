package dialog

import (
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// What an owner offers or promises is theirs: it is said in their voice, and
// what comes of it is a task under their name. The bot itself stays silent.
//
//	offered, with a time     stands until then; a yes promises it by then
//	offered, without a time  stands as long as the flow gives an answer;
//	                         a yes promises it by the usual time, and only
//	                         then the customer reads one
//	offered again            the newer one takes the place of the older
//
// A yes is confirmed at once with what was noted, its time and its number: by
// the bot where it may speak, else in the voice of the owner whose offer it is,
// as part of what they set going.

// agentOffers puts an owner's offer to the customer, with buttons. One stands
// at a time, whoever owns the conversation until it is answered or over.
func (t *turn) agentOffers() {
	text := strings.TrimSpace(t.in.Text)
	if t.formHeld(text) {
		return
	}
	h := t.s.Handoff
	text = clip(text, maxQuote)
	by, dated := t.givenTime()
	number := t.caseNumber()
	t.endOffers()
	t.answered()
	a := Aside{Kind: AsideOffer, Handoff: h.N, Until: by, Undated: !dated, Case: number, Text: unended(text), By: h.Name,
		Choices: []message.Choice{t.choice(choiceYes, "button.yes"), t.choice(choiceNo, "button.no")}}
	t.putAside(a, t.line("agent.offer", "text", sentence(t.s.Lang, text), "by", a.told(), "case", number), message.Agent)
	t.emit(SetTimer{Name: offerTimer(h.N), Due: by})
	until := by
	if !dated {
		until = time.Time{}
	}
	t.handoffTold(HandoffAsked, text, until, number)
}

// givenTime is the time an agent named and true, or the usual one and false.
func (t *turn) givenTime() (time.Time, bool) {
	if u := t.in.Agent.Until; !u.IsZero() {
		return t.legible(u), true
	}
	return t.answerBy(), false
}

// told is an offer's time as lines take it: nothing where none was named.
func (a Aside) told() any {
	if a.Undated {
		return ""
	}
	return a.Until
}

// endOffers takes the place of an offer that still stands: its buttons go, and
// its thread hears that it is over.
func (t *turn) endOffers() {
	var old []Aside
	for _, a := range t.s.Asides {
		if a.Kind == AsideOffer {
			old = append(old, a)
		}
	}
	t.dropAsides("", func(a Aside) bool { return a.Kind == AsideOffer })
	for _, a := range old {
		t.emit(ClearTimer{Name: offerTimer(a.Handoff)})
		t.offerLapsed(a)
	}
}

// offerLapsed tells the thread of an offer that is over without an answer.
func (t *turn) offerLapsed(a Aside) {
	t.refused(a, true)
	t.emit(Relay{Handoff: a.Handoff, What: "lapsed", Name: t.s.From.Name, Text: a.Text})
}

// maxRefused bounds what a hand-off keeps of offers that were not taken.
const maxRefused = 6

// refused keeps an offer that was not taken, so that nobody makes it twice.
func (t *turn) refused(a Aside, lapsed bool) {
	h := t.s.Handoff
	if h == nil || h.N != a.Handoff {
		return
	}
	h.Refused = append(h.Refused, a.offer(lapsed))
	if n := len(h.Refused); n > maxRefused {
		h.Refused = h.Refused[n-maxRefused:]
	}
}

// offerAnswered notes what a customer says to an agent's offer.
func (t *turn) offerAnswered(a Aside, yes bool) {
	t.emit(ClearTimer{Name: offerTimer(a.Handoff)})
	if !yes {
		t.refused(a, false)
		t.emit(Relay{Handoff: a.Handoff, What: "declined", Name: t.s.From.Name, Text: a.Text})
		t.unanswered()
		t.addFree("offer.left", "text", a.Text, "agent", a.By)
		return
	}
	by := a.Until
	if a.Undated || !by.After(t.in.At) {
		by = t.answerBy()
	}
	t.emit(Relay{Handoff: a.Handoff, What: "accepted", Name: t.s.From.Name, Text: a.Text, Case: a.Case, Until: by})
	t.personal(a.By, a.Text, a.Case, by)
	t.confirm(a, by)
}

// confirm says what was noted. Whoever said yes and reads nothing does not know
// whether it counts.
func (t *turn) confirm(a Aside, by time.Time) {
	words := t.line("offer.taken", "text", a.Text, "by", by, "case", a.Case, "agent", a.By)
	if t.free() {
		t.add(words)
		return
	}
	t.speakAs(a.By, Say{Out: message.Outbound{Text: words}})
}

// addFree adds a line where the bot may speak.
func (t *turn) addFree(key string, more ...any) {
	if t.free() {
		t.add(t.line(key, more...))
	}
}

// offerOver ends an offer nobody answered in its time. The thread hears that
// nobody answered, which is not a no; the customer hears it when the bot may
// speak.
func (t *turn) offerOver() {
	a := t.findAside(func(a Aside) bool { return a.Kind == AsideOffer && offerTimer(a.Handoff) == t.in.Timer })
	if a == nil || t.in.At.Add(timerSlack).Before(a.Until) {
		return
	}
	offer := *a
	t.dropAsides("", func(a Aside) bool { return a.N == offer.N })
	t.offerLapsed(offer)
	t.tell("offer.over", "text", offer.Text, "agent", offer.By, "by", offer.told(), "case", offer.Case)
}

// agentPromises records an owner's promise and says it in their voice.
func (t *turn) agentPromises() {
	text := strings.TrimSpace(t.in.Text)
	if t.formHeld(text) {
		return
	}
	text = clip(text, maxQuote)
	h := t.s.Handoff
	by, _ := t.givenTime()
	p := t.personal(h.Name, unended(text), t.caseNumber(), by)
	t.answered()
	words := t.line("agent.promise", "text", sentence(t.s.Lang, text), "by", by, "case", p.Case)
	t.speakAs(h.Name, Say{Out: message.Outbound{Text: words}, Mark: t.in.Agent.Message})
	t.handoffTold(HandoffPromised, text, by, p.Case)
}

// handoffTold shows the thread what its owner has told the customer.
func (t *turn) handoffTold(event HandoffEvent, text string, until time.Time, number string) {
	e := t.handoffEvent(event, text)
	e.Until, e.Case = until, number
	t.emit(e)
}

// personal opens a promise that a person made in their own name.
func (t *turn) personal(owner, text, number string, by time.Time) expect.Promise {
	return t.record(expect.Promise{Case: number, Kind: expect.ToDo, Text: text, Owner: owner, Personal: true, Due: by})
}
