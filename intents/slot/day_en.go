package slot

import (
	"strconv"
	"strings"
	"time"

	"github.com/accord-chat/accord/intents/text"
)

// dayWord says that an English word may start or name a day.
func dayWord(w string) bool {
	switch w {
	case "today", "tonight", "tomorrow", "tmrw", "tmr", "tomorow", "tommorow", "tommorrow", "yesterday", "noon", "midday", "midnight",
		"weekend", "week", "month", "next", "this", "in", "within", "half", "quarter":
		return true
	}
	_, ok := weekdayWord(w)
	if !ok {
		_, ok = monthWord(w)
	}
	return ok
}

func weekdayWord(w string) (time.Weekday, bool) {
	switch w {
	case "sunday", "sundays", "sun":
		return time.Sunday, true
	case "monday", "mondays", "mon":
		return time.Monday, true
	case "tuesday", "tuesdays", "tue", "tues":
		return time.Tuesday, true
	case "wednesday", "wednesdays", "wed", "wednessday", "wendesday":
		return time.Wednesday, true
	case "thursday", "thursdays", "thu", "thur", "thurs":
		return time.Thursday, true
	case "friday", "fridays", "fri":
		return time.Friday, true
	case "saturday", "saturdays", "sat", "saterday":
		return time.Saturday, true
	}
	return 0, false
}

func monthWord(w string) (int, bool) {
	for i, m := range [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"} {
		if w == m || len(w) == 3 && w == m[:3] || w == "sept" && i == 8 {
			return i + 1, true
		}
	}
	return 0, false
}

// day reads a day that starts at token i, in any of the languages.
func (f *finder) day(i int) (time.Time, int) {
	switch f.t[i].Kind {
	case text.Han:
		return f.dayHan(i)
	case text.Number:
		if d, n := f.dayDigits(i); n > 0 {
			return d, n
		}
		if d, n := f.dayHan(i); n > 0 {
			return d, n
		}
		return f.dayMonth(i)
	case text.Word:
		return f.dayEnglish(i)
	}
	return time.Time{}, 0
}

func (f *finder) dayEnglish(i int) (time.Time, int) {
	switch f.t[i].Norm {
	case "today", "tonight":
		return f.today(), 1
	case "tomorrow", "tmrw", "tmr", "tomorow", "tommorow", "tommorrow":
		return f.plus(1), 1
	case "yesterday":
		return f.plus(-1), 1
	case "day":
		if f.oneOf(i+1, "after") && f.oneOf(i+2, "tomorrow") {
			return f.plus(2), 3
		}
		if f.oneOf(i+1, "before") && f.oneOf(i+2, "yesterday") {
			return f.plus(-2), 3
		}
	case "the":
		return f.theOrdinal(i)
	case "end":
		return f.endOf(i)
	case "weekend":
		return f.weekday(time.Saturday, thisWeek), 1
	case "next", "this", "coming", "last", "upcoming":
		return f.qualified(i)
	}
	if d, ok := weekdayWord(f.t[i].Norm); ok {
		return f.plainWeekday(i, d)
	}
	return f.monthDay(i)
}

// plainWeekday reads a weekday without "next" or "this". Short forms that are
// words of their own (sun, sat, wed, mon) need a neighbour that speaks of time.
func (f *finder) plainWeekday(i int, d time.Weekday) (time.Time, int) {
	switch f.t[i].Norm {
	case "sun", "sat", "wed", "mon", "fri", "thu", "tue":
		if !f.oneOf(i-1, "on", "by", "until", "till", "before", "for", "or", "to") && !f.alone(i, i) && !f.isNumber(i+1) && !f.oneOf(i+1, "or", "at", "please", "morning", "evening", "afternoon") {
			return time.Time{}, 0
		}
	}
	switch {
	case f.oneOf(i+1, "week"):
		return f.weekday(d, 1), 2
	case f.oneOf(i+1, "next") && f.oneOf(i+2, "week"):
		return f.weekday(d, 1), 3
	case f.oneOf(i+1, "of") && f.oneOf(i+2, "next") && f.oneOf(i+3, "week"):
		return f.weekday(d, 1), 4
	}
	if f.speaksOfPast(i, i) && !f.oneOf(i-1, "by", "until", "before") {
		return f.weekday(d, 0).AddDate(0, 0, -7), 1
	}
	return f.weekday(d, 0), 1
}

// qualified reads "next tuesday", "this friday", "next week", "last monday".
func (f *finder) qualified(i int) (time.Time, int) {
	week := thisWeek
	switch f.t[i].Norm {
	case "next":
		week = 1
	case "last":
		week = -1
	}
	if i+1 >= len(f.t) {
		return time.Time{}, 0
	}
	if d, ok := weekdayWord(f.t[i+1].Norm); ok {
		return f.weekday(d, week), 2
	}
	now := f.today()
	switch {
	case f.oneOf(i+1, "weekend"):
		return f.weekday(time.Saturday, week), 2
	case f.oneOf(i+1, "week") && week == 1:
		return f.weekday(time.Monday, 1), 2
	case f.oneOf(i+1, "month") && week == 1:
		return time.Date(now.Year(), now.Month()+1, 1, 0, 0, 0, 0, f.o.Zone), 2
	}
	return time.Time{}, 0
}

func (f *finder) endOf(i int) (time.Time, int) {
	n := 1
	for f.oneOf(i+n, "of", "the", "this") {
		n++
	}
	now := f.today()
	switch {
	case f.oneOf(i+n, "month"):
		return time.Date(now.Year(), now.Month()+1, 0, 0, 0, 0, 0, f.o.Zone), n + 1
	case f.oneOf(i+n, "week"):
		return f.weekday(time.Friday, thisWeek), n + 1
	case f.oneOf(i+n, "year"):
		return time.Date(now.Year(), time.December, 31, 0, 0, 0, 0, f.o.Zone), n + 1
	}
	return time.Time{}, 0
}

