package flow

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/accord-chat/accord/dialog/message"
	"golang.org/x/text/unicode/norm"
)

// Alike finds customers' sentences that say the same as an earlier one of their
// language: the same letters and digits in the same order, case, width, marks and
// spacing aside. Under two sections they contradict each other, and such a flow is
// [Refused]; under one the second teaches nothing, which is [Doubted]. Findings
// come in the order of the sentences.
func (f *Flow) Alike() Findings {
	seen := map[message.Lang]map[string]Sentence{}
	var out Findings
	for _, here := range f.Sentences {
		if seen[here.Lang] == nil {
			seen[here.Lang] = map[string]Sentence{}
		}
		key := gist(here.Text)
		first, twice := seen[here.Lang][key]
		switch {
		case key == "":
		case twice:
			out = append(out, alike(first, here))
		default:
			seen[here.Lang][key] = here
		}
	}
	return out
}

func alike(first, here Sentence) Finding {
	f := Finding{Severity: Doubted, Rule: "alike", Lang: here.Lang, File: here.File, Line: here.Line, Column: here.Column,
		Message: fmt.Sprintf("%q says the same as line %d of %s: it teaches nothing new", here.Text, first.Line, first.File),
		Better:  "say it in other words, as another customer would"}
	if first.Section != here.Section {
		f.Severity = Refused
		f.Message = fmt.Sprintf("%q says the same as line %d of %s, which stands under [%s]", here.Text, first.Line, first.File, first.Section)
		f.Better = "keep it where it belongs; the other needs a sentence of its own"
	}
	return f
}

// sentences puts what is alike among the findings.
func (l *linter) sentences() {
	for _, f := range l.flow.Alike() {
		l.keep(f)
	}
}

// gist is a sentence without what makes no difference to a reader. Words keep
// their order: "is it here" asks what "it is here" tells.
func gist(text string) string {
	words := strings.FieldsFunc(strings.ToLower(norm.NFKC.String(text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, " ")
}
