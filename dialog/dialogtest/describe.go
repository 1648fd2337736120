package dialogtest

import (
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
		return s
	case dialog.Relay:
		return describeRelay(e)
	case dialog.Amend:
		if e.Delete {
			return "taken back"
		}
		return "changed to: " + e.Text
	case dialog.Hold:
		return fmt.Sprintf("not sent (%s)", e.Reason)
	case dialog.Unreachable:
		if e.Blocked {
			return "the customer blocked us"
		}
		return "the customer is back"
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
	if e.Case != "" {
		s += " | " + e.Case
	}
	return s
}

// attached is a text with what came or went with it.
func attached(text string, with []message.Attachment) string {
	for _, a := range with {
		text = strings.TrimSpace(text + " (" + string(a.Kind) + ")")
	}
	return text
}

func describeHandoff(e dialog.HandoffChanged) string {
	s := fmt.Sprintf("hand-off %d %s", e.Handoff.N, e.Event)
	if e.By != "" {
		s += " by " + e.By
	}
	if e.Note != "" {
		s += " | " + e.Note
	}
	if e.Event == dialog.HandoffOpened && e.Brief != nil {
		s += ": cause " + e.Brief.Cause
		for _, w := range e.Brief.Wishes {
			s += fmt.Sprintf(" | %s (%s, %s, %d offers)", w.Text, w.Verdict, w.Status, len(w.Offered))
		}
	}
	return s
}
