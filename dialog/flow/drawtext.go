package flow

import (
	"strings"
	"unicode"
)

// Sizes of letters in a picture.
const (
	titleSize = 13
	labelSize = 11
	noteWide  = 210 // beyond it a note is broken
	labelWide = 96  // and the label of an arrow
	boldness  = 1.08
)

// textWidth is about as wide as common fonts without serifs write a text. It
// is a little generous, because a label that sticks out of its box looks worse
// than one with air around it.
func textWidth(text string, size float64) float64 {
	w := 0.0
	for _, r := range text {
		switch {
		case strings.ContainsRune("iljtf.,:;!'|()[] ·", r):
			w += 0.32
		case strings.ContainsRune("mwMW→×", r):
			w += 0.86
		case unicode.IsUpper(r):
			w += 0.68
		case r > 0x2e80: // Chinese and its marks
			w++
		default:
			w += 0.57
		}
	}
	return w * size
}

// dot stands between a class and its count. The spaces about it break no
// line, or the count would be read as the next one's.
const dot = "\u00a0·\u00a0"

// joinedAlike puts labels together that end alike: "exhausted; refuse, idea ·
// then".
func joinedAlike(labels []string) []string {
	var ends []string
	classes := map[string][]string{}
	for _, l := range labels {
		class, end, _ := strings.Cut(l, dot)
		if classes[end] == nil {
			ends = append(ends, end)
		}
		classes[end] = append(classes[end], class)
	}
	var out []string
	for _, end := range ends {
		text := strings.Join(classes[end], ", ")
		if end != "" {
			text += dot + end
		}
		out = append(out, text)
	}
	return out
}

// broken breaks a text between words into rows of at most this width.
func broken(text string, width float64) []string {
	var rows []string
	row := ""
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' }) {
		switch {
		case row == "":
			row = word
		case textWidth(row+" "+word, labelSize) <= width:
			row += " " + word
		default:
			rows, row = append(rows, row), word
		}
	}
	return append(rows, row)
}
