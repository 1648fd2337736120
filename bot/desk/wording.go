package desk

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// say fills names and times into a sentence. In Chinese a name in Latin
// letters is set off from Chinese characters by a space and a Chinese name is
// not, which a sentence cannot know by itself.
func (d *Desk) say(format string, names ...string) string {
	args := make([]any, len(names))
	for i, n := range names {
		args[i] = nameStart + strings.Map(printable, n) + nameEnd
	}
	return spaced(fmt.Sprintf(format, args...))
}

// Marks round a name while a sentence is put together.
const (
	nameStart = "\x01"
	nameEnd   = "\x02"
)

func printable(r rune) rune {
	if r == 1 || r == 2 {
		return -1
	}
	return r
}

// spaced replaces the marks round names by a space or by nothing.
func spaced(s string) string {
	var b strings.Builder
	for i, r := range s {
		if r != 1 && r != 2 {
			b.WriteRune(r)
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+1:])
		if unicode.Is(unicode.Han, before) && isLetter(after) || isLetter(before) && unicode.Is(unicode.Han, after) {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// isLetter says whether r is a letter of a script that is written with spaces.
func isLetter(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Han, r) }

// At gives the same desk with a clock that stands at now: what began today is
// then told by its time alone.
func (d *Desk) At(now time.Time) *Desk {
	at := *d
	at.now = now
	return &at
}

// when writes an instant with its day and date, in the business's zone.
func (d *Desk) when(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	at = at.In(d.zone)
	if at.Hour() == 23 && at.Minute() == 59 { // a whole day, as the customer reads it
		return strings.TrimRight(d.words.date(at), ", ")
	}
	return d.words.date(at) + at.Format("15:04")
}

// since writes when something began: the time alone where that was today.
func (d *Desk) since(at time.Time) string {
	if at.IsZero() || d.now.IsZero() {
		return d.when(at)
	}
	at = at.In(d.zone)
	if y, m, day := at.Date(); d.now.In(d.zone).Format(time.DateOnly) != fmt.Sprintf("%04d-%02d-%02d", y, m, day) {
		return d.words.date(at) + at.Format("15:04")
	}
	return at.Format("15:04")
}

// named is a name, or the word for a customer without one.
func (d *Desk) named(name string) string {
	if strings.TrimSpace(name) == "" {
		return d.words.customer
	}
	return name
}

// bracketed puts what there is of remarks behind a text.
func (d *Desk) bracketed(text string, remarks ...string) string {
	var kept []string
	for _, r := range remarks {
		if r != "" {
			kept = append(kept, r)
		}
	}
	if len(kept) == 0 {
		return text
	}
	return text + fmt.Sprintf(d.words.brackets, strings.Join(kept, d.words.comma))
}

// joined puts what there is of parts into one line.
func (d *Desk) joined(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, d.words.dash)
}

// sentences puts two behind one another; Chinese ones need no space.
func sentences(a, b string) string {
	if strings.HasSuffix(a, "。") {
		return a + b
	}
	return a + " " + b
}

// field is one "name: value" pair; an empty value leaves it out.
func (d *Desk) field(items []string, name, value string) []string {
	if strings.TrimSpace(value) == "" {
		return items
	}
	return append(items, name+d.words.colon+value)
}

// or gives a, or b where a is empty.
func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// shorten cuts s to n characters for a line of summary.
func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
