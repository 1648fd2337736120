package slot

import (
	"strconv"
	"time"

	"github.com/accord-chat/accord/intents/text"
)

// span reads two hours or two days that share their unit, at token i: 2-4pm,
// "between 9 and 11", 上午9-11点, "28 to 30 November", "Nov 28-30", 28、29号.
func (f *finder) span(i int) []piece {
	switch {
	case f.used[i]:
		return nil
	case f.t[i].Kind == text.Word:
		return f.monthSpan(i)
	case f.t[i].Kind == text.Han:
		period, n := f.hanAny(i, "凌晨", "早上", "上午", "中午", "下午", "傍晚", "晚上")
		if n > 0 && f.isNumber(i+n) {
			p := f.hourSpan(i+n, period)
			if p != nil {
				p[0].first = i
			}
			return p
		}
		return nil
	case f.t[i].Kind == text.Number:
		if p := f.hourSpan(i, ""); p != nil {
			return p
		}
		return f.daySpan(i)
	}
	return nil
}

// upTo is the length of what joins two ends at token i.
func (f *finder) upTo(i int) int {
	if f.mark(i, "-") || f.mark(i, "~") || f.mark(i, ",") && f.glued(i+1) || f.oneOf(i, "to", "till", "until", "and", "or") {
		return 1
	}
	_, n := f.hanAny(i, "到", "至", "和", "或")
	return n
}

// smallNumber gives a number of at most two digits.
func (f *finder) smallNumber(i int) (int, bool) {
	if !f.isNumber(i) || len(f.t[i].Norm) > 2 {
		return 0, false
	}
	v, err := strconv.Atoi(f.t[i].Norm)
	return v, err == nil
}

// ends gives the two numbers of a span, where the second stands, and what is
// behind it.
func (f *finder) ends(i int) (a, b, second, next int, ok bool) {
	a, ok = f.smallNumber(i)
	k := f.upTo(i + 1)
	if !ok || k == 0 || f.glued(i) && f.t[i-1].Kind == text.Punct {
		return 0, 0, 0, 0, false
	}
	second = i + 1 + k
	b, ok = f.smallNumber(second)
	return a, b, second, second + 1, ok
}

func (f *finder) hourSpan(i int, period string) []piece {
	a, b, second, next, ok := f.ends(i)
	if !ok || a > 24 || b > 24 {
		return nil
	}
	if half := f.halfDay(next); half != "" {
		to := f.half(b, 0, half)
		from := f.half(a, 0, half)
		if from > to {
			from -= 12 * 60 // 11-2pm begins before noon
		}
		return f.hours(i, from, second, to, next+f.halfLen(next)-1)
	}
	if _, n := f.hanAny(next, "点", "时"); n > 0 && !f.mark(i+1, ",") {
		if period == "" && a > 0 && a < 8 {
			period = "下午"
		}
		return f.hours(i, inPeriod(a, period)*60, second, inPeriod(b, period)*60, next+n-1)
	}
	if f.dayBefore(i) && a < b && !f.mark(i+1, ",") && f.oneOf(i+1, "to", "till", "until") {
		return f.hours(i, likely(a)*60, second, likely(b)*60, second)
	}
	if f.oneOf(i-1, "between", "from") && (f.dayBefore(i-1) || f.oneOf(next, "oclock") && f.endsClause(next)) {
		return f.hours(i, likely(a)*60, second, likely(b)*60, second)
	}
	return nil
}

// dayBefore says that a day is named right before token i.
func (f *finder) dayBefore(i int) bool {
	_, ok := weekdayWord(f.at(i - 1))
	return ok || f.oneOf(i-1, "today", "tomorrow", "tmrw")
}

func (f *finder) hours(i, from, second, to, last int) []piece {
	if from < 0 || to < 0 || from > 28*60 || to > 28*60 {
		return nil
	}
	return []piece{{hour: from, first: i, last: i}, {hour: to, first: second, last: last}}
}

