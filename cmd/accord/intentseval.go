package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/accord-chat/accord/intents/eval"
)

// evalFiles are the files of `accord intents eval`.
type evalFiles struct {
	train, test, oosTrain, oosTest string
}

func (f evalFiles) any() bool { return f != evalFiles{} }

func evalCommand(s streams) *cobra.Command {
	var files evalFiles
	var asJSON bool
	c := &cobra.Command{
		Use:   "eval [DIR]",
		Short: "Measure how well messages are understood from examples",
		Long: `Without files, every example sentence of the flow in DIR, or of the built-in
one, is read by what the other sentences teach (five-fold cross-validation, without
the cues; with them customers are read better). It gives every section its line,
and shows which are taken for each other, by which sentences, and what to do.
The columns:

` + columnsExplained + `
Below 70 % a section wants more sentences, or too much is one section's that is
another's. What is not wired up in the catalog yet is only warned of, so that
sentences can be tried first.

With --train and --test it learns one file and reads the other. Files are
separated by tabs under the header intent<TAB>text. --oos-train and --oos-test
hold texts that belong to no intent; what stands in their first column is not read.

Exit code 1 means that the examples contradict each other: the same text under
two intents (in a flow, what flow check calls the same), or an intent to be read
that no example teaches.`,
		Example: "  accord intents eval my-flow\n  accord intents eval --train train.tsv --test test.tsv --oos-test oos.tsv --json",
		Args:    oneFolderAtMost,
	}
	c.Flags().StringVar(&files.train, "train", "", "file to learn from")
	c.Flags().StringVar(&files.test, "test", "", "file to read")
	c.Flags().StringVar(&files.oosTrain, "oos-train", "", "file of texts for no intent, to learn from")
	c.Flags().StringVar(&files.oosTest, "oos-test", "", "file of texts for no intent, to read")
	c.Flags().BoolVar(&asJSON, "json", false, "the figures as a JSON object")
	c.RunE = func(c *cobra.Command, args []string) error {
		switch {
		case !files.any():
			return evalFlow(c.Context(), s, firstOf(args), asJSON)
		case len(args) > 0:
			return &problem{what: "a folder and files are two different things to measure", hint: "leave out " + args[0] + ", or the flags"}
		case files.train == "" || files.test == "":
			return &problem{what: "--train and --test go together", hint: "accord intents eval --train train.tsv --test test.tsv"}
		}
		return evalTables(s, files, asJSON)
	}
	return c
}

// tableFigures are what a script reads of `intents eval --train … --test …`.
// OOSRecall is null where no texts for no intent were read.
type tableFigures struct {
	Accuracy   float64  `json:"accuracy"`
	OOSRecall  *float64 `json:"oos_recall"`
	ECE        float64  `json:"ece"`
	TrainMS    float64  `json:"train_ms"`
	USPerText  float64  `json:"us_per_text"`
	ModelBytes int      `json:"model_bytes"`
	Kept       float64  `json:"kept"`
	MacroF1    float64  `json:"macro_f1"`
	Texts      int      `json:"texts"`
	Outside    int      `json:"outside"`
}

// evalTables learns one file and reads another.
func evalTables(s streams, files evalFiles, asJSON bool) error {
	sets, err := files.read()
	if err != nil {
		return err
	}
	severe := sayMistakes(s, append(eval.Mistakes(nil, sets.Train), untaught(sets)...))
	bar := startProgress(s.err, "learning "+files.train, 0)
	r, err := eval.Run(sets, time.Now, func(done, _ int) { bar.at(done) })
	bar.end()
	if err != nil {
		return &problem{what: fmt.Sprintf("%s: %v", files.train, err), hint: "below the header stand lines of an intent, a tab and a text"}
	}
	if asJSON {
		f := tableFigures{r.Accuracy, nil, r.ECE, r.TrainMS, r.USPerText, r.ModelBytes, r.Kept, r.MacroF1, r.Texts, r.Outside}
		if r.Outside > 0 {
			f.OOSRecall = &r.OutsideRecall
		}
		err = printJSON(s.out, f)
	} else {
		err = showRun(s.out, r)
		showConfusions(s.out, mixedUp(r.Readings, maxConfusions))
	}
	return errors.Join(err, contradiction(severe))
}

