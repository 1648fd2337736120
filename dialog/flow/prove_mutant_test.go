package flow

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A mutant is a shipped flow with one edge changed: taken out, without its
// budget, or with its way out led back. Each must be refused by Parse, fail the
// proof, or stand below with the reason why nobody comes to harm.
var (
	edgeLine  = regexp.MustCompile(`^(\s+)([a-z_]+): (?:(\w+)|\{to: (\w+), spend: (\w+)(?:, else: (\w+))?\})\s*(?:#.*)?$`)
	stateLine = regexp.MustCompile(`^  (\w+):\s*$`)
	topLine   = regexp.MustCompile(`^(\w+):`)
)

// harmless names the mutants of after-sales that change what is said and not
// whether a conversation ends. The word is what was done, the rest its edge.
var harmless = map[string]string{
	"drop elicit.misread": "anywhere has one: a question not understood is put in other words, then in buttons, then by a person",
	"drop restate.answer": "more of the story then counts as a correction, which has its own budget",
	"drop end.start":      "/start after the end is then a first message like any other",
	"drop shelve.remind":  "anywhere has one: the promise is then made when the day is over",
	"free lower.beyond":   "what is proposed then can only be taken, or refused, and that spends refusals",
	"free lower.unsure":   "the same: no answer to the proposal leads back for nothing",
}

// mutants writes every changed flow.yaml by its name.
func mutants(text string) map[string]string {
	out := map[string]string{}
	lines := strings.Split(text, "\n")
	top, state := "", ""
	for i, line := range lines {
		if m := topLine.FindStringSubmatch(line); m != nil {
			top, state = m[1], m[1]
		}
		if m := stateLine.FindStringSubmatch(line); m != nil {
			state = m[1]
		}
		m := edgeLine.FindStringSubmatch(line)
		if m == nil || top != "states" && top != "anywhere" || m[2] == "kind" || m[2] == "quiet" || m[2] == "wait" {
			continue
		}
		indent, class, to := m[1], m[2], m[3]+m[4]
		put := func(what, edge string) {
			changed := slices.Clone(lines)
			changed[i] = edge
			out[what+" "+state+"."+class] = strings.Join(changed, "\n")
		}
		put("drop", "")
		if m[5] != "" {
			put("free", indent+class+": "+to)
		}
		if to == "person" || to == "end" {
			put("back", strings.Replace(line, to, "stay", 1))
		}
		if m[6] == "person" || m[6] == "end" {
			put("back else", strings.Replace(line, "else: "+m[6], "else: "+state, 1))
		}
	}
	return out
}

// TestMutantsAreCaught proves what it is worth to be proved. Budgets are cut
// first: what a mutant breaks breaks with small ones too.
func TestMutantsAreCaught(t *testing.T) {
	files, err := ReadFS(os.DirFS("../lines/after-sales"))
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`(side_turns|soothing|questions|misunderstood): \d`).ReplaceAllString(string(files[flowName]), "$1: 1")
	all := mutants(text)
	refused, failed := 0, 0
	for _, name := range slices.Sorted(maps.Keys(all)) {
		changed := maps.Clone(files)
		changed[flowName] = []byte(all[name])
		f, err := Parse(changed)
		if err != nil {
			refused++
			continue
		}
		p := f.Prove(ProveOptions{})
		why, known := harmless[name]
		switch {
		case !p.Ends:
			failed++
		case !known:
			t.Errorf("%s: neither refused nor found wanting: %d states, %d and %d turns", name, p.States, p.Understood, p.Worst)
		}
		if known && (!p.Ends || why == "") {
			t.Errorf("%s is not harmless: %+v", name, p.Fault)
		}
	}
	t.Logf("of %d mutants %d are refused, %d found wanting", len(all), refused, failed)
	if len(all) < 100 || refused < 40 || failed < 15 {
		t.Errorf("of %d mutants %d are refused, %d found wanting: too few to mean anything", len(all), refused, failed)
	}
	for name := range harmless {
		if all[name] == "" {
			t.Errorf("there is no mutant %q any more", name)
		}
	}
}
