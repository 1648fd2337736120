package flow

import (
	"fmt"
	"slices"
)

// What a state says and counts rests on how it was come to: only what was
// restated and confirmed has been counted, only what was accepted can be agreed
// on, only a question that was put can be left open. So for each class in a
// state of some kind there is a closed set of kinds that may follow. An edge
// that leads elsewhere would let the engine answer from nothing; Parse refuses
// it, and what the proof walks is then what the engine does.

// here stands for resting on in the state itself.
const here Kind = stay

// The ways out that states have in common.
var (
	toPerson  = []Kind{Queue}
	orStay    = []Kind{here, Queue}
	asksOn    = []Kind{here, Elicit, Queue}                 // while the matter is told
	mends     = []Kind{here, Elicit, Correct, Queue}        // what was restated is not right
	bargains  = []Kind{here, Lower, Propose, Shelve, Queue} // no answer to an offer that settles it
	weighs    = []Kind{Assess, Queue}                       // one is settled, or ranked
	begins    = []Kind{Listen}
	givesBack = []Kind{Listen, Close, End}
	isOver    = []Kind{Close, End}
)

// usual are what may follow the classes that mean the same in most states.
// Whom person leads to is for the check and the proof, which say it with the
// conversation that shows it.
var usual = map[ClassName][]Kind{
	Anger: {here, Soothe, Queue}, Rage: orStay, Misread: orStay, Aside: orStay, Cancel: isOver,
	Remind: {here, End, Queue}, Silence: {here, End, Queue},
	Message: begins, Start: begins, More: begins, Change: {Elicit, Queue}, Withdraw: weighs,
	Taken: {Owned}, Late: {here, Queue}, Returned: givesBack, Finished: isOver, Released: toPerson,
}

// leadsTo are what may follow where that is not as usual.
var leadsTo = map[Kind]map[ClassName][]Kind{
	Listen: {Told: asksOn, Vague: {here, Listen, Elicit, Queue}, Misread: asksOn},
	Soothe: {Told: {Elicit, Queue}, Vague: {Listen, Elicit, Queue}},
	Elicit: {Look: {Lookup, Queue}, Complete: {Restate, Queue}, Nothing: toPerson, Ask: orStay,
		Answer: asksOn, Unsure: asksOn, Change: asksOn, Withdraw: asksOn, Misread: asksOn},
	// What ends the wait must not be waited for again: nothing would come.
	Lookup: {Found: {Elicit, Queue}, Missing: {Elicit, Queue}, Late: {Elicit, Queue}, Answer: asksOn, Change: asksOn, Withdraw: asksOn},
	Restate: {Accept: {Rank, Assess, Queue}, Refuse: mends, Unsure: mends, Change: mends,
		Answer: asksOn, Withdraw: mends},
	Correct: {Answer: asksOn, Unsure: asksOn, Accept: asksOn, Refuse: asksOn, Change: asksOn, Withdraw: asksOn},
	Rank: {Skip: weighs, Pick: {here, Assess, Queue}, Unsure: {here, Assess, Queue}, Ask: orStay,
		Accept: {here, Assess, Queue}, Refuse: {here, Assess, Queue}, Answer: {here, Assess, Queue}},
	Assess: {Grant: weighs, ToLower: {Lower, Queue}, ToShelve: {Shelve, Queue}, ToPerson: toPerson, AllDone: {Close, End, Queue}},
	Lower: {Offer: {here, Shelve, Queue}, Exhausted: {Shelve, Queue}, Accept: {Agree}, Counter: {Agree},
		Beyond: bargains, Refuse: bargains, Unsure: bargains, Idea: bargains, Pick: bargains, Answer: bargains, Misread: bargains, Aside: bargains},
	Propose: {Accept: {Agree}, Counter: {Agree},
		Beyond: bargains, Refuse: bargains, Unsure: bargains, Idea: bargains, Pick: bargains, Answer: bargains, Misread: bargains, Aside: bargains},
	Agree: {Noted: weighs},
	Shelve: {Accept: weighs, Remind: {here, Assess, Queue}, Silence: {End, Queue}, Refuse: orStay, Unsure: {here, Shelve, Queue},
		Counter: {here, Shelve, Queue}, Beyond: {here, Shelve, Queue}, Pick: {here, Shelve, Queue}, Answer: {here, Shelve, Queue}},
	Close: {Done: {End}, Accept: {here, End, Queue}, Refuse: {here, End, Queue}, Unsure: {here, End, Queue}, Answer: {here, End, Queue},
		Misread: {here, End, Queue}, Aside: {here, End, Queue}},
}

// follows are the kinds that may follow a class in a state of kind k; nil where
// any may.
func (k Kind) follows(c ClassName) []Kind {
	if to, own := leadsTo[k][c]; own {
		return to
	}
	return usual[c]
}

