package flow

import (
	"maps"
	"slices"
	"testing"
)

// TestWhatMayFollowIsClosed holds that every class of every kind has its ways
// out, that each of them is a kind, and that none is named for a class that
// cannot come.
func TestWhatMayFollowIsClosed(t *testing.T) {
	for kind, c := range classesOf {
		for _, class := range joined(c.must, c.may) {
			may := kind.follows(class)
			if (len(may) == 0) != (class == Person) {
				t.Errorf("%s.%s may lead to %v", kind, class, may)
			}
			for _, to := range may {
				if _, known := classesOf[to]; !known && to != here {
					t.Errorf("%s.%s may lead to %q, which is no kind", kind, class, to)
				}
				if to == here && kind.acts() {
					t.Errorf("%s.%s may stay, and would pass for ever", kind, class)
				}
			}
		}
	}
	for kind, ways := range leadsTo {
		for class := range ways {
			if !kind.takes(class) {
				t.Errorf("%s takes no %s", kind, class)
			}
		}
	}
}

// TestPassingEnds follows the classes the data decides on, which take no turn:
// whatever a flow is like, they come to rest well within the edges a step may
// take. What goes round is counted down: what is granted or noted, of which
// there are few, and what is lowered, of which there are two.
func TestPassingEnds(t *testing.T) {
	rounds := map[ClassName]int{Grant: maxOpen, Noted: maxOpen, ToLower: maxSingly}
	var longest func(k Kind, left map[ClassName]int, depth int) int
	longest = func(k Kind, left map[ClassName]int, depth int) int {
		if depth > 100 {
			t.Fatalf("%s passes on for ever", k)
		}
		best := 0
		if !k.Passes() {
			return 0
		}
		for _, class := range joined(classesOf[k].must, classesOf[k].may) {
			n, bounded := left[class]
			if !decided(k, class) || restingClass(k, class) || bounded && n == 0 {
				continue
			}
			rest := maps.Clone(left)
			if bounded {
				rest[class]--
			}
			for _, to := range k.follows(class) {
				if to != here {
					best = max(best, 1+longest(to, rest, depth+1))
				}
			}
		}
		return best
	}
	for _, k := range slices.Sorted(maps.Keys(classesOf)) {
		if n := longest(k, rounds, 0); n > 22 { // the engine takes 24, with the edge that leads there
			t.Errorf("from %s it passes through %d edges", k, n)
		}
	}
}
