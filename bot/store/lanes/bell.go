package lanes

// Bell wakes everybody who listens. It belongs to a mutex of its owner; the
// zero value is ready.
type Bell struct{ ch chan struct{} }

// Listen gives a channel that the next Ring closes.
func (b *Bell) Listen() <-chan struct{} {
	if b.ch == nil {
		b.ch = make(chan struct{})
	}
	return b.ch
}

// Ring costs nothing while nobody listens.
func (b *Bell) Ring() {
	if b.ch != nil {
		close(b.ch)
		b.ch = nil
	}
}

// Outlook says whether there is something to do now; if not, when there will
// be (Unix milliseconds, 0 = not known) and what is closed if that changes.
type Outlook struct {
	Ready bool
	Next  int64
	News  <-chan struct{}
}
