package flow

import (
	"fmt"
	"maps"
	"slices"
)

// One slip often shows in many places. What stands here says it once, where it
// can be mended.

// gaps finds classes that can come in a state and have no edge. One that many
// states owe is told once: it belongs under anywhere.
func (d *document) gaps(specs []StateSpec) {
	if d.broken {
		return // an edge may hide behind a key that was misspelt
	}
	owed := map[ClassName][]string{} // by class that comes anywhere, the states without
	for _, s := range specs {
		var own []string
		for _, class := range classesOf[s.Kind].must {
			_, ok := s.On[class]
			switch {
			case ok:
			case habits[class] != "":
				owed[class] = append(owed[class], s.Name)
			default:
				own = append(own, string(class))
			}
		}
		if len(own) > 0 {
			d.add(d.key(path("").in("states", s.Name)), "state %q (%s) has no edge for %s", s.Name, s.Kind, listed(slices.Values(own)))
		}
	}
	for _, class := range slices.Sorted(maps.Keys(owed)) {
		d.owed(class, owed[class])
	}
}

// owed tells of a class that a state or many have no edge for.
func (d *document) owed(class ClassName, states []string) {
	if len(states) == 1 {
		d.addBetter(d.key(path("").in("states", states[0])), fmt.Sprintf("give it one, or write it under anywhere: %s: %s", class, habits[class]),
			"state %q has no edge for %s, neither its own nor in anywhere", states[0], class)
		return
	}
	d.addBetter(d.key(path("").in("anywhere")), fmt.Sprintf("write it once under anywhere: %s: %s", class, habits[class]),
		"%d states have no edge for %s, neither their own nor in anywhere: %s", len(states), class, listed(slices.Values(states)))
}

// habits are what flows mostly have under anywhere.
var habits = map[ClassName]string{
	Person: "person", Anger: "{to: soothe, spend: soothing, else: person}", Rage: "person", Cancel: "end",
	Misread: "{to: stay, spend: misunderstood, else: person}", Aside: "{to: stay, spend: side_turns, else: person}",
	Remind: "{to: stay, spend: reminder}", Silence: "end",
}

// stranger is a state that edges lead to and that does not exist.
type stranger struct {
	at    mark
	edges int
}

// strangers tells each unknown state once, where the first edge leads to it.
func (d *document) strangers(f *flowFile) {
	for _, name := range slices.Sorted(maps.Keys(d.unknown)) {
		s, more := d.unknown[name], ""
		if s.edges > 1 {
			more = fmt.Sprintf(", which %d edges lead to", s.edges)
		}
		d.addNear(s.at, nearestKey(name, f.States), "unknown state %q%s", name, more)
	}
}

// unknownState notes an edge to a state that does not exist.
func (d *document) unknownState(name string, at mark) {
	if d.unknown == nil {
		d.unknown = map[string]stranger{}
	}
	s, seen := d.unknown[name]
	if !seen || at.line < s.at.line {
		s.at = at
	}
	s.edges++
	d.unknown[name] = s
}
