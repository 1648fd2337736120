package dialog

import (
	"slices"
	"strings"
	"unicode"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Customers come back to ask what became of a promise: by the number they were
// told to name, or by what it was about. They are not asked for an order number
// then: they hear how it stands, with sorry first where it is late, and whoever
// the promise belongs to hears that they asked.

// asksPromise says whether a message that could begin a matter is about what
// was promised already.
func (t *turn) asksPromise() bool {
	if t.in.Kind != InMessage || t.edited || t.in.Reading.Person {
		return false
	}
	if len(t.namedPromises()) > 0 {
		return true
	}
	if _, order := t.in.Reading.Slot(message.SlotOrder); order {
		return false // it is about that order, whatever was promised
	}
	late := t.lateAny()
	if _, status := t.in.Reading.Mentioned(mentionPromise); status && (late || len(t.standing()) > 0) {
		return true
	}
	if r := t.in.Reading; late && !t.tellsMatter() && r.Anger < t.f.Limits.Anger && (r.Asks || t.heated(r.Anger) || r.Objection != message.NoObjection) {
		return true // where is it, then?
	}
	for _, m := range t.in.Reading.Mentions {
		svc := t.serviceHeard(m.Name)
		if svc == nil || m.Dropped {
			continue
		}
		if (late || t.in.Reading.Asks) && (t.promisedService(svc.Name, late) || t.tellsOnly(svc) && len(t.standing()) > 0) {
			return true
		}
	}
	return false
}

// mentionPromise is the section of words that ask after a promise.
const mentionPromise = "promise_status"

// tellsOnly says whether a service is no more than news of how an order stands.
func (t *turn) tellsOnly(svc *flow.Service) bool {
	return len(svc.Ladder) == 0 && svc.Grants() && slices.Contains(svc.Needs, t.f.Catalog.Lookup.Slot)
}

// promisedService says whether something of a service was promised and still
// stands; late, where only what is late counts.
func (t *turn) promisedService(name string, late bool) bool {
	return slices.ContainsFunc(t.s.Promises, func(p expect.Promise) bool {
		return p.Standing() && p.Service == name && (!late || p.Late())
	})
}

// namedPromises are the standing promises whose case number a message names.
func (t *turn) namedPromises() []int {
	text := plainNumber(t.in.Text)
	var out []int
	for _, p := range t.s.Promises {
		if p.Standing() && p.Case != "" && strings.Contains(text, plainNumber(p.Case)) {
			out = append(out, p.N)
		}
	}
	return out
}

// plainNumber is a text in capitals without what people leave out of a case
// number or put into it.
func plainNumber(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, text)
}

// lateAny says whether anything that was promised is late.
func (t *turn) lateAny() bool { return slices.ContainsFunc(t.s.Promises, expect.Promise.Late) }

// speakPromised answers a question about a promise after the end.
func (t *turn) speakPromised() {
	t.side = string(message.SideStatus)
	t.speakSide()
}

// chase passes it on that the customer asks after what is late.
func (t *turn) chase() {
	for _, p := range t.s.Promises {
		if p.Late() {
			t.changed(p, PromiseChased)
		}
	}
}

// yesToWhich says whether a bare yes or no came after a question beside the
// open one, such as whether a promise may take longer. Only its own buttons
// answer that, and under the customer's eyes is that one: the open question is
// put again rather than taken for answered.
func (t *turn) yesToWhich() bool {
	r := t.in.Reading
	if t.in.Kind != InMessage || t.edited || t.s.Ask == nil || t.nothingAsked() || r.Choice != "" || len(r.Mentions) > 0 || !t.bareAnswer() {
		return false
	}
	return t.newerAside() != nil && t.can(flow.Aside)
}

// newerAside is the question beside the open one that was put after it.
func (t *turn) newerAside() *Aside {
	return t.findAside(func(a Aside) bool { return t.s.Ask != nil && a.N > t.s.Ask.N })
}

// speakWhich says which question waits for a press.
func (t *turn) speakWhich() {
	a := t.newerAside()
	if a == nil {
		return
	}
	text := a.Text
	if p := t.findPromise(a.Promise); p != nil {
		text = t.promiseText(*p)
	}
	t.add(t.line("side.which", "text", text, "case", a.Case))
}