// daySpan reads "28 to 30 November" and 28、29号.
func (f *finder) daySpan(i int) []piece {
	a, b, second, next, ok := f.ends(i)
	if !ok {
		return nil
	}
	if month, found := monthWord(f.at(next)); found && f.t[next].Kind == text.Word {
		return f.daysOf(i, month, a, second, b, next)
	}
	if s, n := f.hanAny(next, "号", "日"); n > 0 && f.dayOfMonth(i, next+n, s) {
		x, ok1 := f.inMonth(a, i, i)
		y, ok2 := f.inMonth(b, second, next)
		if ok1 && ok2 {
			return []piece{{day: x, hour: -1, first: i, last: i}, {day: y, hour: -1, first: second, last: next}}
		}
	}
	return nil
}

// monthSpan reads "Nov 28-30".
func (f *finder) monthSpan(i int) []piece {
	month, found := monthWord(f.t[i].Norm)
	if !found {
		return nil
	}
	a, b, second, _, ok := f.ends(i + 1)
	if !ok || f.oneOf(i+2, "and", "or") && !f.isNumber(i+3) {
		return nil
	}
	return f.daysOf(i, month, a, second, b, second)
}

func (f *finder) daysOf(i, month, a, second, b, last int) []piece {
	x, ok1 := f.inYear(0, month, a, i, last)
	y, ok2 := f.inYear(0, month, b, i, last)
	if !ok1 || !ok2 {
		return nil
	}
	return []piece{{day: x, hour: -1, first: i, last: second - 2}, {day: y, hour: -1, first: second, last: last}}
}

// order makes the end of a span of weekdays follow its beginning, and drops a
// day that only says again which one is meant ("Sunday the 29th").
func (f *finder) order(found []piece) []piece {
	out := found[:0]
	for _, p := range found {
		if n := len(out); n > 0 && p.hour < 0 && out[n-1].hour < 0 && !p.exact && !out[n-1].exact {
			before := &out[n-1]
			gap := p.first - before.last
			if gap <= 2 && f.sameDay(*before, p) {
				p.first, p.day = before.first, f.agreed(*before, p)
				*before = p
				continue
			}
			if gap == 2 && f.upTo(before.last+1) > 0 && !f.mark(before.last+1, ",") && !f.oneOf(before.last+1, "and", "or") && p.weekday && p.day.Before(before.day) {
				p.day = p.day.AddDate(0, 0, 7)
			}
		}
		out = append(out, p)
	}
	return out
}

// sameDay says that a day of the calendar right behind a weekday names the
// same day again: "Thursday 30th June". It may stand in brackets or behind a
// comma.
func (f *finder) sameDay(a, b piece) bool {
	if b.first-a.last == 2 && !f.mark(a.last+1, ",") && !f.mark(a.last+1, "(") && !f.oneOf(a.last+1, "the") {
		return false
	}
	return a.day.Equal(b.day) || f.week(a) && !f.week(b)
}

// week says that a day was named by its weekday, with or without its week.
func (f *finder) week(p piece) bool {
	for i := p.first; i <= p.last; i++ {
		if _, ok := weekdayWord(f.t[i].Norm); ok && f.t[i].Kind == text.Word {
			return true
		}
	}
	_, n := f.hanAny(p.first, "周", "星期", "礼拜", "下周", "这周", "本周", "下礼拜", "下星期")
	return n > 0
}

// agreed looks for the next day on which a weekday and a number agree: Friday
// the 29th may lie in the next month.
func (f *finder) agreed(week, day piece) time.Time {
	if !day.ordinal || week.day.Weekday() == day.day.Weekday() {
		return day.day
	}
	for m := 1; m <= 12; m++ {
		first := time.Date(day.day.Year(), day.day.Month()+time.Month(m), 1, 0, 0, 0, 0, f.o.Zone)
		if d, ok := f.valid(first.Year(), int(first.Month()), day.day.Day()); ok && d.Weekday() == week.day.Weekday() {
			return d
		}
	}
	return day.day
}

// workdays counts on, or back, over days from Monday to Friday.
func (f *finder) workdays(count int) time.Time {
	d, step := f.today(), 1
	if count < 0 {
		count, step = -count, -1
	}
	for count > 0 {
		d = d.AddDate(0, 0, step)
		if d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
			count--
		}
	}
	return d
}
