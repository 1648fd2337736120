package dialogtest

import (
	"fmt"
	"strings"

	"github.com/accord-chat/accord/dialog"
)

// describe says in a line what agents see of an effect; "" where they see
// nothing.
func describe(e dialog.Effect) string {
	switch e := e.(type) {
	case dialog.HandoffChanged:
		return describeHandoff(e)
	case dialog.PromiseChanged:
		p := e.Promise
		return fmt.Sprintf("task %d %s: %s | %s | %s", p.N, e.Event, p.Text, e.OwnerName, p.Due.Format("2006-01-02 15:04"))
	case dialog.Relay:
		text := e.Text
		for _, a := range e.Attachments {
			text = strings.TrimSpace(text + " (" + string(a.Kind) + ")")
		}
		return fmt.Sprintf("customer (%s): %s", e.What, text)
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

func describeHandoff(e dialog.HandoffChanged) string {
	s := fmt.Sprintf("hand-off %d %s", e.Handoff.N, e.Event)
	if e.By != "" {
		s += " by " + e.By
	}
	if e.Event == dialog.HandoffOpened && e.Brief != nil {
		s += ": cause " + e.Brief.Cause
		for _, w := range e.Brief.Wishes {
			s += fmt.Sprintf(" | %s (%s, %s, %d offers)", w.Text, w.Verdict, w.Status, len(w.Offered))
		}
	}
	return s
}
