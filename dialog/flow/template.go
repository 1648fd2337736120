package flow

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"unicode/utf8"
)

// template is a compiled wording:
//
//	{var}             the variable, in its usual form
//	{var|filter}      in the filter's form
//	{?var:text}       the text, if the variable is not empty
//	{!var:text}       the text, if it is
//
// The text of the last two is a template again. There are no literal braces.
type template []part

// part is plain text, a variable, or a condition over a template.
type part struct {
	text   string
	name   string
	filter string
	mark   byte // '?', '!' or 0
	body   template
	at     int // where the name stands: characters from the beginning
}

// templateError says what is wrong with a template and where, in characters
// from its beginning.
type templateError struct {
	at         int
	text, hint string
}

// Error says what is wrong.
func (e *templateError) Error() string { return e.text }

// maxNesting is how deep conditions may stand in each other.
const maxNesting = 4

var variable = regexp.MustCompile(`^[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_-]+)*`)

// scanner walks a template's source. at counts bytes.
type scanner struct {
	src string
	at  int
}

func (s *scanner) fail(at int, format string, args ...any) *templateError {
	return &templateError{at: utf8.RuneCountInString(s.src[:at]), text: fmt.Sprintf(format, args...)}
}

func parseTemplate(src string) (template, *templateError) {
	s := &scanner{src: src}
	t, err := s.template(0)
	if err != nil {
		return nil, err
	}
	if s.at < len(src) {
		return nil, s.fail(s.at, "} without {")
	}
	return t, nil
}

// template reads up to the end or to a } that closes what is around it.
func (s *scanner) template(depth int) (template, *templateError) {
	var t template
	for s.at < len(s.src) {
		next := strings.IndexAny(s.src[s.at:], "{}")
		if next < 0 {
			next = len(s.src) - s.at
		}
		if next > 0 {
			t = append(t, part{text: s.src[s.at : s.at+next]})
			s.at += next
			continue
		}
		if s.src[s.at] == '}' {
			return t, nil
		}
		p, err := s.braces(depth)
		if err != nil {
			return nil, err
		}
		t = append(t, p)
	}
	return t, nil
}

// braces reads one {…}.
func (s *scanner) braces(depth int) (part, *templateError) {
	open := s.at
	s.at++
	var p part
	if s.at < len(s.src) && (s.src[s.at] == '?' || s.src[s.at] == '!') {
		p.mark = s.src[s.at]
		s.at++
	}
	name := variable.FindString(s.src[s.at:])
	if name == "" {
		return p, s.fail(s.at, "expects a variable's name after {")
	}
	p.name, p.at = name, utf8.RuneCountInString(s.src[:s.at])
	s.at += len(name)
	var err *templateError
	if p.mark != 0 {
		err = s.body(&p, depth)
	} else {
		err = s.filter(&p)
	}
	if err != nil {
		return p, err
	}
	if s.at >= len(s.src) {
		return p, s.fail(open, "{ is never closed")
	}
	if s.src[s.at] != '}' {
		return p, s.fail(s.at, "expects } after %s", name)
	}
	s.at++
	return p, nil
}

// body reads the text of a condition.
func (s *scanner) body(p *part, depth int) *templateError {
	if s.at >= len(s.src) || s.src[s.at] != ':' {
		return s.fail(s.at, "expects : and a text after {%c%s", p.mark, p.name)
	}
	if depth >= maxNesting {
		return s.fail(s.at, "conditions stand in each other deeper than %d", maxNesting)
	}
	s.at++
	var err *templateError
	p.body, err = s.template(depth + 1)
	return err
}

func (s *scanner) filter(p *part) *templateError {
	if s.at >= len(s.src) || s.src[s.at] != '|' {
		return nil
	}
	s.at++
	from := s.at
	for s.at < len(s.src) && s.src[s.at] != '}' && s.src[s.at] != '{' {
		s.at++
	}
	p.filter = s.src[from:s.at]
	if _, ok := filters[p.filter]; !ok {
		err := s.fail(from, "unknown filter %q; filters are %s", p.filter, listed(maps.Keys(filters)))
		err.hint = nearestKey(p.filter, filters)
		return err
	}
	return nil
}

// uses calls each for every variable in t.
func (t template) uses(each func(p part)) {
	for _, p := range t {
		if p.name != "" {
			each(p)
		}
		p.body.uses(each)
	}
}

// empty says whether t never shows anything.
func (t template) empty() bool {
	for _, p := range t {
		if p.name != "" || strings.TrimSpace(p.text) != "" {
			return false
		}
	}
	return true
}

// asks says whether t ends in a question mark.
func (t template) asks() bool {
	for i := len(t) - 1; i >= 0; i-- {
		text := strings.TrimRight(t[i].text, " \n\"”」』)")
		switch {
		case len(t[i].body) > 0:
			return t[i].body.asks()
		case t[i].mark != 0: // a condition over nothing
		case t[i].name != "":
			return false
		case text != "":
			return strings.HasSuffix(text, "?") || strings.HasSuffix(text, "？")
		}
	}
	return false
}

// room is about how many bytes t takes when it is written.
func (t template) room() int {
	n := 0
	for i := range t {
		n += len(t[i].text)
		if t[i].name != "" {
			n += 24 // more than most names, days and amounts
		}
	}
	return n
}

// length counts the characters of t's own text, variables left out.
func (t template) length() int {
	n := 0
	for _, p := range t {
		n += utf8.RuneCountInString(p.text) + p.body.length()
	}
	return n
}
