package flow

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/dialog/tone"
)

// Check looks a flow's files through before anybody meets the flow. It gives
// the compiled flow, nil where [Parse] refuses the files, and everything that
// was found, worst first. Beyond what Parse refuses it finds
//
//   - states that lead neither to an end nor to a person, loops that use no
//     budget up, ways out that lead back to where they came from;
//   - wordings that break the tone, with a better one, that are too long for a
//     platform with the longest values in them, that hold two questions, that
//     refuse without a reason, that are never said or missing in a language;
//   - amounts and times that one language names and another does not, texts in
//     another script than their file's;
//   - sections of the intents files that are not heard, or that have too few
//     sentences to be learned;
//   - services, incidents, owners, facts and conditions that nothing reaches;
//   - sections that nothing hears, and customers' sentences that say the same
//     ([Flow.Unwired], [Flow.Alike]);
//   - amounts and times that make no sense together.
//
// A finding is either [Refused] (such a flow is not published) or [Doubted].
// Check is pure and static: it plays no conversation and walks no counters;
// that is what the proof is for.
func Check(files Files) (*Flow, Findings) {
	f, err := Parse(files)
	if err != nil {
		found, _ := err.(Findings) //nolint:errorlint // the error of Parse, wrapped by nobody
		return nil, found
	}
	l := newLinter(files, f)
	for _, w := range f.unwired {
		l.keep(w)
	}
	for _, look := range []func(){l.graph, l.loops, l.talk, l.lengths, l.unsaid, l.stock, l.amounts, l.sheet, l.sentences, l.times, l.translations, l.deaf, l.conditions, l.makingGood} {
		look()
	}
	return f, l.worstFirst()
}

// Sound says whether a flow with these findings may be published.
func (fs Findings) Sound() bool {
	return !slices.ContainsFunc(fs, func(f Finding) bool { return f.Severity == Refused })
}

// linter holds a flow and the files it was made of, as far as what is found
// must be pointed at.
type linter struct {
	*report
	files   Files
	flow    *Flow
	machine *document // flow.yaml
	states  flowFile
	stocked *document // catalog.yaml
	catalog catalogFile
	words   []wording
	columns *columns // of facts.csv; nil where there is none
	rules   map[message.Lang]*tone.Checker
}

func newLinter(files Files, f *Flow) *linter {
	l := &linter{report: newReport(), files: files, flow: f, rules: map[message.Lang]*tone.Checker{}}
	for _, lang := range f.langs {
		l.rules[lang] = tone.For(lang)
	}
	// The files are good, so what reading them once more reports is nothing.
	quiet := newReport()
	l.machine, l.stocked = open(quiet, flowName, files[flowName]), open(quiet, catalogName, files[catalogName])
	l.machine.into(&l.states)
	l.stocked.into(&l.catalog)
	l.words = readWordings(quiet, files, f.langs)
	l.columns = readColumns(quiet, files[factsName])
	return l
}

// refuse adds a finding for which the flow is not published.
func (l *linter) refuse(rule string, at mark, more Finding, format string, args ...any) {
	l.note(Refused, rule, at, more, format, args...)
}

// doubt adds a finding that somebody should look at.
func (l *linter) doubt(rule string, at mark, more Finding, format string, args ...any) {
	l.note(Doubted, rule, at, more, format, args...)
}

// note adds a finding; more holds its language, state, hint and better
// wording.
func (l *linter) note(s Severity, rule string, at mark, more Finding, format string, args ...any) {
	more.Severity, more.Rule, more.File, more.Line, more.Column = s, rule, at.file, at.line, at.col
	more.Message = fmt.Sprintf(format, args...)
	l.keep(more)
}

// worstFirst gives what was found: what is refused, then what is doubted, each
// in reading order.
func (l *linter) worstFirst() Findings {
	found := l.sorted()
	slices.SortStableFunc(found, func(a, b Finding) int { return cmp.Compare(rank(a), rank(b)) })
	return found
}

func rank(f Finding) int {
	if f.Severity == Doubted {
		return 1
	}
	return 0
}

// edgeAt is where an edge stands: in its state, or in anywhere.
func (l *linter) edgeAt(state string, class ClassName) mark {
	p := path("").in("states", state, "on", string(class))
	if m, ok := l.machine.keys[p]; ok {
		return m
	}
	if m, ok := l.machine.keys[path("").in("anywhere", string(class))]; ok {
		return m
	}
	return l.machine.key(p)
}
