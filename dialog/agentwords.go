package dialog

import (
	"strings"
	"unicode"
)

// HeldBack says why what an agent wrote must not reach a customer; "" lets it
// go. Remarks among colleagues are known by how they begin: "//" keeps them
// here, "note:" is asked about. What people type, paste or format by mistake is
// looked through ("note :", "*note:*", a full-width or invisible character in
// front), because a remark that was read by the customer cannot be taken back.
// A message that holds such a line further down is asked about as a whole:
// nobody can tell which of its lines were meant for whom. Files may come
// without words.
func HeldBack(text string, files int) HoldReason {
	words := strings.TrimLeftFunc(strings.Map(halfWidth, text), adornment)
	switch {
	case strings.TrimSpace(text) == "" && files == 0:
		return HoldEmpty
	case isRemark(words):
		return HoldInternal
	case isNote(words), remarkBelow(words):
		return HoldAsk
	}
	return ""
}

// remarkBelow says whether a line after the first is a remark.
func remarkBelow(words string) bool {
	lines := strings.FieldsFunc(words, lineEnd)
	for i, line := range lines {
		line = strings.TrimLeftFunc(line, adornment)
		if i > 0 && (isRemark(line) || isNote(line)) {
			return true
		}
	}
	return false
}

func lineEnd(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// halfWidth folds full-width forms and slashes that look alike.
func halfWidth(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '\u2044', r == '\u2215':
		return '/'
	}
	return r
}

// adornment is what may stand in front of words without being part of them:
// spaces, invisible characters, marks of formatting, quoting and listing.
func adornment(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("*_~`>-•([{【「\"'", r)
}

func isRemark(words string) bool {
	rest, ok := strings.CutPrefix(words, "/")
	return ok && strings.HasPrefix(strings.TrimLeftFunc(rest, adornment), "/")
}

// noteWords begin a note, in the languages agents' cards are written in.
func noteWords() []string {
	return []string{"note", "备注", "備註", "内部", "內部", "注", "註"}
}

func isNote(words string) bool {
	for _, note := range noteWords() {
		if len(words) < len(note) || !strings.EqualFold(words[:len(note)], note) {
			continue
		}
		rest := strings.TrimLeftFunc(words[len(note):], adornment)
		if rest != "" && strings.ContainsRune(":])}】", []rune(rest)[0]) {
			return true
		}
	}
	return false
}
