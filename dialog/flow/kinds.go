package flow

// Kind is what a state does. The set is closed: behaviour comes from kinds,
// arrangement from files.
type Kind string

// Kinds of states. A passing state acts and moves on within the turn; a
// resting state waits for an input.
const (
	Greet   Kind = "greet"   // rests before the first message of a conversation
	Listen  Kind = "listen"  // rests while the customer tells it, a burst at a time
	Soothe  Kind = "soothe"  // passes: acknowledges the feeling, moves on by what is known
	Elicit  Kind = "elicit"  // asks what the catalog needs, one question a message
	Lookup  Kind = "lookup"  // rests until facts have been looked up
	Restate Kind = "restate" // says the matter back and asks whether that is right
	Correct Kind = "correct" // asks what to change
	Rank    Kind = "rank"    // asks what matters most, where there is more than one thing
	Assess  Kind = "assess"  // passes: grants what can be met, sends on what cannot
	Lower   Kind = "lower"   // offers one rung of the ladder
	Propose Kind = "propose" // puts one commitment as a question
	Agree   Kind = "agree"   // passes: says it back, with a case number
	Shelve  Kind = "shelve"  // asks whether an answer by a time will do
	Close   Kind = "close"   // sums up and asks for anything else
	Queue   Kind = "person"  // rests until a person takes over
	Owned   Kind = "owned"   // rests while a person owns the conversation
	End     Kind = "end"     // rests after the matter is closed
)

// Class is what an input, or the data on entering a state, amounts to: the
// only thing transitions see. N, where it has a meaning, is a count.
type Class struct {
	Name ClassName
	N    uint8
}

// ClassName names a class.
type ClassName string

// Classes of what a customer does.
const (
	Message  ClassName = "message" // the first message of a conversation or matter
	Start    ClassName = "start"   // /start: words are owed at once
	Told     ClassName = "told"    // something of the matter is known now
	Vague    ClassName = "vague"   // nothing of it is
	Answer   ClassName = "answer"  // the question is answered, or more was told
	Accept   ClassName = "accept"  // N: expectations this leaves open (restate) or settles (shelve)
	Refuse   ClassName = "refuse"
	Counter  ClassName = "counter" // a counter-offer inside the bot's authority
	Beyond   ClassName = "beyond"  // and one beyond it
	Unsure   ClassName = "unsure"  // cannot say, or not clearly
	Pick     ClassName = "pick"    // one of several was chosen
	Change   ClassName = "change"  // corrects what was said before
	Withdraw ClassName = "withdraw"
	Idea     ClassName = "idea" // wants something else and has not said what
	Done     ClassName = "done" // nothing else is needed
	More     ClassName = "more" // one more thing: a new matter
	Person   ClassName = "person"
	Anger    ClassName = "anger"
	Rage     ClassName = "rage"    // anger at or above the limit after soothing
	Misread  ClassName = "misread" // not understood
	Aside    ClassName = "side"
	Cancel   ClassName = "cancel"
)

// Classes of what time, look-ups and people behind the counter do.
const (
	Remind   ClassName = "remind"  // the first silence
	Silence  ClassName = "silence" // the second
	Found    ClassName = "found"
	Missing  ClassName = "missing" // no such fact
	Late     ClassName = "late"    // the wait is over (lookup, person)
	Taken    ClassName = "taken"
	Returned ClassName = "returned"
	Finished ClassName = "finished" // closed by a person
	Released ClassName = "released" // put back into the queue by the person who had it
)

// Classes decided by the data on entering a state; the proof takes them all.
const (
	Look      ClassName = "look"     // elicit: a fact can be looked up
	Ask       ClassName = "ask"      // elicit, rank: there is a question to put
	Complete  ClassName = "complete" // elicit: nothing to ask
	Nothing   ClassName = "nothing"  // elicit: nothing the catalog covers was said
	Skip      ClassName = "skip"     // rank: one thing or none
	Grant     ClassName = "grant"    // assess: N are met at once
	ToLower   ClassName = "lower"    // assess: the one that matters most has a ladder
	ToShelve  ClassName = "shelve"   // assess: it has none
	ToPerson  ClassName = "hand_off" // assess: above the authority
	AllDone   ClassName = "settled"  // assess: nothing is open
	Offer     ClassName = "offer"    // lower: a rung is left
	Exhausted ClassName = "exhausted"
	Noted     ClassName = "noted" // agree: one is settled
)

// Budget names a counter that bounds a loop.
type Budget string

// Budgets that a transition may spend.
const (
	SpendRefusals    Budget = "refusals"
	SpendTries       Budget = "tries"
	SpendMisread     Budget = "misunderstood"
	SpendSide        Budget = "side_turns"
	SpendSoothing    Budget = "soothing"
	SpendCorrections Budget = "corrections"
	SpendReminder    Budget = "reminder"
)
