package dialogtest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Mistake is a line of a script that cannot be read. Line counts from 1. Hint
// says how such a line is written.
type Mistake struct {
	Line       int
	What, Hint string
}

// Mistakes reads a script without playing it and lists all lines that [Run]
// would stumble over. What the flow makes of the rest is not looked at.
func Mistakes(script string) []Mistake {
	var out []Mistake
	for i, line := range strings.Split(strings.TrimRight(Plain(script), "\n"), "\n") {
		if what, hint := mistake(line); what != "" {
			out = append(out, Mistake{Line: i + 1, What: what, Hint: hint})
		}
	}
	return out
}

// lineForms is what a line can be, for who wrote another.
const lineForms = `a line begins with "customer: ", "agent NAME: ", "bot (STATE): ", "desk: ", "sent: ", "name: ", "lang: ", "-- " or "#"`

// mistake says what is wrong with a line; "" for nothing.
func mistake(line string) (what, hint string) {
	switch {
	case line == "" || line[0] == '#' || answered(line):
		return "", ""
	case strings.HasPrefix(line, "name: ") || strings.HasPrefix(line, "customer: "):
		return "", ""
	case strings.HasPrefix(line, "lang: "):
		return wrongLang(strings.TrimPrefix(line, "lang: "))
	case strings.HasPrefix(line, "--"):
		return wrongClock(line)
	}
	if m := agentLine.FindStringSubmatch(line); m != nil {
		return wrongAct(m[2])
	}
	return unreadable(line)
}

func wrongLang(lang string) (what, hint string) {
	if slices.Contains(message.Langs(), message.Lang(lang)) {
		return "", ""
	}
	return fmt.Sprintf("there is no language %q", lang), "languages are en, zh-Hans, zh-Hant"
}

// wrongClock looks at a line that sets the clock, lets time pass, or says how
// look-ups are.
func wrongClock(line string) (what, hint string) {
	const forms = `write "-- 2026-11-25 10:00 --" for a time, "-- +30m --" or "-- +2d --" to let some pass, "-- look-up: down --" (slow, up)`
	if m := clockLine.FindStringSubmatch(line); m != nil {
		if _, err := time.Parse(timeForm, m[1]); err == nil {
			return "", ""
		}
		return fmt.Sprintf("%q is no time", m[1]), forms
	}
	if m := passLine.FindStringSubmatch(line); m != nil {
		if _, err := flow.ParseDuration(m[1]); err == nil {
			return "", ""
		}
		return fmt.Sprintf("%q is no span of time", m[1]), forms
	}
	if m := lookLine.FindStringSubmatch(line); m != nil {
		if m[1] == "up" || m[1] == "down" || m[1] == "slow" {
			return "", ""
		}
		return fmt.Sprintf("look-ups cannot be %q", m[1]), forms
	}
	return "this says no time", forms
}

// wrongAct looks at what an agent does; words are never wrong.
func wrongAct(text string) (what, hint string) {
	const forms = "see accord chat --help for all that an agent can do"
	if m := wordsPart.FindStringSubmatch(text); m != nil {
		kind, ok := spoken[m[1]]
		if !ok {
			return unknownAct(m[1]).Error(), forms
		}
		if _, by, timed := strings.Cut(m[2], " | "); timed && (kind == dialog.InOffered || kind == dialog.InPromised) {
			return wrongTime(by)
		}
		return "", ""
	}
	m := actPart.FindStringSubmatch(text)
	if m == nil || text == "(card)" {
		return "", ""
	}
	kind, ok := acts[m[1]]
	switch file := message.AttachmentKind(m[1]); {
	case file == message.Photo || file == message.Document || file == message.Voice:
		return "", ""
	case !ok:
		return unknownAct(m[1]).Error(), forms
	case m[2] == "" && ofTask(kind):
		return "which task is meant?", fmt.Sprintf("its number goes with the act: (%s 1)", m[1])
	case kind == dialog.InMoreTime:
		return wrongTime(m[3])
	}
	return "", ""
}

func wrongTime(by string) (what, hint string) {
	p := Player{s: &Session{Settings: dialog.Settings{Zone: time.UTC}}}
	if _, err := p.until(by); err == nil {
		return "", ""
	}
	return fmt.Sprintf("%q is no time", by), "write +3h, 2026-11-27 or 2026-11-27 18:00"
}

var (
	speaker = regexp.MustCompile(`^(?i)(customer|name|lang|desk|sent|bot)\b[^:：]*[:：](.*)$`)
	stated  = regexp.MustCompile(`^(?i)bot *\(?[a-z0-9_-]*\)? *:`)
)

// unreadable says of a line that is none what it was probably meant to be.
func unreadable(line string) (what, hint string) {
	what = fmt.Sprintf("cannot read %q", shortened(line))
	m := speaker.FindStringSubmatch(line)
	switch {
	case stated.MatchString(line):
		return what, `what the bot says is written "bot (STATE): words"; leave it out and --update writes it`
	case m != nil:
		return what, fmt.Sprintf("did you mean %q?", strings.ToLower(m[1])+": "+shortened(strings.TrimSpace(m[2])))
	}
	before, _, colon := strings.Cut(line, ":")
	if colon {
		for _, word := range []string{"customer", "agent", "name", "lang"} {
			if alike(strings.ToLower(strings.TrimSpace(before)), word) {
				return what, fmt.Sprintf("did you mean %q?", word+": ")
			}
		}
	}
	return what, lineForms
}

// alike says whether a word is another with at most two letters wrong at the
// same distance from its beginning or its end.
func alike(word, other string) bool {
	head, tail := 0, 0
	for head < len(word) && head < len(other) && word[head] == other[head] {
		head++
	}
	for tail < len(word)-head && tail < len(other)-head && word[len(word)-1-tail] == other[len(other)-1-tail] {
		tail++
	}
	return max(len(word), len(other))-head-tail <= 2 && word != ""
}

// shortened keeps an error readable.
func shortened(line string) string {
	const most = 60
	if r := []rune(line); len(r) > most {
		return string(r[:most]) + "…"
	}
	return line
}
