package slot

import (
	"strconv"
	"strings"

	"github.com/accord-chat/accord/intents/text"
)

// clockHan reads 早上九点, 下午3点半, 晚上8:30, 17点, 中午12点, 三点一刻.
func (f *finder) clockHan(i int) (int, int) {
	if f.hanEnds(i, "最") {
		return 0, 0 // the 晚 of 最晚九点 is no evening
	}
	if m, n := f.shortOf(i); n > 0 {
		return m, n
	}
	period, n := f.hanAny(i, "凌晨", "早上", "早晨", "上午", "中午", "下午", "傍晚", "晚上", "半夜", "夜里", "早", "晚")
	fig, ok := f.figureAt(i + n)
	if !ok || !fig.whole || fig.cents > 2400 {
		if period == "中午" && !ok {
			return 12 * 60, n
		}
		return 0, 0
	}
	hour := int(fig.cents / 100)
	k := n + fig.n
	if fig.written && hour == 1 && f.aBit(i, n, i+k) {
		return 0, 0
	}
	if period != "" && f.glued(i+k) && f.mark(i+k, ":") && f.isNumber(i+k+1) {
		minute, _ := strconv.Atoi(f.t[i+k+1].Norm)
		return inPeriod(hour, period)*60 + min(minute, 59), k + 2
	}
	s, m := f.hanAny(i+k, "点钟", "点", "时")
	if m == 0 || s == "时" && fig.written || hour == 24 && period != "" {
		return 0, 0
	}
	k += m
	minute, m, said := f.minutesHan(i + k)
	k += m
	if period == "" && !(hour == 0 && f.t[i].Norm == "零") && f.noHour(i, i+k, fig.written && s == "点" && !said) {
		return 0, 0
	}
	if period == "" && hour < 8 && hour > 0 {
		period = f.laterPeriod(i)
	}
	if hour = inPeriod(hour, period); hour <= 24 {
		hour %= 24
	}
	return hour*60 + minute, k
}

// noHour says that 点 is no hour: 一点都不, 两点意见. A bare one, in words and
// without minutes, needs words around it that speak of an hour.
func (f *finder) noHour(first, next int, bare bool) bool {
	return bare && !f.hourContext(first, next) && !f.hourAsked(first, next) || f.bargain(next)
}

// minutesHan reads 半, 一刻, 三刻 and 20分; said tells whether any stood there.
func (f *finder) minutesHan(i int) (minute, n int, said bool) {
	switch s, n := f.hanAny(i, "半", "一刻", "三刻", "整"); s {
	case "半":
		return 30, n, true
	case "一刻":
		return 15, n, true
	case "三刻":
		return 45, n, true
	case "整":
		return 0, n, true
	}
	if fig, ok := f.figureAt(i); ok && fig.whole && fig.cents < 6000 {
		if _, k := f.hanAny(i+fig.n, "分"); k > 0 {
			return int(fig.cents / 100), fig.n + k, true
		}
		if fig.written && fig.cents >= 1000 {
			return int(fig.cents / 100), fig.n, true
		}
	}
	return 0, 0, false
}

// hourContext says that the words around a bare 三点 speak of an hour.
func (f *finder) hourContext(first, next int) bool {
	if f.hanEndsAny(first, "天", "日", "号", "一", "二", "三", "四", "五", "六", "末") {
		return true
	}
	if f.latest(first) || f.hanEndsAny(first, "点到", "点至", "点或", "半到", "半至", "半或") {
		return true // 九点到十一点
	}
	_, n := f.hanAny(next, "前", "之前", "后", "之后", "左右", "到", "来", "送", "以前", "以后", "见", "可以", "行")
	return n > 0
}

