package slot

import (
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/text"
)

// money finds amounts that carry their currency: $20, US$ 20, 20 dollars,
// NT$300, 80元, 八十块.
func (f *finder) money() {
	for i := 0; i < len(f.t); i++ {
		if f.used[i] {
			continue
		}
		if cur, n := f.currencyBefore(i); n > 0 {
			if fig, ok := f.figureAt(i + n); ok {
				_, m := f.currencyAfter(i + n + fig.n)
				f.putMoney(fig, cur, i, i+n+fig.n+m-1)
				i += n + fig.n + m - 1
				i += f.upperEnd(i+1, cur)
			}
			continue
		}
		fig, ok := f.figureAt(i)
		if !ok {
			continue
		}
		j := i + fig.n
		if _, k := f.hanAny(j, "来", "多", "余"); k > 0 && fig.written {
			if _, n := f.currencyAfter(j + k); n > 0 {
				j += k // 一百多块
			}
		}
		if cur, n := f.currencyAfter(j); n > 0 && !f.pieces(i, j) {
			f.lowerEnd(i, cur)
			add, k := f.small(j+n, f.t[j].Norm)
			fig.cents += add
			f.putMoney(fig, cur, i, j+n+k-1)
			j += n + k
		}
		i = j - 1
	}
}

// small reads the part of an amount that stands behind its unit, in cents, and
// how many tokens it takes: 八块五, 3块5毛, 八元五角, "two dollars fifty".
func (f *finder) small(i int, unit string) (int64, int) {
	if f.oneOf(i-1, "dollar", "dollars", "pounds", "pound", "euros", "euro") {
		return f.centsWords(i)
	}
	if unit != "块" && unit != "元" && unit != "圆" {
		return 0, 0
	}
	v, ok := int64(0), false
	if i < len(f.t) && f.t[i].Kind == text.Han {
		v, ok = hanDigit(f.t[i].Norm)
	} else if d, is := f.smallNumber(i); is && f.glued(i) {
		v, ok = int64(d), true
	}
	if !ok || v <= 0 || v > 9 {
		return 0, 0
	}
	if _, n := f.hanAny(i+1, "毛钱", "毛", "角"); n > 0 {
		return v * 10, 1 + n
	}
	if unit == "块" && (i+1 == len(f.t) || f.t[i+1].Kind == text.Punct) {
		return v * 10, 1
	}
	return 0, 0
}

// centsWords reads "fifty", "50" and "and 50 cents" behind dollars.
func (f *finder) centsWords(i int) (int64, int) {
	k := i
	if f.oneOf(k, "and") {
		k++
	}
	fig, ok := f.figureAt(k)
	if !ok || !fig.whole || fig.cents < 500 || fig.cents > 9900 {
		return 0, 0
	}
	next := k + fig.n
	switch {
	case f.oneOf(next, "cent", "cents"):
		return fig.cents / 100, next + 1 - i
	case k == i && f.endsClause(next):
		return fig.cents / 100, next - i
	}
	return 0, 0
}

// pieces says that 块 counts things, which it does before their name and
// behind 第: 一块蛋糕, 第一块屏幕.
func (f *finder) pieces(first, unit int) bool {
	if f.hanEnds(first, "第") {
		return true
	}
	if _, n := f.hanAny(unit, "块"); n == 0 {
		return false
	}
	_, n := f.hanAny(unit+1, "蛋糕", "手表", "表", "电池", "屏幕", "荧幕", "布", "饼", "板", "砖", "地毯", "香皂", "肥皂", "石", "儿", "肉", "面包", "毛巾", "披萨", "玻璃", "木", "地", "豆腐", "糖", "瓷砖", "拼图", "硬盘", "主板", "显卡", "充电宝", "垫")
	return n > 0
}

// lowerEnd records the lower end of a span of money: the 20 of 20-30元. The
// figure at i is the upper end.
func (f *finder) lowerEnd(i int, cur string) {
	k := i - 2
	if k < 0 || f.used[k] || f.upTo(i-1) != 1 || f.oneOf(i-1, "or") || f.mark(i-1, ",") || f.oneOf(i-1, "and") && !f.oneOf(k-1, "between") {
		return
	}
	fig, ok := f.figureAt(k)
	if !ok || fig.n != 1 || f.code(k, k-1) {
		return
	}
	f.putMoney(fig, cur, k, k)
}

