package bot

// Points at which Config.Fault is called. Each stands where dying would do
// most harm: between two things that must both happen, or happen once.
const (
	FaultStored    = "intake.stored"  // committed, not acknowledged
	FaultMade      = "turn.made"      // decided, not committed
	FaultCommitted = "turn.committed" // committed, nothing sent
	FaultFired     = "timers.fired"   // moved into the inbox
	FaultTaken     = "outbox.taken"   // marked as being sent, not sent
	FaultSent      = "outbox.sent"    // sent, not noted
	FaultSettled   = "outbox.settled" // noted
	FaultDelayed   = "desk.waiting"   // an agent's act waits at the door
)

// FaultPoints lists all points, for crash tests.
func FaultPoints() []string {
	return []string{FaultStored, FaultMade, FaultCommitted, FaultFired, FaultTaken, FaultSent, FaultSettled, FaultDelayed}
}

func (b *Bot) fault(point string) {
	if b.cfg.Fault != nil {
		b.cfg.Fault(point)
	}
}
