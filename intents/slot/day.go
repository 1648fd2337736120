package slot

import (
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/text"
)

// piece is a day or an hour found in the text; a day and an hour that stand
// together become one time.
type piece struct {
	day         time.Time // 00:00 in the zone; zero for an hour alone
	hour        int       // minutes since midnight; -1 for a day alone
	exact       bool      // day already holds the hour ("in two hours")
	first, last int
	joined      bool
	weekday     bool // named by its weekday alone
	ordinal     bool // named by a day of the month alone
}

// days finds days and times and records them.
func (f *finder) days() {
	var found []piece
	for i := 0; i < len(f.t); {
		if !f.mayBegin(i) {
			i++
			continue
		}
		if both := f.span(i); both != nil {
			found = append(found, both...)
			i = both[1].last + 1
			continue
		}
		p, n := f.pieceAt(i)
		if n == 0 {
			i += f.pastHours(i)
			continue
		}
		if p.hour >= 0 || !p.day.IsZero() {
			p.first, p.last = i, i+n-1
			found = append(found, p)
		}
		i += n
	}
	found = f.order(found)
	for i := range found {
		if i+1 < len(found) && !found[i].joined && f.together(found[i], found[i+1]) {
			f.putBoth(found[i], found[i+1])
			found[i].joined, found[i+1].joined = true, true
		}
	}
	for i, p := range found {
		switch d := f.dayApart(found, i); {
		case p.joined:
		case d >= 0:
			f.put(message.Slot{Kind: message.SlotTime, Time: f.onDay(found[d].day, p.hour)}, p.first, p.last)
		default:
			f.putOne(p)
		}
	}
}

// pastHours gives how far to go on behind token i, where nothing begins. Of an
// hour there is none, 二十五点, no piece is an hour either.
func (f *finder) pastHours(i int) int {
	if f.t[i].Kind != text.Han {
		return 1
	}
	fig, ok := f.hanFigure(i)
	if _, n := f.hanAny(i+fig.n, "点"); ok && n > 0 && fig.cents > 2400 {
		return fig.n
	}
	return 1
}

// hanStarts are the characters that a day or an hour in Chinese begins with.
const hanStarts = "元圣平情国双跨民年差过廿卅六劳儿妇万光去拜今明后大昨前月下年隔上这本星礼周凌早中傍晚半夜零〇一二两三四五六七八九十百"

// mayBegin says that a day or an hour may begin with token i. Most words do
// not, and are not looked at again.
func (f *finder) mayBegin(i int) bool {
	switch t := &f.t[i]; t.Kind {
	case text.Number:
		return true
	case text.Han:
		return strings.Contains(hanStarts, t.Norm)
	case text.Word:
		switch t.Norm {
		case "the", "end", "at", "by", "before", "until", "till", "around", "after", "than", "a", "an", "couple", "coming", "last", "upcoming",
			"early", "mid", "middle", "start", "beginning", "eob", "new", "fortnight":
			return true
		}
		if dayWord(t.Norm) {
			return true
		}
		_, ok := englishUnit(t.Norm)
		return ok
	}
	return false
}

// pieceAt tries every way a day or an hour may start at token i.
func (f *finder) pieceAt(i int) (piece, int) {
	if f.used[i] {
		return piece{}, 0
	}
	if m, n := f.clock(i); n > 0 && f.free(i, n) {
		return piece{hour: m}, n
	}
	if t, n := f.ahead(i); n > 0 && f.free(i, n) {
		return piece{day: t, hour: -1, exact: true}, n
	}
	if d, n := f.day(i); n > 0 && f.free(i, n) {
		return piece{day: d, hour: -1, weekday: f.bareWeekday(i, n), ordinal: f.bareOrdinal(i, n)}, n
	}
	return piece{}, 0
}

// bareWeekday says that a day was named by nothing but its weekday.
func (f *finder) bareWeekday(i, n int) bool {
	if f.t[i].Kind == text.Word {
		_, ok := weekdayWord(f.t[i].Norm)
		return ok && n == 1
	}
	_, ok := f.hanAny(i, "周", "星期", "礼拜")
	return ok > 0
}

// bareOrdinal says that a day was named by its number alone: the 28th.
func (f *finder) bareOrdinal(i, n int) bool {
	return n >= 2 && n <= 3 && f.suffix(i+n-1)
}

func (f *finder) free(i, n int) bool {
	for k := i; k < i+n; k++ {
		if f.used[k] {
			return false
		}
	}
	return true
}

// together says that a day and an hour belong to each other.
func (f *finder) together(a, b piece) bool {
	if a.exact || b.exact || (a.hour < 0) == (b.hour < 0) || b.first-a.last > 4 {
		return false
	}
	for i := a.last + 1; i < b.first; i++ {
		if !f.oneOf(i, "at", "by", "before", "around", "about", "on", "the", "in", "morning", "afternoon", "evening", "from", "after", "between", "t", "noon") &&
			!f.mark(i, ",") && !f.mark(i, "(") && !f.mark(i, ")") && f.t[i].Norm != "的" && f.t[i].Norm != "在" {
			return false
		}
	}
	return true
}

