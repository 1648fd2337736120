package desk

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// How long an answer counts here. The directory behind keeps its own, longer
// memory; this one only has to outlive the moment between asking and looking
// at the input again.
const (
	keepAllowed = 30 * time.Second
	keepDenied  = 10 * time.Second
	askTimeout  = 15 * time.Second
	// patience is how long a person's acts wait for an answer. After that the
	// directory has been out of reach for so long that acting on them would
	// surprise everybody.
	patience    = 10 * time.Minute
	firstWait   = 50 * time.Millisecond
	longestWait = 2 * time.Second
)

// ErrUnchecked is the door's answer about a person the directory has given no
// answer about for too long.
var ErrUnchecked = errors.New("the person could not be checked for too long")

// Door checks people against a directory without making a turn wait for the
// network: the first question starts a look-up and says when to come back.
// Safe for concurrent use.
type Door struct {
	dir   adapters.Directory
	now   func() time.Time
	spawn func(func(context.Context))

	mu      sync.Mutex
	visits  map[message.UserRef]*visit
	sweepAt time.Time
}

// visit is what is known of one person.
type visit struct {
	asking bool
	since  time.Time // of the first question without an answer; zero = all were answered
	person message.Person
	err    error     // why not, once answered
	until  time.Time // the answer counts until then; zero = there is none
}

// NewDoor makes a door before dir. spawn runs a function in the background,
// with a context that ends with the program; now is the clock.
func NewDoor(dir adapters.Directory, now func() time.Time, spawn func(func(context.Context))) *Door {
	return &Door{dir: dir, now: now, spawn: spawn, visits: map[message.UserRef]*visit{}}
}

// Ask says whether ref may act. wait > 0 means that it is not known yet:
// ask again after that time. Otherwise err says why not (it wraps
// adapters.ErrDenied or ErrUnchecked), or person is who they are.
func (d *Door) Ask(ref message.UserRef) (person message.Person, wait time.Duration, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.now()
	d.sweep(now)
	v := d.visits[ref]
	if v == nil {
		v = &visit{}
		d.visits[ref] = v
	}
	if now.Before(v.until) {
		return v.person, 0, v.err
	}
	if !v.asking {
		v.asking = true
		d.spawn(func(ctx context.Context) { d.look(ctx, ref) })
	}
	if v.since.IsZero() {
		v.since = now
	}
	asked := now.Sub(v.since)
	if asked > patience {
		v.since = time.Time{}
		return message.Person{}, 0, ErrUnchecked
	}
	// As long again as it took so far. Counting the questions instead would
	// make a person wait for long who does several things at once.
	return message.Person{}, min(max(asked, firstWait), longestWait), nil
}

// look asks the directory. Trouble on the way is no answer: nobody is let in
// or turned away over it, the next question asks again.
func (d *Door) look(ctx context.Context, ref message.UserRef) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	person, err := d.dir.Authorize(ctx, ref)
	d.mu.Lock()
	defer d.mu.Unlock()
	v := d.visits[ref]
	v.asking = false
	switch {
	case err == nil:
		*v = visit{person: person, until: d.now().Add(keepAllowed)}
	case errors.Is(err, adapters.ErrDenied):
		*v = visit{err: err, until: d.now().Add(keepDenied)}
	}
}

// sweep forgets answers that no longer count, once in a while, so that
// strangers cannot fill the memory.
func (d *Door) sweep(now time.Time) {
	if now.Before(d.sweepAt) {
		return
	}
	d.sweepAt = now.Add(time.Minute)
	for ref, v := range d.visits {
		if !v.asking && !now.Before(v.until) && now.Sub(v.since) > 2*patience {
			delete(d.visits, ref)
		}
	}
}
