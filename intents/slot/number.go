package slot

import (
	"strconv"

	"github.com/accord-chat/accord/intents/text"
)

// figure is a number read out of a text: cents is a hundred times its value,
// so that an amount keeps two decimals.
type figure struct {
	cents   int64
	whole   bool // no decimals
	digits  string
	n       int  // tokens it took
	written bool // in words or Chinese numerals
}

// figureAt reads a number at token i, in digits or in words.
func (f *finder) figureAt(i int) (figure, bool) {
	if i < 0 || i >= len(f.t) {
		return figure{}, false
	}
	switch f.t[i].Kind {
	case text.Number:
		return f.digitsAt(i)
	case text.Han:
		return f.hanFigure(i)
	case text.Word:
		return f.englishFigure(i)
	}
	return figure{}, false
}

// digitsAt reads 1200, 1,200 and 1,200.50, and 3万 or 2千.
func (f *finder) digitsAt(i int) (figure, bool) {
	s, n := f.t[i].Norm, 1
	if f.fraction(i) {
		return figure{}, false
	}
	for len(s) <= 12 && f.mark(i+n, ",") && f.glued(i+n) && f.isNumber(i+n+1) && f.glued(i+n+1) && len(f.t[i+n+1].Norm) == 3 && len(f.t[i].Norm) <= 3 {
		s += f.t[i+n+1].Norm
		n += 2
	}
	v, err := strconv.ParseInt(s, 10, 64)
	if err != nil || v > 9_000_000_000_000_000 {
		return figure{}, false
	}
	out := figure{cents: v * 100, whole: true, digits: s, n: n}
	if cents, k := f.european(i); k > 0 {
		return figure{cents: cents, whole: cents%100 == 0, digits: s, n: k}, true
	}
	if f.mark(i+n, ".") && f.glued(i+n) && f.isNumber(i+n+1) && f.glued(i+n+1) {
		frac := f.t[i+n+1].Norm
		if len(frac) <= 2 {
			d, _ := strconv.ParseInt((frac + "0")[:2], 10, 64)
			out.cents += d
			out.whole = out.cents%100 == 0
			out.n += 2
		}
	}
	if i+out.n < len(f.t) && f.t[i+out.n].Kind == text.Han && out.cents < 1e12 {
		switch f.t[i+out.n].Norm {
		case "百":
			out.cents, out.n = out.cents*100, out.n+1
		case "千":
			out.cents, out.n = out.cents*1000, out.n+1
		case "万":
			out.cents, out.n = out.cents*10000, out.n+1
			if d, ok := f.smallNumber(i + out.n); ok && d > 0 && d < 10 && f.glued(i+out.n) {
				out.cents, out.n = out.cents+int64(d)*1000*100, out.n+1 // 1万5
			}
		}
	}
	return f.multiplied(i, out), true
}

// fraction says that the digits at i are a piece of a number with three
// decimals or more, or of a fraction: $1.005 may be a sum or a thousand times
// it, and neither half of 1/2 in one sign is a number.
func (f *finder) fraction(i int) bool {
	behind := f.glued(i) && f.glued(i-1) && f.isNumber(i-2)
	ahead := f.glued(i+1) && f.glued(i+2) && f.isNumber(i+2)
	odd := func(mark, decimals int) bool {
		return f.mark(mark, "\u2044") || f.mark(mark, ".") && len(f.t[decimals].Norm) > 2 && !f.mark(decimals+1, ".") && !f.mark(decimals+1, ",") && !f.mark(decimals-3, ".")
	}
	return behind && odd(i-1, i) || ahead && odd(i+1, i+2)
}

// multiplied takes what may stand behind digits: 3k, 3w, 2 million.
func (f *finder) multiplied(i int, fig figure) figure {
	next := i + fig.n
	if next >= len(f.t) || f.t[next].Kind != text.Word || fig.cents > 1e11 {
		return fig
	}
	by := int64(0)
	switch w := f.t[next].Norm; {
	case w == "k" && f.glued(next) && !f.inCode(i):
		by = 1000
	case w == "w" && f.glued(next) && !f.inCode(i) && f.o.Lang.Chinese():
		by = 10000
	case w == "hundred":
		by = 100
	case w == "thousand":
		by = 1000
	case w == "million":
		by = 1e6
	}
	if by == 0 || len(f.t[next].Norm) == 1 && f.glued(next+1) && (f.isNumber(next+1) || f.t[next+1].Kind == text.Word || f.mark(next+1, "-")) {
		return fig
	}
	fig.cents *= by
	fig.whole = fig.cents%100 == 0
	fig.digits = strconv.FormatInt(fig.cents/100, 10)
	fig.n++
	return fig
}