// aBit says that 一点 behind an adjective is "a bit": 晚一点, 早一點, 快一点,
// 安静一点. n is the length of the half of the day at first, if one is there;
// next is the token behind 一. Behind a day, 晚一点 is an hour: 今晚一点.
func (f *finder) aBit(first, n, next int) bool {
	if _, m := f.hanAny(next, "点"); m == 0 {
		return false
	}
	if _, m := f.hanAny(next+1, "半", "钟", "整", "一刻", "三刻"); m > 0 || f.isNumber(next+1) {
		return false
	}
	if n > 0 {
		return f.hanEnds(next-1, "早") || f.hanEnds(next-1, "晚") && !f.hanEndsAny(next-2, "今", "明", "昨", "当", "每")
	}
	return !f.latest(first) && f.hanEndsAny(first, "早", "晚", "快", "慢", "迟", "大", "小", "多", "少", "高", "低", "远", "近", "轻", "重", "好", "厚", "薄", "静", "净", "松", "紧", "长", "短", "便宜", "有", "退", "差", "补", "给", "送")
}

// hourAsked says that an hour or a day was asked for and the text holds
// nothing but a bare 九点.
func (f *finder) hourAsked(first, next int) bool {
	if f.want != "date" && f.want != "time" {
		return false
	}
	for i := range f.t {
		if i >= first && i < next || f.t[i].Kind == text.Punct || f.t[i].Kind == text.Han && strings.Contains("是的了啊吧呢哦喔嗯那就好要在到大概约差不多左右最晚前可以行我想", f.t[i].Norm) {
			continue
		}
		return false
	}
	return true
}

// latest says that the words before token i name a limit: 最晚九点.
func (f *finder) latest(i int) bool { return f.hanEndsAny(i, "最晚", "最迟", "最慢", "最早") }

// bargain says that 点 was "a bit": 便宜3点 or 3点意见 are no hours.
func (f *finder) bargain(next int) bool {
	_, n := f.hanAny(next, "意见", "建议", "要求", "问题", "理由", "原因", "疑问")
	return n > 0
}

// laterPeriod puts a bare early hour into the afternoon, unless the words
// before it already named a half of the day.
func (f *finder) laterPeriod(i int) string {
	if !f.latest(i) && f.hanEndsAny(i, "早上", "上午", "凌晨", "早") {
		return ""
	}
	return "下午"
}

// inPeriod gives the hour of a half of the day; that of a night past midnight
// counts on from 24, for it lies on the next day: 周五晚上一点.
func inPeriod(hour int, period string) int {
	switch period {
	case "半夜", "夜里":
		if hour == 12 {
			return 24
		}
		if hour > 5 && hour < 12 {
			return hour + 12
		}
	case "晚上", "晚":
		if hour > 0 && hour < 5 {
			return hour + 24
		}
		if hour < 12 {
			return hour + 12
		}
	case "下午", "傍晚":
		if hour < 12 {
			return hour + 12
		}
	case "中午":
		if hour < 4 {
			return hour + 12
		}
	case "凌晨", "早上", "早晨", "上午", "早":
		if hour == 12 {
			return 0
		}
	}
	return hour
}

// shortOf reads 差五分三点 and 差一刻五点.
func (f *finder) shortOf(i int) (int, int) {
	period, n := f.hanAny(i, "早上", "上午", "中午", "下午", "晚上")
	if _, k := f.hanAny(i+n, "差"); k == 0 {
		return 0, 0
	}
	n++
	minutes := 15
	if _, k := f.hanAny(i+n, "一刻"); k > 0 {
		n += k
	} else {
		fig, ok := f.figureAt(i + n)
		if !ok || !fig.whole || fig.cents > 3000 {
			return 0, 0
		}
		if _, k := f.hanAny(i+n+fig.n, "分"); k == 0 {
			return 0, 0
		}
		minutes, n = int(fig.cents/100), n+fig.n+1
	}
	fig, ok := f.figureAt(i + n)
	if !ok || !fig.whole || fig.cents < 100 || fig.cents > 2400 {
		return 0, 0
	}
	if _, k := f.hanAny(i+n+fig.n, "点"); k == 0 {
		return 0, 0
	}
	hour := int(fig.cents / 100)
	if period == "" && hour < 8 {
		period = "下午"
	}
	return inPeriod(hour, period)*60 - minutes, n + fig.n + 1
}
