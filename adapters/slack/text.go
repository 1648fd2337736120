package slack

import (
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// plain turns Slack's text encoding back into what the agent saw while typing,
// which is what the customer is to read. Emoji names (":ok:") and the stars of
// bold text stay as they are. Pure.
func plain(s string) string {
	var b strings.Builder
	for s != "" {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			break
		}
		end := strings.IndexByte(s[open:], '>')
		if end < 0 {
			break
		}
		b.WriteString(entities.Replace(s[:open]))
		b.WriteString(element(s[open+1 : open+end]))
		s = s[open+end+1:]
	}
	b.WriteString(entities.Replace(s))
	return b.String()
}

// element gives the plain form of what stood between angle brackets: a person,
// a channel, a group, a date or a link, with its label if there is one.
func element(in string) string {
	ref, label, _ := strings.Cut(in, "|")
	ref, label = entities.Replace(ref), entities.Replace(label)
	switch {
	case strings.HasPrefix(ref, "@"), strings.HasPrefix(ref, "#"):
		return named(ref[:1], ref[1:], label)
	case strings.HasPrefix(ref, "!date^"):
		return label
	case strings.HasPrefix(ref, "!subteam^"):
		return named("@", strings.TrimPrefix(ref, "!subteam^"), label)
	case strings.HasPrefix(ref, "!"):
		return named("@", ref[1:], label)
	}
	return link(ref, label)
}

func named(sign, id, label string) string {
	if label == "" {
		label = id
	}
	return sign + strings.TrimPrefix(label, sign)
}

// link gives the label alone where Slack made the link out of what was typed,
// and both where the agent put an address behind other words: the customer
// cannot click, so the address must be readable.
func link(ref, label string) string {
	short := ref
	for _, p := range []string{"mailto:", "tel:", "https://", "http://"} {
		if rest, ok := strings.CutPrefix(ref, p); ok {
			short = rest
			break
		}
	}
	mail := strings.HasPrefix(ref, "mailto:") || strings.HasPrefix(ref, "tel:")
	switch {
	case label == "" && mail:
		return short
	case label == "":
		return ref
	case label == ref, strings.TrimSuffix(label, "/") == strings.TrimSuffix(short, "/"):
		return label
	case mail:
		return label + " (" + short + ")"
	}
	return label + " (" + ref + ")"
}

// escape makes s safe for Slack's text field: nothing in it can open a mention
// or a link any more. The result is at most limit long, in the units of size.
func escape(s string, limit int) string {
	var b strings.Builder
	n := 0
	for _, r := range message.Visible(s) {
		w := string(r)
		switch r {
		case '&':
			w = "&amp;"
		case '<':
			w = "&lt;"
		case '>':
			w = "&gt;"
		}
		if n += size(w); n > limit-1 {
			b.WriteString(ellipsis)
			return b.String()
		}
		b.WriteString(w)
	}
	return b.String()
}

const ellipsis = "…"

// size counts as Slack's clients do, in UTF-16 units.
func size(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// cut shortens s to limit units, the last of them "…".
func cut(s string, limit int) string {
	if len(s) <= limit || size(s) <= limit { // bytes are never fewer than units
		return s
	}
	n := 0
	for i, r := range s {
		w := 1
		if r > 0xFFFF {
			w = 2
		}
		if n+w > limit-1 {
			return s[:i] + ellipsis
		}
		n += w
	}
	return s
}
