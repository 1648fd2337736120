package dialogtest_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/accord-chat/accord/dialog/dialogtest"
)

func TestDiff(t *testing.T) {
	want := "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n"
	got := "a\nb\nc\nD\ne\nf\ng\nh\ni\nj\nk\n"
	line, text := dialogtest.Diff(want, got)
	shown := "    2  b\n    3  c\n-   4  d\n+   4  D\n    5  e\n    6  f\n      …\n    9  i\n   10  j\n+  11  k\n"
	if line != 4 || text != shown {
		t.Errorf("line %d:\n%s\nwant 4:\n%s", line, text, shown)
	}
	if line, text := dialogtest.Diff(want, want); line != 0 || text != "" {
		t.Errorf("the same differs in line %d:\n%s", line, text)
	}
}

// Of long lines that differ in a word the word is shown, with who speaks and a
// little around it.
func TestDiffOfLongLines(t *testing.T) {
	before, after := strings.Repeat("so it goes ", 12), strings.Repeat("and on ", 12)
	_, text := dialogtest.Diff("bot (greet): "+before+"gladly "+after, "bot (greet): "+before+"again "+after)
	for _, want := range []string{"\n+   1  bot (greet): …", "so it goes again and on", "so it goes gladly and on"} {
		if !strings.Contains("\n"+text, want) || len(text) > 240 {
			t.Errorf("%d characters without %q:\n%s", len(text), want, text)
		}
	}
	same := strings.Repeat("word ", 30)
	if _, text := dialogtest.Diff(same, same+"x"); !strings.Contains(text, "word x\n") {
		t.Errorf("what is added at the end is not shown:\n%s", text)
	}
}

// Whatever differs, the rows without "+" are the script as written around the
// difference and those without "-" what is answered: each row is true to its
// number.
func TestDiffIsTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 12)
		w, g := draw.Draw(t, "want"), draw.Draw(t, "got")
		line, text := dialogtest.Diff(strings.Join(w, "\n"), strings.Join(g, "\n"))
		if (line == 0) != (strings.Join(w, "\n") == strings.Join(g, "\n")) {
			t.Fatalf("line %d of %v and %v", line, w, g)
		}
		minus, plus := 0, 0
		for _, r := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
			if text == "" || strings.HasSuffix(r, "…") {
				continue
			}
			n := int(r[4]-'0') + 10*digit(r[3])
			switch said := r[len(r)-1:]; {
			case r[0] == '-':
				minus++
				check(t, w, n, said)
			case r[0] == '+':
				plus++
				check(t, g, n, said)
			default:
				check(t, w, n, said)
			}
		}
		if len(w)-minus != len(g)-plus {
			t.Fatalf("%d lines less %d are not %d less %d:\n%s", len(w), minus, len(g), plus, text)
		}
	})
}

func digit(b byte) int {
	if b == ' ' {
		return 0
	}
	return int(b - '0')
}

func check(t *rapid.T, lines []string, n int, said string) {
	if n < 1 || n > len(lines) || lines[n-1] != said {
		t.Fatalf("line %d of %v is not %q", n, lines, said)
	}
}
