package slot

import "github.com/accord-chat/accord/intents/text"

// Who is asked for a day also says which one will not do. Such a day must not
// be taken for the answer: "any day but monday" would be booked on a Monday.

// excluded says that the words around a value take it out of the choice:
// "any day but monday", "except the 3rd", 除了周一, 周一除外. Where a day is asked
// for, so does saying that it will not do: 周五不行, "friday is no good".
func (f *finder) excluded(first, last int) bool {
	for f.oneOf(first-1, "the", "on", "for", "a") {
		first--
	}
	switch {
	case f.oneOf(first-1, "except", "excluding"), f.oneOf(first-1, "but") && f.anyBefore(first-1), f.oneOf(first-1, "for") && f.oneOf(first-2, "except"):
		return true
	case f.oneOf(first-2, "apart") && f.oneOf(first-1, "from"), f.oneOf(first-2, "other") && f.oneOf(first-1, "than"):
		return true
	case f.hanEndsAny(first, "除了", "除去", "除开", "除"), f.joins(first-1) && f.out >= 0 && f.out == first-2, f.out >= 0 && f.out == first-1 && f.t[first].Kind == text.Han:
		return true
	}
	if _, n := f.hanAny(last+1, "除外", "以外"); n > 0 {
		return true
	}
	return (f.want == "date" || f.want == "time") && f.unfit(first, last)
}

// joins says that token i adds to a list: 除了周一和周二.
func (f *finder) joins(i int) bool {
	return f.oneOf(i, "and", "or") || i >= 0 && i < len(f.t) && (f.t[i].Norm == "和" || f.t[i].Norm == "跟" || f.t[i].Norm == "与")
}

// anyBefore says that "any", "every" or "all" stands a few words before token i.
func (f *finder) anyBefore(i int) bool {
	for k := max(0, i-4); k < i; k++ {
		if f.oneOf(k, "any", "every", "all", "anything", "anytime", "everyday", "whenever") {
			return true
		}
	}
	return false
}

// unfit says that a clause turns a day down and says nothing else of it.
func (f *finder) unfit(first, last int) bool {
	i := last + 1
	for f.oneOf(i, "really", "just", "afternoon", "morning") || i < len(f.t) && (f.t[i].Norm == "我" || f.t[i].Norm == "都" || f.t[i].Norm == "是") {
		i++
	}
	if _, n := f.hanAny(i, "不行", "不可以", "不方便", "不在", "不合适", "没空", "没时间", "没办法", "没人"); n > 0 {
		_, ask := f.hanAny(i+n, "吗", "么")
		return ask == 0
	}
	for _, w := range [...][]string{{"does", "not", "work"}, {"will", "not", "work"}, {"is", "no", "good"}, {"is", "not", "good"}, {"is", "not", "possible"}, {"is", "out"}, {"is", "bad"}, {"no", "good"}, {"not", "good"}} {
		if f.words(i, w) > 0 {
			return true
		}
	}
	return f.words(first-3, []string{"can", "not", "do"}) > 0 || f.words(first-3, []string{"can", "not", "make"}) > 0
}