// read reads all files, and says everything that is wrong with them.
func (f evalFiles) read() (sets eval.Sets, err error) {
	var wrong problems
	for _, x := range []struct {
		name string
		into *[]eval.Example
	}{{f.train, &sets.Train}, {f.test, &sets.Test}, {f.oosTrain, &sets.OutsideTrain}, {f.oosTest, &sets.OutsideTest}} {
		if x.name == "" {
			continue
		}
		var p problems
		if *x.into, p = readTable(x.name); p != nil {
			wrong = append(wrong, p...)
		}
	}
	if wrong != nil {
		return sets, wrong
	}
	return sets, nil
}

// maxMistakes bounds what is said of one kind.
const maxMistakes = 20

func readTable(name string) ([]eval.Example, problems) {
	f, err := os.Open(name) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, problems{{what: err.Error(), hint: "name a file separated by tabs, with the header intent<TAB>text"}}
	}
	defer func() { _ = f.Close() }()
	examples, err := eval.ReadTSV(f, name)
	var broken *fs.PathError
	switch {
	case errors.As(err, &broken): // a folder, or a disk that cannot be read
		return nil, problems{{what: err.Error(), hint: "name a file"}}
	case err == nil && len(examples) == 0:
		return nil, problems{{what: name + ": there is nothing below the header", hint: "below it stand lines of an intent, a tab and a text"}}
	case err == nil:
		return examples, nil
	}
	var out problems
	for line := range strings.Lines(err.Error()) {
		if out = append(out, &problem{what: strings.TrimSpace(line), hint: "a line is an intent, one tab and a text, below the header intent<TAB>text"}); len(out) == maxMistakes {
			break
		}
	}
	return nil, out
}

// untaught finds intents that are to be read and that no example teaches, each
// by the first of its texts.
func untaught(sets eval.Sets) []eval.Mistake {
	taught := map[string]bool{}
	for _, e := range sets.Train {
		taught[e.Label] = true
	}
	var out []eval.Mistake
	for _, e := range sets.Test {
		if !taught[e.Label] {
			taught[e.Label] = true
			out = append(out, eval.Mistake{Kind: eval.NoExample, Label: e.Label, Place: e.Place})
		}
	}
	return out
}

// sayMistakes names what is wrong with examples, the first of each kind, and
// counts what makes them useless as teachers.
func sayMistakes(s streams, mistakes []eval.Mistake) (severe int) {
	said := map[eval.Kind]int{}
	for _, m := range mistakes {
		grade := "warning: "
		if m.Severe() {
			severe++
			grade = "error: "
		}
		switch said[m.Kind]++; {
		case said[m.Kind] > maxMistakes:
			continue
		case m.Kind == eval.NoExample && m.Place != "":
			grade += m.Place + ": "
		}
		fmt.Fprintln(s.err, grade+m.String())
	}
	for _, kind := range []eval.Kind{eval.TwoLabels, eval.NoExample, eval.Twice, eval.Blank} {
		if more := said[kind] - maxMistakes; more > 0 {
			fmt.Fprintf(s.err, "and %s more (%s)\n", thousands(more), kind)
		}
	}
	return severe
}

// contradiction is the verdict on examples that cannot all be right.
func contradiction(severe int) error {
	if severe == 0 {
		return nil
	}
	return &problem{what: fmt.Sprintf("the examples cannot teach this: %s", counted(int64(severe), "mistake", "mistakes")),
		hint: "a text stands under one intent, and every intent has examples", code: exitWanting}
}

// interrupted makes an end that was asked for a problem of its own.
func interrupted(err error) error {
	if errors.Is(err, context.Canceled) {
		return &problem{what: "interrupted", hint: "nothing was written"}
	}
	return err
}
