// Package slackfake is a Slack to test against: one workspace with its people,
// channels and groups, the Web API and Socket Mode, all over loopback.
//
// Start with [New], point the program at [Server.URL], add people with
// [Server.AddAgent], and let them act through [Server.Agent]. What was really
// posted is read from the ledger: [Server.Messages], [Server.Thread],
// [Server.Reactions], each [Message] with a plain-text rendering;
// [Server.Wait] waits for the ledger to change without polling. Trouble is
// ordered with [Server.Fail] (Web API) and with LoseAcks, Duplicate, Reorder,
// Disconnect, Drop and Frame (sockets).
//
// It is strict where Slack is: tokens of the wrong kind, blocks out of bounds,
// threads that do not exist are refused. Events are sent until they are
// acknowledged, under new envelope and event ids, and outlive the program's
// connections.
//
// What it will not do: it has no rate limits unless told, one workspace only,
// and no HTTP delivery of events. It is not for production.
//
// A Server is safe for concurrent use.
package slackfake
