package flow

import (
	"slices"
	"testing"
)

// dumb is a second explorer, as plain as can be and written from Next alone:
// maps of controls, recursion, every class there is. What it knows of classes
// it spells out itself, so that a slip in the proof's own tables shows.
type dumb struct {
	t     *Table
	known map[dumbAt]int
	clean map[dumbAt]int
	open  map[dumbAt]bool
	loops bool
}

type dumbAt struct {
	c       Control
	decides bool // the data decides here
}

var dumbClasses = []ClassName{"message", "start", "told", "vague", "answer", "accept", "refuse", "counter", "beyond", "unsure", "pick", "change",
	"withdraw", "idea", "done", "more", "person", "anger", "rage", "misread", "side", "cancel", "remind", "silence", "found", "missing", "late",
	"look", "ask", "complete", "nothing", "skip", "grant", "lower", "shelve", "hand_off", "settled", "offer", "exhausted", "noted", "back"}

// data are the classes the data decides on, with the kinds they belong to.
var dumbData = map[ClassName]bool{"look": true, "ask": true, "complete": true, "nothing": true, "skip": true, "grant": true, "lower": true, "shelve": true,
	"hand_off": true, "settled": true, "offer": true, "exhausted": true, "noted": true, "back": true}

// counted are the places where the engine counts expectations along with a
// class.
var dumbCounted = map[Kind][]ClassName{
	Restate: {"accept"}, Rank: {"pick"}, Assess: {"grant"}, Agree: {"noted"},
	Lower: {"withdraw", "side"}, Propose: {"withdraw", "side"}, Shelve: {"accept", "withdraw", "side", "remind"},
}

// next lists what can happen at a place.
func (d *dumb) next(at dumbAt) (classes []Class) {
	kind := d.t.Kind(at.c.At)
	for _, name := range dumbClasses {
		if !d.t.Has(at.c.At, name) || (dumbData[name] || kind == Soothe) != at.decides {
			continue
		}
		if kind == Soothe && (name == "back") != (at.c.Back != 0) {
			continue
		}
		classes = append(classes, Class{Name: name})
		if slices.Contains(dumbCounted[kind], name) {
			for n := uint8(1); n <= 6; n++ {
				classes = append(classes, Class{Name: name, N: n})
			}
		}
	}
	return classes
}

// walk gives the longest way from here with all mishaps, and without any (-1
// where that is none).
func (d *dumb) walk(at dumbAt) (worst, clean int) {
	if n, ok := d.known[at]; ok {
		return n, d.clean[at]
	}
	if d.open[at] {
		d.loops = true
		return 0, 0
	}
	d.open[at] = true
	for _, cl := range d.next(at) {
		next, edge, err := d.t.Next(at.c, cl)
		if err != nil {
			continue // it cannot come here
		}
		cost := 1
		switch cl.Name {
		case "message", "remind", "silence", "found", "missing", "late":
			cost = 0
		}
		if at.decides {
			cost = 0
		}
		w, c := 0, 0
		kind := d.t.Kind(next.At)
		if kind != Queue && kind != Owned && kind != End && cl.Name != "more" {
			passes := kind == Soothe || kind == Elicit || kind == Rank || kind == Assess || kind == Lower || kind == Agree
			w, c = d.walk(dumbAt{next, passes && !edge.Stay && cl.Name != "back"})
		}
		worst = max(worst, w+cost)
		switch spend := d.t.Spec(at.c.At).On[cl.Name].Spend; spend {
		case "", SpendRefusals:
			clean = max(clean, c+cost)
		}
	}
	delete(d.open, at)
	d.known[at], d.clean[at] = worst, clean
	return worst, clean
}

// TestProofAgainstDumbExplorer holds the fast walk against the plain one: as
// many states, and ways of the same length.
func TestProofAgainstDumbExplorer(t *testing.T) {
	eachShipped(t, func(t *testing.T, f *Flow) {
		for _, l := range []Limits{
			{Refusals: 2, Tries: 2, Questions: 1, Misunderstood: 1, SideTurns: 1, Soothing: 1, Corrections: 1},
			{Refusals: 1, Tries: 1, Questions: 2, Misunderstood: 2, SideTurns: 2, Soothing: 1, Corrections: 2},
			{Refusals: 3, Tries: 3, Questions: 0, Misunderstood: 1, SideTurns: 0, Soothing: 0, Corrections: 0},
		} {
			l.Turns = 100
			f.Table.limits = l
			agree(t, f.Table)
		}
	})
	f := minimal(t)
	f.Table.limits.SideTurns, f.Table.limits.Soothing = 2, 1
	agree(t, f.Table)
}

func agree(t *testing.T, table *Table) {
	t.Helper()
	d := &dumb{t: table, known: map[dumbAt]int{}, clean: map[dumbAt]int{}, open: map[dumbAt]bool{}}
	worst, clean := d.walk(dumbAt{c: table.Start()})
	p := table.prove(ProveOptions{})
	if d.loops || p.Fault != nil {
		t.Fatalf("loops %v, %+v", d.loops, p.Fault)
	}
	if p.States != len(d.known) || p.Worst != worst || p.Understood != clean {
		t.Errorf("%+v: the proof has %d states, %d and %d turns; walked plainly they are %d, %d and %d",
			table.limits, p.States, p.Worst, p.Understood, len(d.known), worst, clean)
	}
	if p.States < 100 {
		t.Errorf("only %d states", p.States)
	}
}
