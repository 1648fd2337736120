// Package dialog is the engine: it decides what follows from what happens in
// a conversation, and does nothing else.
//
//	result, err := dialog.Step(flow, settings, state, input)
//
// State is a small Control, the only thing transitions read, and a Matter of
// texts, amounts, dates and offers that is read to classify an input and to
// word an answer. A step goes like this:
//
//  1. classify reads flow, control, matter and input, and names one of a few
//     dozen classes (accept, refuse, a counter-offer inside the authority, …).
//  2. The flow's table gives the next control and the edge; looplab/fsm fires
//     that edge (machine.go is the only file that knows the library).
//  3. The edge is acted on and worded: matter and effects.
//
// A state that passes is left again in the same step, with a class that the
// data decides, until one rests. So a step is a chain of edges, and a proof
// over (control, class) holds for everything the engine can do.
//
// Step is pure: no clock, chance, IO, logs or globals. Time, a seed and a
// fresh case number come in with the [Input]; everything that shall happen
// comes out as an [Effect] for the runtime to store first and do later. The
// same state and input always give the same result, so a conversation can be
// replayed to the letter from its journal.
//
// Promises, waiting for a person, promised calls and ownership are small
// machines of their own beside the control (renewal.go, waiting.go,
// callback.go, owned.go), walked to the last spot by tests of their own. What
// they ask they ask through buttons only, as an [Aside] with a number of its
// own, so a typed "yes" is never ambiguous. [State.Open] says whether a press
// on a question's buttons still counts.
//
// Surveys and follow-ups are asked after the end, of the bot's own accord
// (check.go, survey.go, followup.go): one at a time, by buttons, only while
// nothing else is open. Each answer is an effect, [Rated] or [FollowedUp].
//
// A correction takes back what hangs on what was corrected and nothing else;
// what hangs on what is data of the flow (depend.go, [flow.Reads]). What
// contradicts a promise goes to a person.
//
// A question that is over leaves its buttons on the customer's screen; a press
// that comes late still counts where it can (gone.go).
//
// While a person owns a conversation the bot says nothing of its own; Step
// then passes words between customer and agent and keeps the promises' books.
// What falls due meanwhile is said, and asked, when the bot speaks again; until
// then [PromiseChanged].Waits names who has the customer, so that no agent
// reads that they know already. An agent's offer and promise are said in the
// agent's voice (agentoffer.go), and so is the confirmation of a yes to it.
// What agents must not send is held back ([HeldBack]): words in the thread are
// marked, a form is told to whoever filled it in.
//
// Agents see a [Brief]: what was told, also in the breath that asked for a
// person (along.go), what was offered and left, what stands, and the end of the
// conversation itself (said.go). It is shown anew whenever it changes
// (redraw.go), so a card never falls behind.
package dialog
