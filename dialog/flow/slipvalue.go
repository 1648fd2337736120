package flow

import (
	"fmt"
	"strings"
)

// value looks at what stands behind a key, or at an entry of a list; col is
// where it begins.
func (s *slips) value(text, key, value string, col int) (slip, bool) {
	if value == "" {
		return slip{}, false
	}
	switch value[0] {
	case '"', '\'':
		return s.quoted(value, col)
	case '|', '>':
		s.skipBlock()
		return slip{}, false
	case '#':
		return slip{}, false
	case '[':
		s.skipFlow(value)
		return slip{}, false
	case '{':
		return s.braced(value, col)
	case '@', '`', '%', '*', '&', '!':
		return s.at(col, fmt.Sprintf("a text that begins with %q needs quotes", value[:1]), "put the whole text in double quotes"), true
	}
	plain, _, _ := strings.Cut(value, " #")
	if i := strings.Index(plain, ": "); i >= 0 || strings.HasSuffix(plain, ":") {
		better := "put the whole text in double quotes"
		if key != "" && len(plain) < 60 && !strings.Contains(plain, `"`) {
			better = fmt.Sprintf("put it in quotes: %s: \"%s\"", key, strings.TrimSpace(plain))
		}
		return s.at(col, "a text with a colon in it needs quotes", better), true
	}
	return slip{}, false
}

// quoted finds a quote that is not closed, or closed too early.
func (s *slips) quoted(value string, col int) (slip, bool) {
	mark := value[0]
	rest, line := value[1:], s.line
	for {
		end := closing(rest, mark)
		if end >= 0 {
			if after := strings.TrimSpace(rest[end+1:]); after != "" && after[0] != '#' && after[0] != ':' {
				return s.at(col, fmt.Sprintf("the %c that closes this text stands in the middle of it, before %q", mark, short(after)), insideQuotes(mark)), true
			}
			s.line = line // a text may go on over lines
			return slip{}, false
		}
		if line++; line >= len(s.source) || keyLine.MatchString(strings.TrimRight(s.source[line], " \r")) {
			return s.at(col, fmt.Sprintf("the text that begins here has no closing %c", mark), fmt.Sprintf("end it with %c", mark)), true
		}
		rest = s.source[line]
	}
}

func insideQuotes(mark byte) string {
	if mark == '"' {
		return `write \" for a quote inside the text, or “ and ”`
	}
	return "put the text in double quotes, or write '' for an apostrophe inside it"
}

// closing is where a quoted text ends; -1 where it goes on.
func closing(text string, mark byte) int {
	for i := 0; i < len(text); i++ {
		switch {
		case mark == '"' && text[i] == '\\':
			i++
		case text[i] == mark && mark == '\'' && i+1 < len(text) && text[i+1] == mark:
			i++
		case text[i] == mark:
			return i
		}
	}
	return -1
}

// braced finds a text that begins with a placeholder and is taken for a
// mapping: {name}, good morning.
func (s *slips) braced(value string, col int) (slip, bool) {
	depth := 0
	for i, r := range value {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		}
		if after := strings.TrimSpace(value[i+len(string(r)):]); depth == 0 && r == '}' {
			if after == "" || after[0] == '#' {
				return slip{}, false
			}
			return s.at(col, "a text that begins with { needs quotes", "put the whole text in double quotes"), true
		}
	}
	s.skipFlow(value)
	return slip{}, false
}

// skipFlow passes the lines of a mapping or list in brackets, from its first
// on. One that is never closed passes the rest of the file.
func (s *slips) skipFlow(value string) {
	depth := 0
	for text := value; ; text = s.source[s.line] {
		for i := 0; i < len(text); i++ {
			switch text[i] {
			case '{', '[':
				depth++
			case '}', ']':
				depth--
			case '"', '\'':
				if end := closing(text[i+1:], text[i]); end >= 0 {
					i += end + 1
				}
			}
		}
		if depth <= 0 || s.line+1 >= len(s.source) {
			return
		}
		s.line++
	}
}

// skipBlock passes the lines of a text written with | or >.
func (s *slips) skipBlock() {
	for s.line+1 < len(s.source) {
		next := s.source[s.line+1]
		if strings.TrimSpace(next) != "" && len(next)-len(strings.TrimLeft(next, " ")) <= s.last.indent {
			return
		}
		s.line++
	}
}

// short is the beginning of a text.
func short(text string) string {
	const most = 24
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
