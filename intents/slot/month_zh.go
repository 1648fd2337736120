package slot

import (
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

// monthHan reads 月底, 月初, 下个月底, 下月5号, 上个月20号, 十二月初, 12月中旬.
// A day that no month has is void: it is read as nothing, and so is its rest.
func (f *finder) monthHan(i int) (time.Time, int) {
	month, n, named := f.monthNamed(i)
	if n == 0 {
		return time.Time{}, 0
	}
	if part, k := f.hanAny(i+n, "月底", "底", "末", "初", "上旬", "中旬", "下旬"); k > 0 {
		return f.partOf(month, part), n + k
	}
	if !named {
		return time.Time{}, 0
	}
	if day, k := f.dayNumber(i + n); k > 0 {
		if _, s := f.hanAny(i+n+k, "号", "日"); s > 0 {
			d, _ := f.valid(month.Year(), int(month.Month()), day)
			return d, n + k + s
		}
	}
	return time.Time{}, 0
}

// monthNamed gives the first day of the month that the words at i name; named
// says that it was named by its distance from now.
func (f *finder) monthNamed(i int) (first time.Time, n int, named bool) {
	now := f.today()
	at := func(months int) time.Time {
		return time.Date(now.Year(), now.Month()+time.Month(months), 1, 0, 0, 0, 0, f.o.Zone)
	}
	switch s, n := f.hanAny(i, "下下个月", "下个月", "下月", "上个月", "上月", "这个月", "本月", "这月", "当月"); s {
	case "下下个月":
		return at(2), n, true
	case "下个月", "下月":
		return at(1), n, true
	case "上个月", "上月":
		return at(-1), n, true
	case "":
	default:
		return at(0), n, true
	}
	if s, n := f.hanAny(i, "月底", "月末", "月初"); n > 0 {
		if _, lunar := hanDigit(f.at(i + n)); s == "月初" && lunar {
			return time.Time{}, 0, false // 腊月初八 is of the lunar calendar
		}
		if s == "月初" && now.Day() > 1 {
			return at(1), 1, false
		}
		return at(0), 1, false
	}
	fig, ok := f.figureAt(i)
	if !ok || !fig.whole || fig.cents < 100 || fig.cents > 1200 {
		return time.Time{}, 0, false
	}
	if _, k := f.hanAny(i+fig.n, "月"); k == 0 {
		return time.Time{}, 0, false
	}
	d := time.Date(now.Year(), time.Month(fig.cents/100), 1, 0, 0, 0, 0, f.o.Zone)
	if d.AddDate(0, 1, 0).Before(now) {
		d = d.AddDate(1, 0, 0)
	}
	return d, fig.n + 1, false
}

// partOf gives the day by which a part of a month is over, or for its
// beginning the first.
func (f *finder) partOf(month time.Time, part string) time.Time {
	switch part {
	case "初":
		return month
	case "上旬":
		return month.AddDate(0, 0, 9)
	case "中旬":
		return month.AddDate(0, 0, 14)
	}
	return month.AddDate(0, 1, -1)
}

// dayNumber reads the day of a month, also 廿八 and 卅一.
func (f *finder) dayNumber(i int) (int, int) {
	if s, n := f.hanAny(i, "廿", "卅"); n > 0 {
		day := 20
		if s == "卅" {
			day = 30
		}
		if v, ok := hanDigit(f.at(i + 1)); ok && v > 0 && v < 10 {
			return day + int(v), 2
		}
		return day, 1
	}
	fig, ok := f.figureAt(i)
	if !ok || !fig.whole || fig.cents < 100 || fig.cents > 3900 {
		return 0, 0
	}
	return int(fig.cents / 100), fig.n
}

// yearHan reads the year before a month: 2026年, 26年, 明年, 去年, 民国114年 and,
// in traditional Chinese, 114年. The years of the Republic count from 1912.
func (f *finder) yearHan(i int) (year, n int) {
	now := f.today().Year()
	switch s, n := f.hanAny(i, "今年", "明年", "后年", "去年", "前年"); s {
	case "今年":
		return now, n
	case "明年":
		return now + 1, n
	case "后年":
		return now + 2, n
	case "去年":
		return now - 1, n
	case "前年":
		return now - 2, n
	}
	_, n = f.hanAny(i, "民国")
	fig, ok := f.figureAt(i + n)
	if !ok || !fig.whole {
		return 0, 0
	}
	v := int(fig.cents / 100)
	if _, k := f.hanAny(i+n+fig.n, "年"); k == 0 {
		return 0, 0
	}
	switch republic := n > 0; {
	case republic && v < 300, f.o.Lang == message.Traditional && v > 99 && v < 200:
		return 1911 + v, n + fig.n + 1
	case v >= 2000 && v < 2200:
		return v, n + fig.n + 1
	case v >= 20 && v < 60 && len(fig.digits) == 2:
		return 2000 + v, n + fig.n + 1
	}
	return 0, 0
}

// lunar says that a day is one of the other calendar, which is not read here.
func (f *finder) lunar(i int) bool {
	return f.hanEndsAny(i, "农历", "阴历", "旧历")
}
