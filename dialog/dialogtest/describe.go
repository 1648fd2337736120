package dialogtest

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// describe says in a line what agents see of an effect; "" where they see
// nothing.
func describe(e dialog.Effect) string {
	switch e := e.(type) {
	case dialog.HandoffChanged:
		return describeHandoff(e)
	case dialog.PromiseChanged:
		p := e.Promise
		if p.Text == "" {
			return fmt.Sprintf("task %d %s: there is none with this number", p.N, e.Event)
		}
		s := fmt.Sprintf("task %d %s: %s | %s | %s", p.N, e.Event, p.Text, e.OwnerName, stamp(p.Due))
		if p.State == expect.PromiseWithdrawn {
			s += " | withdrawn"
		}
		if !e.Until.IsZero() {
			s += " | until " + stamp(e.Until)
		}
		if e.Next > 0 {
			s += fmt.Sprintf(" | task %d in its place", e.Next)
		}
		if e.Waits != "" {
			s += " | the customer hears it after " + e.Waits
		}
		return s
	case dialog.Relay:
		return describeRelay(e)
	case dialog.Amend:
		if e.Delete {
			return "taken back"
		}
		return "changed to: " + e.Text
	case dialog.Hold:
		if e.Message == "" {
			return fmt.Sprintf("not sent (%s), and %s is told", e.Reason, e.By)
		}
		return fmt.Sprintf("not sent (%s)", e.Reason)
	case dialog.Unreachable:
		if e.Blocked {
			return "the customer blocked us"
		}
		return "the customer is back"
	case dialog.Rated:
		about := "treatment"
		if e.Expectation != nil {
			about = e.Expectation.Service
		}
		return fmt.Sprintf("rated in %s: %s (%s), %d of 9", e.Survey, about, e.Aspect, e.Score)
	case dialog.FollowedUp:
		return fmt.Sprintf("followed up, %s, task %d: %s", e.FollowUp, e.Promise, e.Answer)
	}
	return ""
}

// stamp is a time as scripts write it: a day alone where it ends with the day.
func stamp(at time.Time) string {
	if at.Hour() == 23 && at.Minute() == 59 {
		return at.Format(dayForm)
	}
	return at.Format(timeForm)
}

func describeRelay(e dialog.Relay) string {
	s := fmt.Sprintf("customer (%s): %s", e.What, attached(e.Text, e.Attachments))
	if e.Before != "" {
		s += " | was: " + e.Before
	}
	for _, part := range []string{e.About, e.Case, due(e.Until)} {
		if part != "" {
			s += " | " + part
		}
	}
	return s
}

// due is a time as scripts write it; "" for none.
func due(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return stamp(at)
}

// attached is a text with what came or went with it.
func attached(text string, with []message.Attachment) string {
	for _, a := range with {
		text = strings.TrimSpace(text + " (" + string(a.Kind) + ")")
	}
	return text
}

func describeHandoff(e dialog.HandoffChanged) string {
	if e.Event == dialog.HandoffBriefed { // the card alone; scripts ask for it
		return ""
	}
	s := fmt.Sprintf("hand-off %d %s", e.Handoff.N, e.Event)
	if e.By != "" {
		s += " by " + e.By
	}
	for _, part := range []string{e.Note, due(e.Until), e.Case} {
		if part != "" {
			s += " | " + part
		}
	}
	if e.Event == dialog.HandoffOpened && e.Brief != nil {
		s += ": cause " + e.Brief.Cause + describeWishes(*e.Brief)
	}
	return s
}

func describeWishes(b dialog.Brief) string {
	var s string
	for _, w := range b.Wishes {
		s += fmt.Sprintf(" | %s (%s, %s, %d offers)", w.Text, w.Verdict, w.Status, len(w.Offered))
	}
	return s
}

// describeBrief writes a card out, for scripts that ask for it.
func describeBrief(b dialog.Brief) string {
	s := "card: " + b.Cause
	add := func(name, text string) {
		if text != "" {
			s += " | " + name + ": " + text
		}
	}
	add("by", b.By)
	add("note", b.Note)
	add("customer", b.Customer)
	add("order", strings.TrimSpace(b.Order+" "+b.Item))
	add("incident", b.Incident)
	for _, f := range b.Facts {
		add("fact", f)
	}
	if b.Ranked {
		add("order of the wishes", "the customer's")
	}
	s += describeWishes(b)
	for _, w := range b.Wishes {
		for _, o := range w.Offered {
			add("not taken", strings.Join(o, " + "))
		}
	}
	for _, p := range b.Promises {
		add("promise", fmt.Sprintf("%s %s, %s, %s, %s", p.Case, p.Text, p.Owner, stamp(p.Due), p.State))
	}
	if o := b.Offer; o != nil {
		add("offered", strings.TrimSpace(o.By+": "+o.Text+" "+due(o.Until)))
	}
	for _, o := range b.Refused {
		what := "refused"
		if o.Lapsed {
			what = "lapsed"
		}
		add(what, o.By+": "+o.Text)
	}
	if b.Settled != nil {
		add("settled before", b.Settled.By+": "+b.Settled.Note)
	}
	for _, l := range b.Transcript {
		add(cmp.Or(l.Name, string(l.By), "customer"), l.Text)
	}
	return s
}
