package slot

// farApart is how many tokens may stand between a day and its hour.
const farApart = 24

// dayApart gives the index of the one day that an hour further on in its
// sentence belongs to: 周五想晚点退房,住到下午五点. It gives -1 where there is
// none, more than one, or one that only tells what was said or is over.
func (f *finder) dayApart(found []piece, h int) int {
	p := found[h]
	if p.joined || p.exact || p.hour < 0 {
		return -1
	}
	at := -1
	for i, d := range found {
		if d.exact || d.hour >= 0 || !f.sameSentence(d, p) {
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
	return h > day && h-day <= 2 && found[h-1].joined && found[h].first-found[h-1].last <= 3
}

// sameSentence says that no mark that ends a sentence parts two pieces, and
// not too many words.
func (f *finder) sameSentence(a, b piece) bool {
	if a.first > b.first {
		a, b = b, a
	}
	if b.first-a.last > farApart {
		return false
	}
	for i := a.last + 1; i < b.first; i++ {
		switch f.t[i].Norm {
		case ".", "!", "?", ";", "\n":
			return false
		}
	}
	return true
}

// told says that the words before a day tell what somebody said of it.
func (f *finder) told(i int) bool {
	for k := i - 1; k >= 0 && k >= i-5; k-- {
		if f.oneOf(k, "said", "told", "promised", "promise", "supposed", "booked", "scheduled", "meant") {
			return true
		}
		switch f.t[k].Norm {
		case "说", "约", "诺", "讲", "答", "原", "本":
			return true
		}
	}
	return false
}
