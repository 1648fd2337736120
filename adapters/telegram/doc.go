// Package telegram connects Accord to a Telegram bot by long polling.
//
// Start with [New], which checks its [Config] and never dials, then
// [Adapter.Check] (is the token good?) and [Adapter.Run] (receive until the
// context ends). It implements adapters.Adapter, Checker, TapAnswerer and
// Typer.
//
// Receiving: an update is confirmed to Telegram only by the next getUpdates
// call, and that call is made only after the Sink has stored the batch. The
// offset lives in memory alone: a fresh process asks without one, gets
// everything that is unconfirmed, and the dedup key ("telegram/<bot>:<update
// id>") takes care of what had been stored already. A malformed update is
// handed on with Raw.Err set, so that it is kept aside, confirmed, and never
// holds up its neighbours.
//
// What counts as the customer's own words: text they typed in a private chat.
// Forwarded messages and messages made by an inline bot are somebody else's
// words; they arrive as media with empty text (the attachment says
// "forwarded"). A shared contact counts only if it is the sender's own.
// Groups and channels are ignored, and the bot leaves them.
//
// Sending: plain text only, never a parse_mode, so nothing a person wrote can
// turn into markup. A long text is split by UTF-16 length and carries its
// buttons under the last part. A failed attempt ends in exactly one outcome:
// no byte written is "not sent", bytes written without a clear answer is
// "unknown".
//
// What it will not do: it keeps no queue, does not pace or resend (the outbox
// does), does not download files, and never lets the token or an address that
// holds it out of this package, neither in errors nor in the log. Webhook mode
// is not here yet; everything after the arrival of an update's bytes (see
// receive.go) is independent of how they arrived.
//
// The bot library is used in api.go only, so that it can be replaced.
package telegram
