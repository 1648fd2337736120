// Package postgres keeps everything Accord must not lose in a PostgreSQL
// database (15 or newer), for as many equal processes as there are: the
// scaled-out [store.Store].
//
// Start with [Open]; the meaning of every method is written at store.Store, and
// the suite in storetest holds it.
//
// Shape. The tables are the truth and no process owns anything but what it has
// locked. [Store.Work] is one transaction: it locks up to 64 conversations that
// have pending inputs, passing over those that others hold (FOR UPDATE SKIP
// LOCKED), reads each one's oldest input in a new statement, has the turns made
// and writes them all, a statement for each table. The lock on a conversation is
// the claim: a process that dies frees it at once, and the inputs, whose
// handling is pure, are handled again by another. Claims walk round the
// conversations, so that a flood in one starves no other.
//
// What one account sends is picked in memory (package lanes), by the one process
// that holds the lease "sender/…" (see [Store.Lead]); rows that others write
// reach it by the number of their transaction. Every write of a sender checks
// the lease in the same transaction.
//
// Waiting is woken by LISTEN/NOTIFY, sent after commits and at most every few
// milliseconds, because a notification inside of a transaction makes commits
// wait for each other. A lost one costs a poll interval, no more.
//
// An outage of the database is waited out, for [Config.Patience] in each call:
// what surely was not committed is tried again, and so is what may be repeated.
//
// What it will not do: work through a pooler that shares sessions between
// transactions (it prepares statements and listens), run on a server that does
// not flush its commits, keep a NUL character in a word (PostgreSQL cannot; it
// becomes U+FFFD, payloads are bytes and keep theirs), or delete anything by
// itself but links and sessions that have expired.
package postgres
