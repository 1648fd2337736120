package flow

import (
	"cmp"
	"fmt"
	"time"
)

// maxCount is the most a limit that counts may say. Each limit multiplies
// what the proof must walk, and the counters are small.
const maxCount = 50

// limits fills in the defaults and checks what is given.
func (d *document) limits(l Limits) Limits {
	p, usual := path("").in("limits"), DefaultLimits()
	for _, c := range []struct {
		key   string
		value *int
		usual int
		most  int
	}{
		{"refusals", &l.Refusals, usual.Refusals, maxCount},
		{"tries", &l.Tries, usual.Tries, maxCount},
		{"questions", &l.Questions, usual.Questions, maxCount},
		{"misunderstood", &l.Misunderstood, usual.Misunderstood, maxCount},
		{"side_turns", &l.SideTurns, usual.SideTurns, maxCount},
		{"soothing", &l.Soothing, usual.Soothing, maxCount},
		{"corrections", &l.Corrections, usual.Corrections, maxCount},
		{"renewals", &l.Renewals, usual.Renewals, maxCount},
		{"turns", &l.Turns, usual.Turns, 1000},
	} {
		if d.given(p.in(c.key)) && (*c.value < 1 || *c.value > c.most) {
			d.addBetter(d.value(p.in(c.key)), fmt.Sprintf("leave it out for the usual %d", c.usual), "%s must lie between 1 and %d", c.key, c.most)
		}
		*c.value = cmp.Or(*c.value, c.usual)
	}
	if d.given(p.in("anger")) && (l.Anger <= 0 || l.Anger > 1) {
		d.addBetter(d.value(p.in("anger")), fmt.Sprintf("leave it out for the usual %v", usual.Anger), "anger must lie above 0 and be at most 1")
	}
	l.Anger = cmp.Or(l.Anger, usual.Anger)
	d.notAtOnce(p.in("reminder"), l.Reminder)
	d.notAtOnce(p.in("close"), l.Close)
	l.Reminder, l.Close = cmp.Or(l.Reminder, usual.Reminder), cmp.Or(l.Close, usual.Close)
	if l.Close <= l.Reminder {
		d.add(d.value(p.in("close")), "close (%s) must be longer than reminder (%s)", spanned(time.Duration(l.Close)), spanned(time.Duration(l.Reminder)))
	}
	return l
}

// atOnce is the shortest time that anybody can be given: a promise, a reminder or
// a wait that is over sooner was over before it could be read.
const atOnce = Duration(time.Second)

// notAtOnce refuses such a time. None at all is one too where the file says so:
// who writes 0 wants none, and would get the usual one.
func (d *document) notAtOnce(p path, span Duration) {
	if (span > 0 || d.given(p)) && span < atOnce {
		d.add(d.value(p), "%s is over before anybody could read of it: it takes %s at least", time.Duration(span), time.Duration(atOnce))
	}
}

// given says whether a file states a value that could be read.
func (d *document) given(p path) bool {
	_, ok := d.values[p]
	return ok && !d.broken
}

// bursts refuses a close that comes before a burst of messages is over: nobody
// would ever be answered.
func (d *document) bursts(f *flowFile, close Duration) {
	for _, name := range d.order[path("").in("states")] {
		if quiet := f.States[name].Quiet; f.States[name].Kind == Listen && quiet > 0 && close <= quiet {
			d.add(d.value(path("").in("limits", "close")), "close (%s) comes before %q has listened to the end (quiet: %s): nobody would be answered", time.Duration(close), name, time.Duration(quiet))
		}
	}
}

func (d *document) promiseTimes(t PromiseTimes) PromiseTimes {
	usual := DefaultPromiseTimes()
	p := path("").in("promises")
	d.notAtOnce(p.in("remind"), t.Remind)
	d.notAtOnce(p.in("answer"), t.Answer)
	d.notAtOnce(p.in("escalate"), t.Escalate)
	t.Remind, t.Answer, t.Escalate = cmp.Or(t.Remind, usual.Remind), cmp.Or(t.Answer, usual.Answer), cmp.Or(t.Escalate, usual.Escalate)
	return t
}
