package flow

import (
	"os"
	"slices"
	"testing"
)

// byCustomer are the classes that take a turn of the customer; the others come
// from time, look-ups and data.
var byCustomer = []ClassName{Message, Start, Answer, Accept, Refuse, Counter, Beyond, Unsure, Pick, Change, Withdraw, Idea, Done, More,
	Person, Anger, Rage, Misread, Aside, Cancel, Told, Vague}

// byData are the classes that the data decides on entering a state.
var byData = []ClassName{Look, Ask, Complete, Nothing, Skip, Grant, ToLower, ToShelve, ToPerson, AllDone, Offer, Exhausted, Noted}

// place is a control, and whether its state was just entered, so that the
// data decides, or rests, so that the world does.
type place struct {
	Control
	entered bool
}

// explorer walks every control a flow can reach, by every class its table
// admits there, and knows the longest way to an end.
type explorer struct {
	t     *Table
	known map[place]int // customer turns to the farthest end
	open  map[place]bool
	path  []string
	loop  []string
}

func explore(t *Table) *explorer {
	return &explorer{t: t, known: map[place]int{}, open: map[place]bool{}}
}

// walk gives the longest way from here in customer turns. A place that is met
// again on the way to itself is a loop without a bound.
func (x *explorer) walk(c place) int {
	if n, ok := x.known[c]; ok {
		return n
	}
	if x.open[c] {
		if x.loop == nil {
			x.loop = slices.Clone(x.path)
		}
		return 0
	}
	x.open[c] = true
	best := 0
	s := x.t.states[c.At]
	for name := range s.on {
		for n := uint8(0); n <= maxOpen; n++ {
			cl := Class{Name: name, N: n}
			if n > 0 && !counts(s.kind, name) || !x.t.Admits(c.Control, cl) || name == Rage && c.Soothing == 0 {
				continue
			}
			if s.kind != Soothe && c.entered != slices.Contains(byData, name) {
				continue
			}
			if name == back && c.Back == 0 || s.kind == Soothe && name != back && c.Back != 0 {
				continue
			}
			best = max(best, x.step(c, cl))
		}
	}
	delete(x.open, c)
	x.known[c] = best
	return best
}

// step takes one edge. Where a person takes over, a matter ends or another
// begins, the way ends.
func (x *explorer) step(c place, cl Class) int {
	next, edge, err := x.t.Next(c.Control, cl)
	if err != nil {
		panic(err)
	}
	cost := 0
	if slices.Contains(byCustomer, cl.Name) && x.t.states[c.At].kind != Soothe {
		cost = 1
	}
	switch to := x.t.states[next.At].kind; {
	case to == End, to == Queue, to == Owned, cl.Name == More:
		return cost
	}
	x.path = append(x.path, edge.ID)
	defer func() { x.path = x.path[:len(x.path)-1] }()
	entered := !edge.Stay && cl.Name != back && x.t.states[next.At].kind.Passes()
	return cost + x.walk(place{next, entered})
}

// counts says whether a class carries a count in a state of this kind.
func counts(k Kind, c ClassName) bool {
	switch c {
	case Accept:
		return k == Restate || k == Shelve
	case Pick, Grant, Withdraw, Noted:
		return true
	case Aside:
		return k == Lower || k == Propose || k == Shelve
	case Remind:
		return k == Shelve
	}
	return false
}

// TestEveryWayEnds walks the shipped flow to the last control: no loop is
// without a bound, and the backstop on turns is never what ends a matter.
func TestEveryWayEnds(t *testing.T) {
	files, err := ReadFS(os.DirFS("../lines/after-sales"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	x := explore(f.Table)
	longest := x.walk(place{Control: f.Table.Start()})
	t.Logf("%d controls, at most %d customer turns in a matter", len(x.known), longest)
	if x.loop != nil {
		t.Errorf("a loop without a bound: %v", x.loop[max(0, len(x.loop)-12):])
	}
	if longest > f.Limits.Turns {
		t.Errorf("a matter can take %d turns, the backstop stands at %d", longest, f.Limits.Turns)
	}
}

// TestALoopIsFound takes a bound away and expects to see the loop.
func TestALoopIsFound(t *testing.T) {
	files, err := ReadFS(os.DirFS("../lines/after-sales"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	s := &f.Table.states[f.Table.index["lower"]]
	a := s.on[Refuse]
	a.spend, a.other = "", nil // a refusal costs nothing any more
	s.on[Refuse] = a
	x := explore(f.Table)
	if x.walk(place{Control: f.Table.Start()}); x.loop == nil {
		t.Error("refusals without end were not found")
	}
}
