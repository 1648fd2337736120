package flow

import (
	"maps"
	"slices"
)

// FactKeys lists the keys of the demo rows in order.
func (f *Flow) FactKeys() []string { return slices.Sorted(maps.Keys(f.facts.rows)) }
