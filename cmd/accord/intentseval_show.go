package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/intents/eval"
)

const (
	maxConfusions = 12 // pairs that are shown
	maxSentences  = 3  // of each pair
	maxOverlaps   = 10 // that are shown
)

// columnsExplained says what the columns of intents eval mean.
const columnsExplained = `READ RIGHTLY  sentences of sections that are read as theirs, or as what counts the same
KEPT          those of them that are seen as a matter of this flow at all, read rightly or not
FOR NOBODY    sentences under [outside], and those built in that are for no business
RECOGNISED    those of them that are seen as nobody's
`

// showFlow says to a person what was found.
func showFlow(w io.Writer, f *flow.Flow, out flowFigures, sentences []spoken) error {
	rows := [][]string{{"", "SENTENCES", "READ RIGHTLY", "KEPT", "FOR NOBODY", "RECOGNISED"}}
	row := func(name string, x eval.Figures) {
		rows = append(rows, append([]string{name}, figureCells(x)...))
	}
	for _, lang := range f.Langs() {
		row(string(lang), out.Languages[string(lang)])
	}
	row("all", out.Figures)
	if err := printTable(w, rows); err != nil {
		return err
	}
	fmt.Fprint(w, "\n", columnsExplained)
	sayLearned(w, out.ECE, out.TrainMS, out.USPerText, out.ModelBytes)
	if err := showSections(w, out.Sections); err != nil {
		return err
	}
	showMixedUp(w, out.Confusions)
	showBuiltIn(w, f, sentences)
	showOverlaps(w, out.Overlaps)
	return nil
}

// figureCells are the columns that figures of a flow and of tables have alike.
func figureCells(x eval.Figures) []string {
	return []string{thousands(x.Texts), shareOf(x.Accuracy, x.Texts), shareOf(x.Kept, x.Texts), thousands(x.Outside), shareOf(x.OutsideRecall, x.Outside)}
}

// shareOf is a share of so many, and a dash of none.
func shareOf(share float64, of int) string {
	if of == 0 {
		return "–"
	}
	return percent(share)
}

func sayLearned(w io.Writer, ece, trainMS, usPerText float64, bytes int) {
	fmt.Fprintf(w, "How sure it is differs from how often it is right by %s on average. Learned in %.0f ms, %.0f µs a text, %.1f MB.\n",
		percent(ece), trainMS, usPerText, float64(bytes)/1e6)
}

// showRun says to a person how one file was read with what another taught.
func showRun(w io.Writer, r eval.Result) error {
	rows := [][]string{{"TEXTS", "READ RIGHTLY", "KEPT", "FOR NOBODY", "RECOGNISED"}, figureCells(r.Figures)}
	if err := printTable(w, rows); err != nil {
		return err
	}
	sayLearned(w, r.ECE, r.TrainMS, r.USPerText, r.ModelBytes)
	return nil
}

// showSections gives every section its line. Where none counts as another, to be
// read rightly and exactly is the same.
func showSections(w io.Writer, sections []sectionFigures) error {
	related := slices.ContainsFunc(sections, func(x sectionFigures) bool { return x.CountsAs != "" })
	head, note := []string{"SECTION", "SENTENCES", "READ RIGHTLY"}, ""
	if related {
		head, note = append(head, "EXACTLY"), "; EXACTLY is as this very section"
	}
	rows := [][]string{append(head, "MOST OFTEN TAKEN FOR")}
	for _, x := range sections {
		name, taken := x.Section, ""
		if x.CountsAs != "" {
			name += " (counts as " + x.CountsAs + ")"
		}
		if x.Times > 0 {
			taken = fmt.Sprintf("%s (%d)", x.TakenFor, x.Times)
		}
		row := []string{name, thousands(x.Sentences), percent(x.Right)}
		if related {
			row = append(row, percent(x.Exactly))
		}
		rows = append(rows, append(row, taken))
	}
	fmt.Fprintf(w, "\nThe sections, worst first%s:\n", note)
	return printTable(w, rows)
}

// showMixedUp lists what is taken for each other, with sentences and what to do.
func showMixedUp(w io.Writer, cs []confusion) {
	if len(cs) > 0 {
		fmt.Fprintln(w, "\nTaken for each other, the most frequent first:")
	}
	for i, c := range cs {
		if i == maxConfusions {
			fmt.Fprintf(w, "and %s of sections; --json lists all\n", counted(int64(len(cs)-i), "more pair", "more pairs"))
			break
		}
		showPair(w, c.Intent, c.Read, c.wrong)
		fmt.Fprintf(w, "      → %s\n", c.Advice)
	}
}

// showConfusions lists what is taken for each other in tables.
func showConfusions(w io.Writer, cs []eval.Confusion) {
	if len(cs) > 0 {
		fmt.Fprintln(w, "\nTaken for each other, the most frequent first:")
	}
	for _, c := range cs {
		showPair(w, c.Label, c.Said, c.Wrong)
	}
}

// showPair shows some sentences of one thing that are read as another.
func showPair(w io.Writer, label, said string, wrong []eval.Reading) {
	fmt.Fprintf(w, "%4d  %s, read as %s\n", len(wrong), orNone(label, "for nobody"), said)
	for i, x := range wrong {
		if i == maxSentences {
			fmt.Fprintf(w, "      … and %s more\n", thousands(len(wrong)-i))
			break
		}
		fmt.Fprintf(w, "      %s: %s\n", x.Place, inline(x.Text))
	}
}

// showBuiltIn sums up which sentences for nobody are taken for something here:
// they stand in no file of the flow, so there is nothing to mend in them.
func showBuiltIn(w io.Writer, f *flow.Flow, sentences []spoken) {
	all := broadReadings(f, sentences, func(x spoken) bool { return x.builtIn })
	var names []string
	n := 0
	for _, c := range mixedUp(all, 0) {
		if n += len(c.Wrong); len(names) < maxSentences {
			names = append(names, fmt.Sprintf("%s (%d)", c.Said, len(c.Wrong)))
		}
	}
	if n > 0 {
		fmt.Fprintf(w, "\nOf %s built-in sentences for nobody %s are taken for something here, most for %s. That is nothing to mend;\nwhere your customers write such things, put what they write under [%s].\n",
			thousands(len(all)), thousands(n), strings.Join(names, ", "), flow.Outside)
	}
}

func showOverlaps(w io.Writer, all []overlap) {
	if len(all) > 0 {
		fmt.Fprintln(w, "\nNearly the same under two sections; reword one where the words in common are not what matters:")
	}
	for i, o := range all {
		if i == maxOverlaps {
			fmt.Fprintf(w, "      and %s more; --json lists all\n", thousands(len(all)-i))
			break
		}
		for _, x := range []eval.Example{o.pair.A, o.pair.B} {
			fmt.Fprintf(w, "      %s [%s]: %s\n", x.Place, orNone(x.Label, flow.Outside), inline(x.Text))
		}
	}
}

func orNone(name, none string) string {
	if name == "" {
		return none
	}
	return name
}

func percent(share float64) string { return strings.TrimSpace(fmt.Sprintf("%5.1f %%", 100*share)) }
