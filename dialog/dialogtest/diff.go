package dialogtest

import (
	"fmt"
	"slices"
	"strings"
)

// FirstDifference says where two scripts part: the line's number and both
// wordings. It is "" where they are the same. [Diff] shows all of it.
func FirstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		a, b := "(nothing)", "(nothing)"
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			return fmt.Sprintf("line %d:\n  written:  %s\n  answered: %s", i+1, a, b)
		}
	}
	return ""
}

// around is how many lines that are the same are shown before and after a
// difference.
const around = 2

// Diff compares a script as it is written with what is answered now. line is
// where they first part, counted from 1 in the written one; 0 where they are
// the same. text shows every place: lines that are answered no more after "-",
// lines that are answered now after "+", each with its number in its script
// and a few lines around it. Of a long line that differs in a part, the part is
// shown.
func Diff(want, got string) (line int, text string) {
	rows := compared(split(want), split(got))
	first := slices.IndexFunc(rows, func(r row) bool { return r.mark != ' ' })
	if first < 0 {
		return 0, ""
	}
	var b strings.Builder
	last := -1 // shown
	for i, r := range eased(rows) {
		if !near(rows, i) {
			continue
		}
		if last >= 0 && last != i-1 {
			b.WriteString("      …\n")
		}
		last = i
		fmt.Fprintf(&b, "%c %3d  %s\n", r.mark, r.line, r.text)
	}
	return rows[first].line, b.String()
}

// near says whether row i is a difference or beside one.
func near(rows []row, i int) bool {
	for j := max(0, i-around); j <= min(len(rows)-1, i+around); j++ {
		if rows[j].mark != ' ' {
			return true
		}
	}
	return false
}

// row is a line of a comparison with its number in its own script.
type row struct {
	mark rune
	line int
	text string
}

func split(script string) []string { return strings.Split(strings.TrimRight(script, "\n"), "\n") }

// compared finds the longest way in which b can be had from a by leaving out
// and adding lines.
func compared(a, b []string) []row {
	same := make([][]int, len(a)+1) // lines in common from here on
	for i := range same {
		same[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			same[i][j] = max(same[i+1][j], same[i][j+1])
			if a[i] == b[j] {
				same[i][j] = same[i+1][j+1] + 1
			}
		}
	}
	var rows []row
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			rows = append(rows, row{' ', i + 1, a[i]})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && same[i+1][j] >= same[i][j+1]:
			rows = append(rows, row{'-', i + 1, a[i]})
			i++
		default:
			rows = append(rows, row{'+', j + 1, b[j]})
			j++
		}
	}
	return rows
}
