package text

import "github.com/accord-chat/accord/dialog/message"

// Lang says in which language the text was written; before is the language
// of the conversation so far and settles what the text alone does not: short
// Chinese without a telling character, and an "ok" among Chinese. It gives ""
// for digits, marks, pictures, codes, and scripts nobody here reads.
func (d *Doc) Lang(before message.Lang) message.Lang {
	s := d.script
	words := d.words()
	switch {
	case s.kana > 0 && s.kana >= words:
		return ""
	case s.han > words, s.han > 0 && s.han == words && words < 3: // a sentence that names 王府井 is an English one
		return d.chinese(before)
	case words == 0:
		return ""
	case before.Chinese() && s.han == 0 && d.universal():
		return before
	}
	return message.English
}

func (d *Doc) chinese(before message.Lang) message.Lang {
	trad, simp := d.script.trad, d.script.simp
	for i := range d.Tokens {
		if t := &d.Tokens[i]; t.Kind == Han {
			switch t.Norm {
			case "喔", "耶", "齁", "唷", "咧":
				trad++
			}
		}
	}
	switch {
	case trad > simp:
		return message.Traditional
	case simp > trad:
		return message.Simplified
	case before.Chinese():
		return before
	}
	return message.Simplified
}

// words counts what reads like a word of English: letters that no digit
// touches and that are no part of an address.
func (d *Doc) words() int {
	n := 0
	for i := range d.Tokens {
		t := &d.Tokens[i]
		if t.Kind != Word || t.Norm == "" || t.Norm[0] >= 0x80 && !latin(t.Norm) {
			continue
		}
		if d.joined(i) {
			continue
		}
		n++
	}
	return n
}

// latin accepts words such as "über" but not Cyrillic or Greek ones.
func latin(w string) bool {
	for _, r := range w {
		if r < 0x250 {
			return true
		}
	}
	return false
}

// joined says that the word at i is a piece of a code or an address.
func (d *Doc) joined(i int) bool {
	piece := func(t *Token) bool {
		return t.Kind == Number || t.Norm == "@" || t.Norm == "/" || t.Norm == "_" || t.Norm == "#"
	}
	if i > 0 && d.Tokens[i].Glued && piece(&d.Tokens[i-1]) {
		return true
	}
	if i+1 < len(d.Tokens) && d.Tokens[i+1].Glued {
		if piece(&d.Tokens[i+1]) {
			return true
		}
		dash := d.Tokens[i+1].Norm == "-" || d.Tokens[i+1].Norm == "." && d.email
		return dash && i+2 < len(d.Tokens) && d.Tokens[i+2].Glued && (d.Tokens[i+2].Kind == Number || d.email)
	}
	return d.email && i > 0 && d.Tokens[i].Glued && d.Tokens[i-1].Norm == "."
}

// universal says that every word is one that Chinese speakers type too.
func (d *Doc) universal() bool {
	n := 0
	for i := range d.Tokens {
		if d.Tokens[i].Kind != Word {
			continue
		}
		switch d.Tokens[i].Norm {
		case "ok", "okay", "okok", "hi", "hello", "bye", "byebye", "yes", "no", "thx", "thanks", "sorry", "vip", "app", "line":
			n++
		default:
			return false
		}
	}
	return n <= 3
}
