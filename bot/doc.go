// Package bot is the runtime: it carries what platforms deliver through the
// engine and what the engine decides back to the platforms, and loses nothing
// on the way.
//
// Start with [New] and [Bot.Run]; [Bot.Stop] ends it with grace. One pipe runs
// through it:
//
//	adapter ▶ intake ▶ store ▶ worker: read, dialog.Step, effects ▶ store ▶ sender ▶ adapter
//
// The order is what makes it safe. An input is stored before it is
// acknowledged; a turn's state, journal, timers and messages are stored in one
// transaction before anything is sent; a row is marked as being sent before a
// byte leaves. Whatever dies in between is done again or is known to be
// unknown. Workers handle the inputs of one conversation one at a time, so
// who takes a hand-off first, and whether the bot may still speak, is settled
// by that order and by nothing else.
//
// Words of agents are followed to their end: each shows that it is on its way,
// delivered, failed (with the reason and a button) or held; edits and files go
// after them. Where the agents' platform is out of reach, hand-offs wait in the
// store and their customers are told so (unheard.go); what agents wrote while
// the adapter was away is read again (catchup.go); an edit or a deletion that
// comes before its words waits for them (early.go). A file that cannot be
// fetched holds up nothing but itself (fetch.go). What agents were to see and
// never will is told in their channel. Every act of an agent is in the books,
// allowed or not.
//
// Where a [Config] has a Second, what was not read for certain is asked about once
// more, and lines the flow names are worded anew, between two looks at an input
// (second.go, reword.go): no transaction is open and no other conversation waits,
// and without an answer all goes on as it would have.
//
// Operators get [Bot.Ready], [Bot.Stats], [Bot.Examine], [Bot.Collector] with
// [MetricNames], and [Bot.RetryOut] and [Bot.RetryDead] for what was given up.
//
// Every effect of the engine is handled in one switch (effects.go) that
// refuses what it does not know. How an attempt to send ended decides alone
// what follows (verdict.go).
//
// What it will not do: know a platform, word a message to a customer, or call
// a network inside a turn. Its log never holds what people wrote.
package bot
