package flow

import (
	"strings"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// talk reads every wording as a customer would.
func (l *linter) talk() {
	first := map[string]mark{}
	for _, w := range l.words {
		if w.family() == "lang" { // names of languages, each in its own
			continue
		}
		l.tone(w)
		l.questions(w)
		l.twice(first, w)
	}
	l.refusals()
	l.translated()
}

// tone finds words that are not said to customers.
func (l *linter) tone(w wording) {
	for _, f := range l.rules[w.lang].Check(w.node.Value) {
		l.refuse("tone", w.at(f.At), Finding{Lang: w.lang, Better: f.Better}, "%q is not said to customers (%s), in line %q", f.Match, f.Rule, w.key)
	}
}

// questions finds lines that ask more than once: people answer one question.
func (l *linter) questions(w wording) {
	ask := func(text string) int { return strings.Count(text, "?") + strings.Count(text, "？") }
	if n := widest(w.say, ask, func(part) int { return 0 }); n > 1 {
		l.doubt("question", w.whole(), Finding{Lang: w.lang, Better: "keep the question that matters and put it last"}, "line %q asks %d questions at once; people answer one", w.key, n)
	}
}

// twice finds variants that are never said, or say the same.
func (l *linter) twice(first map[string]mark, w wording) {
	who := w.doc.file + "\x00" + w.key
	if w.when != "" {
		if at, said := first[who+"\x00when\x00"+w.when]; said {
			l.doubt("unsaid", w.whole(), Finding{Lang: w.lang}, "this variant of %q is never said: the one in line %d has the same condition and comes first", w.key, at.line)
		} else {
			first[who+"\x00when\x00"+w.when] = w.whole()
		}
		return
	}
	if at, said := first[who+"\x00say\x00"+w.node.Value]; said {
		l.doubt("unsaid", w.whole(), Finding{Lang: w.lang}, "this variant of %q says the same as the one in line %d", w.key, at.line)
		return
	}
	first[who+"\x00say\x00"+w.node.Value] = w.whole()
}

// refusals reads the rungs that say no. What can be seen in such a line is
// that something stands before its question, and that there is something to
// choose: in the offer itself, or further down the ladder.
func (l *linter) refusals() {
	said := map[string][]wording{}
	for _, w := range l.words {
		if w.family() == "rung" {
			said[w.key] = append(said[w.key], w)
		}
	}
	for _, s := range l.flow.Catalog.Services {
		for i, r := range s.Ladder {
			if !refuses(r.Techniques) {
				continue
			}
			for _, w := range said["rung."+s.Name+"."+r.ID] {
				if sentences(w.say) < 2 {
					l.doubt("refusal", w.whole(), Finding{Lang: w.lang, Better: "say first that the wish is understood and why it is not possible now, then ask"},
						"line %q says no and gives no reason: it is nothing but its question", w.key)
				}
			}
			if len(r.options) < 2 && i == len(s.Ladder)-1 {
				l.doubt("refusal", l.stocked.key(path("").in("services", s.Name, "ladder").item(i).in("options")), Finding{Better: "give it a second option, or a rung after it"},
					"the rung %q says no and leaves nothing to choose: it has one option and is the last", r.ID)
			}
		}
	}
}

func refuses(techniques []expect.Technique) bool {
	for _, t := range techniques {
		if t == expect.Reason || t == expect.Standard {
			return true
		}
	}
	return false
}

// sentences counts the sentences of a text, each branch of a condition taken
// as said.
func sentences(t template) int {
	n, open := 0, false
	for _, p := range t {
		if p.name != "" && p.mark == 0 {
			open = true
		}
		if p.mark != 0 {
			n += sentences(p.body)
		}
		for i, r := range p.text {
			switch {
			case strings.ContainsRune("。！？；;", r), strings.ContainsRune(".!?:", r) && ends(p.text[i+1:]):
				if open {
					n++
				}
				open = false
			case r != ' ':
				open = true
			}
		}
	}
	if open {
		n++
	}
	return n
}

// ends says whether a mark before this text ends a sentence, and is no point
// inside a number or an address.
func ends(after string) bool { return after == "" || after[0] == ' ' || after[0] == '\n' }

// general says whether a language has a more general line, which is said in
// the place of a special one ("ask.what" for "ask.what.exchange").
func (l *linter) general(lang message.Lang, key string) bool {
	for {
		i := strings.LastIndexByte(key, '.')
		if i < 0 {
			return false
		}
		if key = key[:i]; l.flow.Has(lang, key) {
			return true
		}
	}
}

// translated finds lines that a flow says in its own words in some of its
// languages only.
func (l *linter) translated() {
	has := map[string]map[message.Lang]bool{}
	for _, w := range l.words {
		if has[w.key] == nil {
			has[w.key] = map[message.Lang]bool{}
		}
		has[w.key][w.lang] = true
	}
	told := map[string]bool{}
	for _, w := range l.words {
		for _, lang := range l.flow.langs {
			if id := w.key + "\x00" + string(lang); !has[w.key][lang] && !told[id] && !l.general(lang, w.key) {
				told[id] = true
				l.doubt("language", w.whole(), Finding{Lang: lang, Better: "write it in " + linesName(lang) + " too"}, "line %q is written here and not in %s", w.key, lang)
			}
		}
	}
}
