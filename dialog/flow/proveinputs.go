package flow

// input is one thing that can happen in a state: a class without its count,
// and the arrow it takes.
type input struct {
	class  ClassName
	arrow  arrow
	most   uint8 // counts from 0 to most are tried
	data   bool  // decided by the data on entering the state
	turn   bool  // takes a turn of the customer
	mishap bool  // spends a budget of what goes wrong
}

// inputsOf lists what can happen in a state, in an order that does not change.
func inputsOf(s *state) []input {
	var out []input
	for _, list := range [][]ClassName{byData, byTime, byCustomer, {back}} {
		for _, class := range list {
			a, ok := s.on[class]
			if !ok {
				continue
			}
			m := input{class: class, arrow: a, data: decided(s.kind, class), mishap: a.spend != "" && a.spend != SpendRefusals}
			m.turn = !m.data && turns(class)
			if counts(s.kind, class) {
				m.most = maxOpen
			}
			out = append(out, m)
		}
	}
	return out
}

// What comes of the data; of time, look-ups and people behind the counter; and
// of the customer.
var (
	byData = []ClassName{Look, Ask, Complete, Nothing, Skip, Grant, ToLower, ToShelve, ToPerson, AllDone, Offer, Exhausted, Noted}
	byTime = []ClassName{Remind, Silence, Found, Missing, Late, Taken, Returned, Finished, Released}

	byCustomer = []ClassName{Message, Start, Told, Vague, Answer, Accept, Refuse, Counter, Beyond, Unsure, Pick, Change, Withdraw, Idea, Done, More,
		Person, Anger, Rage, Misread, Aside, Cancel}
)

// decided says whether the data decides for a class on entering a state of
// this kind. What soothing leads to is decided by what is known.
func decided(k Kind, c ClassName) bool {
	if k == Soothe || c == back {
		return true
	}
	for _, d := range byData {
		if c == d {
			return true
		}
	}
	return false
}

// turns says whether a class takes a turn of the customer. The message that
// opens a matter is the same turn as what it tells, once it was listened to.
func turns(c ClassName) bool {
	for _, b := range byCustomer {
		if c == b {
			return c != Message
		}
	}
	return false
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

// admits says whether an input with count n can come at a node.
func (t *Table) admits(at node, m *input, n uint8) bool {
	if m.data != at.entered {
		return false
	}
	if t.states[at.At].kind == Soothe && (m.class == back) != (at.Back != 0) {
		return false
	}
	return t.Admits(at.Control, Class{Name: m.class, N: n})
}

// over says whether a step ends the matter: with a person, in an end, or with
// the next matter.
func over(c ClassName, to Kind) bool {
	return to == Queue || to == Owned || to == End || c == More
}
