package telegram

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxText is the longest text of a message in UTF-16 units.
const maxText = 4096

// split cuts text into parts of at most limit UTF-16 units, at the best border
// in the second half of each part: paragraph, line, sentence, space. White
// space at a border is dropped, all else is kept. An empty text has no parts.
func split(text string, limit int) []string {
	text = strings.TrimSpace(strings.ToValidUTF8(text, "\uFFFD"))
	var parts []string
	for text != "" {
		end := prefix(text, limit)
		if end < len(text) {
			end = border(text, end)
		}
		if part := strings.TrimSpace(text[:end]); part != "" {
			parts = append(parts, part)
		}
		text = strings.TrimSpace(text[end:])
	}
	return parts
}

// prefix gives the length in bytes of the longest run of whole characters that
// has at most limit UTF-16 units, and of at least one character.
func prefix(text string, limit int) int {
	units := 0
	for i, r := range text {
		units++
		if r >= 0x10000 {
			units++ // a surrogate pair, never to be cut in two
		}
		if units > limit && i > 0 {
			return i
		}
	}
	return len(text)
}

// Kinds of borders, the best first.
const (
	atParagraph = iota
	atLine
	atSentence
	atSpace
	atCluster
	borders
)

// border finds the best place to cut in the second half of text[:end]; of
// equal ones the last.
func border(text string, end int) int {
	var best [borders]int
	before, after := end, text[end:]
	for before > 0 && before >= end/2 {
		last, size := utf8.DecodeLastRuneInString(text[:before])
		next, _ := utf8.DecodeRuneInString(after)
		if k := borderKind(text[:before], last, next, after); k < borders && best[k] == 0 {
			best[k] = before
			if k == atParagraph {
				break
			}
		}
		before -= size
		after = text[before:]
	}
	for _, at := range best {
		if at > 0 {
			return at
		}
	}
	return end // one enormous cluster: better cut than not sent
}

func borderKind(head string, last, next rune, tail string) int {
	switch {
	case strings.HasPrefix(tail, "\n\n"):
		return atParagraph
	case next == '\n':
		return atLine
	case joined(head, last, next):
		return borders
	case strings.ContainsRune("。！？…", last), strings.ContainsRune(".!?", last) && unicode.IsSpace(next):
		return atSentence
	case unicode.IsSpace(next), strings.ContainsRune("，、；：", last):
		return atSpace
	}
	return atCluster
}

const zeroWidthJoiner = '\u200d'

// joined says whether last and next are parts of what a reader sees as one
// character. It knows combining marks, emoji sequences, flags and Hangul
// letters, which is what people write, not the whole of Unicode's rules.
func joined(head string, last, next rune) bool {
	switch {
	case unicode.Is(unicode.M, next), next == zeroWidthJoiner, last == zeroWidthJoiner:
		return true
	case next >= 0x1F3FB && next <= 0x1F3FF: // skin tones
		return true
	case next >= 0xE0020 && next <= 0xE007F: // tags, as in the flag of Wales
		return true
	case next >= 0x1160 && next <= 0x11FF && last >= 0x1100 && last <= 0x11FF: // Hangul vowels and finals
		return true
	case last == '\r' && next == '\n':
		return true
	}
	return isFlag(next) && isFlag(last) && flagsBefore(head)%2 == 1
}

// isFlag says whether r is one of the letters of which two make a flag.
func isFlag(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// flagsBefore counts the flag letters at the end of head.
func flagsBefore(head string) (n int) {
	for head != "" {
		r, size := utf8.DecodeLastRuneInString(head)
		if !isFlag(r) {
			break
		}
		head, n = head[:len(head)-size], n+1
	}
	return n
}
