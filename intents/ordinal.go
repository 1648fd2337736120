package intents

import (
	"github.com/accord-chat/accord/intents/text"
	"strings"
)

// ordinal reads "2", "B", "the second one", "option two", "第二个", "后面那个";
// it gives the place in a row of n, from 0, or -1. Things are how many of the
// row are no answers: behind two lamps and a "Neither" the latter is a lamp, and
// the last one might be either.
func (a *analysis) ordinal(n, things int) (k, first, last int) {
	t := a.doc.Tokens
	for i := range t {
		switch t[i].Kind {
		case text.Number:
			if v := int(t[i].Norm[0] - '0'); len(t[i].Norm) == 1 && v >= 1 && v <= n && a.placeNumber(i) {
				return v - 1, i, i
			}
		case text.Word:
			if v := ordinalWord(t[i].Norm, n, things); v >= 0 && a.placeWord(i) {
				return v, i, i
			}
			if v := countedWord(t[i].Norm); v >= 0 && v < n && a.placeNumber(i) {
				return v, i, i
			}
		case text.Han:
			if v, w := a.ordinalHan(i, n, things); v >= 0 {
				return v, i, i + w - 1
			}
			if v := countedWord(t[i].Norm); v >= 0 && v < n && a.length() == 1 {
				return v, i, i
			}
		}
	}
	return -1, 0, 0
}

// placeNumber says that a digit stands alone or behind "option".
func (a *analysis) placeNumber(i int) bool {
	t := a.doc.Tokens
	if i > 0 {
		switch t[i-1].Norm {
		case "option", "number", "choice", "no", "第", "选", "项", "案", "#":
			return true
		case ".":
			if i > 1 && t[i-2].Norm == "no" {
				return true // "no. 2"
			}
		}
	}
	if t[i].Norm == "one" {
		return false // "one please" counts, and names none
	}
	for k := range t {
		if k != i && t[k].Kind != text.Punct && !a.courtesy(k) {
			return false
		}
	}
	return true
}

// courtesy says that a token adds nothing to "2": please, ok, thanks, 吧, 个.
func (a *analysis) courtesy(k int) bool {
	switch a.doc.Tokens[k].Norm {
	case "please", "ok", "okay", "the", "one", "pls", "thanks", "个", "吧", "选", "号", "好", "的", "那", "就", "要", "我", "st", "nd", "rd", "th", "i", "will", "take", "谢", "yes":
		return true
	}
	return false
}

// countedWord reads the letters and number words people write for a place in a
// row, from 0; -1 for any other word.
func countedWord(w string) int {
	switch w {
	case "a", "one", "一":
		return 0
	case "b", "two", "二":
		return 1
	case "c", "three", "三":
		return 2
	case "d", "four", "四":
		return 3
	}
	return -1
}

func ordinalWord(w string, n, things int) int {
	switch w {
	case "first", "former":
		return 0
	case "second":
		if n >= 2 {
			return 1
		}
	case "third":
		if n >= 3 {
			return 2
		}
	case "fourth":
		if n >= 4 {
			return 3
		}
	case "latter":
		return things - 1
	case "last":
		if n == things {
			return n - 1
		}
	}
	return -1
}

// placeWord keeps "the second time", "last week" and "just a second" from
// being places in a row.
func (a *analysis) placeWord(i int) bool {
	t := a.doc.Tokens
	if i+1 < len(t) && t[i+1].Kind == text.Word {
		switch t[i+1].Norm {
		case "one", "option", "choice", "please", "is", "works", "would", "sounds", "suggestion", "offer", "then", "pls", "of", "thanks", "for":
		default:
			return false
		}
	}
	return i == 0 || t[i-1].Norm == "the" || a.length() <= 3 && t[i-1].Norm != "a"
}

func (a *analysis) ordinalHan(i, n, things int) (place, width int) {
	end := -1
	if n == things {
		end = n - 1
	}
	for _, o := range [...]struct {
		s     string
		place int
	}{
		{"第一", 0}, {"第二", 1}, {"第三", 2}, {"第四", 3}, {"第1", 0}, {"第2", 1}, {"第3", 2},
		{"前面那", 0}, {"前面的", 0}, {"前一个", 0}, {"前者", 0}, {"上面那", 0}, {"头一个", 0}, {"方案一", 0}, {"方案二", 1}, {"方案三", 2},
		{"选一", 0}, {"选二", 1}, {"选三", 2},
		{"后面那", things - 1}, {"后面的", things - 1}, {"后一个", things - 1}, {"后者", things - 1}, {"最后一个", end}, {"最后那", end}, {"下面那", things - 1},
	} {
		if o.place >= 0 && o.place < n && a.at(i, o.s) {
			w := len([]rune(o.s))
			if next := i + w; next < len(a.doc.Tokens) && strings.Contains("次天周名时", a.doc.Tokens[next].Norm) {
				continue
			}
			return o.place, w
		}
	}
	return -1, 0
}

// at says that the characters of s stand at token i.
func (a *analysis) at(i int, s string) bool {
	for _, r := range s {
		if i >= len(a.doc.Tokens) || a.doc.Tokens[i].Norm != string(r) {
			return false
		}
		i++
	}
	return true
}
