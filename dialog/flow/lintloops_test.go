package flow

import (
	"maps"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// loopsIn gives the loops that check finds in a machine.
func loopsIn(f *Flow) Findings {
	l := &linter{report: newReport(), flow: f, machine: &document{}}
	l.loops()
	return l.found
}

// The static look at loops is held against the proof, which walks every
// counter: in machines whose edges were moved and whose budgets were taken
// away at random, a flow without a loop here has none there.
func TestLoopsAgainstTheProof(t *testing.T) {
	files, err := ReadFS(os.DirFS("flowtest/minimal"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	loose, tight, tries := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		if tries++; tries > 40 { // each walks thousands of states
			return
		}
		specs := mutated(t, f)
		limits := f.Limits
		limits.Refusals, limits.SideTurns, limits.Questions, limits.Soothing, limits.Misunderstood = 2, 1, 1, 1, 1
		table, err := newTable(f.Start, specs, limits)
		if err != nil {
			t.Fatal(err)
		}
		found := loopsIn(&Flow{Table: table})
		proof := table.prove(ProveOptions{})
		loops := proof.Fault != nil && proof.Fault.Kind == FaultLoop
		switch {
		case loops && len(found) == 0:
			t.Fatalf("the proof goes round for ever and check sees no loop: %+v", proof.Fault)
		case loops:
			loose++
		case len(found) == 0:
			tight++
		}
	})
	t.Logf("%d with a loop, %d without", loose, tight)
	if loose == 0 || tight == 0 {
		t.Error("the machines do not differ")
	}
}

// mutated gives the states of a flow with some edges bent: to another state,
// or without their budget.
func mutated(t *rapid.T, f *Flow) []StateSpec {
	var specs []StateSpec
	names := f.Table.Names()
	for _, name := range names {
		id, _ := f.Table.Find(name)
		s := f.Table.Spec(id)
		s.On = maps.Clone(s.On)
		specs = append(specs, s)
	}
	for range rapid.IntRange(0, 3).Draw(t, "bends") {
		s := specs[rapid.IntRange(0, len(specs)-1).Draw(t, "state")]
		class := rapid.SampledFrom(slices.Sorted(maps.Keys(s.On))).Draw(t, "class")
		e := s.On[class]
		if rapid.Bool().Draw(t, "free") {
			e.Spend, e.Else = "", ""
		} else {
			e.To = rapid.SampledFrom(names).Draw(t, "to")
		}
		s.On[class] = e
	}
	return specs
}
