package slot

import (
	"strconv"
	"strings"
	"time"

	"github.com/accord-chat/accord/intents/text"
)

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
		return f.ordinalAlone(i, day)
	}
	return f.withYear(i, n+1, month, day)
}

// ordinalAlone reads "10th" where the words around it speak of days: "from
// 10th", "10th to 23rd", "Friday 10th".
func (f *finder) ordinalAlone(i, day int) (time.Time, int) {
	if !f.suffix(i + 1) {
		return time.Time{}, 0
	}
	_, weekday := weekdayWord(f.at(i - 1))
	before := weekday || f.oneOf(i-1, "from", "until", "till", "by", "before") || f.oneOf(i-1, "to", "and") && f.suffix(i-2)
	after := f.upTo(i+2) > 0 && (f.suffix(i+4) || f.oneOf(i+3, "the"))
	if !before && !after {
		return time.Time{}, 0
	}
	if d, ok := f.inMonth(day, i, i+1); ok {
		return d, 2
	}
	return time.Time{}, 0
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