// inCode says that the digits at i are glued to letters or a dash before them.
func (f *finder) inCode(i int) bool {
	return f.glued(i) && (f.t[i-1].Kind == text.Word || f.mark(i-1, "-") || f.mark(i-1, "_"))
}

// european reads 15,50 and 1.250,00 beside euros, where the comma is the point.
func (f *finder) european(i int) (cents int64, n int) {
	n, digits := 1, f.t[i].Norm
	for f.mark(i+n, ".") && f.glued(i+n) && f.glued(i+n+1) && f.isNumber(i+n+1) && len(f.t[i+n+1].Norm) == 3 {
		digits += f.t[i+n+1].Norm
		n += 2
	}
	if !f.mark(i+n, ",") || !f.glued(i+n) || !f.glued(i+n+1) || !f.isNumber(i+n+1) || len(f.t[i+n+1].Norm) != 2 {
		return 0, 0
	}
	digits += f.t[i+n+1].Norm
	n += 2
	euro := func(k int) bool { return f.mark(k, "€") || f.oneOf(k, "eur", "euro", "euros") }
	v, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || len(digits) > 14 || !euro(i-1) && !euro(i+n) {
		return 0, 0
	}
	return v, n
}

// hanDigit gives the value of a Chinese numeral.
func hanDigit(c string) (int64, bool) {
	switch c {
	case "零", "〇":
		return 0, true
	case "一", "壹":
		return 1, true
	case "二", "两", "贰":
		return 2, true
	case "三", "叁":
		return 3, true
	case "肆", "四":
		return 4, true
	case "伍", "五":
		return 5, true
	case "陆", "六":
		return 6, true
	case "柒", "七":
		return 7, true
	case "捌", "八":
		return 8, true
	case "玖", "九":
		return 9, true
	case "拾", "十":
		return 10, true
	case "佰", "百":
		return 100, true
	case "仟", "千":
		return 1000, true
	case "万":
		return 10000, true
	}
	return 0, false
}

// hanFigure reads 八十, 两百五 (250), 一千零五十, 三万. Digits in a row
// (二八) are read one by one.
func (f *finder) hanFigure(i int) (figure, bool) {
	var total, section, digit, unit int64
	n, pending := 0, false
	for i+n < len(f.t) && f.t[i+n].Kind == text.Han && n < 12 {
		v, ok := hanDigit(f.t[i+n].Norm)
		if !ok {
			break
		}
		switch {
		case v < 10 && pending && v >= 0 && unit == 0:
			digit = digit*10 + v
		case v < 10:
			digit, pending = v, true
			if v == 0 {
				unit = 1 // after a zero a last digit counts ones
			}
		case v == 10000:
			section += digit
			total = (total + max(section, 1)) * 10000
			section, digit, pending, unit = 0, 0, false, 10000
		default:
			if !pending {
				digit = 1
			}
			if digit > 10 && digit < 100 && digit%10 == digit/10+1 {
				digit %= 10 // 两三百: at most three hundred
			}
			section += digit * v
			digit, pending, unit = 0, false, v
		}
		n++
	}
	if n == 0 || i > 0 && (f.t[i-1].Norm == "几" || f.t[i-1].Norm == "数") {
		return figure{}, false // 几十 is no number
	}
	if n == 2 && pending && unit == 0 && digit > 10 && digit%10 == digit/10+1 && f.counted(i+n) {
		digit %= 10 // 两三个: at most three
	}
	if pending {
		if unit > 10 && digit < 10 && f.t[i+n-2].Norm != "零" && f.t[i+n-2].Norm != "〇" {
			digit *= unit / 10
		}
		section += digit
	}
	total += section
	if total > 1e12 {
		return figure{}, false
	}
	return figure{cents: total * 100, whole: true, digits: strconv.FormatInt(total, 10), n: n, written: true}, true
}
