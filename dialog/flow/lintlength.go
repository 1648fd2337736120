package flow

import (
	"strings"
	"time"
	"unicode/utf16"

	"golang.org/x/text/width"

	"github.com/accord-chat/accord/dialog/message"
)

// What platforms take. Telegram counts UTF-16 units, and so does the web chat;
// Slack counts characters, of which there are never more.
const (
	telegramText = 4096
	slackSection = 3000 // what agents read is a section
	webText      = 8000
	slackButton  = 75
	// phoneButton is what a phone shows of a button of a line of its own, in
	// columns; a Chinese character takes two.
	phoneButton = 40
	// Nothing bounds what a list of six things comes to but six.
	mostItems = 6
)

// lengths works out how long each line can get, with the longest value of
// every variable, and holds that against the platforms. A message is often
// made of several lines; each of them has the room to itself here, because
// messages that are longer are sent in parts.
func (l *linter) lengths() {
	for _, lang := range l.flow.langs {
		m := l.measure(lang)
		for _, w := range l.words {
			if w.lang != lang {
				continue
			}
			if isButton(w) {
				l.button(m, w)
				continue
			}
			n := m.of(w.say)
			for _, most := range []struct {
				units int
				where string
			}{{webText, "the web chat takes"}, {telegramText, "Telegram takes"}, {slackSection, "Slack shows"}} {
				if n > most.units {
					l.doubt("length", w.whole(), Finding{Lang: lang, Better: "shorten it, or list fewer things in it"},
						"with the longest values line %q comes to about %d characters; %s %d", w.key, roundly(n), most.where, most.units)
					break
				}
			}
		}
	}
}

// roundly rounds up to hundreds: the longest values are a guess.
func roundly(n int) int { return (n + 99) / 100 * 100 }

// button holds a label against what is shown of it.
func (l *linter) button(m *measure, w wording) {
	n, columns := m.of(w.say), m.columns(w.say)
	switch {
	case n > slackButton:
		l.doubt("length", w.whole(), Finding{Lang: w.lang, Better: "two or three words are read fastest"}, "with the longest values the button %q comes to %d characters; Slack cuts it off after %d", w.key, n, slackButton)
	case columns > phoneButton:
		l.doubt("length", w.whole(), Finding{Lang: w.lang, Better: "two or three words are read fastest"}, "with the longest values the button %q is %d columns wide; a phone shows about %d", w.key, columns, phoneButton)
	}
}

func isButton(w wording) bool {
	switch w.family() {
	case "button", "option", "label", "menu":
		return true
	}
	return false
}

// widest adds up a template: own gives the weight of its text, value that of a
// variable. Of the two branches {?x:…} and {!x:…} only one is ever said.
func widest(t template, own func(string) int, value func(part) int) int {
	n := 0
	with, without := map[string]int{}, map[string]int{}
	for _, p := range t {
		switch {
		case p.mark == '?':
			with[p.name] += widest(p.body, own, value)
		case p.mark == '!':
			without[p.name] += widest(p.body, own, value)
		case p.name != "":
			n += value(p)
		default:
			n += own(p.text)
		}
	}
	for name, w := range with {
		n += max(w, without[name])
		delete(without, name)
	}
	for _, w := range without {
		n += w
	}
	return n
}

// measure knows the longest value of every variable, as a text.
type measure struct {
	values map[string]string
	day    string // a day without an hour
}

func (m *measure) of(t template) int {
	return widest(t, units, func(p part) int { return units(m.value(p)) })
}

func (m *measure) columns(t template) int {
	return widest(t, columnsOf, func(p part) int { return columnsOf(m.value(p)) })
}

// value is the longest value of a variable in the form in which it is written.
func (m *measure) value(p part) string {
	switch p.filter {
	case "day":
		return m.day
	case "clock":
		return "20:00"
	}
	return m.values[p.name]
}

func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

func columnsOf(s string) (n int) {
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// Values that come from people are taken to be as long as they sensibly get.
const (
	longText = 160 // what an agent or a customer wrote
	longWord = 40  // a name, an address line, a number
)

// longDay is the longest day of a year, perhaps with an hour.
func longDay(lang message.Lang, hour bool) string {
	return renderer{lang: lang}.when(moment{time.Date(2026, 9, 30, 20, 0, 0, 0, time.UTC), hour})
}

// measure collects the longest values in a language.
func (l *linter) measure(lang message.Lang) *measure {
	m := &measure{values: map[string]string{}, day: longDay(lang, false)}
	words := func(n int, names ...string) {
		for _, v := range names {
			m.values[v] = strings.Repeat("x", n)
		}
	}
	words(longText, "text", "note", "words", "result", "what", "late")
	words(longWord, "name", "business", "case", "incident", "phone", "email", "pay", "amount", "asked", "limit",
		"adequate", "agent", "do", "again", "order", "number", "kind", "slot", "occasion", "wish", "address")
	for _, v := range []string{"by", "time", "date", "now", "need_by"} {
		m.values[v] = longDay(lang, true)
	}
	if l.columns != nil {
		l.columns.longest(m.values, lang)
	}
	l.composed(m, lang)
	return m
}

// composed adds the variables that are lines themselves.
func (l *linter) composed(m *measure, lang message.Lang) {
	longest := func(family string) int {
		best := 0
		for key, line := range l.flow.lines[lang] {
			if !strings.HasPrefix(key, family+".") {
				continue
			}
			for _, t := range line.templates() {
				best = max(best, m.of(t))
			}
		}
		return best
	}
	wish, term, owner := longest("wish"), longest("term"), longest("owner")
	set := func(name string, n int) { m.values[name] = strings.Repeat("x", n) }
	set("wish", wish)
	set("a", wish)
	set("b", wish)
	set("owner", owner)
	set("story", longest("story"))
	set("wishes", mostItems*(wish+3))
	set("terms", mostItems*(term+3))
	set("items", mostItems*(max(wish, term)+3))
}

// templates lists all a line can say.
func (l line) templates() []template {
	out := append([]template(nil), l.plain...)
	for _, v := range l.special {
		out = append(out, v.say)
	}
	return out
}
