package slack

import (
	"slices"
	"sync"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	marksSize = 4096
	// A message written before our start, or so little after it that clocks may
	// differ by as much, may carry marks of another life.
	marksMargin = 5 * time.Minute
)

// states are all states in the order in which they usually come.
var states = []adapters.MarkState{adapters.MarkSent, adapters.MarkHeld, adapters.MarkKept, adapters.MarkFailed, adapters.MarkDelivered}

// marks remembers which marks may stand on which message. Slack lets few
// reactions a minute be taken away, and most messages have only ever one: trying
// to take three away each time would use up the limit at seven messages a
// minute. Safe for concurrent use.
type marks struct {
	start time.Time
	mu    sync.Mutex
	stand map[message.PlatformID][]adapters.MarkState
	past  []message.PlatformID // the keys of stand, oldest first
}

func newMarks(start time.Time) *marks {
	return &marks{start: start.Add(marksMargin), stand: map[message.PlatformID][]adapters.MarkState{}}
}

// trying notes that state is about to be put on a message: from then on it may
// stand there, whatever comes of the try. It gives the others that may.
func (m *marks) trying(id message.PlatformID, ts string, state adapters.MarkState) (others []adapters.MarkState) {
	m.mu.Lock()
	defer m.mu.Unlock()
	set, known := m.stand[id]
	if !known {
		m.forgetOldest(id)
		if !moment(ts).After(m.start) {
			set = states
		}
	}
	m.stand[id] = append(slices.DeleteFunc(slices.Clone(set), func(s adapters.MarkState) bool { return s == state }), state)
	return slices.Clone(m.stand[id][:len(m.stand[id])-1])
}

// gone notes that a mark does not stand on a message any more.
func (m *marks) gone(id message.PlatformID, state adapters.MarkState) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if set, known := m.stand[id]; known {
		m.stand[id] = slices.DeleteFunc(set, func(s adapters.MarkState) bool { return s == state })
	}
}

func (m *marks) forgetOldest(newest message.PlatformID) {
	if m.past = append(m.past, newest); len(m.past) > marksSize {
		delete(m.stand, m.past[0])
		m.past = m.past[1:]
	}
}
