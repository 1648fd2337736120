package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/eval"
	"github.com/accord-chat/accord/intents/outside"
)

const (
	folds     = 5
	lookAlike = 0.7 // share of words in common from which two sentences look alike
)

// flowFigures are what a script reads of `intents eval` on a flow.
type flowFigures struct {
	eval.Figures
	TrainMS    float64                 `json:"train_ms"`
	USPerText  float64                 `json:"us_per_text"`
	ModelBytes int                     `json:"model_bytes"`
	Languages  map[string]eval.Figures `json:"languages"`
	Sections   []sectionFigures        `json:"sections"` // worst first
	Confusions []confusion             `json:"confusions"`
	Overlaps   []overlap               `json:"overlaps"`
}

// sectionFigures say how well the sentences of one section are read. Right counts
// what was read as another section that counts as the same.
type sectionFigures struct {
	Section   string  `json:"section"`
	CountsAs  string  `json:"counts_as,omitempty"`
	Sentences int     `json:"sentences"`
	Right     float64 `json:"right"`   // share
	Exactly   float64 `json:"exactly"` // share that was read as this very section
	TakenFor  string  `json:"taken_for,omitempty"`
	Times     int     `json:"times,omitempty"` // that it was taken for that one, the most frequent
}

type confusion struct {
	Intent string   `json:"intent"` // "" = belongs to none
	Read   string   `json:"read"`
	Count  int      `json:"count"`
	Places []string `json:"places"`
	Advice string   `json:"advice"`

	wrong []eval.Reading
}

type overlap struct {
	A     string  `json:"a"` // place
	B     string  `json:"b"`
	Alike float64 `json:"alike"`

	pair eval.Overlap
}

// evalFlow lets every sentence of a flow be read by what the others teach.
func evalFlow(ctx context.Context, s streams, dir string, asJSON bool) error {
	f, err := draftFlow(s, dir)
	if err != nil {
		return err
	}
	severe := sayAlike(s, f.Alike())
	lesson := append(flowExamples(f), builtIn()...)
	bar := startProgress(s.err, "reading "+counted(int64(len(lesson)), "sentence", "sentences"), folds)
	readings, err := eval.CrossValidate(ctx, plainExamples(lesson), folds, func(done, _ int) { bar.at(done) })
	bar.end()
	if err != nil {
		return interrupted(err)
	}
	whole, err := timed(lesson)
	if err != nil {
		return err
	}
	for i := range lesson {
		lesson[i].read = readings[i]
	}
	out := figuresOf(f, lesson, whole)
	if asJSON {
		err = printJSON(s.out, out)
	} else {
		err = showFlow(s.out, f, out, lesson)
	}
	return errors.Join(err, contradiction(severe))
}

// sayAlike names the sentences that say the same, by the rule of flow check, and
// counts those that stand under two sections.
func sayAlike(s streams, found flow.Findings) (severe int) {
	for i, x := range found {
		if x.Severity == flow.Refused {
			severe++
		}
		if i < maxMistakes {
			sayFinding(s, x, string(x.Severity))
		}
	}
	if more := len(found) - maxMistakes; more > 0 {
		fmt.Fprintf(s.err, "and %s more\n", thousands(more))
	}
	return severe
}

// spoken is an example with its language, and what it was read as.
type spoken struct {
	eval.Example
	lang    message.Lang
	builtIn bool
	read    eval.Reading
}

// flowExamples are what the flow's model is taught, with their places: the
// sentences of its intents, and those that belong to none of them.
func flowExamples(f *flow.Flow) []spoken {
	var out []spoken
	for _, s := range f.Sentences {
		e := eval.Example{Label: s.Section, Text: s.Text, Place: fmt.Sprintf("%s:%d", s.File, s.Line)}
		if s.Section == flow.Outside {
			e.Label = ""
		}
		if e.Label == "" || flow.Label(s.Section) {
			out = append(out, spoken{Example: e, lang: s.Lang})
		}
	}
	return out
}

// builtIn are the sentences for nobody that every flow is taught.
func builtIn() []spoken {
	var out []spoken
	for _, s := range outside.Sentences() {
		out = append(out, spoken{Example: eval.Example{Text: s.Text, Place: "built in"}, lang: s.Lang, builtIn: true})
	}
	return out
}

func plainExamples(sentences []spoken) []eval.Example {
	out := make([]eval.Example, len(sentences))
	for i, e := range sentences {
		out[i] = e.Example
	}
	return out
}

func broadly(f *flow.Flow, section string) string {
	return cmp.Or(f.Broader[section], section)
}

