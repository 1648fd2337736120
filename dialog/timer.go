package dialog

import (
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/flow"
)

// timer acts on a timer that fell due. One that no longer fits the state is
// no error: it was overtaken by what the customer did.
func (t *turn) timer() error {
	name := t.in.Timer
	kind := t.kind()
	switch {
	case strings.HasPrefix(name, promisePre):
		t.promiseTimerDue(name)
	case name == timerQuiet && kind == flow.Listen && !t.early(0):
		if cl := t.burst(); cl.Name != "" && t.can(cl.Name) {
			return t.run(cl)
		}
	case name == timerWait && kind == flow.Lookup:
		t.holdLine("lookup.late")
		return t.run(flow.Class{Name: flow.Late})
	case name == timerWait && kind == flow.Queue:
		return t.waitStep()
	case name == timerAsk:
		t.askStep()
	case name == timerIdle:
		return t.idleStep()
	case name == timerCheck:
		t.checkStep()
	case strings.HasPrefix(name, offerPre):
		t.offerOver()
	case name == timerRemind && t.can(flow.Remind) && !t.s.Blocked && !t.early(time.Duration(t.f.Limits.Reminder)):
		cl := flow.Class{Name: flow.Remind}
		if kind == flow.Shelve {
			cl.N = uint8(len(t.s.Matter.Shelving)) // at most maxWishes
		}
		if t.f.Table.Admits(t.s.Control, cl) {
			return t.run(cl)
		}
	case name == timerClose && t.can(flow.Silence) && !t.early(time.Duration(t.f.Limits.Close)):
		return t.run(flow.Class{Name: flow.Silence})
	}
	return nil
}

// timerSlack is how much sooner than asked a timer may come: stores keep
// milliseconds.
const timerSlack = 2 * time.Millisecond

// early says whether a timer that counts the customer's silence was overtaken
// by something they did while it was on its way.
func (t *turn) early(span time.Duration) bool {
	return t.in.At.Add(timerSlack).Before(t.s.Matter.LastAt.Add(span))
}

// fact takes what a look-up found. One that comes late still serves: it is
// kept if it is about the order the matter has.
func (t *turn) fact() error {
	f := t.in.Fact
	m := &t.s.Matter
	slot := t.f.Catalog.Lookup.Slot
	if f == nil || m.Slots[slot].Text != f.Key {
		return nil
	}
	if f.Found {
		m.Facts, m.Unverified = filled(f.Row), f.Unverified
		t.dropOvertaken()
		t.datesOfWishes()
		for _, e := range m.Wishes { // named before the order was known
			t.reckonsIn(e.Asked.Currency)
		}
	}
	if t.kind() != flow.Lookup {
		return nil
	}
	t.emit(ClearTimer{Name: timerWait})
	switch {
	case f.Found:
		return t.run(flow.Class{Name: flow.Found})
	case f.Trouble == FactUnreachable: // the number may be right; on without what it would have told
		t.holdLine("lookup.unreachable", "order", f.Key)
		return t.run(flow.Class{Name: flow.Late})
	default:
		t.holdLine(t.unmatched("lookup.missing"), "order", f.Key)
	}
	delete(t.slots(), slot)
	if m.Asked == slot {
		m.Asked = ""
	}
	return t.run(flow.Class{Name: flow.Missing})
}

// unmatched is the line that says that there is nothing under a number. Where
// rows have owners it is the same for what is not there and for what is somebody
// else's: two answers would tell which numbers exist.
func (t *turn) unmatched(key string) string {
	if look := t.f.Catalog.Lookup; look.Whose != "" || look.HTTP != nil && len(look.HTTP.Denied) > 0 {
		return "lookup.other"
	}
	return key
}

// filled leaves out the cells a row has nothing in: they say no more than a
// missing one, and would be carried along in every state from here on.
func filled(row map[string]string) map[string]string {
	out := make(map[string]string, len(row))
	for column, cell := range row {
		if cell != "" {
			out[column] = cell
		}
	}
	return out
}

// waitForCustomer sets or clears what counts the customer's silence: a
// reminder, then a fair close. Only a state that waits for them counts it.
func (t *turn) waitForCustomer() {
	switch t.kind() {
	case flow.Queue, flow.Owned, flow.End, flow.Greet:
		if t.fromCustomer || len(t.trace) > 0 {
			t.emit(ClearTimer{Name: timerQuiet})
			t.emit(ClearTimer{Name: timerRemind})
			t.emit(ClearTimer{Name: timerClose})
			if t.kind() != flow.Queue {
				t.emit(ClearTimer{Name: timerWait})
			}
		}
		return
	case flow.Lookup:
		return
	}
	if t.in.Kind == InTimer && t.in.Timer == timerRemind || !t.fromCustomer && len(t.trace) == 0 {
		return
	}
	if t.can(flow.Remind) && t.s.Control.Reminded == 0 {
		t.emit(SetTimer{Name: timerRemind, Due: t.in.At.Add(time.Duration(t.f.Limits.Reminder))})
	}
	if t.can(flow.Silence) {
		t.emit(SetTimer{Name: timerClose, Due: t.in.At.Add(time.Duration(t.f.Limits.Close))})
	}
}
