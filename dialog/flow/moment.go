package flow

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

// Layouts of days and hours in facts.
const (
	dayLayout  = "2006-01-02"
	hourLayout = "2006-01-02T15:04"
)

// moment is a point in time, or a whole day where hour is false (t is then
// its midnight).
type moment struct {
	t    time.Time
	hour bool
}

// moments are written as one of these.
type momentKind uint8

const (
	spanFromNow momentKind = iota // "90m": exactly then
	daysFromNow                   // "2d": that day
	factMoment
	slotMoment
	fixedDay
)

// momentExpr is a compiled time expression: a base, perhaps set to a clock
// time of that day.
type momentExpr struct {
	kind   momentKind
	span   time.Duration
	days   int
	name   string // fact or slot
	day    string // fixedDay
	clock  time.Duration
	clocks bool
}

var (
	errMoment = errors.New(`expects a span from now, fact:NAME or slot:NAME, perhaps with a clock time, such as "2d 20:00"`)
	clockForm = regexp.MustCompile(`^([01]\d|2[0-3]):([0-5]\d)$`)
	nameForm  = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
)

// parseMoment reads a time expression: "2d", "36h", "fact:NAME", "slot:NAME"
// or a day such as 2026-11-28, each perhaps followed by " 20:00".
func parseMoment(s string) (momentExpr, error) {
	base, clock, set := strings.Cut(s, " ")
	var e momentExpr
	if set {
		m := clockForm.FindStringSubmatch(clock)
		if m == nil {
			return e, errMoment
		}
		h, _ := strconv.Atoi(m[1])
		min, _ := strconv.Atoi(m[2])
		e.clocks, e.clock = true, time.Duration(h)*time.Hour+time.Duration(min)*time.Minute
	}
	if name, ok := strings.CutPrefix(base, "fact:"); ok {
		e.kind, e.name = factMoment, name
		return e, named(name)
	}
	if name, ok := strings.CutPrefix(base, "slot:"); ok {
		e.kind, e.name = slotMoment, name
		return e, named(name)
	}
	if _, err := time.Parse(dayLayout, base); err == nil {
		e.kind, e.day = fixedDay, base
		return e, nil
	}
	span, err := parseDuration(base)
	if err != nil {
		return e, errMoment
	}
	e.kind, e.span = spanFromNow, span
	if strings.HasSuffix(base, "d") {
		e.kind, e.days = daysFromNow, int(span/(24*time.Hour))
	}
	return e, nil
}

func named(name string) error {
	if !nameForm.MatchString(name) {
		return errMoment
	}
	return nil
}

// in finds the moment in env; false where a fact or slot it needs is missing
// or holds no time.
func (e momentExpr) in(env Env) (moment, bool) {
	zone, now := env.zone(), env.Now.In(env.zone())
	var m moment
	ok := true
	switch e.kind {
	case spanFromNow:
		m = moment{now.Add(e.span), true}
	case daysFromNow:
		m = moment{midnight(now.AddDate(0, 0, e.days)), false}
	case factMoment:
		m, ok = parseTime(env.Facts[e.name], zone)
	case slotMoment:
		m, ok = slotTime(env.Slots[e.name], zone)
	case fixedDay:
		m, ok = parseTime(e.day, zone)
	}
	if ok && e.clocks {
		m = moment{atClock(m.t, e.clock), true}
	}
	return m, ok
}

// deadline is the last instant of m: a whole day lasts until its evening, so
// that "by Friday" is not broken on Friday morning.
func (m moment) deadline() time.Time {
	if m.hour {
		return m.t
	}
	return atClock(m.t, endOfDay)
}

// endOfDay is the clock time that stands for a whole day: a line shows no
// hour for it.
const endOfDay = 23*time.Hour + 59*time.Minute

func midnight(t time.Time) time.Time { return atClock(t, 0) }

// atClock sets the clock of t's day. It goes by the calendar, not by adding
// hours, which would be wrong on days of 23 or 25 hours.
func atClock(t time.Time, clock time.Duration) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, int(clock/time.Hour), int(clock/time.Minute)%60, 0, 0, t.Location())
}

// timeLike says whether a text has the shape of a day or of a day and hour. Most
// facts are neither, and asking the parser to refuse them costs more than a line.
func timeLike(s string) bool {
	return (len(s) == len(dayLayout) || len(s) == len(hourLayout)) && s[4] == '-' && s[7] == '-'
}

// parseTime reads a day or a day and hour as facts hold them.
func parseTime(s string, zone *time.Location) (moment, bool) {
	if !timeLike(s) {
		return moment{}, false
	}
	switch len(s) {
	case len(dayLayout):
		t, err := time.ParseInLocation(dayLayout, s, zone)
		return moment{t, false}, err == nil
	case len(hourLayout):
		t, err := time.ParseInLocation(hourLayout, s, zone)
		return moment{t, true}, err == nil
	}
	return moment{}, false
}

func slotTime(s message.Slot, zone *time.Location) (moment, bool) {
	t := s.Time.In(zone)
	switch {
	case s.Time.IsZero():
		return moment{}, false
	case s.Kind == message.SlotDate:
		return moment{midnight(t), false}, true
	}
	return moment{t, true}, true
}

// compare orders two moments, by day where either is a whole day.
func (m moment) compare(o moment) int {
	if m.hour && o.hour {
		return m.t.Compare(o.t)
	}
	return midnight(m.t).Compare(midnight(o.t))
}

// notEarlier says whether e can be seen to be as late as o or later, without
// knowing facts; the second result is false where that cannot be known.
func (e momentExpr) notEarlier(o momentExpr) (later, known bool) {
	if e == o {
		return true, true
	}
	a, oka := e.rough()
	b, okb := o.rough()
	if oka && okb {
		return a >= b, true
	}
	if e.kind == o.kind && e.name == o.name && e.day == o.day && e.kind >= factMoment && e.clocks && o.clocks {
		return e.clock >= o.clock, true
	}
	return false, false
}

// rough is how far from now e lies, for comparing two spans.
func (e momentExpr) rough() (time.Duration, bool) {
	switch e.kind {
	case spanFromNow:
		return e.span, !e.clocks
	case daysFromNow:
		clock := endOfDay
		if e.clocks {
			clock = e.clock
		}
		return time.Duration(e.days)*24*time.Hour + clock, true
	}
	return 0, false
}
