package slack

// gap says that something may have been missed. Signals that nobody has taken
// yet are one.
type gap chan struct{}

func newGap() gap { return make(gap, 1) }

func (g gap) signal() {
	select {
	case g <- struct{}{}:
	default:
	}
}
