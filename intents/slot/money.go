package slot

import (
	"strings"

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
			}
			continue
		}
		fig, ok := f.figureAt(i)
		if !ok {
			continue
		}
		j := i + fig.n
		if cur, n := f.currencyAfter(j); n > 0 {
			fig.cents += f.small(j + n)
			f.putMoney(fig, cur, i, j+n-1)
			j += n
		}
		i = j - 1
	}
}

// small is the digit after 块 in 八块五: tenths.
func (f *finder) small(i int) int64 {
	if i < len(f.t) && f.t[i].Kind == text.Han && f.t[i-1].Norm == "块" {
		if v, ok := hanDigit(f.t[i].Norm); ok && v > 0 && v < 10 && (i+1 == len(f.t) || f.t[i+1].Kind == text.Punct) {
			return v * 10
		}
	}
	return 0
}

func (f *finder) putMoney(fig figure, cur string, first, last int) {
	amount := fig.cents
	if cur == "cents" {
		amount, cur = amount/100, f.generic("dollar")
	}
	if cur == "JPY" || cur == "KRW" {
		amount /= 100
	}
	if amount < 0 {
		return
	}
	f.put(message.Slot{Kind: message.SlotMoney, Amount: amount, Currency: cur}, first, last)
}

// currencyBefore reads a currency that stands before its amount.
func (f *finder) currencyBefore(i int) (string, int) {
	if f.t[i].Kind == text.Punct || f.t[i].Kind == text.Emoji {
		return f.currencySign(f.t[i].Norm)
	}
	if f.t[i].Kind != text.Word {
		if _, n := f.hanAny(i, "人民币"); n > 0 {
			return "CNY", n
		}
		if _, n := f.hanAny(i, "新台币", "台币", "新台幣"); n > 0 {
			return "TWD", n
		}
		return "", 0
	}
	if f.mark(i+1, "$") && f.glued(i+1) {
		switch f.t[i].Norm {
		case "us":
			return "USD", 2
		case "nt":
			return "TWD", 2
		case "hk":
			return "HKD", 2
		case "s", "sg":
			return "SGD", 2
		case "a", "au":
			return "AUD", 2
		case "c", "ca":
			return "CAD", 2
		}
	}
	if cur := code(f.t[i].Norm); cur != "" {
		return cur, 1
	}
	return "", 0
}

func code(w string) string {
	switch w {
	case "usd", "eur", "gbp", "cny", "twd", "hkd", "jpy", "sgd", "aud", "cad":
		return strings.ToUpper(w)
	case "rmb":
		return "CNY"
	case "ntd", "nt":
		return "TWD"
	}
	return ""
}

// currencyAfter reads a currency that stands behind its amount.
func (f *finder) currencyAfter(i int) (string, int) {
	if i >= len(f.t) {
		return "", 0
	}
	switch f.t[i].Kind {
	case text.Punct, text.Emoji:
		return f.currencySign(f.t[i].Norm)
	case text.Word:
		if f.oneOf(i, "us", "u.s") && f.oneOf(i+1, "dollar", "dollars") {
			return "USD", 2
		}
		return f.currencyWord(f.t[i].Norm)
	case text.Han:
		return f.currencyHan(i)
	}
	return "", 0
}

// currencySign reads a currency's sign, which stands before an amount or, as
// people type it, behind.
func (f *finder) currencySign(sign string) (string, int) {
	switch sign {
	case "$":
		return f.generic("dollar"), 1
	case "€":
		return "EUR", 1
	case "£":
		return "GBP", 1
	case "¥":
		return f.generic("yuan"), 1
	}
	return "", 0
}

func (f *finder) currencyWord(w string) (string, int) {
	switch w {
	case "dollar", "dollars", "dolars", "bucks", "buck":
		return f.generic("dollar"), 1
	case "cent", "cents":
		return "cents", 1
	case "euro", "euros":
		return "EUR", 1
	case "pound", "pounds", "quid":
		return "GBP", 1
	case "yuan", "kuai":
		return f.generic("yuan"), 1
	}
	if c := code(w); c != "" && w != "nt" {
		return c, 1
	}
	return "", 0
}

func (f *finder) currencyHan(i int) (string, int) {
	s, n := f.hanAny(i, "块人民币", "元人民币", "人民币", "新台币", "台币", "美元", "美金", "美刀", "欧元", "英镑", "港币", "港元", "日元", "块钱", "元钱", "元整", "块", "元", "圆", "刀")
	switch s {
	case "":
		return "", 0
	case "人民币", "块人民币", "元人民币":
		return "CNY", n
	case "新台币", "台币":
		return "TWD", n
	case "美元", "美金", "美刀", "刀":
		return "USD", n
	case "欧元":
		return "EUR", n
	case "英镑":
		return "GBP", n
	case "港币", "港元":
		return "HKD", n
	case "日元":
		return "JPY", n
	}
	return f.generic("yuan"), n
}

// generic says which currency a word that many countries use stands for: the
// business's own where it fits, else the most likely one.
func (f *finder) generic(word string) string {
	own := f.o.Expect.Currency
	if word == "dollar" {
		switch own {
		case "USD", "TWD", "HKD", "SGD", "AUD", "CAD", "NZD":
			return own
		}
		if f.o.Lang == message.Traditional {
			return "TWD"
		}
		return "USD"
	}
	switch {
	case own != "":
		return own
	case f.o.Lang == message.Traditional:
		return "TWD"
	}
	return "CNY"
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
		if !ok || f.used[i] || fig.cents == 0 || f.code(i, i+fig.n-1) || f.counted(i+fig.n) {
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
		_, n := f.hanAny(i, "天", "个", "点", "号", "月", "日", "周", "年", "小时", "分", "件", "台", "次", "张", "岁", "楼", "折", "倍", "趟", "样", "种", "秒", "位", "只", "盒", "套", "成", "星期", "礼拜", "遍", "家", "部", "条", "下", "起", "直", "定", "般", "些", "会", "共", "样")
		return n > 0
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
	if f.oneOf(last+1, "for", "and", "then", "or", "would", "will", "works", "is", "please", "more", "minimum", "at", "if", "sounds", "too", "now", "max", "extra", "on", "back", "towards", "toward") {
		return true
	}
	if _, n := f.hanAny(last+1, "就", "我就", "才", "吧", "行", "可以", "怎么样", "好吗", "如何", "的话", "也", "不够", "太少", "少了", "太低", "成交", "好了", "啦"); n > 0 {
		return true
	}
	if f.hanEndsAny(first, "不然", "不然就", "那", "那就", "要不", "要不然", "改成") {
		return true
	}
	return f.pays(first, last) || f.insists(first, last)
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
