// Package sqlite keeps everything Accord must not lose in one SQLite file, for
// one process: the embedded default of [store.Store].
//
// Start with [Open]; the meaning of every method is written at store.Store, and
// the suite in storetest holds it.
//
// Shape. One goroutine owns the only connection that writes. Whatever is
// waiting for it, up to 64 requests, becomes one commit. If a request of a group
// fails, the group is undone and run again with each request in a savepoint of
// its own, so that it leaves its neighbours alone.
// Nobody is answered before the commit is on the disk (WAL, synchronous=FULL).
// A few connections read beside it.
//
// Which conversations have pending inputs, and which chats have rows to send,
// is also kept in memory: a claim is a look at a queue, not a scan, and waiting
// needs no polling. Both queues are filled from the tables on opening and
// change only after a commit, in the order of the commits; the tables are the
// truth.
//
// Rows that are being sent stand apart from those that wait, by chat: more can
// join the one under way (TakeNext), one that died can come back to its old
// place (RetryOut), and nothing of a chat leaves before all that left together
// are settled. Chats of one class take turns, in the order in which they began to
// wait; that order is in memory only, and begins anew by age on opening.
//
// Looking after it: [Store.Backup] and [Copy] copy it while it is in use, the
// former without what signs people in, [Inspect] reads a live one or a copy.
// Opening a database of an older schema copies it aside first ([Before]) and then
// brings it up to date; one of a newer schema is refused ([ErrNewer]).
//
// What it will not do: share its file with another process (a lock file
// refuses, [store.ErrLocked]), work over a network file system, fail over, or
// delete anything by itself but links and sessions that have expired. A write
// that was handed to the writer is waited for even when the caller's context
// ends, because walking away would leave the caller not knowing; it takes
// milliseconds.
package sqlite