// theOrdinal reads "the 28th", "the 28th of November".
func (f *finder) theOrdinal(i int) (time.Time, int) {
	if !f.isNumber(i+1) || !f.suffix(i+2) {
		return time.Time{}, 0
	}
	if d, n := f.dayMonth(i + 1); n > 0 {
		return d, n + 1
	}
	v, _ := strconv.Atoi(f.t[i+1].Norm)
	if d, ok := f.inMonth(v, i, i+2); ok {
		return d, 3
	}
	return time.Time{}, 0
}

// suffix says that st, nd, rd or th is glued on at token i.
func (f *finder) suffix(i int) bool { return f.glued(i) && f.oneOf(i, "st", "nd", "rd", "th") }

// dayMonth reads "28 Nov", "28th of November 2026".
func (f *finder) dayMonth(i int) (time.Time, int) {
	day, err := strconv.Atoi(f.t[i].Norm)
	if err != nil || len(f.t[i].Norm) > 2 {
		return time.Time{}, 0
	}
	n := 1
	if f.suffix(i + n) {
		n++
	}
	if f.oneOf(i+n, "of") {
		n++
	}
	month, ok := monthWord(f.at(i + n))
	if !ok || !isWord(f, i+n) {
		return time.Time{}, 0
	}
	return f.withYear(i, n+1, month, day)
}

func isWord(f *finder, i int) bool { return i < len(f.t) && f.t[i].Kind == text.Word }

// monthDay reads "Nov 28th", "November 28, 2026".
func (f *finder) monthDay(i int) (time.Time, int) {
	month, ok := monthWord(f.t[i].Norm)
	if !ok {
		return time.Time{}, 0
	}
	n := 1
	if f.mark(i+1, ".") || f.oneOf(i+1, "the") {
		n++
	}
	if !f.isNumber(i + n) {
		return time.Time{}, 0
	}
	day, err := strconv.Atoi(f.t[i+n].Norm)
	if err != nil || len(f.t[i+n].Norm) > 2 {
		return time.Time{}, 0
	}
	n++
	if f.suffix(i + n) {
		n++
	}
	return f.withYear(i, n, month, day)
}

// withYear looks for a year behind a month and a day.
func (f *finder) withYear(i, n, month, day int) (time.Time, int) {
	k := n
	if f.mark(i+k, ",") {
		k++
	}
	if f.isNumber(i+k) && len(f.t[i+k].Norm) == 4 && strings.HasPrefix(f.t[i+k].Norm, "20") {
		year, _ := strconv.Atoi(f.t[i+k].Norm)
		if d, ok := f.valid(year, month, day); ok {
			return d, k + 1
		}
	}
	if d, ok := f.inYear(0, month, day, i, i+n-1); ok {
		return d, n
	}
	return time.Time{}, 0
}

// dayDigits reads 2026-11-28, 2026/11/28, 11/28, 28/11, 11/28/2026 and
// 20261128. Where month and day could be either, the reading that comes first
// is taken; among Chinese characters the month always stands first.
func (f *finder) dayDigits(i int) (time.Time, int) {
	a := f.t[i].Norm
	if len(a) == 8 && f.want == "date" && strings.HasPrefix(a, "20") {
		return f.ymd(a[:4], a[4:6], a[6:], 1)
	}
	if !f.separated(i + 1) {
		return time.Time{}, 0
	}
	b := f.t[i+2].Norm
	third := f.separated(i+3) && f.mark(i+3, f.t[i+1].Norm)
	switch {
	case len(a) == 4 && third:
		return f.ymd(a, b, f.t[i+4].Norm, 5)
	case third && len(a) <= 2 && len(b) <= 2:
		year := f.t[i+4].Norm
		if len(year) == 2 {
			year = "20" + year
		}
		return f.monthOrDay(a, b, year, i, 5)
	case f.mark(i+1, "/") && len(a) <= 2 && len(b) <= 2:
		return f.monthOrDay(a, b, "0", i, 3)
	case f.mark(i+1, "-") && len(a) <= 2 && len(b) <= 2 && f.want == "date":
		return f.monthOrDay(a, b, "0", i, 3)
	}
	return time.Time{}, 0
}

// separated says that a separator and a number are glued on at token i.
func (f *finder) separated(i int) bool {
	return f.glued(i) && (f.mark(i, "/") || f.mark(i, "-") || f.mark(i, ".")) && f.isNumber(i+1) && f.glued(i+1)
}

func (f *finder) ymd(y, m, d string, n int) (time.Time, int) {
	year, _ := strconv.Atoi(y)
	month, _ := strconv.Atoi(m)
	day, _ := strconv.Atoi(d)
	if t, ok := f.valid(year, month, day); ok {
		return t, n
	}
	return time.Time{}, 0
}

func (f *finder) monthOrDay(a, b, y string, i, n int) (time.Time, int) {
	x, _ := strconv.Atoi(a)
	z, _ := strconv.Atoi(b)
	year, _ := strconv.Atoi(y)
	md, okMD := f.inYear(year, x, z, i, i+n-1)
	dm, okDM := f.inYear(year, z, x, i, i+n-1)
	switch {
	case okMD && okDM && !f.o.Lang.Chinese() && dm.Before(md) && !dm.Before(f.today()):
		return dm, n
	case okMD:
		return md, n
	case okDM:
		return dm, n
	}
	return time.Time{}, 0
}
