package text

import "strings"

// Stem cuts an English word to the part that its inflections share. It only
// ever cuts from the end, so it costs no allocation, and it is crude on
// purpose: cues and texts go through the same cut, so a stem need not be a
// word ("arrive", "arrived", "arriving": "arriv").
func Stem(w string) string {
	if len(w) < 4 || w[len(w)-1] >= 0x80 {
		return w
	}
	w = cutPlural(w)
	w = cutTense(w)
	if len(w) >= 4 && w[len(w)-1] == 'e' {
		w = w[:len(w)-1]
	}
	if len(w) >= 5 && w[len(w)-1] == 'y' {
		w = w[:len(w)-1]
	}
	return undouble(w)
}

func cutPlural(w string) string {
	switch {
	case len(w) >= 6 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3]
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"):
		return w
	case len(w) >= 5 && hasAny(w, "ses", "xes", "zes", "ches", "shes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s"):
		return w[:len(w)-1]
	}
	return w
}

func cutTense(w string) string {
	switch {
	case len(w) >= 6 && strings.HasSuffix(w, "ied"):
		return w[:len(w)-3]
	case len(w) >= 5 && strings.HasSuffix(w, "eed"):
		return w
	case len(w) >= 5 && strings.HasSuffix(w, "ed") && vowel(w[:len(w)-2]):
		return w[:len(w)-2]
	case len(w) >= 6 && strings.HasSuffix(w, "ing") && vowel(w[:len(w)-3]):
		return w[:len(w)-3]
	}
	return w
}

func hasAny(w string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// vowel keeps "string" and "shed" whole: a stem needs a vowel.
func vowel(w string) bool { return strings.ContainsAny(w, "aeiouy") }

func undouble(w string) string {
	n := len(w)
	if n >= 4 && w[n-1] == w[n-2] && !strings.ContainsRune("aeiou", rune(w[n-1])) {
		return w[:n-1]
	}
	return w
}
