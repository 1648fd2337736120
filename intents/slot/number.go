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
	for len(s) <= 12 && f.mark(i+n, ",") && f.glued(i+n) && f.isNumber(i+n+1) && f.glued(i+n+1) && len(f.t[i+n+1].Norm) == 3 && len(f.t[i].Norm) <= 3 {
		s += f.t[i+n+1].Norm
		n += 2
	}
	v, err := strconv.ParseInt(s, 10, 64)
	if err != nil || v > 9_000_000_000_000_000 {
		return figure{}, false
	}
	out := figure{cents: v * 100, whole: true, digits: s, n: n}
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
		}
	}
	return out, true
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
	case "四":
		return 4, true
	case "五":
		return 5, true
	case "六":
		return 6, true
	case "七":
		return 7, true
	case "八":
		return 8, true
	case "九":
		return 9, true
	case "十":
		return 10, true
	case "百":
		return 100, true
	case "千":
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
			section += digit * v
			digit, pending, unit = 0, false, v
		}
		n++
	}
	if n == 0 {
		return figure{}, false
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

// englishUnit gives the value of an English number word.
func englishUnit(w string) (int64, bool) {
	switch w {
	case "one":
		return 1, true
	case "two":
		return 2, true
	case "three":
		return 3, true
	case "four":
		return 4, true
	case "five":
		return 5, true
	case "six":
		return 6, true
	case "seven":
		return 7, true
	case "eight":
		return 8, true
	case "nine":
		return 9, true
	case "ten":
		return 10, true
	case "eleven":
		return 11, true
	case "twelve":
		return 12, true
	case "thirteen":
		return 13, true
	case "fourteen":
		return 14, true
	case "fifteen":
		return 15, true
	case "sixteen":
		return 16, true
	case "seventeen":
		return 17, true
	case "eighteen":
		return 18, true
	case "nineteen":
		return 19, true
	}
	return englishTens(w)
}

func englishTens(w string) (int64, bool) {
	switch w {
	case "twenty":
		return 20, true
	case "thirty":
		return 30, true
	case "forty", "fourty":
		return 40, true
	case "fifty":
		return 50, true
	case "sixty":
		return 60, true
	case "seventy":
		return 70, true
	case "eighty":
		return 80, true
	case "ninety":
		return 90, true
	case "hundred":
		return 100, true
	case "thousand":
		return 1000, true
	}
	return 0, false
}

// englishFigure reads "twenty five", "a hundred and fifty", "two thousand".
func (f *finder) englishFigure(i int) (figure, bool) {
	var total, section int64
	n, seen := 0, false
	if f.oneOf(i, "a", "an") && f.oneOf(i+1, "hundred", "thousand") {
		section, n = 1, 1
	}
	for i+n < len(f.t) && f.t[i+n].Kind == text.Word {
		if seen && f.t[i+n].Norm == "and" {
			if v, ok := englishUnit(f.at(i + n + 1)); ok && v < 100 && section >= 100 {
				n++
				continue
			}
			break
		}
		v, ok := englishUnit(f.t[i+n].Norm)
		if !ok || seen && v < 100 && section%100 != 0 && !(section%10 == 0 && v < 10) {
			break
		}
		seen = true
		switch v {
		case 100:
			section = max(section, 1) * 100
		case 1000:
			total, section = total+max(section, 1)*1000, 0
		default:
			section += v
		}
		n++
		if f.mark(i+n, "-") && f.glued(i+n) && section%10 == 0 {
			n++
		}
	}
	if !seen {
		return figure{}, false
	}
	total += section
	return figure{cents: total * 100, whole: true, digits: strconv.FormatInt(total, 10), n: n, written: true}, true
}

// at gives the word at token i, or "".
func (f *finder) at(i int) string {
	if i < 0 || i >= len(f.t) {
		return ""
	}
	return f.t[i].Norm
}
