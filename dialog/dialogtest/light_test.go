//go:build !race

package dialogtest_test

import "testing"

// TestATurnIsLight: reading a state, deciding and writing it takes a hundred
// allocations at most, in the mean of the shipped conversations. (The race
// detector empties pools at random, so it is not counted under it.)
func TestATurnIsLight(t *testing.T) {
	f, list, _ := turns(t)
	all := testing.AllocsPerRun(2, func() {
		for _, turn := range list {
			turn.take(t, f)
		}
	})
	if mean := all / float64(len(list)); mean > 100 {
		t.Errorf("%.1f allocations a turn", mean)
	}
}
