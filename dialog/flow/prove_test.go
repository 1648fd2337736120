package flow

import (
	"os"
	"testing"
)

const shippedFlows = "../lines"

// shipped reads a flow that ships.
func shipped(t testing.TB, name string) *Flow {
	t.Helper()
	files, err := ReadFS(os.DirFS(shippedFlows + "/" + name))
	if err != nil {
		t.Fatal(err)
	}
	f, err := Parse(files)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return f
}

// eachShipped runs a test for every flow that ships.
func eachShipped(t *testing.T, test func(t *testing.T, f *Flow)) {
	t.Helper()
	entries, err := os.ReadDir(shippedFlows)
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, e := range entries {
		if e.IsDir() {
			ran++
			t.Run(e.Name(), func(t *testing.T) { test(t, shipped(t, e.Name())) })
		}
	}
	if ran == 0 {
		t.Fatal("no flow ships")
	}
}

// TestShippedFlowsAreProved walks every shipped flow whole and holds what
// admins are told about them.
func TestShippedFlowsAreProved(t *testing.T) {
	eachShipped(t, func(t *testing.T, f *Flow) {
		p := f.Prove(ProveOptions{})
		t.Logf("%d states, %d steps, %d turns when understood, %d at worst", p.States, p.Steps, p.Understood, p.Worst)
		if !p.Ends || p.Fault != nil {
			t.Fatalf("not proved: %+v", p.Fault)
		}
		if p.Understood > 16 || p.Worst > 36 {
			t.Errorf("it takes up to %d turns when always understood (16 at most are fine) and %d with every mishap (36)", p.Understood, p.Worst)
		}
		if p.States > 150_000 {
			t.Errorf("%d states take too long to prove", p.States)
		}
		checkWay(t, f.Table, p.UnderstoodWay, p.Understood, false)
		checkWay(t, f.Table, p.WorstWay, p.Worst, true)
	})
}

// checkWay takes the steps of a way one by one and counts its turns.
func checkWay(t *testing.T, table *Table, way []ProofStep, turns int, mishaps bool) {
	t.Helper()
	at, _ := table.Find(way[0].State)
	c := Control{At: at}
	n := 0
	for i, s := range way {
		next, edge, err := table.Next(c, s.Class)
		if err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
		if edge.ID != s.Edge || table.Name(next.At) != s.To || table.Name(c.At) != s.State {
			t.Fatalf("step %d is %+v, the table takes %s to %s", i, s, edge.ID, table.Name(next.At))
		}
		if a := table.states[c.At].on[s.Class.Name]; !mishaps && a.spend != "" && a.spend != SpendRefusals {
			t.Errorf("step %d (%s) spends %s on a way on which all is understood", i, s.Edge, a.spend)
		}
		if s.Turn {
			n++
		}
		c = next
	}
	if n != turns {
		t.Errorf("a way of %d turns has %d", turns, n)
	}
	if k := table.Kind(c.At); !over(way[len(way)-1].Class.Name, k) {
		t.Errorf("the way ends in %s", k)
	}
}

// TestMinimalIsProved holds the smallest flow that uses every kind.
func TestMinimalIsProved(t *testing.T) {
	f := minimal(t)
	if p := f.Prove(ProveOptions{}); !p.Ends || p.Understood < 5 || p.Worst <= p.Understood {
		t.Errorf("%+v, %+v", p, p.Fault)
	}
}

func minimal(t testing.TB) *Flow {
	t.Helper()
	files, err := ReadFS(os.DirFS("flowtest/minimal"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestProofIsTheSameTwice holds that nothing of a proof hangs on chance.
func TestProofIsTheSameTwice(t *testing.T) {
	f := minimal(t)
	a, b := f.Prove(ProveOptions{}), f.Prove(ProveOptions{})
	if a.States != b.States || a.Steps != b.Steps || len(a.WorstWay) != len(b.WorstWay) {
		t.Fatalf("%+v\n%+v", a, b)
	}
	for i := range a.WorstWay {
		if a.WorstWay[i] != b.WorstWay[i] {
			t.Fatalf("step %d differs: %+v, %+v", i, a.WorstWay[i], b.WorstWay[i])
		}
	}
}

// TestTooManyStates stops early and names what multiplies the states.
func TestTooManyStates(t *testing.T) {
	f := shipped(t, "after-sales")
	heard := 0
	p := f.Prove(ProveOptions{MaxStates: 40_000, Progress: func(known, walked int) {
		if known < walked {
			t.Errorf("%d of %d walked", walked, known)
		}
		heard++
	}})
	if !p.Stopped || p.Ends || p.Worst != -1 || heard == 0 {
		t.Fatalf("stopped %v, ends %v, worst %d, heard of %d times", p.Stopped, p.Ends, p.Worst, heard)
	}
	byName := map[string]Cost{}
	for i, c := range p.Costs {
		byName[c.Counter] = c
		if i > 0 && c.Without < p.Costs[i-1].Without {
			t.Errorf("%s stands behind %s and costs more", c.Counter, p.Costs[i-1].Counter)
		}
	}
	side, reminders := byName["side turns"], byName["reminders"]
	if side.Limit != "side_turns" || side.Values != f.Limits.SideTurns+1 || reminders.Limit != "" || side.Without >= reminders.Without {
		t.Errorf("side turns %+v, reminders %+v", side, reminders)
	}
	// Every state that differs in nothing but the side turns is one without them.
	if side.Without > p.States/2 || side.Without < p.States/20 {
		t.Errorf("of %d states %d are left without side turns", p.States, side.Without)
	}
}

// BenchmarkProve proves the flow an admin starts from.
func BenchmarkProve(b *testing.B) {
	f := shipped(b, "after-sales")
	b.ReportAllocs()
	for b.Loop() {
		if p := f.Prove(ProveOptions{}); !p.Ends {
			b.Fatal(p.Fault)
		}
	}
}
