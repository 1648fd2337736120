package flow

import "time"

// classes lists what may come next in a state of some kind: must are the
// classes that the engine can yield there, so that an edge for each is owed;
// may are those a flow can leave out.
type classes struct{ must, may []ClassName }

// What a customer can do wherever the bot waits for them, and the two
// silences that a timer turns into words.
var (
	atAnyTime = []ClassName{Person, Anger, Rage, Misread, Aside, Cancel}
	silences  = []ClassName{Remind, Silence}
)

func joined(lists ...[]ClassName) []ClassName {
	var out []ClassName
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// waiting are the classes of a state that has put something to the customer.
func waiting(own ...ClassName) []ClassName { return joined(own, atAnyTime, silences) }

// classesOf says which classes each kind of state takes. Person and owned
// take nothing from a customer: what they write goes to the people there.
var classesOf = map[Kind]classes{
	Greet:   {must: []ClassName{Message, Start}},
	Listen:  {must: waiting(Told, Vague)},
	Soothe:  {must: []ClassName{Told, Vague}},
	Elicit:  {must: waiting(Look, Complete, Nothing, Answer, Unsure), may: []ClassName{Ask, Change, Withdraw}},
	Lookup:  {must: waiting(Found, Missing, Late), may: []ClassName{Answer, Change, Withdraw}},
	Restate: {must: waiting(Accept, Refuse, Change, Unsure), may: []ClassName{Answer, Withdraw}},
	Correct: {must: waiting(Answer, Unsure), may: []ClassName{Accept, Refuse, Change, Withdraw}},
	Rank:    {must: waiting(Skip, Pick, Unsure, Change), may: []ClassName{Ask, Accept, Refuse, Answer, Withdraw}},
	Assess:  {must: []ClassName{Grant, ToLower, ToShelve, ToPerson, AllDone}},
	Lower:   {must: waiting(Exhausted, Accept, Refuse, Counter, Beyond, Unsure, Idea, Withdraw, Change), may: []ClassName{Offer, Pick, Answer}},
	Propose: {must: waiting(Accept, Refuse, Counter, Beyond, Unsure, Idea, Withdraw, Change), may: []ClassName{Pick, Answer}},
	Agree:   {must: []ClassName{Noted}},
	Shelve:  {must: waiting(Accept, Refuse, Unsure, Withdraw), may: []ClassName{Counter, Beyond, Change, Pick, Answer}},
	Close:   {must: waiting(Done, More), may: []ClassName{Accept, Refuse, Unsure, Change, Answer, Message}},
	Queue:   {must: []ClassName{Taken, Late, Returned, Finished}, may: []ClassName{Cancel}},
	Owned:   {must: []ClassName{Returned, Finished, Released}, may: []ClassName{Taken, Late}},
	End:     {must: []ClassName{Message}, may: []ClassName{Start}},
}

// takes says whether a state of kind k may have an edge for c.
func (k Kind) takes(c ClassName) bool {
	for _, l := range [][]ClassName{classesOf[k].must, classesOf[k].may} {
		for _, x := range l {
			if x == c {
				return true
			}
		}
	}
	return false
}

// waits says whether a state of kind k is left by time if nothing else
// happens, so that its wait has a meaning and is owed.
func (k Kind) waits() bool { return k == Lookup || k == Queue }

// ownedWait is how long an owner may leave a customer without an answer where
// the flow does not say.
const ownedWait = Duration(15 * time.Minute)

// acts says whether a state of kind k never rests, so that staying there
// would never end.
func (k Kind) acts() bool { return k == Soothe || k == Assess || k == Agree }

// budgets are the counters an edge may spend.
var budgets = map[string]Budget{"refusals": SpendRefusals, "tries": SpendTries, "misunderstood": SpendMisread,
	"side_turns": SpendSide, "soothing": SpendSoothing, "corrections": SpendCorrections, "reminder": SpendReminder}

// reserved are names that mean something else in an edge, a drawing or the
// machine underneath.
var reserved = map[string]bool{"event": true, "state": true, "stay": true, "nowhere": true}