// leads refuses edges that lead where nothing can come of it.
func (d *document) leads(f *flowFile) {
	told := map[path]bool{} // an edge of anywhere is wrong once, not in every state
	for _, name := range d.order[path("").in("states")] {
		s := f.States[name]
		at, common := path("").in("states", name, "on"), path("").in("anywhere")
		for _, class := range d.order[at] {
			d.lead(f, s.Kind, ClassName(class), at.in(class), s.On[class], "")
		}
		for _, class := range d.order[common] {
			if _, own := s.On[class]; !own && !told[common.in(class)] {
				told[common.in(class)] = !d.lead(f, s.Kind, ClassName(class), common.in(class), f.Anywhere[class], name)
			}
		}
	}
}

// rounds refuses queues that hand a customer on to each other in a circle when
// nobody comes: each would begin the wait anew.
func (d *document) rounds(f *flowFile) {
	late := func(name string) (edgeFile, path) {
		if e, own := f.States[name].On[string(Late)]; own {
			return e, path("").in("states", name, "on", string(Late))
		}
		return f.Anywhere[string(Late)], path("").in("anywhere", string(Late))
	}
	for _, name := range d.order[path("").in("states")] {
		if f.States[name].Kind != Queue {
			continue
		}
		seen, todo := map[string]bool{}, []string{name}
		for len(todo) > 0 && !seen[name] {
			e, _ := late(todo[0])
			todo = todo[1:]
			for _, to := range []string{e.To, e.Else} {
				if f.States[to].Kind == Queue && !seen[to] {
					seen[to], todo = true, append(todo, to)
				}
			}
		}
		if seen[name] {
			_, at := late(name)
			d.addBetter(d.value(at), "late: stay (the place is kept, and the customer gets a promise)",
				"who waits for a person in %q is sent round in a circle when nobody comes: late leads back to %q", name, name)
		}
	}
}

// lead checks where one edge leads to, and where once its budget is used up, and
// says whether that is well. A name or kind that is unknown is somebody else's
// complaint. For an edge of anywhere, heir is the state that has it from there.
func (d *document) lead(f *flowFile, k Kind, c ClassName, p path, e edgeFile, heir string) (well bool) {
	may := k.follows(c)
	if may == nil || !k.takes(c) {
		return true
	}
	if restingClass(k, c) && e.To != stay {
		d.add(d.placeOf(p, "to"), "in a state of kind %s %q puts the question: the edge must stay", k, c)
		return false
	}
	well = true
	for _, way := range [...]struct{ key, to string }{{"to", e.To}, {"else", e.Else}} {
		kind := f.States[way.to].Kind
		if way.to == stay && !k.acts() {
			kind = here
		}
		if _, known := classesOf[kind]; !known && kind != here || slices.Contains(may, kind) {
			continue
		}
		well = false
		d.addBetter(d.placeOf(p, way.key), instead(k, c, may), "after %q in a state of kind %s%s %s", c, k, inherited(heir), nowhereTo(way.to, kind))
	}
	return well
}

// placeOf is where the target of an edge stands: under its key, or, in the short
// form, where the edge does.
func (d *document) placeOf(p path, key string) mark {
	if m, ok := d.values[p.in(key)]; ok {
		return m
	}
	return d.value(p)
}

func inherited(heir string) string {
	if heir == "" {
		return ""
	}
	return fmt.Sprintf(" (%q, which has no edge of its own)", heir)
}

// nowhereTo says that an edge cannot lead where it does.
func nowhereTo(to string, kind Kind) string {
	if kind == here {
		return "the conversation cannot stay"
	}
	return fmt.Sprintf("it cannot go on in %q (%s)%s", to, kind, follow[kind])
}

// follow say what a state of some kind has to follow.
var follow = map[Kind]string{
	Greet: ": a conversation begins there once", Listen: ": another matter would begin there, with this one open",
	Soothe: ": only anger is soothed", Lookup: ": there is nothing to look up",
	Restate: ": the matter is said back when nothing is left to ask", Correct: ": nothing was said back yet",
	Rank: ": only what was said back and confirmed is settled", Assess: ": only what was said back and confirmed is settled",
	Lower: ": no wish is being talked about", Propose: ": nothing is on the table", Agree: ": nothing was accepted",
	Shelve: ": nothing is to be put aside", Owned: ": nobody took over", Queue: ": nobody is needed for it",
	Close: ": something would be left open", End: ": somebody would be left without an answer",
}

// instead says what an edge may do.
func instead(k Kind, c ClassName, may []Kind) string {
	if k == Queue && c == Late {
		return "late: stay (the place is kept, and the customer gets a promise)"
	}
	var names []string
	for _, to := range may {
		if to != here {
			names = append(names, string(to))
		}
	}
	out := "lead to a state of kind " + listed(slices.Values(names))
	if len(names) < len(may) {
		out += ", or stay"
	}
	return out
}
