// Package remote asks a language model with an OpenAI-compatible interface (Chat
// Completions) where the reading of this program is unsure, and has it word lines
// anew. It is optional: without an address nothing is asked, and whatever goes
// wrong leaves the reading and the line as they were.
//
// Start with [New]; a [Reader] is an intents.Second. A model is never trusted:
//
//   - It chooses from a closed list (offer.go): the intents the local model ranked
//     (all of the flow's where the state waits for any), the choices of the state that
//     agree to nothing, the one kind of value that was asked for. Its answer is strict JSON, held to that list (answer.go); a value
//     must stand in the text and is read by package slot like any other.
//   - It cannot accept, refuse or bargain, and takes neither anger nor the wish for
//     a person out of a reading (advise.go).
//   - New words for a line are held to the old ones (faithful.go): same numbers,
//     names, questions, negations, language and script; no links, no promises.
//   - Calls are bounded in time, size, number per minute and day, and stop for a
//     while after failures in a row (guard.go).
//
// What leaves the machine is the text with its addresses, links and longer numbers
// behind placeholders (mask.go), and words of the flow. Never sent: who wrote it,
// what was said before, facts, keys of other services.
//
// It will not decide when a call is worth waiting for: the runtime does, outside
// of turns. It logs nothing.
package remote
