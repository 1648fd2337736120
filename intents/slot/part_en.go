package slot

import (
	"time"

	"github.com/accord-chat/accord/intents/text"
)

// closing reads the end of a business day, n tokens long; where a day is named
// behind it, that day says all ("before COB tomorrow").
func (f *finder) closing(i, n int) (time.Time, int) {
	for k := i + n; k <= i+n+1; k++ {
		if _, ok := weekdayWord(f.at(k)); ok || f.oneOf(k, "tomorrow", "tmrw") {
			return time.Time{}, 0
		}
	}
	return f.today(), n
}

// monthFrom gives the first day of the month so called that is not over.
func (f *finder) monthFrom(month int) time.Time {
	now := f.today()
	d := time.Date(now.Year(), time.Month(month), 1, 0, 0, 0, 0, f.o.Zone)
	if d.AddDate(0, 1, 0).After(now) {
		return d
	}
	return d.AddDate(1, 0, 0)
}

// partEnglish reads "early january", "mid-december", "start of next month".
func (f *finder) partEnglish(i int) (time.Time, int) {
	day := 1
	if f.oneOf(i, "mid", "middle") {
		day = 15
	}
	n, next := 1, false
	for f.mark(i+n, "-") || f.oneOf(i+n, "of", "in", "the", "next") {
		next = next || f.oneOf(i+n, "next")
		n++
	}
	now := f.today()
	if month, ok := monthWord(f.at(i + n)); ok && isWord(f, i+n) {
		return f.monthFrom(month).AddDate(0, 0, day-1), n + 1
	}
	if next && f.oneOf(i+n, "month") {
		return time.Date(now.Year(), now.Month()+1, day, 0, 0, 0, 0, f.o.Zone), n + 1
	}
	if next && f.oneOf(i+n, "week") {
		return f.weekday(time.Monday, 1), n + 1
	}
	return time.Time{}, 0
}

// nthWeekday reads "first monday in december", "last friday of november".
func (f *finder) nthWeekday(i int) (time.Time, int) {
	nth := map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}[f.at(i)]
	wd, ok := weekdayWord(f.at(i + 1))
	if nth == 0 || !ok || !f.oneOf(i+2, "of", "in") {
		return time.Time{}, 0
	}
	month, ok := monthWord(f.at(i + 3))
	if !ok || f.t[i+3].Kind != text.Word {
		return time.Time{}, 0
	}
	d := f.monthFrom(month)
	if nth < 0 {
		d = d.AddDate(0, 1, -7)
		nth = 1
	}
	d = d.AddDate(0, 0, (int(wd)-int(d.Weekday())+7)%7+7*(nth-1))
	return d, 4
}

// ordinalWords reads "first of december" and "twenty-eighth". Without a month
// only numbers from twenty-first on count: "the second" may be anything.
func (f *finder) ordinalWords(i int) (time.Time, int) {
	day, n := 0, 1
	switch f.at(i) {
	case "twenty", "thirty":
		day, n = 20, 2
		if f.oneOf(i, "thirty") {
			day = 30
		}
		if f.mark(i+1, "-") {
			n++
		}
		day += unitOrdinal(f.at(i + n - 1))
		if day%10 == 0 {
			return time.Time{}, 0
		}
	case "twentieth":
		day = 20
	case "thirtieth":
		day = 30
	default:
		day = unitOrdinal(f.at(i))
	}
	if day == 0 {
		return time.Time{}, 0
	}
	k := n
	if f.oneOf(i+k, "of") {
		k++
	}
	if month, ok := monthWord(f.at(i + k)); ok {
		return f.withYear(i, k+1, month, day)
	}
	if n > 1 {
		if d, ok := f.inMonth(day, i, i+n-1); ok {
			return d, n
		}
	}
	return time.Time{}, 0
}

func unitOrdinal(w string) int {
	for i, o := range [...]string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
		"thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"} {
		if w == o {
			return i + 1
		}
	}
	return 0
}
