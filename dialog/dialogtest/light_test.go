//go:build !race

package dialogtest_test

import (
	"runtime"
	"testing"
)

// What one turn may take in the mean of the shipped conversations. It takes
// about 60 allocations and 13 kB: two of these are the state as it is read and
// as it is written.
const (
	mostAllocs = 66
	mostBytes  = 14 << 10
)

// TestATurnIsLight: reading a state, deciding and writing it takes few
// allocations and little memory, for that is most of what a turn costs. (The
// race detector empties pools at random, so it is not counted under it.)
func TestATurnIsLight(t *testing.T) {
	f, list, _ := turns(t)
	all := func() {
		for _, turn := range list {
			turn.take(t, f)
		}
	}
	if mean := testing.AllocsPerRun(2, all) / float64(len(list)); mean > mostAllocs {
		t.Errorf("%.1f allocations a turn", mean)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	all()
	runtime.ReadMemStats(&after)
	if mean := (after.TotalAlloc - before.TotalAlloc) / uint64(len(list)); mean > mostBytes {
		t.Errorf("%d bytes a turn", mean)
	}
}
