package dialogtest

import (
	"fmt"
	"strings"
)

// FirstDifference says where two scripts part: the line's number and both
// wordings. It is "" where they are the same.
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