// putBoth records the time, and beside it the day, because a question for
// either is answered.
func (f *finder) putBoth(a, b piece) {
	day, hour := a.day, b.hour
	if a.hour >= 0 {
		day, hour = b.day, f.shifted(a.hour, b.first, b.last)
	} else {
		hour = f.shifted(hour, a.first, b.first)
	}
	at := day.Add(0)
	at = time.Date(at.Year(), at.Month(), at.Day(), hour/60, hour%60, 0, 0, f.o.Zone)
	if f.put(message.Slot{Kind: message.SlotTime, Time: at}, a.first, b.last) && len(f.hits) > 0 {
		f.hits = append(f.hits, Hit{
			Slot:  message.Slot{Kind: message.SlotDate, Time: day, Span: f.hits[len(f.hits)-1].Span},
			First: a.first, Last: b.last,
		})
	}
}

// shifted moves an hour into the afternoon or evening that the words in
// between name ("tomorrow evening at 8").
func (f *finder) shifted(hour, from, to int) int {
	for i := from; i <= to && i < len(f.t); i++ {
		late := f.oneOf(i, "afternoon", "evening", "tonight", "night")
		if f.t[i].Kind == text.Han && (f.t[i].Norm == "晚") {
			late = true
		}
		if late && hour < 12*60 {
			return hour + 12*60
		}
	}
	return hour
}

func (f *finder) putOne(p piece) {
	switch {
	case p.exact && !p.day.Equal(midnight(p.day)):
		f.put(message.Slot{Kind: message.SlotTime, Time: p.day}, p.first, p.last)
	case p.hour < 0:
		f.put(message.Slot{Kind: message.SlotDate, Time: p.day}, p.first, p.last)
	default:
		at := f.onDay(f.today(), p.hour)
		if at.Before(f.o.Now) {
			at = f.onDay(f.plus(1), p.hour)
		}
		f.put(message.Slot{Kind: message.SlotTime, Time: at, Floats: true}, p.first, p.last)
	}
}

func (f *finder) onDay(d time.Time, minutes int) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), minutes/60, minutes%60, 0, 0, f.o.Zone)
}

// today is the day it is in the business's zone.
func (f *finder) today() time.Time { return midnight(f.o.Now.In(f.o.Zone)) }

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// plus is a day so many days from today.
func (f *finder) plus(days int) time.Time { return f.today().AddDate(0, 0, days) }

// weekday finds the next such day, today excluded; week moves on whole
// calendar weeks, which begin on Monday: 0 the coming one, 1 of next week, -1
// of last week, 100 of this week.
func (f *finder) weekday(d time.Weekday, week int) time.Time {
	now := f.today()
	monday := now.AddDate(0, 0, -(int(now.Weekday())+6)%7)
	inWeek := monday.AddDate(0, 0, (int(d)+6)%7)
	switch week {
	case 0:
		if !inWeek.After(now) {
			return inWeek.AddDate(0, 0, 7)
		}
		return inWeek
	case thisWeek:
		if inWeek.Before(now) {
			return inWeek.AddDate(0, 0, 7)
		}
		return inWeek
	}
	return inWeek.AddDate(0, 0, 7*week)
}

const thisWeek = 100

// inYear makes a day of a month and a day; without a year it is the next one,
// or the last one where the text speaks of the past.
func (f *finder) inYear(year, month, day, first, last int) (time.Time, bool) {
	now := f.today()
	if year > 0 {
		return f.valid(year, month, day)
	}
	d, ok := f.valid(now.Year(), month, day)
	if !ok {
		return f.valid(now.Year()+1, month, day) // 29 February
	}
	switch past := f.speaksOfPast(first, last); {
	case past && d.After(now):
		return f.valid(now.Year()-1, month, day)
	case !past && d.Before(now):
		return f.valid(now.Year()+1, month, day)
	}
	return d, true
}

func (f *finder) valid(year, month, day int) (time.Time, bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 || year < 1900 || year > 2200 {
		return time.Time{}, false
	}
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, f.o.Zone)
	return d, d.Day() == day
}

// inMonth makes a day of a day of the month alone: the next one, or the last.
func (f *finder) inMonth(day, first, last int) (time.Time, bool) {
	now := f.today()
	step := 1
	past := f.speaksOfPast(first, last)
	if past {
		step = -1
	}
	begin := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, f.o.Zone)
	for i := range 3 {
		m := begin.AddDate(0, step*i, 0)
		d, ok := f.valid(m.Year(), int(m.Month()), day)
		if ok && (!past && !d.Before(now) || past && !d.After(now)) {
			return d, true
		}
	}
	return time.Time{}, false
}

// speaksOfPast looks for a verb of what is done near a day.
func (f *finder) speaksOfPast(first, last int) bool {
	for i := max(first-5, 0); i < first; i++ {
		if f.oneOf(i, "got") && f.oneOf(i-1, "you", "have", "ve") {
			continue // "have you got a room"
		}
		if f.oneOf(i, "bought", "ordered", "received", "arrived", "since", "paid", "delivered", "was", "came", "got", "purchased", "told", "promised", "last") {
			return true
		}
	}
	for i := last + 1; i < len(f.t) && i <= last+4; i++ {
		if _, n := f.hanAny(i, "买的", "收到", "下单", "下的单", "订的", "到的", "付的", "下的"); n > 0 {
			return true
		}
	}
	return false
}
