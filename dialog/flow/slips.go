package flow

import (
	"fmt"
	"regexp"
	"strings"
)

// slip is a mistake of writing that keeps a file from being YAML. The YAML
// reader stumbles over it later, sometimes many lines on or before, and says so
// in its own words; so the lines themselves are looked at.
type slip struct {
	line, col    int // from 1
	what, better string
}

// slipOf finds the first slip in a file that is no YAML; false where it is none
// of those that people make most.
func slipOf(source []string) (slip, bool) {
	s := slips{source: source, indents: []row{{0, 0}}}
	for s.line = 0; s.line < len(source); s.line++ {
		if found, ok := s.look(); ok {
			return found, true
		}
	}
	return slip{}, false
}

// slips goes through the lines of a file.
type slips struct {
	source  []string
	line    int   // from 0
	indents []row // of the mappings that are open
	filled  bool  // the line before has its value already
	last    row
}

// row is a line with how far it is indented.
type row struct{ line, indent int }

var (
	keyLine   = regexp.MustCompile(`^( *)((?:- +)*)("[^"]*"|[\w.][\w .-]*?) *:(?: +(.*))?$`)
	tightKey  = regexp.MustCompile(`^ *(?:- +)*([\w.-]+):[^\s/:]`)
	wideColon = regexp.MustCompile(`^ *(?:- +)*([\w.-]+) *：`)
)

// look looks at one line.
func (s *slips) look() (slip, bool) {
	text := strings.TrimRight(s.source[s.line], " \r")
	bare := strings.TrimLeft(text, " \t")
	blank := text[:len(text)-len(bare)]
	if bare == "" || bare[0] == '#' || bare == "---" {
		return slip{}, false
	}
	if i := strings.IndexByte(blank, '\t'); i >= 0 {
		return s.at(i, "a tab stands at the beginning of this line", "indent with spaces, two for each step"), true
	}
	if m := wideColon.FindStringSubmatchIndex(text); m != nil {
		key := text[m[2]:m[3]]
		return s.at(m[3], fmt.Sprintf("the colon after %q is a full-width one", key), fmt.Sprintf("write \"%s: \", with a plain colon and a space", key)), true
	}
	m := keyLine.FindStringSubmatch(text)
	if m == nil {
		return s.noKey(text)
	}
	here := row{s.line, len(m[1]) + len(m[2])}
	if found, ok := s.indented(here); ok && m[2] == "" {
		return found, true
	}
	s.last, s.filled = here, m[4] != "" && m[4][0] != '#'
	return s.value(text, m[3], m[4], len(text)-len(m[4]))
}

func (s *slips) at(col int, what, better string) slip {
	return slip{s.line + 1, len([]rune(s.source[s.line][:col])) + 1, what, better}
}

// noKey looks at a line that is an entry of a list, or goes on with a text.
func (s *slips) noKey(text string) (slip, bool) {
	if m := tightKey.FindStringSubmatchIndex(text); m != nil {
		return s.at(m[3], "a space is missing after this colon", fmt.Sprintf("write \"%s: …\"", text[m[2]:m[3]])), true
	}
	bare := strings.TrimLeft(text, " ")
	if bare[0] == '{' || bare[0] == '[' {
		s.skipFlow(bare)
		return slip{}, false
	}
	entry, ok := strings.CutPrefix(bare, "- ")
	if !ok {
		return slip{}, false
	}
	s.filled = true
	s.last = row{s.line, len(text) - len(entry)}
	return s.value(text, "", strings.TrimLeft(entry, " "), len(text)-len(strings.TrimLeft(entry, " ")))
}

// indented holds a key against those above it, under one of which it must
// stand, or one step to the right of the last.
func (s *slips) indented(here row) (slip, bool) {
	top := s.indents[len(s.indents)-1]
	switch {
	case here.indent > top.indent && s.filled && s.last.indent < here.indent:
		return s.at(here.indent, fmt.Sprintf("this line is indented deeper than line %d above it, which is complete", s.last.line+1), "begin it below that line's first letter"), true
	case here.indent > top.indent:
		s.indents = append(s.indents, here)
		return slip{}, false
	}
	for top.indent > here.indent {
		below := top
		s.indents = s.indents[:len(s.indents)-1]
		if top = s.indents[len(s.indents)-1]; top.indent < here.indent {
			return s.crooked(below, here), true
		}
	}
	return slip{}, false
}

// crooked tells which of two lines that should stand one under the other is
// out of line: the one that fewer of their neighbours agree with.
func (s *slips) crooked(above, here row) slip {
	like := map[int]int{}
	for i := above.line; i < len(s.source); i++ {
		text := strings.TrimRight(s.source[i], " \r")
		indent := len(text) - len(strings.TrimLeft(text, " "))
		if text != "" && indent == 0 && i > here.line {
			break
		}
		like[indent]++
	}
	wrong, right := here, s.neighbour(here, above)
	if like[above.indent] < like[here.indent] {
		wrong, right = above, here
	}
	s.line = wrong.line
	return s.at(wrong.indent, fmt.Sprintf("this line is indented by %s, and line %d by %d: keys that belong together begin one below the other", spaces(wrong.indent), right.line+1, right.indent),
		"indent it by "+spaces(right.indent))
}

// neighbour is the line that one out of line was probably meant to stand below:
// the nearest, and of two as near the one less indented, for a space too many
// is typed more often than one too few.
func (s *slips) neighbour(here, above row) row {
	best := above
	for _, r := range s.indents {
		if away(r.indent, here.indent) <= away(best.indent, here.indent) {
			best = r
		}
	}
	return best
}

func away(a, b int) int { return max(a-b, b-a) }

func spaces(n int) string {
	if n == 1 {
		return "1 space"
	}
	return fmt.Sprintf("%d spaces", n)
}
