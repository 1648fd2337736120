package dialogtest

import "strings"

// Lines up to shortLine characters are shown whole. Of longer ones that differ
// in a word, the word and beside characters of what is the same are.
const (
	shortLine = 90
	beside    = 30
)

// eased shortens lines that differ from their like in a part only: whoever
// changed a word looks for that word.
func eased(rows []row) []row {
	for i := 0; i < len(rows); {
		minus := run(rows, i, '-')
		plus := run(rows, i+minus, '+')
		for k := range min(minus, plus) {
			a, b := &rows[i+k], &rows[i+minus+k]
			a.text, b.text = eased2(a.text, b.text)
		}
		i += max(minus+plus, 1)
	}
	return rows
}

// run counts the rows with a mark from i on.
func run(rows []row, i int, mark rune) int {
	n := 0
	for i+n < len(rows) && rows[i+n].mark == mark {
		n++
	}
	return n
}

// eased2 leaves out of two lines what they have in common, but for who speaks
// and a little beside what differs.
func eased2(a, b string) (string, string) {
	ra, rb := []rune(a), []rune(b)
	least := min(len(ra), len(rb))
	if max(len(ra), len(rb)) <= shortLine {
		return a, b
	}
	head, tail := 0, 0
	for head < least && ra[head] == rb[head] {
		head++
	}
	for tail < least-head && ra[len(ra)-1-tail] == rb[len(rb)-1-tail] {
		tail++
	}
	who := speaks(string(ra[:head]))
	return cut(ra, who, head-beside, tail-beside), cut(rb, who, head-beside, tail-beside)
}

// speaks is how many characters at the beginning of a line say whose it is.
func speaks(line string) int {
	before, _, ok := strings.Cut(line, ": ")
	if !ok {
		return 0
	}
	return len([]rune(before)) + 2
}

// cut takes head characters after the first who, and tail at the end, out of a
// line.
func cut(line []rune, who, head, tail int) string {
	out := string(line[:who])
	from, to := who, len(line)
	if head > who+1 {
		out, from = out+"…", head
	}
	if tail > 1 {
		return out + string(line[from:to-tail]) + "…"
	}
	return out + string(line[from:to])
}
