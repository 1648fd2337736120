package slot

import (
	"strings"

	"github.com/accord-chat/accord/intents/text"
)

// farApart is how many tokens may stand between a day and its hour.
const farApart = 24

// dayApart gives the index of the one day in its sentence that an hour belongs
// to without standing beside it: 周五想晚点退房,住到下午五点. It gives -1 where
// there is none, more than one, or one that only tells what was said or is over.
func (f *finder) dayApart(found []piece, h int) int {
	p := found[h]
	if p.joined || p.exact || p.hour < 0 {
		return -1
	}
	at := -1
	for i, d := range found {
		if d.exact || d.hour >= 0 || !f.related(d, p) {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = i
	}
	if at < 0 || found[at].joined && !secondHour(found, at, h) || f.told(found[at].first) {
		return -1
	}
	if f.onDay(found[at].day, p.hour).Before(f.o.Now) {
		return -1
	}
	return at
}

// secondHour says that an hour follows one that its day is joined with
// already: Friday from nine to eleven.
func secondHour(found []piece, day, h int) bool {
	return h > day && h-day <= 2 && found[h-1].joined && found[h].first-found[h-1].last <= 4
}

// related says that not too many words part a day and an hour, and no mark that
// ends the sentence. An hour that comes first must stand in the day's own
// clause: "it broke at eight, I need it by Friday" tells of two things.
func (f *finder) related(day, hour piece) bool {
	a, b, ends := day, hour, ".!?;\n"
	if hour.first < day.first {
		a, b, ends = hour, day, ".!?;\n,:"
	}
	if b.first-a.last > farApart {
		return false
	}
	for i := a.last + 1; i < b.first; i++ {
		if f.t[i].Kind == text.Punct && strings.Contains(ends, f.t[i].Norm) {
			return false
		}
	}
	return true
}

// told says that the words before a day tell what somebody said of it.
func (f *finder) told(i int) bool {
	for k := i - 1; k >= 0 && k >= i-5; k-- {
		if f.oneOf(k, "said", "told", "promised", "promise", "supposed", "meant") || f.hanEndsAny(k+1, "说", "讲", "承诺", "答应", "约好", "约定", "约了", "原定", "本来") {
			return true
		}
	}
	return false
}
