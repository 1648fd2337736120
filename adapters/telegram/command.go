package telegram

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// command reads "/name", "/name@bot" or either with something behind it. The
// name is in small letters; rest is what follows, without the space or
// punctuation between. A path ("/a/b") or a name in other letters is plain
// text. Telegram's own marking of commands is not consulted: its offsets count
// UTF-16 units and may point anywhere.
func command(text string) (name, rest string, ok bool) {
	after, found := strings.CutPrefix(text, "/")
	if !found {
		return "", "", false
	}
	name, rest = word(after)
	if name == "" || len(name) > 32 {
		return "", "", false
	}
	if bot, isBot := strings.CutPrefix(rest, "@"); isBot {
		if _, rest = word(bot); rest == bot {
			return "", "", false
		}
	}
	if !endsWord(rest) {
		return "", "", false
	}
	rest = strings.TrimLeftFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || isStop(r) })
	return strings.ToLower(name), strings.TrimRightFunc(rest, unicode.IsSpace), true
}

// word cuts the leading letters, digits and underscores off s.
func word(s string) (head, tail string) {
	i := strings.IndexFunc(s, func(r rune) bool { return !isWord(r) })
	if i < 0 {
		return s, ""
	}
	return s[:i], s[i:]
}

func endsWord(rest string) bool {
	r, size := utf8.DecodeRuneInString(rest)
	return size == 0 || unicode.IsSpace(r) || isStop(r)
}

// isStop says whether r is punctuation that people put behind a command.
func isStop(r rune) bool { return strings.ContainsRune(".,:;!?。，：；！？、", r) }
