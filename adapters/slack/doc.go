// Package slack lets agents work in Slack: hand-off cards and tasks are posted
// to the queue's channel, a matter is talked over in a card's thread, and
// buttons and forms say what an agent decided.
//
// Start with [New], which checks a [Config] and never dials; [Adapter.Check]
// verifies the tokens and [Adapter.Examine] everything else; [Adapter.Run]
// receives, over Socket Mode or from requests to [Adapter.Routes];
// [Adapter.CatchUp] reads what neither brought; [Adapter.Authorize] says who may
// act as an agent; [Adapter.Send] posts, updates, marks and puts files into
// threads; [Adapter.Open] streams an agent's file out. [Adapter.Decode] is pure
// and reads what Run stored.
//
// Ids. A message's PlatformID is "<channel>:<ts>", a person's UserRef is
// "<team>/<user>", and the ordering key of everything in one thread is
// "<channel>:<ts of the thread's root>". What happened has the same key whichever
// way it came: team, channel, ts, and for a change its own ts. Requests of
// ModeHTTP come side by side, so an edit may be stored before what it edits.
// Names of people and files are clean when they leave here (message.CleanName).
//
// Forms. A press on a button with a form opens a window once it is stored, from
// the payload at hand: the trigger that does it lives three seconds and is not
// kept. The press decodes to nothing; the form that is sent decodes to what the
// press would have been, with Fields. Windows are few for one person at a time,
// and who may not act is told so once a minute: anybody in the channel can press.
//
// What it will not do: it never acknowledges what is not stored, never posts a
// second time by itself, never keeps a response_url, a trigger or a verification
// token, sends its own token to no host but Slack's and the configured one, and
// never puts a person's words where Slack would read markup in them. It does not
// decide who owns a hand-off; it only says who is an agent at all. It does not
// merge posts (see [MaxWords]), and cannot find out about deletions it missed.
//
// The stateful fake to test against is package slackfake.
package slack
