// Package desk is what agents see and do: the cards of hand-offs, the threads
// under them, and the tasks that promises become.
//
// Start with [Desk]: it turns what the engine says of hand-offs, promises and
// customers' words into [Show]s, posts and marks in the agents' language. It
// is pure. [Handler] goes the other way: it reads what agents wrote and
// pressed, has each person checked at the [Door], and makes inputs of the
// customer's conversation out of it.
//
// A card follows its hand-off: what is offered, promised and settled stands on it
// and, word for word, in the thread, where a new owner reads it. Calls to a card
// lose their buttons when it moves on ([MovesOn], [Settles]). What agents wrote
// and the customer did not get is told where they wrote it; news that wait
// because somebody has the customer say so.
//
// What asks something before it counts opens a form ([Forms]): an offer, a
// promise, what was settled, a note for the queue, why it is closed. Who waits
// too long calls ever more people (waiting.go): those in the thread, the
// channel, the supervisor. Beside words that were held or did not arrive stand
// buttons that send them (again.go), and [Desk.DueList] is what [What is due]
// shows. What is said to one person alone goes last, in a lane of its own
// ([WhisperLane]), and why a press did nothing is said once a minute.
//
// A card or task is found again by its anchor, which names a conversation and
// a number in it ([Ref]); buttons carry the same and nothing else. Neither
// proves anything: who may act is decided at the door, and who owns a
// conversation is decided by the engine, in that conversation's own order.
//
// What it will not do: send anything, write to the store, or decide who wins.
package desk
