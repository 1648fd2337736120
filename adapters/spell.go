package adapters

import (
	"sync"
	"time"
)

// SpellPause is how long a spell is quiet between two lines in the log.
const SpellPause = time.Minute

// Spell counts what happens often and says little: at the first, and then once
// a minute how often it happened since. The zero value is ready. Safe for
// concurrent use.
type Spell struct {
	mu    sync.Mutex
	said  time.Time
	count int // not said yet
}

// Note counts one. Where say is true, a line is due about the last n.
func (s *Spell) Note(now time.Time) (n int, say bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count++
	return s.due(now)
}

// Over gives how many are still to be said, once the spell has been quiet.
func (s *Spell) Over(now time.Time) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.count == 0 {
		return 0
	}
	n, _ := s.due(now)
	return n
}

func (s *Spell) due(now time.Time) (int, bool) {
	if !s.said.IsZero() && now.Sub(s.said) < SpellPause {
		return 0, false
	}
	n := s.count
	s.said, s.count = now, 0
	return n, true
}
