package dialog

// heldBack holds words that must not reach the customer, and says whether it
// did.
func (t *turn) heldBack(text string, files int) bool {
	reason := HeldBack(text, files)
	switch {
	case reason == HoldAsk && t.in.Agent.Anyway:
		reason = ""
	case reason == "" && t.s.Blocked:
		reason = HoldBlocked
	}
	if reason == "" {
		return false
	}
	t.holdFor(reason)
	return true
}

// formHeld holds a form whose words must not reach the customer. There is no
// message that could be marked: the person is told in private.
func (t *turn) formHeld(text string) bool {
	reason := HeldBack(text, 0)
	if reason == "" && t.s.Blocked && t.in.Kind != InReturned { // giving back needs nobody to hear it
		reason = HoldBlocked
	}
	if u := t.in.Agent.Until; reason == "" && !u.IsZero() && !u.After(t.in.At) {
		reason = HoldPast
	}
	if reason == "" {
		return false
	}
	t.holdFor(reason)
	return true
}

func (t *turn) holdFor(reason HoldReason) {
	h := Hold{Message: t.in.Agent.Message, Reason: reason, By: t.in.Agent.Name, ByRef: t.in.Agent.Ref}
	if !t.words() {
		h.Message = ""
	}
	if t.s.Handoff != nil {
		h.Handoff, h.Owner = t.s.Handoff.N, t.s.Handoff.Name
	}
	t.emit(h)
}
