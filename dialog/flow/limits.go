package flow

import (
	"cmp"
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
		if *c.value < 0 || *c.value > c.most {
			d.add(d.value(p.in(c.key)), "%s must lie between 1 and %d (0 = the default, %d)", c.key, c.most, c.usual)
		}
		*c.value = cmp.Or(*c.value, c.usual)
	}
	if l.Anger < 0 || l.Anger > 1 {
		d.add(d.value(p.in("anger")), "anger must lie between 0 and 1")
	}
	l.Anger = cmp.Or(l.Anger, usual.Anger)
	l.Reminder, l.Close = cmp.Or(l.Reminder, usual.Reminder), cmp.Or(l.Close, usual.Close)
	if l.Close <= l.Reminder {
		d.add(d.value(p.in("close")), "close (%s) must be longer than reminder (%s)", time.Duration(l.Close), time.Duration(l.Reminder))
	}
	return l
}

func (d *document) promiseTimes(t PromiseTimes) PromiseTimes {
	usual := DefaultPromiseTimes()
	t.Remind, t.Answer, t.Escalate = cmp.Or(t.Remind, usual.Remind), cmp.Or(t.Answer, usual.Answer), cmp.Or(t.Escalate, usual.Escalate)
	return t
}
