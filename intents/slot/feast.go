package slot

import "time"

// yearly names a day that comes every year on the same date.
type yearly struct {
	words      string
	month, day int
}

// feastsHan are matched longest first; their characters are simplified.
var feastsHan = [...]yearly{
	{"圣诞节前夜", 12, 24}, {"元旦", 1, 1}, {"圣诞节", 12, 25}, {"圣诞前夕", 12, 24}, {"圣诞夜", 12, 24}, {"圣诞", 12, 25}, {"平安夜", 12, 24},
	{"跨年", 12, 31}, {"情人节", 2, 14}, {"三八节", 3, 8}, {"妇女节", 3, 8}, {"劳动节", 5, 1}, {"五一", 5, 1}, {"六一", 6, 1}, {"儿童节", 6, 1},
	{"双十二", 12, 12}, {"双12", 12, 12}, {"双十一", 11, 11}, {"双11", 11, 11}, {"双十", 10, 10}, {"万圣节", 10, 31}, {"光棍节", 11, 11},
}

// feastHan reads a feast with a fixed date. The national day is another one in
// each of the two; lunar ones (春节, 中秋) are left alone, for their date
// needs a table that runs out.
func (f *finder) feastHan(i int) (time.Time, int) {
	for _, y := range feastsHan {
		n, ok := f.mixed(i, y.words)
		if !ok || (y.words == "五一" || y.words == "六一") && f.numeric(i, n) {
			continue
		}
		return f.feast(y, i, n+f.tailHan(i+n))
	}
	if _, n := f.hanAny(i, "国庆日", "国庆节", "国庆"); n > 0 {
		day := yearly{month: 10, day: 1}
		if f.o.Lang == "zh-Hant" {
			day.day = 10
		}
		return f.feast(day, i, n)
	}
	if n, ok := f.han(i, "十一"); ok { // National Day is called by its date
		if _, k := f.hanAny(i+n, "前", "之前", "假期", "黄金周", "长假", "放假"); k > 0 && !f.numeric(i, n) {
			return f.feast(yearly{month: 10, day: 1}, i, n)
		}
	}
	return time.Time{}, 0
}

// tailHan is the length of 节 or 夜 behind a feast that was named without.
func (f *finder) tailHan(i int) int {
	_, n := f.hanAny(i, "儿童节", "节", "夜")
	return n
}

// numeric says that characters which name a feast are a piece of a number.
func (f *finder) numeric(i, n int) bool {
	if f.hanEndsAny(i, "星期", "周", "礼拜", "第", "二", "三", "四", "六", "七", "八", "九", "百") {
		return true
	}
	_, k := f.hanAny(i+n, "个", "点", "月", "号", "日", "百", "千", "块", "元", "天", "年", "十", "二", "三", "件", "双")
	return k > 0
}

// mixed says that the characters of s, some of which may be digits, stand at i.
func (f *finder) mixed(i int, s string) (int, bool) {
	n := 0
	for len(s) > 0 {
		if i+n >= len(f.t) {
			return 0, false
		}
		w := f.t[i+n].Norm
		if len(w) > len(s) || s[:len(w)] != w {
			return 0, false
		}
		s = s[len(w):]
		n++
	}
	return n, true
}

// feastEnglish reads Christmas and its like.
func (f *finder) feastEnglish(i int) (time.Time, int) {
	switch f.t[i].Norm {
	case "christmas", "xmas":
		if f.oneOf(i+1, "eve") {
			return f.feast(yearly{month: 12, day: 24}, i, 2)
		}
		n := 1
		if f.oneOf(i+1, "day") {
			n++
		}
		return f.feast(yearly{month: 12, day: 25}, i, n)
	case "boxing":
		if f.oneOf(i+1, "day") {
			return f.feast(yearly{month: 12, day: 26}, i, 2)
		}
	case "new":
		switch {
		case f.oneOf(i+1, "year", "years") && f.oneOf(i+2, "eve"):
			return f.feast(yearly{month: 12, day: 31}, i, 3)
		case f.oneOf(i+1, "year", "years") && f.oneOf(i+2, "day"):
			return f.feast(yearly{month: 1, day: 1}, i, 3)
		}
	case "valentine", "valentines":
		n := 1
		if f.oneOf(i+1, "day") {
			n++
		}
		return f.feast(yearly{month: 2, day: 14}, i, n)
	case "halloween":
		return f.feast(yearly{month: 10, day: 31}, i, 1)
	}
	return time.Time{}, 0
}

func (f *finder) feast(y yearly, i, n int) (time.Time, int) {
	return f.withYear(i, n, y.month, y.day)
}
