package flow

import (
	"reflect"
	"slices"
)

// implies says whether loose holds wherever strict does, as far as can be seen
// from their form: nothing is demanded by loose that strict does not demand.
func implies(strict, loose *conditionFile) bool {
	given := demands(strict)
	for _, d := range demands(loose) {
		if !slices.ContainsFunc(given, func(g conditionFile) bool { return reflect.DeepEqual(g, d) }) {
			return false
		}
	}
	return true
}

// demands lists what must hold all at once; none for no condition.
func demands(c *conditionFile) []conditionFile {
	if c == nil {
		return nil
	}
	if len(c.All) == 0 {
		return []conditionFile{*c}
	}
	var out []conditionFile
	for i := range c.All {
		out = append(out, demands(&c.All[i])...)
	}
	return out
}
