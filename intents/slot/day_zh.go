package slot

import (
	"time"

	"github.com/accord-chat/accord/intents/text"
)

// dayHan reads a day written in Chinese at token i.
func (f *finder) dayHan(i int) (time.Time, int) {
	if d, n := f.nearHan(i); n > 0 {
		return d, n
	}
	if d, n := f.weekHan(i); n > 0 {
		return d, n
	}
	return f.calendarHan(i)
}

// nearHan reads today, tomorrow and their neighbours.
func (f *finder) nearHan(i int) (time.Time, int) {
	for _, w := range [...]struct {
		word string
		days int
	}{
		{"大后天", 3}, {"大前天", -3}, {"后天", 2}, {"前天", -2}, {"明天", 1}, {"明日", 1}, {"明早", 1}, {"明晚", 1},
		{"昨天", -1}, {"昨日", -1}, {"今天", 0}, {"今日", 0}, {"今晚", 0}, {"今早", 0}, {"隔天", 1},
	} {
		if n, ok := f.han(i, w.word); ok {
			if w.word[len(w.word)-3:] == "早" || w.word[len(w.word)-3:] == "晚" {
				if !f.timeFollows(i + n) {
					return f.plus(w.days), n
				}
				n-- // leave 早 or 晚 to the hour
			}
			return f.plus(w.days), n
		}
	}
	now := f.today()
	switch s, n := f.hanAny(i, "月底", "下个月", "年底"); s {
	case "月底":
		return time.Date(now.Year(), now.Month()+1, 0, 0, 0, 0, 0, f.o.Zone), n
	case "下个月":
		return time.Date(now.Year(), now.Month()+1, 1, 0, 0, 0, 0, f.o.Zone), n
	case "年底":
		return time.Date(now.Year(), time.December, 31, 0, 0, 0, 0, f.o.Zone), n
	}
	return time.Time{}, 0
}

func (f *finder) timeFollows(i int) bool {
	if _, n := f.hanAny(i, "上"); n > 0 {
		i++
	}
	_, ok := f.figureAt(i)
	return ok
}

// weekHan reads 周六, 星期六, 礼拜六, 这周六, 下周二, 下下周一, 上周五, 周末.
func (f *finder) weekHan(i int) (time.Time, int) {
	s, n := f.hanAny(i, "下下个", "下下", "下个", "下", "这个", "这", "本", "上个", "上")
	week := 0
	switch s {
	case "下下个", "下下":
		week = 2
	case "下个", "下":
		week = 1
	case "这个", "这", "本":
		week = thisWeek
	case "上个", "上":
		week = -1
	}
	w, m := f.hanAny(i+n, "星期", "礼拜", "周")
	if m == 0 {
		return time.Time{}, 0
	}
	at := i + n + m
	if _, k := f.hanAny(at, "末"); k > 0 && w == "周" {
		if week == 0 {
			week = thisWeek
		}
		return f.weekday(time.Saturday, week), n + m + 1
	}
	if d, ok := f.weekdayHan(at); ok {
		t := f.weekday(d, week)
		if week == 0 && f.speaksOfPast(i, at) {
			t = t.AddDate(0, 0, -7)
		}
		return t, n + m + 1
	}
	if week == 1 {
		return f.weekday(time.Monday, 1), n + m
	}
	return time.Time{}, 0
}

func (f *finder) weekdayHan(i int) (time.Weekday, bool) {
	if i >= len(f.t) {
		return 0, false
	}
	switch f.t[i].Norm {
	case "一", "1":
		return time.Monday, true
	case "二", "2":
		return time.Tuesday, true
	case "三", "3":
		return time.Wednesday, true
	case "四", "4":
		return time.Thursday, true
	case "五", "5":
		return time.Friday, true
	case "六", "6":
		return time.Saturday, true
	case "日", "天", "7":
		return time.Sunday, true
	}
	return 0, false
}

// calendarHan reads 2026年11月28日, 11月28, 十一月二十八号, 28号.
func (f *finder) calendarHan(i int) (time.Time, int) {
	a, ok := f.figureAt(i)
	if !ok || a.cents <= 0 || !a.whole || f.t[i].Kind == text.Word {
		return time.Time{}, 0
	}
	n, year := a.n, 0
	if _, k := f.hanAny(i+n, "年"); k > 0 && a.cents >= 200000 {
		year = int(a.cents / 100)
		n += k
		if a, ok = f.figureAt(i + n); !ok {
			return time.Time{}, 0
		}
		n += a.n
	}
	if _, k := f.hanAny(i+n, "月"); k > 0 {
		n += k
		d, ok := f.figureAt(i + n)
		if !ok {
			return time.Time{}, 0
		}
		n += d.n
		if _, k := f.hanAny(i+n, "日", "号"); k > 0 {
			n += k
		}
		if t, ok := f.inYear(year, int(a.cents/100), int(d.cents/100), i, i+n-1); ok {
			return t, n
		}
		return time.Time{}, 0
	}
	if s, k := f.hanAny(i+n, "号", "日"); k > 0 && a.cents <= 3100 && f.dayOfMonth(i, i+n+k, s) {
		if t, ok := f.inMonth(int(a.cents/100), i, i+n); ok {
			return t, n + k
		}
	}
	return time.Time{}, 0
}

