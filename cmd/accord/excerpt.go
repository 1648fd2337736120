package main

import (
	"fmt"
	"strings"

	columns "golang.org/x/text/width"
)

// excerptWidth is how many characters of a line are shown around a place.
const excerptWidth = 72

// excerpt shows a line of a file and a caret below the character that is
// meant; "" where there is no such line.
func excerpt(content []byte, line, column int) string {
	lines := strings.Split(strings.TrimPrefix(string(content), "\ufeff"), "\n")
	if line < 1 || line > len(lines) || strings.TrimSpace(lines[line-1]) == "" {
		return ""
	}
	text := []rune(inline(strings.TrimSuffix(lines[line-1], "\r")))
	at := min(max(column-1, 0), len(text))
	from := max(0, at-excerptWidth/2)
	if len(text) <= excerptWidth {
		from = 0
	}
	to := min(len(text), from+excerptWidth)
	before, after := "", ""
	if from > 0 {
		before = "…"
	}
	if to < len(text) {
		after = "…"
	}
	return fmt.Sprintf("%6d | %s%s%s\n       | %s^\n", line, before, string(text[from:to]), after, spaces(before+string(text[from:at])))
}

// spaces gives as many spaces as a text is wide on a terminal: a Chinese
// character takes two columns.
func spaces(text string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteByte(' ')
		if k := columns.LookupRune(r).Kind(); k == columns.EastAsianWide || k == columns.EastAsianFullwidth {
			b.WriteByte(' ')
		}
	}
	return b.String()
}
