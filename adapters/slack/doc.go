// Package slack lets agents work in Slack: hand-off cards and tasks are posted
// to the queue's channel, a matter is talked over in a card's thread, and
// buttons say what an agent decided.
//
// Start with [New], which checks a [Config] and never dials; [Adapter.Check]
// verifies both tokens; [Adapter.Run] receives over Socket Mode;
// [Adapter.Authorize] says who may act as an agent; [Adapter.Send] posts,
// updates and marks. [Adapter.Decode] is pure and reads what Run stored.
//
// Ids. A message's PlatformID is "<channel>:<ts>", a person's UserRef is
// "<team>/<user>", and the ordering key of everything in one thread is
// "<channel>:<ts of the thread's root>".
//
// What it will not do: it never acknowledges what is not stored, never posts a
// second time by itself, never keeps a response_url or a verification token,
// and never puts a person's words where Slack would read markup in them. It
// does not decide who owns a hand-off; it only says who is an agent at all.
//
// The stateful fake to test against is package slackfake.
package slack
