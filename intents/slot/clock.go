package slot

import (
	"strconv"

	"github.com/accord-chat/accord/intents/text"
)

// clock reads an hour at token i and gives it in minutes since midnight.
func (f *finder) clock(i int) (int, int) {
	switch f.t[i].Kind {
	case text.Number:
		if m, n := f.clockDigits(i); n > 0 {
			return m, n
		}
		return f.clockHan(i)
	case text.Han:
		return f.clockHan(i)
	case text.Word:
		return f.clockWords(i)
	}
	return 0, 0
}

// clockDigits reads 17:00, 5pm, 5:30 p.m., 9 in the morning, 5 o'clock.
func (f *finder) clockDigits(i int) (int, int) {
	if m, n := f.clockRun(i); n > 0 {
		return m, n
	}
	if len(f.t[i].Norm) > 2 || f.glued(i) && (f.mark(i-1, "/") || f.mark(i-1, "-") || f.mark(i-1, ":") || f.mark(i-1, ".")) {
		return 0, 0
	}
	hour, _ := strconv.Atoi(f.t[i].Norm)
	minute, n, colon := 0, 1, false
	if f.glued(i+1) && (f.mark(i+1, ":") || f.mark(i+1, ".") && f.halfDay(i+3) != "") && f.isNumber(i+2) && f.glued(i+2) && len(f.t[i+2].Norm) == 2 {
		minute, _ = strconv.Atoi(f.t[i+2].Norm)
		n, colon = 3, true
	}
	if m, ok := f.smallNumber(i + 1); ok && n == 1 && !f.glued(i+1) && len(f.t[i+1].Norm) == 2 && m < 60 && (f.halfDay(i+2) != "" || f.oneOf(i-1, "at") && f.endsClause(i+2)) {
		minute, n, colon = m, 2, true // 18 45 in the evening
	}
	if hour < 60 && n == 1 && (f.oneOf(i+1, "past") || f.oneOf(i+1, "to") && f.toTheHour(i+1)) {
		return f.minutesPast(i, hour, n)
	}
	if hour > 24 || minute > 59 {
		return 0, 0
	}
	if half := f.halfDay(i + n); half != "" {
		return f.half(hour, minute, half), n + f.halfLen(i+n)
	}
	switch {
	case colon:
		return hour%24*60 + minute, n
	case f.oneOf(i+n, "oclock"):
		return likely(hour) * 60, n + 1
	case f.glued(i+n) && f.oneOf(i+n, "ish"):
		return likely(hour) * 60, n + 1
	case f.oneOf(i+n, "tonight") && hour < 12:
		return hour*60 + 12*60, n
	case f.oneOf(i+n, "o") && f.mark(i+n+1, "'"):
		return likely(hour) * 60, min(n+3, len(f.t)-i)
	}
	return 0, 0
}

// halfDay gives "am" or "pm" for what stands at token i.
func (f *finder) halfDay(i int) string {
	switch {
	case f.oneOf(i, "am", "pm"):
		if f.t[i].Norm == "am" && !f.glued(i) && f.oneOf(i-1, "i") {
			return ""
		}
		return f.t[i].Norm
	case f.oneOf(i, "a", "p") && f.mark(i+1, ".") && f.oneOf(i+2, "m"):
		return f.t[i].Norm + "m"
	case f.oneOf(i, "in") && f.oneOf(i+1, "the") && f.oneOf(i+2, "morning"):
		return "am"
	case f.oneOf(i, "in") && f.oneOf(i+1, "the") && f.oneOf(i+2, "afternoon", "evening"):
		return "pm"
	case f.oneOf(i, "at") && f.oneOf(i+1, "night"), f.oneOf(i, "in") && f.oneOf(i+1, "the") && f.oneOf(i+2, "night"), f.oneOf(i, "night") && f.isNumber(i-1) && (f.isNumber(i-2) || f.mark(i-2, ":")):
		return "night"
	case f.oneOf(i, "morning"):
		return "am"
	case f.oneOf(i, "afternoon", "evening"):
		return "pm"
	case f.oneOf(i, "tonight"):
		return ""
	}
	return ""
}

func (f *finder) halfLen(i int) int {
	switch {
	case f.oneOf(i, "am", "pm", "morning", "afternoon", "evening", "night"):
		return 1
	case f.oneOf(i, "at"):
		return 2
	case f.oneOf(i, "a", "p") && f.mark(i+3, ".") && f.glued(i+3):
		return 4
	}
	return 3
}

func (f *finder) half(hour, minute int, half string) int {
	hour %= 12
	if half == "pm" || half == "night" && hour > 5 {
		hour += 12
	}
	return hour*60 + minute
}

// likely moves a bare hour to where shops are open: 1 to 7 is the afternoon.
func likely(hour int) int {
	if hour >= 1 && hour <= 7 {
		return hour + 12
	}
	return hour % 24
}

// clockWords reads noon, midnight, "half past five", "quarter to nine",
// "nine in the morning", and "at 5" or "by five".
func (f *finder) clockWords(i int) (int, int) {
	switch f.t[i].Norm {
	case "noon", "midday":
		return 12 * 60, 1
	case "midnight":
		return 23*60 + 59, 1
	case "half", "quarter":
		return f.pastOrTo(i)
	case "at", "by", "before", "until", "till", "around", "after", "than":
		return f.afterAt(i)
	}
	fig, ok := f.englishFigure(i)
	if ok && fig.cents < 3000 && f.oneOf(i+fig.n, "past", "to") {
		return f.minutesPast(i, int(fig.cents/100), fig.n)
	}
	if !ok || fig.cents > 1200 {
		return 0, 0
	}
	half := f.halfDay(i + fig.n)
	if half == "" {
		if f.oneOf(i+fig.n, "oclock") {
			return likely(int(fig.cents/100)) * 60, fig.n + 1
		}
		return 0, 0
	}
	return f.half(int(fig.cents/100), 0, half), fig.n + f.halfLen(i+fig.n)
}

