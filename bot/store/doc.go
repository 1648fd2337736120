// Package store is the contract for everything Accord must not lose: what
// arrived (inbox), what each conversation is (state and journal), what shall
// be sent (outbox), what falls due (timers), and what people see of it
// (promises, hand-offs).
//
// Start with [Store.Ingest] and [Store.Work]. A turn is one transaction: the
// next state, the journal, the outbox, timers, projections and the finished
// inbox row commit together or not at all. Nothing here calls a network or
// runs the engine: Work hands an [Item] to a function and commits the [Turn]
// it returns.
//
// Order: inputs of one conversation are handled one at a time in the order of
// their ids, whatever the number of workers. Times are Unix milliseconds, ids
// are positive integers, payloads are bytes nobody here looks into.
//
// Which of many processes does what only one may do is said by [Store.Lead].
//
// Implementations: sqlite (embedded, one process) and postgres (a server, any
// number of processes). The suite in storetest holds the rules
// of this contract; a new implementation runs it first.
package store
