package dialog

import (
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// What an owner offers or promises is theirs: it is said in their voice, and
// what comes of it is a task under their name. The bot itself stays silent.

// agentOffers puts an owner's offer to the customer, with buttons. One stands
// at a time: a newer one takes its place. It stands until it is answered or
// its time comes, whoever owns the conversation then.
func (t *turn) agentOffers() {
	text := strings.TrimSpace(t.in.Text)
	if t.heldBack(text, 0) {
		return
	}
	h := t.s.Handoff
	text = clip(text, maxQuote)
	by := t.givenTime()
	number := t.caseNumber()
	t.endOffers()
	t.answered()
	a := Aside{Kind: AsideOffer, Handoff: h.N, Until: by, Case: number, Text: unended(text), By: h.Name,
		Choices: []message.Choice{t.choice(choiceYes, "button.yes"), t.choice(choiceNo, "button.no")}}
	t.putAside(a, t.line("agent.offer", "text", sentence(t.s.Lang, text), "by", by, "case", number), message.Agent)
	t.emit(SetTimer{Name: offerTimer(h.N), Due: by})
	t.handoffChanged(HandoffAsked, text)
}

// givenTime is the time an agent named, or the usual one where they named none
// that is still to come.
func (t *turn) givenTime() time.Time {
	if u := t.in.Agent.Until; u.After(t.in.At) {
		return t.legible(u)
	}
	return t.answerBy()
}

// endOffers takes the buttons off an offer that no longer stands.
func (t *turn) endOffers() {
	for _, a := range t.s.Asides {
		if a.Kind == AsideOffer {
			t.emit(ClearTimer{Name: offerTimer(a.Handoff)})
		}
	}
	t.dropAsides("", func(a Aside) bool { return a.Kind == AsideOffer })
}

// offerAnswered notes what a customer says to an agent's offer. Where a person
// owns the conversation they answer; else the bot says what was noted.
func (t *turn) offerAnswered(a Aside, yes bool) {
	t.emit(ClearTimer{Name: offerTimer(a.Handoff)})
	r := Relay{Handoff: a.Handoff, What: "declined", Name: t.s.From.Name, Text: a.Text}
	if !yes {
		t.emit(r)
		t.unanswered()
		t.addFree("offer.left", "text", a.Text, "agent", a.By)
		return
	}
	by := a.Until
	if !by.After(t.in.At) {
		by = t.answerBy()
	}
	r.What, r.Case = "accepted", a.Case
	t.emit(r)
	t.personal(a.By, a.Text, a.Case, by)
	t.addFree("offer.taken", "text", a.Text, "by", by, "case", a.Case, "agent", a.By)
}

// addFree adds a line where the bot may speak.
func (t *turn) addFree(key string, more ...any) {
	if t.free() {
		t.add(t.line(key, more...))
	}
}

// offerOver ends an offer nobody answered in its time. The thread hears it as
// not taken; the customer hears it when the bot may speak.
func (t *turn) offerOver() {
	a := t.findAside(func(a Aside) bool { return a.Kind == AsideOffer && offerTimer(a.Handoff) == t.in.Timer })
	if a == nil || t.in.At.Add(timerSlack).Before(a.Until) {
		return
	}
	offer := *a
	t.dropAsides("", func(a Aside) bool { return a.N == offer.N })
	t.emit(Relay{Handoff: offer.Handoff, What: "declined", Name: t.s.From.Name, Text: offer.Text})
	t.tell("offer.over", "text", offer.Text, "agent", offer.By, "by", offer.Until, "case", offer.Case)
}

// agentPromises records an owner's promise and says it in their voice.
func (t *turn) agentPromises() {
	text := strings.TrimSpace(t.in.Text)
	if t.heldBack(text, 0) {
		return
	}
	text = clip(text, maxQuote)
	h, by := t.s.Handoff, t.givenTime()
	p := t.personal(h.Name, unended(text), t.caseNumber(), by)
	t.answered()
	words := t.line("agent.promise", "text", sentence(t.s.Lang, text), "by", by, "case", p.Case)
	t.emit(Say{Out: message.Outbound{Text: words, Lang: t.s.Lang, From: message.Agent}, State: t.stateName(), Mark: t.in.Agent.Message})
}

// personal opens a promise that a person made in their own name.
func (t *turn) personal(owner, text, number string, by time.Time) expect.Promise {
	return t.record(expect.Promise{Case: number, Kind: expect.ToDo, Text: text, Owner: owner, Personal: true, Due: by})
}