// dayOfMonth keeps 3号楼, 5号线, 七日内 and 第3号 from being days.
func (f *finder) dayOfMonth(first, next int, word string) bool {
	if f.hanEnds(first, "第") {
		return false
	}
	if _, n := f.hanAny(next, "楼", "线", "店", "门", "房", "院", "馆", "仓", "客服", "柜", "机"); n > 0 {
		return false
	}
	if word == "日" {
		_, n := f.hanAny(next, "内", "后", "以内", "之内", "游")
		return n == 0
	}
	return true
}

// ahead reads a distance from now: "in 3 days", "within two weeks", "3 days
// from now", "in 2 hours", "3 days ago", 三天内, 两周后, 3小时内.
func (f *finder) ahead(i int) (time.Time, int) {
	if f.t[i].Kind != text.Han && !f.frequency(i) {
		if t, n := f.aheadEnglish(i); n > 0 {
			return t, n
		}
	}
	return f.aheadHan(i)
}

// frequency says that "in a month" tells how often: "the second problem in a
// month", "three times in a week".
func (f *finder) frequency(i int) bool {
	for k := max(0, i-4); k < i; k++ {
		if f.oneOf(k, "second", "third", "twice", "times", "once", "again") {
			return true
		}
	}
	return false
}

func (f *finder) aheadEnglish(i int) (time.Time, int) {
	n := 0
	if f.oneOf(i, "in", "within") {
		n = 1
		if f.oneOf(i+n, "the") && f.oneOf(i+n+1, "next") {
			n += 2
		}
	}
	count, k := f.countAt(i + n)
	if k == 0 {
		return time.Time{}, 0
	}
	n += k
	if f.oneOf(i+n, "business", "working") {
		n++
	}
	if i+n >= len(f.t) {
		return time.Time{}, 0
	}
	unit := f.t[i+n].Stem
	n++
	switch {
	case f.oneOf(i+n, "ago"):
		count, n = -count, n+1
	case f.oneOf(i+n, "from") && f.oneOf(i+n+1, "now", "today"):
		n += 2
	case !f.oneOf(i, "in", "within"):
		return time.Time{}, 0
	}
	return f.distance(count, unit, n)
}

// countAt reads "3", "three", "a", "a couple of", "a few".
func (f *finder) countAt(i int) (int, int) {
	if f.oneOf(i, "a") && f.oneOf(i+1, "couple") {
		if f.oneOf(i+2, "of") {
			return 2, 3
		}
		return 2, 2
	}
	if fig, ok := f.figureAt(i); ok && fig.whole && fig.cents <= 40000 {
		return int(fig.cents / 100), fig.n
	}
	if f.oneOf(i, "a", "an") {
		return 1, 1
	}
	return 0, 0
}

// distance adds so many units to now.
func (f *finder) distance(count int, unit string, n int) (time.Time, int) {
	switch unit {
	case "day":
		return f.plus(count), n
	case "week":
		return f.plus(7 * count), n
	case "month":
		return f.today().AddDate(0, count, 0), n
	case "hour", "hr", "h":
		return f.o.Now.In(f.o.Zone).Add(time.Duration(count) * time.Hour), n
	case "minut", "min":
		return f.o.Now.In(f.o.Zone).Add(time.Duration(count) * time.Minute), n
	}
	return time.Time{}, 0
}

func (f *finder) aheadHan(i int) (time.Time, int) {
	fig, ok := f.figureAt(i)
	if !ok || !fig.whole || fig.cents > 40000 || fig.cents <= 0 {
		return time.Time{}, 0
	}
	n := fig.n
	unit, k := f.hanAny(i+n, "个工作日", "工作日", "个小时", "小时", "分钟", "个星期", "星期", "个礼拜", "礼拜", "个月", "周", "天", "日")
	if k == 0 {
		return time.Time{}, 0
	}
	n += k
	count := int(fig.cents / 100)
	dir, k := f.hanAny(i+n, "之内", "以内", "内", "之后", "以后", "后", "之前", "以前", "前")
	if k == 0 {
		return time.Time{}, 0
	}
	n += k
	if dir == "之前" || dir == "以前" || dir == "前" {
		count = -count
	}
	english := map[string]string{"小时": "hour", "个小时": "hour", "分钟": "minut", "周": "week", "星期": "week", "个星期": "week", "礼拜": "week", "个礼拜": "week", "个月": "month"}
	u, ok := english[unit]
	if !ok {
		u = "day"
	}
	return f.distance(count, u, n)
}
