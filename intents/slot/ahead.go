package slot

import (
	"time"

	"github.com/accord-chat/accord/intents/text"
)

// ahead reads a distance from now: "in 3 days", "within two weeks", "3 days
// from now", "in 2 hours", "3 days ago", 三天内, 两周后, 3小时内.
func (f *finder) ahead(i int) (time.Time, int) {
	if f.t[i].Kind != text.Han && !f.frequency(i) {
		if t, n := f.aheadEnglish(i); n > 0 {
			return t, n
		}
	}
	return f.aheadHan(i)
}

// frequency says that "in a month" tells how often: "the second problem in a
// month", "three times in a week".
func (f *finder) frequency(i int) bool {
	for k := max(0, i-4); k < i; k++ {
		if f.oneOf(k, "second", "third", "twice", "times", "once", "again") {
			return true
		}
	}
	return false
}

func (f *finder) aheadEnglish(i int) (time.Time, int) {
	n := 0
	if f.oneOf(i, "in", "within") {
		n = 1
		if f.oneOf(i+n, "the") && f.oneOf(i+n+1, "next") {
			n += 2
		}
	}
	if n > 0 && f.oneOf(i+n, "half") && f.oneOf(i+n+1, "an") && f.oneOf(i+n+2, "hour") {
		return f.o.Now.In(f.o.Zone).Add(30 * time.Minute), n + 3
	}
	count, k := f.countAt(i + n)
	if k == 0 {
		return time.Time{}, 0
	}
	n += k
	if d, m := f.weeksOn(i+n, count); m > 0 {
		return d, n + m
	}
	work := f.oneOf(i+n, "business", "working")
	if work {
		n++
	}
	if i+n >= len(f.t) {
		return time.Time{}, 0
	}
	unit := f.t[i+n].Stem
	n++
	switch {
	case f.oneOf(i+n, "ago"):
		count, n = -count, n+1
	case f.oneOf(i+n, "from") && f.oneOf(i+n+1, "now", "today"):
		n += 2
	case !f.oneOf(i, "in", "within"):
		return time.Time{}, 0
	}
	if work && unit == "day" {
		return f.workdays(count), n
	}
	d, n := f.distance(count, unit, n)
	if unit == "hour" && f.oneOf(i+n, "and") && f.oneOf(i+n+1, "a") && f.oneOf(i+n+2, "half") {
		return d.Add(30 * time.Minute), n + 3
	}
	return d, n
}

// weeksOn reads what may follow "two weeks": "from monday", "on friday",
// "today". The weekday is the coming one.
func (f *finder) weeksOn(i, count int) (time.Time, int) {
	if f.oneOf(i, "fortnight") {
		count *= 2
	} else if !f.oneOf(i, "week", "weeks") {
		return time.Time{}, 0
	}
	n := 1
	if f.oneOf(i+n, "from", "on", "after") {
		n++
	}
	switch d, ok := weekdayWord(f.at(i + n)); {
	case ok && n > 1:
		return f.weekday(d, 0).AddDate(0, 0, 7*count), n + 1
	case f.oneOf(i+n, "today"):
		return f.plus(7 * count), n + 1
	case f.oneOf(i+n, "tomorrow"):
		return f.plus(7*count + 1), n + 1
	}
	return time.Time{}, 0
}

// countAt reads "3", "three", "a", "a couple of", "a few".
func (f *finder) countAt(i int) (int, int) {
	if f.oneOf(i, "a") && f.oneOf(i+1, "couple") {
		if f.oneOf(i+2, "of") {
			return 2, 3
		}
		return 2, 2
	}
	if f.oneOf(i, "couple") && f.oneOf(i+1, "of") {
		return 2, 2
	}
	if fig, ok := f.figureAt(i); ok && fig.whole && fig.cents <= 40000 {
		return int(fig.cents / 100), fig.n
	}
	if f.oneOf(i, "a", "an") {
		return 1, 1
	}
	return 0, 0
}

// distance adds so many units to now.
func (f *finder) distance(count int, unit string, n int) (time.Time, int) {
	switch unit {
	case "day":
		return f.plus(count), n
	case "week":
		return f.plus(7 * count), n
	case "fortnight":
		return f.plus(14 * count), n
	case "month":
		return f.today().AddDate(0, count, 0), n
	case "hour", "hr", "hrs", "h":
		return f.o.Now.In(f.o.Zone).Add(time.Duration(count) * time.Hour), n
	case "minut", "min":
		return f.o.Now.In(f.o.Zone).Add(time.Duration(count) * time.Minute), n
	}
	return time.Time{}, 0
}
