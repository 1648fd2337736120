// Package slackfake is a Slack to test against: one workspace with its people,
// channels, groups and files, the Web API, Socket Mode and signed requests, all
// over loopback.
//
// Start with [New], point the program at [Server.URL], add people with
// [Server.AddAgent], and let them act through [Server.Agent]: they write, edit,
// press, react, upload, fill in forms. Everything goes to the program's sockets
// or, after [Server.DeliverTo], by requests signed with
// [Server.SigningSecret]. What was really posted is read from the ledger:
// [Server.Messages], [Server.Thread], [Server.Reactions], [Server.File],
// [Agent.View], each [Message] with a plain-text rendering; [Server.Wait] waits
// for the ledger to change without polling. Trouble is ordered with
// [Server.Fail] (Web API and files) and with LoseAcks, Duplicate, Reorder,
// Swallow, Disconnect, Drop, Frame, SetClock and SetScopes.
//
// It is strict where Slack is: tokens of the wrong kind, missing scopes, blocks
// and forms out of bounds, threads that do not exist, triggers that are used up
// are refused. Events are sent until they are acknowledged, under new envelope
// and event ids, and outlive the program's connections; what a request brings
// but an event is brought once, as Slack does ([Server.Refused]).
//
// What it will not do: it has no rate limits unless told, and one workspace
// only. It is not for production.
//
// A Server is safe for concurrent use.
package slackfake
