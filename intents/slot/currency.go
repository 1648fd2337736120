package slot

import (
	"strings"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/text"
)

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
		return f.renminbi(), 1
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
		return f.renminbi(), 1
	}
	if c := code(w); c != "" && w != "nt" {
		return c, 1
	}
	return "", 0
}

// renminbi is what ¥ and "yuan" stand for unless the business uses them for
// its own money.
func (f *finder) renminbi() string {
	switch own := f.o.Expect.Currency; own {
	case "TWD", "JPY":
		return own
	}
	if f.o.Expect.Currency == "" {
		return f.generic("yuan")
	}
	return "CNY"
}

func (f *finder) currencyHan(i int) (string, int) {
	s, n := f.hanAny(i, "块人民币", "元人民币", "人民币", "新台币", "台币", "美元", "美金", "美刀", "欧元", "欧", "英镑", "港币", "港元", "日元", "日圆", "日币", "毛钱", "毛", "角", "块钱", "元钱", "元整", "块", "元", "圆", "刀")
	switch s {
	case "":
		return "", 0
	case "人民币", "块人民币", "元人民币":
		return "CNY", n
	case "新台币", "台币":
		return "TWD", n
	case "美元", "美金", "美刀", "刀":
		return "USD", n
	case "欧元", "欧":
		return "EUR", n
	case "英镑":
		return "GBP", n
	case "港币", "港元":
		return "HKD", n
	case "日元", "日圆", "日币":
		return "JPY", n
	case "毛钱", "毛", "角":
		if _, k := f.hanAny(i+n, "巾", "衣", "毯", "病", "落", "度", "色"); k > 0 {
			return "", 0
		}
		return "dime", n
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