func (f *finder) pastOrTo(i int) (int, int) {
	if f.word(i, "half") && f.oneOf(i-1, "at", "by", "around", "about", "until", "till", "before", "after") {
		if fig, ok := f.figureAt(i + 1); ok && fig.whole && fig.cents >= 100 && fig.cents <= 1200 {
			return likely(int(fig.cents/100))*60 + 30, 1 + fig.n // British "at half two"
		}
	}
	if !f.oneOf(i+1, "past", "to") {
		return 0, 0
	}
	fig, ok := f.figureAt(i + 2)
	if !ok || fig.cents > 1200 {
		return 0, 0
	}
	minutes := 30
	if f.word(i, "quarter") {
		minutes = 15
	}
	if f.word(i+1, "to") {
		minutes = -minutes
	}
	n := 2 + fig.n
	hour := int(fig.cents / 100)
	if half := f.halfDay(i + n); half != "" {
		return f.half(hour, 0, half) + minutes, n + f.halfLen(i+n)
	}
	return likely(hour)*60 + minutes, n
}

// afterAt reads the bare hour behind a preposition of time. It leaves the
// hours that clockDigits reads to it, and numbers that count something.
func (f *finder) afterAt(i int) (int, int) {
	fig, ok := f.figureAt(i + 1)
	if !ok || !fig.whole || fig.cents > 1200 || fig.cents < 100 || f.word(i, "than") && !f.oneOf(i-1, "later", "earlier") {
		return 0, 0
	}
	next := i + 1 + fig.n
	if f.isNumber(next) && len(f.t[next].Norm) == 2 {
		return 0, 0 // at 6 20
	}
	if f.glued(next) && !f.mark(next, ".") && !f.mark(next, ",") && !f.mark(next, "?") && !f.mark(next, "!") || f.counted(next) || f.halfDay(next) != "" || f.mark(next, "-") {
		return 0, 0
	}
	if _, n := f.currencyAfter(next); n > 0 {
		return 0, 0
	}
	if _, ok := monthWord(f.at(next)); ok || f.oneOf(next, "oclock", "dollars", "bucks", "for", "more", "percent", "o") {
		return 0, 0
	}
	if f.word(i, "by") || f.word(i, "after") || f.word(i, "around") || f.word(i, "before") || f.word(i, "until") || f.word(i, "till") || f.word(i, "at") || f.word(i, "than") {
		return likely(int(fig.cents/100)) * 60, 1 + fig.n
	}
	return 0, 0
}

// clockRun reads hours written in one run: 530pm, 17h30, 1730 hrs.
func (f *finder) clockRun(i int) (int, int) {
	a := f.t[i].Norm
	v, err := strconv.Atoi(a)
	if err != nil || len(a) > 4 {
		return 0, 0
	}
	switch {
	case len(a) <= 2 && v < 24 && f.glued(i+1) && f.oneOf(i+1, "h") && f.glued(i+2) && f.isNumber(i+2) && len(f.t[i+2].Norm) == 2:
		minute, _ := strconv.Atoi(f.t[i+2].Norm)
		return v*60 + min(minute, 59), 3
	case len(a) < 3 || v%100 > 59 || v/100 > 23:
		return 0, 0
	case f.glued(i+1) && f.oneOf(i+1, "am", "pm") && v/100 <= 12:
		return f.half(v/100, v%100, f.t[i+1].Norm), 2
	case len(a) == 4 && f.oneOf(i+1, "hrs", "hours", "h"):
		return v/100*60 + v%100, 2
	}
	return 0, 0
}

// toTheHour says that "to" at token i stands between minutes and an hour, and
// not between two hours: "25 to 7 p.m.".
func (f *finder) toTheHour(i int) bool {
	fig, ok := f.figureAt(i + 1)
	if !ok || f.oneOf(i-2, "from", "between") {
		return false
	}
	minutes, _ := f.smallNumber(i - 1)
	return f.halfDay(i+1+fig.n) != "" && (minutes > 12 || minutes >= int(fig.cents/100) && fig.cents < 700)
}

// minutesPast reads "ten past three" and "twenty to six": minutes, their n
// tokens, then the hour. Only round minutes stand before "to", for "nine to
// five" is a span.
func (f *finder) minutesPast(i, minutes, n int) (int, int) {
	if f.oneOf(i+n, "to") && (minutes%5 != 0 || f.oneOf(i-1, "from", "between")) {
		return 0, 0
	}
	fig, ok := f.figureAt(i + n + 1)
	if !ok || !fig.whole || fig.cents < 100 || fig.cents > 2300 {
		return 0, 0
	}
	if f.oneOf(i+n, "to") {
		minutes = -minutes
	}
	last := n + 1 + fig.n
	if half := f.halfDay(i + last); half != "" {
		return f.half(int(fig.cents/100), 0, half) + minutes, last + f.halfLen(i+last)
	}
	return likely(int(fig.cents/100))*60 + minutes, last
}
