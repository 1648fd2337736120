package flow

import (
	"slices"
	"time"
)

// StateSpec is a checked state, the edges of anywhere included. Quiet and
// Wait are 0 where its kind has no use for them.
type StateSpec struct {
	Name        string
	Kind        Kind
	Quiet, Wait time.Duration
	On          map[ClassName]EdgeSpec
}

// EdgeSpec is a checked transition. To is a state's name, "" = stay. With
// Spend set, Else is taken once that budget is used up; an empty Else stays
// (only where time itself ends the loop).
type EdgeSpec struct {
	To    string
	Spend Budget
	Else  string
}

// stay is how a file says that an edge rests where it is.
const stay = "stay"

// machine checks flow.yaml and compiles its states. The table is nil where
// there is anything to complain about in them.
func (d *document) machine(f *flowFile) (*Table, Limits, PromiseTimes) {
	before := len(d.found)
	limits, times := d.limits(f.Limits), d.promiseTimes(f.Promises)
	if f.Name == "" {
		d.add(d.key(path("").in("name")), "name is missing")
	}
	var specs []StateSpec
	for _, name := range d.order[path("").in("states")] {
		s, ok := f.States[name]
		if ok && d.state(f, name, s) {
			specs = append(specs, d.spec(f, name, s))
		}
	}
	d.anywhere(f)
	if !d.broken {
		d.leads(f)
		d.rounds(f)
		d.bursts(f, limits.Close)
	}
	d.strangers(f)
	d.gaps(specs)
	d.begins(f)
	if len(d.found) == before && !d.broken {
		d.reachable(f, specs) // a broken edge may well lead to any other state
	}
	if len(d.found) > before || d.broken {
		return nil, limits, times
	}
	t, err := newTable(f.Start, specs, limits)
	if err != nil {
		d.add(d.key(path("").in("states")), "the states do not make a machine: %v", err)
		return nil, limits, times
	}
	for class, e := range f.Anywhere {
		t.anywhere[ClassName(class)] = e.spec()
	}
	return t, limits, times
}

// spec merges the edges of anywhere into a state; its own edge wins.
func (d *document) spec(f *flowFile, name string, s stateFile) StateSpec {
	out := StateSpec{Name: name, Kind: s.Kind, Quiet: time.Duration(s.Quiet), Wait: time.Duration(s.Wait), On: map[ClassName]EdgeSpec{}}
	if s.Kind == Owned && s.Wait == 0 {
		out.Wait = time.Duration(ownedWait)
	}
	for _, from := range []map[string]edgeFile{f.Anywhere, s.On} {
		for class, e := range from {
			if s.Kind.takes(ClassName(class)) {
				out.On[ClassName(class)] = e.spec()
			}
		}
	}
	return out
}

func (e edgeFile) spec() EdgeSpec {
	out := EdgeSpec{To: e.To, Spend: Budget(e.Spend), Else: e.Else}
	if out.To == stay {
		out.To = ""
	}
	if out.Else == stay {
		out.Else = ""
	}
	return out
}

// begins checks the state a conversation begins in.
func (d *document) begins(f *flowFile) {
	at := path("").in("start")
	switch s, ok := f.States[f.Start]; {
	case f.Start == "":
		d.add(d.key(at), "start is missing: the state a conversation begins in")
	case !ok:
		d.addNear(d.value(at), nearestKey(f.Start, f.States), "unknown state %q", f.Start)
	case s.Kind != Greet && s.Kind != Listen && s.Kind != "":
		d.add(d.value(at), "a conversation cannot begin in %q: a state of kind %s or %s can", f.Start, Greet, Listen)
	}
}

// reachable finds states that no edge leads to.
func (d *document) reachable(f *flowFile, specs []StateSpec) {
	seen := walk(f.Start, specs)
	for name := range f.States {
		if !seen[name] {
			d.add(d.key(path("").in("states", name)), "no edge leads to state %q", name)
		}
	}
}

// walk gives the states that can be come to from start.
func walk(start string, specs []StateSpec) map[string]bool {
	byName := map[string]StateSpec{}
	for _, s := range specs {
		byName[s.Name] = s
	}
	seen, todo := map[string]bool{start: true}, []string{start}
	for len(todo) > 0 {
		s := byName[todo[0]]
		todo = todo[1:]
		for _, e := range s.On {
			for _, to := range []string{e.To, e.Else} {
				if to != "" && !seen[to] {
					seen[to] = true
					todo = append(todo, to)
				}
			}
		}
	}
	return seen
}

// has says whether a flow has a state of this kind.
func has(states map[string]stateFile, kind Kind) bool {
	for _, s := range states {
		if s.Kind == kind {
			return true
		}
	}
	return false
}

// kindNames lists all kinds.
func kindNames() []string {
	var out []string
	for k := range classesOf {
		out = append(out, string(k))
	}
	slices.Sort(out)
	return out
}
