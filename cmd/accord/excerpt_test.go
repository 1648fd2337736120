package main

import (
	"strings"
	"testing"
)

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("a", 100) + "b" + strings.Repeat("c", 100)
	for name, c := range map[string]struct {
		content      string
		line, column int
		want         string
	}{
		"a word":         {"one\ntwo: x\n", 2, 6, "     2 | two: x\n       |      ^\n"},
		"Chinese":        {"a: 您应该", 1, 5, "     1 | a: 您应该\n       |      ^\n"},
		"a long line":    {long, 1, 101, "     1 | …" + strings.Repeat("a", 36) + "b" + strings.Repeat("c", 35) + "…\n       | " + strings.Repeat(" ", 37) + "^\n"},
		"past the end":   {"one", 1, 9, "     1 | one\n       |    ^\n"},
		"a mark":         {"\ufeffone\r\n", 1, 1, "     1 | one\n       | ^\n"},
		"a tab":          {"\ta", 1, 2, "     1 |  a\n       |  ^\n"},
		"no such line":   {"one", 3, 1, ""},
		"the whole file": {"one", 0, 0, ""},
		"an empty line":  {"one\n\n", 2, 1, ""},
		"no file":        {"", 1, 1, ""},
	} {
		if got := excerpt([]byte(c.content), c.line, c.column); got != c.want {
			t.Errorf("%s:\n%s, want\n%s", name, got, c.want)
		}
	}
}
