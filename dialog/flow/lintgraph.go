package flow

// graph finds edges that lead to the wrong place. What kind of state may follow
// at all, Parse has seen to.
func (l *linter) graph() {
	for _, name := range l.flow.Table.Names() {
		s := l.spec(name)
		for class, e := range s.On {
			l.misled(s, class, e)
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
	case e.Spend != "" && e.Else == s.Name && !s.Kind.Passes():
		l.refuse("way out", l.edgeAt(s.Name, class), own, "the way out of %q, when %s is used up, leads back to %q: the customer would hear the same again for ever", s.Name, e.Spend, s.Name)
	}
}
