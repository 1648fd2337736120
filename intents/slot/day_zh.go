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
	if d, n := f.feastHan(i); n > 0 {
		return d, n
	}
	if d, n := f.monthHan(i); n > 0 {
		return d, n
	}
	if _, n := f.hanAny(i, "下个月"); n > 0 {
		now := f.today()
		return time.Date(now.Year(), now.Month()+1, 1, 0, 0, 0, 0, f.o.Zone), n
	}
	return f.calendarHan(i)
}

// nearHan reads today, tomorrow and their neighbours.
func (f *finder) nearHan(i int) (time.Time, int) {
	for _, w := range [...]struct {
		word string
		days int
	}{
		{"大后天", 3}, {"大前天", -3}, {"后天", 2}, {"前天", -2}, {"明天", 1}, {"明日", 1}, {"明早", 1}, {"明晚", 1}, {"昨晚", -1}, {"前晚", -2}, {"今儿", 0}, {"明儿", 1}, {"昨儿", -1},
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
	switch s, n := f.hanAny(i, "年底", "年末"); s {
	case "年底", "年末":
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
	s, n := f.hanAny(i, "下下个", "下下", "下个", "下", "这个", "这", "本", "上上个", "上上", "上个", "上")
	week := 0
	switch s {
	case "下下个", "下下":
		week = 2
	case "下个", "下":
		week = 1
	case "这个", "这", "本":
		week = thisWeek
	case "上上个", "上上":
		week = -2
	case "上个", "上":
		week = -1
	}
	w, m := f.hanAny(i+n, "星期", "礼拜", "周")
	if m == 0 && n == 0 {
		_, m = f.hanAny(i, "拜") // 拜三, as people in Taiwan write it
		if _, ok := f.weekdayHan(i + 1); m > 0 && (!ok || f.hanEnds(i, "礼")) {
			return time.Time{}, 0
		}
	}
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
	if week == 1 || week == 2 {
		if _, k := f.hanAny(at, "之内", "以内", "内"); k > 0 {
			return f.weekday(time.Friday, week), n + m + k
		}
		return f.weekday(time.Monday, week), n + m
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

// calendarHan reads 2026年11月28日, 11月28, 十一月二十八号, 28号. For a day that
// no calendar has, or one of the lunar calendar, it gives the zero time and how
// many tokens to leave alone.
func (f *finder) calendarHan(i int) (time.Time, int) {
	if f.t[i].Kind == text.Word {
		return time.Time{}, 0
	}
	year, n := f.yearHan(i)
	a, k := f.dayNumber(i + n)
	if k == 0 {
		return time.Time{}, 0
	}
	if _, m := f.hanAny(i+n+k, "月"); m > 0 {
		n += k + m
		d, k := f.dayNumber(i + n)
		if k == 0 {
			return time.Time{}, 0
		}
		n += k
		if _, k := f.hanAny(i+n, "日", "号"); k > 0 {
			n += k
		}
		t, ok := f.inYear(year, a, d, i, i+n-1)
		if !ok || f.lunar(i) {
			return time.Time{}, n
		}
		return t, n
	}
	if s, m := f.hanAny(i+k, "号", "日"); n == 0 && m > 0 && a <= 31 && f.dayOfMonth(i, i+k+m, s) && !f.lunar(i) {
		if t, ok := f.inMonth(a, i, i+k); ok {
			return t, k + m
		}
	}
	return time.Time{}, 0
}

// dayOfMonth keeps 3号楼, 5号线, 七日内 and 第3号 from being days.
func (f *finder) dayOfMonth(first, next int, word string) bool {
	if f.hanEnds(first, "第") {
		return false
	}
	if _, n := f.hanAny(next, "楼", "线", "店", "门", "房", "院", "馆", "仓", "客服", "柜", "机", "电池", "出口", "桌", "窗", "厅", "车", "球", "字", "幢", "栋", "码头", "技师", "套餐"); n > 0 {
		return false
	}
	if word == "日" {
		_, n := f.hanAny(next, "内", "后", "以内", "之内", "游")
		return n == 0
	}
	return true
}

// unitsHan are the units of a distance, longest first.
var unitsHan = []string{"个工作日", "工作日", "个工作天", "工作天", "个半小时", "个半钟头", "个小时", "小时", "个钟头", "钟头", "分钟", "刻钟", "个星期", "星期", "个礼拜", "礼拜", "个月", "周", "天", "日"}

func (f *finder) aheadHan(i int) (time.Time, int) {
	if d, n := f.halfAhead(i); n > 0 {
		return d, n
	}
	through, past := 0, false
	if _, k := f.hanAny(i, "过"); k > 0 { // 过两天
		through, past = k, true
	}
	count, n := f.countHan(i + through)
	if n == 0 {
		return time.Time{}, 0
	}
	n += through
	unit, k := f.hanAny(i+n, unitsHan...)
	if k == 0 {
		return time.Time{}, 0
	}
	n += k
	dir, k := f.hanAny(i+n, "之内", "以内", "内", "之后", "以后", "后", "之前", "以前", "前")
	if k == 0 && !past || unit == "天" && f.hanEnds(i, "第") {
		return time.Time{}, 0
	}
	n += k
	if dir == "之前" || dir == "以前" || dir == "前" {
		count = -count
	}
	return f.away(count, unit), n
}

// countHan reads 三, 24 and, as its upper end, 两三.
func (f *finder) countHan(i int) (int, int) {
	a, ok := hanDigit(f.at(i))
	b, follows := hanDigit(f.at(i + 1))
	if ok && follows && a > 0 && a < 9 && b == a+1 && f.t[i].Kind == text.Han {
		return int(b), 2
	}
	fig, ok := f.figureAt(i)
	if !ok || !fig.whole || fig.cents > 40000 || fig.cents <= 0 {
		return 0, 0
	}
	return int(fig.cents / 100), fig.n
}

// halfAhead reads 半小时后, 半个月内.
func (f *finder) halfAhead(i int) (time.Time, int) {
	if _, n := f.hanAny(i, "半"); n == 0 {
		return time.Time{}, 0
	}
	unit, n := f.hanAny(i+1, "个小时", "小时", "个钟头", "钟头", "个月", "天")
	_, k := f.hanAny(i+1+n, "之内", "以内", "内", "之后", "以后", "后")
	if n == 0 || k == 0 {
		return time.Time{}, 0
	}
	switch unit {
	case "个月":
		return f.plus(15), 1 + n + k
	case "天":
		return f.o.Now.In(f.o.Zone).Add(12 * time.Hour), 1 + n + k
	}
	return f.o.Now.In(f.o.Zone).Add(30 * time.Minute), 1 + n + k
}

// away is the day or time so many units from now.
func (f *finder) away(count int, unit string) time.Time {
	now := f.o.Now.In(f.o.Zone)
	switch unit {
	case "小时", "个小时", "钟头", "个钟头":
		return now.Add(time.Duration(count) * time.Hour)
	case "个半小时", "个半钟头":
		return now.Add(time.Duration(count)*time.Hour + 30*time.Minute)
	case "分钟":
		return now.Add(time.Duration(count) * time.Minute)
	case "刻钟":
		return now.Add(time.Duration(count) * 15 * time.Minute)
	case "周", "星期", "个星期", "礼拜", "个礼拜":
		return f.plus(7 * count)
	case "个月":
		return f.today().AddDate(0, count, 0)
	case "工作日", "个工作日", "工作天", "个工作天":
		return f.workdays(count)
	}
	return f.plus(count)
}
