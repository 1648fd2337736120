package slot

import (
	"strconv"
	"time"

	"github.com/accord-chat/accord/intents/text"
)

// dayWord says that an English word may start or name a day.
func dayWord(w string) bool {
	switch w {
	case "today", "tonight", "tomorrow", "tmrw", "tmr", "tomorow", "tommorow", "tommorrow", "yesterday", "noon", "midday", "midnight",
		"weekend", "week", "month", "next", "this", "in", "within", "half", "quarter", "moro", "day", "days", "weeks", "months", "hour", "hours", "ago", "end", "eod", "cob", "close",
		"christmas", "xmas", "boxing", "year", "years", "valentine", "valentines", "halloween", "past":
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
	if len(w) < 3 {
		return 0, false
	}
	for i, m := range [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"} {
		if w[0] == m[0] && w[2] == m[2] && (w == m || len(w) == 3 && w == m[:3] || w == "sept" && i == 8) {
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
	case "eod", "cob", "eob":
		return f.closing(i, 1)
	case "close":
		if f.oneOf(i+1, "of") && f.oneOf(i+2, "business", "play") {
			return f.closing(i, 3)
		}
	case "the":
		if d, n := f.nthWeekday(i + 1); n > 0 {
			return d, n + 1
		}
		if d, n := f.ordinalWords(i + 1); n > 0 {
			return d, n + 1
		}
		return f.theOrdinal(i)
	case "end":
		return f.endOf(i)
	case "beginning", "start", "early", "mid", "middle":
		return f.partEnglish(i)
	case "weekend":
		return f.weekday(time.Saturday, thisWeek), 1
	case "next", "this", "coming", "last", "upcoming":
		return f.qualified(i)
	case "week":
		if f.oneOf(i+1, "after") && f.oneOf(i+2, "next") {
			return f.weekday(time.Monday, 2), 3
		}
	}
	if d, n := f.feastEnglish(i); n > 0 {
		return d, n
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
	case f.oneOf(i+1, "after") && f.oneOf(i+2, "next"):
		return f.weekday(d, 2), 3
	case f.oneOf(i+1, "in"):
		if count, k := f.countAt(i + 2); k > 0 && f.oneOf(i+2+k, "week", "weeks") {
			return f.weekday(d, 0).AddDate(0, 0, 7*count), 3 + k
		}
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

// endOf reads "end of the month", "end of next week", "end of november", "end
// of day".
func (f *finder) endOf(i int) (time.Time, int) {
	n, next := 1, 0
	for f.oneOf(i+n, "of", "the", "this", "next") {
		if f.oneOf(i+n, "next") {
			next = 1
		}
		n++
	}
	now := f.today()
	month, named := monthWord(f.at(i + n))
	switch {
	case f.oneOf(i+n, "day", "business"):
		return f.closing(i, n+1)
	case f.oneOf(i+n, "today"):
		return now, n + 1
	case named && n > 1:
		return f.monthFrom(month).AddDate(0, 1, -1), n + 1
	case next > 0 && f.oneOf(i+n, "month"):
		return time.Date(now.Year(), now.Month()+2, 0, 0, 0, 0, 0, f.o.Zone), n + 1
	case next > 0 && f.oneOf(i+n, "week"):
		return f.weekday(time.Friday, 1), n + 1
	case next > 0:
		return time.Time{}, 0
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