// upperEnd records the upper end of a span whose lower end carries the sign,
// and gives the tokens it took: the 30 of $20-30.
func (f *finder) upperEnd(i int, cur string) int {
	if !f.mark(i, "-") && !f.mark(i, "~") || !f.glued(i) || !f.glued(i+1) {
		return 0
	}
	fig, ok := f.figureAt(i + 1)
	if !ok || fig.written {
		return 0
	}
	f.putMoney(fig, cur, i+1, i+fig.n)
	return 1 + fig.n
}

func (f *finder) putMoney(fig figure, cur string, first, last int) {
	amount := fig.cents
	switch cur {
	case "cents":
		amount, cur = amount/100, f.generic("dollar")
	case "dime":
		amount, cur = amount/10, f.generic("yuan")
	}
	if cur == "JPY" || cur == "KRW" {
		amount /= 100
	}
	if amount < 0 {
		return
	}
	f.put(message.Slot{Kind: message.SlotMoney, Amount: amount, Currency: cur}, first, last)
}

// bareMoney takes a number without a currency for money where only money can
// be meant: it was asked for, or an offer is on the table and the words around
// the number bargain.
func (f *finder) bareMoney() {
	if f.want != "" && f.want != string(message.SlotMoney) {
		return
	}
	offer := f.want == "money" || f.o.Expect.Currency != "" && (f.o.Expect.Kind == "yesno" || f.o.Expect.Kind == "choice")
	for i := 0; i < len(f.t); i++ {
		fig, ok := f.figureAt(i)
		if !ok || f.used[i] || fig.cents == 0 || f.code(i, i+fig.n-1) || f.listed(i) || f.counted(i+fig.n) {
			i += max(fig.n-1, 0)
			continue
		}
		last := i + fig.n - 1
		switch {
		case f.want == "money" && (!fig.written || f.alone(i, last)),
			offer && !f.ordinal(fig) && !f.aDate(fig) && f.alone(i, last) && !(fig.written && fig.n == 1 && f.t[i].Kind == text.Word && fig.cents < 300),
			offer && !fig.written && len(fig.digits) > 1 && len(fig.digits) < 5 && f.clauseOfItsOwn(i) && last == i,
			offer && (!fig.written || fig.cents >= 1000) && f.bargains(i, last),
			f.pays(i, last) && (!fig.written || fig.cents >= 1000):
			f.putMoney(fig, f.o.Expect.Currency, i, last)
		}
		i = last
	}
}

// listed says that a comma without a space ties the digits at i to others: 1,5
// may be one sum or two.
func (f *finder) listed(i int) bool {
	return f.isNumber(i) && (f.glued(i) && f.mark(i-1, ",") && f.glued(i-1) && f.isNumber(i-2) ||
		f.glued(i+1) && f.mark(i+1, ",") && f.glued(i+2) && f.isNumber(i+2) && len(f.t[i+2].Norm) < 3)
}

// ordinal says that a bare number names one of the choices.
func (f *finder) ordinal(fig figure) bool {
	return f.o.Expect.Kind == "choice" && fig.whole && fig.cents/100 <= int64(len(f.o.Expect.Choices))
}

// aDate keeps eight digits in a row from being a fortune.
func (f *finder) aDate(fig figure) bool { return len(fig.digits) >= 7 }

// code says that the number is a piece of a longer code or a date.
func (f *finder) code(first, last int) bool {
	if f.glued(first) && (f.t[first-1].Kind == text.Word || f.mark(first-1, "-") || f.mark(first-1, "#") || f.mark(first-1, "/") || f.mark(first-1, ":")) {
		return true
	}
	return f.glued(last+1) && (f.t[last+1].Kind == text.Word || f.mark(last+1, "%") || f.mark(last+1, "/") || f.mark(last+1, ":") || f.mark(last+1, "-"))
}

