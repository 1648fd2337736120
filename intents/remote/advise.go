package remote

import (
	"context"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
	"github.com/accord-chat/accord/intents/slot"
	"github.com/accord-chat/accord/intents/text"
)

// advised is the confidence of an intent a model chose. It is not measured: it says
// that somebody who reads well took it for the likeliest of a few.
const advised = 0.75

// Advise implements intents.Second.
func (r *Reader) Advise(ctx context.Context, raw string, local message.Reading, c intents.Context) (message.Reading, error) {
	o := r.offer(local, c)
	if o.empty() {
		return local, intents.TroubleNone
	}
	m := mask(raw)
	read := local
	err := r.call(ctx, r.question(o, m.text, local.Lang), func(content string) error {
		a, err := o.read(content)
		if err != nil {
			return err
		}
		read, err = o.apply(raw, m, local, a, c)
		return err
	})
	if err != nil {
		return local, err
	}
	return read, nil
}

// apply puts what was chosen into a reading. Whatever the choice, the answer, the
// objection and the anger stay what the rules found, and nothing is taken away.
func (o offer) apply(raw string, m masked, r message.Reading, a answer, c intents.Context) (message.Reading, error) {
	r.Why = slices.Clone(r.Why)
	if a.value != "" {
		hits, ok := o.value(raw, m.back(a.value), r.Lang, c)
		if !ok {
			return r, intents.TroubleRefused
		}
		r.Slots = append(slices.Clone(r.Slots), hits)
		r.Why = append(r.Why, "advised:value")
	}
	switch { // a button says more than an intent, and would only be said twice with it
	case a.choice != "":
		r.Choice = a.choice
		r.Why = append(r.Why, "advised:choice")
	case a.intent != "":
		name(&r, a.intent)
		r.Why = append(r.Why, "advised:"+a.intent)
	}
	r.InScope = true
	return r, nil
}

// value reads a value from words of the text as if they had been all there was. A
// model points at the words; what they amount to is not left to it.
func (o offer) value(raw, words string, lang message.Lang, c intents.Context) (message.Slot, bool) {
	if !strings.Contains(raw, words) || text.Parse(words).Blank() {
		return message.Slot{}, false
	}
	expect := c.Expect
	expect.Kind = "slot:" + string(o.slot)
	for _, h := range slot.Find(text.Parse(words), slot.Options{Now: c.Now, Zone: c.Zone, Expect: expect, Lang: lang}) {
		if h.Kind == o.slot {
			return h.Slot, true
		}
	}
	return message.Slot{}, false
}

// name makes an intent what the text is about. The sections with reserved names
// have no service behind them: they are things said to any business.
func name(r *message.Reading, intent string) {
	switch intent {
	case "human_agent":
		r.Person = true
	case "greeting":
		r.Side = message.SideGreeting
	case "promise_status":
		r.Side = message.SideStatus
	case "expect":
		r.Side = message.SideExpect
	default:
		if _, there := r.Mentioned(intent); !there {
			r.Mentions = append(slices.Clone(r.Mentions), message.Mention{Name: intent, Score: advised})
		}
	}
	ranked := []message.Ranked{{Name: intent, P: advised}}
	for _, l := range r.Ranked {
		if l.Name != intent {
			ranked = append(ranked, message.Ranked{Name: l.Name, P: min(l.P, (1-advised)/2)})
		}
	}
	r.Intent, r.Confidence, r.Ranked = intent, advised, ranked
}
