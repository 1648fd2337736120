// Package lanes says which row of an outbox leaves next: the oldest of a chat,
// one chat after another by class, chats of one class in turn.
//
// Start with [Lanes.Init] and [Lanes.Add]; [Lanes.Pick] takes heads, [Lanes.Join]
// what may follow them, and Done, Again, End or Drop say what became of them.
// Stores share it: the order in which customers are served must not depend on
// the database.
//
// It is memory only and knows rows by their ids. The tables are the truth: a
// store fills it on opening and tells it what was committed, in the order of
// the commits. All methods of Lanes are safe for concurrent use.
package lanes
