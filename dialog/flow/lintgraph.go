package flow

import "slices"

// graph finds states that lead nowhere, and edges that lead to the wrong kind
// of place.
func (l *linter) graph() {
	for _, name := range l.flow.Table.Names() {
		s := l.spec(name)
		l.dead(s)
		for class, e := range s.On {
			l.misled(s, class, e)
		}
		if s.Kind == Queue {
			l.late(s)
		}
	}
}

// spec is a state as the table holds it, the edges of anywhere included.
func (l *linter) spec(name string) StateSpec {
	id, _ := l.flow.Table.Find(name)
	return l.flow.Table.Spec(id)
}

func (l *linter) kind(name string) Kind {
	id, _ := l.flow.Table.Find(name)
	return l.flow.Table.Kind(id)
}

// dead finds a state from which no way leads to an end or to a person.
func (l *linter) dead(s StateSpec) {
	seen, todo := map[string]bool{s.Name: true}, []string{s.Name}
	for len(todo) > 0 {
		at := l.spec(todo[0])
		if todo = todo[1:]; at.Kind == End || at.Kind == Queue || at.Kind == Owned {
			return
		}
		for _, e := range at.On {
			for _, to := range []string{e.To, e.Else} {
				if to != "" && !seen[to] {
					seen[to] = true
					todo = append(todo, to)
				}
			}
		}
	}
	l.refuse("dead end", l.stateAt(s.Name), Finding{State: s.Name, Better: "give it an edge that leads to a state of kind " + string(End) + " or " + string(Queue)},
		"no way leads from state %q to an end or to a person", s.Name)
}

// misled finds edges whose class promises something that the state they lead
// to does not do.
func (l *linter) misled(s StateSpec, class ClassName, e EdgeSpec) {
	to := e.To
	if to == "" {
		to = s.Name
	}
	own := Finding{State: s.Name}
	switch {
	case class == Person && l.kind(to) != Queue:
		if _, here := l.states.States[s.Name].On[string(class)]; !here { // an edge of anywhere: once for all states
			own.State = ""
		}
		l.refuse("person", l.edgeAt(s.Name, class), own, "who asks for a person is sent to %q, where nobody takes over: the edge must lead to a state of kind %s", to, Queue)
	case class == Taken && s.Kind == Queue && l.kind(to) != Owned:
		l.refuse("person", l.edgeAt(s.Name, class), own, "a person takes over in %q and the conversation goes to %q: the edge must lead to a state of kind %s", s.Name, to, Owned)
	case e.Spend != "" && e.Else == s.Name && !s.Kind.Passes():
		l.refuse("way out", l.edgeAt(s.Name, class), own, "the way out of %q, when %s is used up, leads back to %q: the customer would hear the same again for ever", s.Name, e.Spend, s.Name)
	}
}

// late finds waiting for a person that is given up: by sending the customer
// back to the bot, or from one queue to the next and round again.
func (l *linter) late(s StateSpec) {
	seen, at := []string{s.Name}, s
	for at.On[Late].To != "" {
		to := l.spec(at.On[Late].To)
		switch {
		case slices.Contains(seen, to.Name):
			l.refuse("way out", l.edgeAt(s.Name, Late), Finding{State: s.Name}, "who waits for a person in %q is sent round in a circle when nobody comes: late leads back to %q", s.Name, to.Name)
			return
		case to.Kind == Greet || to.Kind == Listen || to.Kind == End:
			l.refuse("way out", l.edgeAt(s.Name, Late), Finding{State: s.Name, Better: "late: stay (the place is kept, and the customer gets a promise)"},
				"who waits for a person in %q is sent away when nobody comes: late leads to %q", s.Name, to.Name)
			return
		case to.Kind != Queue:
			return
		}
		seen, at = append(seen, to.Name), to
	}
}
