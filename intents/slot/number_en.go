package slot

import (
	"strconv"

	"github.com/accord-chat/accord/intents/text"
)

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
	case "million":
		return 1e6, true
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
	if f.oneOf(i, "a") && f.oneOf(i+1, "couple") {
		k := i + 2
		if f.oneOf(k, "of") {
			k++
		}
		if f.oneOf(k, "hundred", "thousand") {
			section, n = 2, k-i
		}
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
		case 1e6:
			total, section = (total+max(section, 1))*1e6, 0
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