// broadReadings are the readings of those sentences that pass, by what sections
// count as.
func broadReadings(f *flow.Flow, sentences []spoken, pass func(spoken) bool) []eval.Reading {
	var out []eval.Reading
	for _, x := range sentences {
		if pass(x) {
			x.read.Label, x.read.Said = broadly(f, x.read.Label), broadly(f, x.read.Said)
			out = append(out, x.read)
		}
	}
	return out
}

// timed learns everything once, for the size of it and the time it takes.
func timed(sentences []spoken) (eval.Result, error) {
	var sets eval.Sets
	for _, e := range sentences {
		if e.Label == "" {
			sets.OutsideTrain = append(sets.OutsideTrain, e.Example)
		} else {
			sets.Train = append(sets.Train, e.Example)
		}
	}
	sets.Test = sets.Train
	r, err := eval.Run(sets, time.Now, nil)
	if err != nil {
		return r, &problem{what: "the flow's examples: " + err.Error(), hint: "put sentences of customers into intents/*.txt"}
	}
	return r, nil
}

func figuresOf(f *flow.Flow, sentences []spoken, whole eval.Result) flowFigures {
	everyone := broadReadings(f, sentences, func(spoken) bool { return true })
	out := flowFigures{Figures: eval.Measure(everyone), TrainMS: whole.TrainMS, USPerText: whole.USPerText, ModelBytes: whole.ModelBytes,
		Languages: map[string]eval.Figures{}, Sections: sectionsOf(f, sentences), Confusions: []confusion{}, Overlaps: []overlap{}}
	for _, lang := range f.Langs() {
		out.Languages[string(lang)] = eval.Measure(broadReadings(f, sentences, func(x spoken) bool { return x.lang == lang }))
		for _, o := range eval.Overlaps(ownIn(sentences, lang), lookAlike) {
			out.Overlaps = append(out.Overlaps, overlap{o.A.Place, o.B.Place, o.Alike, o})
		}
	}
	own := broadReadings(f, sentences, func(x spoken) bool { return !x.builtIn }) // nobody can mend the others
	for _, c := range mixedUp(own, 0) {
		x := confusion{Intent: c.Label, Read: c.Said, Count: len(c.Wrong), wrong: c.Wrong}
		for _, w := range c.Wrong {
			x.Places = append(x.Places, w.Place)
		}
		out.Confusions = append(out.Confusions, x)
	}
	advise(out.Confusions, own)
	return out
}

// ownIn are the flow's own sentences of a language.
func ownIn(sentences []spoken, lang message.Lang) []eval.Example {
	var out []eval.Example
	for _, x := range sentences {
		if x.lang == lang && !x.builtIn {
			out = append(out, x.Example)
		}
	}
	return out
}

// sectionsOf gives a line for every section with sentences, worst first.
func sectionsOf(f *flow.Flow, sentences []spoken) []sectionFigures {
	by := map[string][]eval.Reading{}
	for _, x := range sentences {
		if x.Label != "" {
			by[x.Label] = append(by[x.Label], x.read)
		}
	}
	out := make([]sectionFigures, 0, len(by))
	for section, rs := range by {
		out = append(out, sectionOf(f, section, rs))
	}
	slices.SortFunc(out, func(a, b sectionFigures) int {
		return cmp.Or(cmp.Compare(a.Right, b.Right), cmp.Compare(a.Section, b.Section))
	})
	return out
}

func sectionOf(f *flow.Flow, section string, rs []eval.Reading) sectionFigures {
	out := sectionFigures{Section: section, CountsAs: f.Broader[section], Sentences: len(rs)}
	right, exact := 0, 0
	taken := map[string]int{}
	for _, r := range rs {
		if r.Said == section {
			exact++
		} else if taken[r.Said]++; taken[r.Said] > out.Times || taken[r.Said] == out.Times && r.Said < out.TakenFor {
			out.TakenFor, out.Times = r.Said, taken[r.Said]
		}
		if broadly(f, r.Said) == broadly(f, section) {
			right++
		}
	}
	out.Right, out.Exactly = float64(right)/float64(len(rs)), float64(exact)/float64(len(rs))
	return out
}

// mixedUp gives what is taken for something else. A text of an intent counts by
// what it was most like, also where it was not taken as ours: KEPT tells of that.
func mixedUp(rs []eval.Reading, n int) []eval.Confusion {
	rs = slices.Clone(rs)
	for i := range rs {
		rs[i].In = rs[i].In || rs[i].Label != ""
	}
	return eval.Confusions(rs, n)
}
