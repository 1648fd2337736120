package intents

import (
	"github.com/accord-chat/accord/intents/text"
	"strings"
)

// ordinal reads "2", "the second one", "option 2", "第二个", "后面那个"; it
// gives the place in a row of n, from 0, or -1.
func (a *analysis) ordinal(n int) (k, first, last int) {
	t := a.doc.Tokens
	for i := range t {
		switch t[i].Kind {
		case text.Number:
			if v := int(t[i].Norm[0] - '0'); len(t[i].Norm) == 1 && v >= 1 && v <= n && a.placeNumber(i) {
				return v - 1, i, i
			}
		case text.Word:
			if v := ordinalWord(t[i].Norm, n); v >= 0 && a.placeWord(i) {
				return v, i, i
			}
		case text.Han:
			if v, w := a.ordinalHan(i, n); v >= 0 {
				return v, i, i + w - 1
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
		case "option", "number", "choice", "no", "第", "选", "#":
			return true
		}
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

func ordinalWord(w string, n int) int {
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
	case "last", "latter":
		return n - 1
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

func (a *analysis) ordinalHan(i, n int) (place, width int) {
	for _, o := range [...]struct {
		s     string
		place int
	}{
		{"第一", 0}, {"第二", 1}, {"第三", 2}, {"第四", 3}, {"第1", 0}, {"第2", 1}, {"第3", 2},
		{"前面那", 0}, {"前面的", 0}, {"前一个", 0}, {"前者", 0}, {"上面那", 0}, {"头一个", 0}, {"方案一", 0}, {"方案二", 1}, {"方案三", 2},
		{"选一", 0}, {"选二", 1}, {"选三", 2},
		{"后面那", n - 1}, {"后面的", n - 1}, {"后一个", n - 1}, {"后者", n - 1}, {"最后一个", n - 1}, {"最后那", n - 1}, {"下面那", n - 1},
	} {
		if o.place < n && a.at(i, o.s) {
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