// counted says that the token behind a number names what is counted, and that
// it is no money.
func (f *finder) counted(i int) bool {
	if i >= len(f.t) {
		return false
	}
	if f.t[i].Kind == text.Han {
		_, n := f.hanAny(i, "天", "个", "点", "号", "月", "日", "周", "年", "小时", "分", "件", "台", "次", "张", "岁", "楼", "折", "倍", "趟", "样", "种", "把", "双", "对", "打", "瓶", "包", "袋", "本", "支", "根", "间", "晚", "辆", "份", "碗", "杯", "片", "颗", "粒", "朵", "副", "组", "入", "罐", "秒", "位", "只", "盒", "套", "成", "星期", "礼拜", "遍", "家", "部", "条", "下", "起", "直", "定", "般", "些", "会", "共", "样")
		_, closes := f.hanAny(i, "成交")
		return n > 0 && closes == 0
	}
	if f.t[i].Kind == text.Word {
		switch f.t[i].Stem {
		case "day", "week", "month", "year", "hour", "hr", "minut", "min", "piec", "pc", "time", "item", "percent", "people", "am", "pm", "mile", "km", "star", "box", "th", "st", "nd", "rd", "of", "lamp", "off", "order", "second", "or", "in":
			return true
		}
	}
	return f.mark(i, "%")
}

// bargains says that the words around a number name it as a price or a
// payment.
func (f *finder) bargains(first, last int) bool {
	if f.oneOf(first-1, "it", "about", "least", "offer", "want", "for", "give", "me", "pay", "take", "accept", "need", "than", "only", "just", "be", "then", "say", "cover", "refund", "say", "maybe", "to", "do", "ok", "okay", "yes", "fine", "if") &&
		!f.oneOf(first-2, "order", "number", "room", "get") {
		return true
	}
	if f.oneOf(first-1, "would", "could") && f.oneOf(last+1, "be", "work", "do") {
		return true
	}
	if f.oneOf(last+1, "for", "and", "then", "or", "would", "will", "works", "is", "please", "more", "minimum", "at", "if", "sounds", "too", "now", "max", "extra", "on", "back", "towards", "toward") {
		return true
	}
	if _, n := f.hanAny(last+1, "就", "我就", "才", "吧", "行", "可以", "怎么样", "好吗", "如何", "的话", "也", "不够", "太少", "少了", "太低", "成交", "好了", "啦"); n > 0 {
		return true
	}
	if f.hanEndsAny(first, "不然", "不然就", "那", "那就", "要不", "要不然", "改成") {
		return true
	}
	return f.pays(first, last) || f.insists(first, last) || f.asksFor(first, last)
}

// asksFor says that a number is all that a Chinese clause asks for: 能不能50,
// 50可以吗.
func (f *finder) asksFor(first, last int) bool {
	if _, n := f.hanAny(last+1, "可不可以", "能不能", "好不好", "ok吗", "成吗", "能吗", "怎样", "接受", "同意", "我接受", "我同意", "我可以"); n > 0 {
		return true
	}
	return f.endsAsk(last+1) && f.hanEndsAny(first, "能不能", "可不可以", "可以不可以", "能否", "可否", "能", "可以", "最低", "最多", "想要", "是不是能", "换", "干脆", "就", "直接")
}

// endsAsk says that a clause ends at token i, but for a word that asks.
func (f *finder) endsAsk(i int) bool {
	_, n := f.hanAny(i, "吗", "么", "嘛", "呢", "不", "啊", "呀", "好吗", "行吗", "行不", "行不行", "可以吗")
	return f.endsClause(i + n)
}

// insists says that a number ends its clause right behind a "but": "to my
// card, but 60".
func (f *finder) insists(first, last int) bool {
	return f.endsClause(last+1) && (f.oneOf(first-1, "but", "with") || f.hanEndsAny(first, "但", "但是", "不过", "可是"))
}

// endsClause says that the text or a clause ends before token i.
func (f *finder) endsClause(i int) bool {
	return i >= len(f.t) || f.t[i].Kind == text.Punct && !f.glued(i+1)
}

// pays says that a Chinese verb of paying stands right before the number.
func (f *finder) pays(first, _ int) bool {
	return f.hanEndsAny(first, "补", "补我", "补贴", "补偿", "补偿我", "退", "退我", "再退", "赔", "赔我", "给", "给我", "加", "加到", "再加", "减", "便宜", "至少", "最少", "起码", "补到", "要", "优惠", "折让", "贴", "出", "少", "算")
}
