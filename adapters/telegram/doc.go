// Package telegram connects Accord to a Telegram bot, by long polling or by
// webhook.
//
// Start with [New], which checks its [Config] and never dials, then
// [Adapter.Check] (is the token good?) and [Adapter.Run] (receive until the
// context ends). In webhook mode the handlers of [Adapter.Routes] must be
// reachable under Config.WebhookURL. It implements adapters.Adapter, Checker,
// TapAnswerer, Typer, MenuSetter, Router, Opener, Rereader and Examiner.
//
// Receiving: nothing is confirmed to Telegram before the Sink has stored it.
// When polling, an update is confirmed by the next getUpdates call, which is
// made only then. The offset lives in memory alone: a fresh process asks
// without one and gets everything that is unconfirmed. By webhook, it is
// confirmed by the answer 200; while Run is not under way, or the Sink fails,
// the answer is 503, and Telegram keeps the update. Run sets the webhook at
// its start and whenever it finds it changed or failing, and leaves it set at
// its end, so that what comes meanwhile waits. In either mode the dedup key is
// "telegram/<bot>:<update id>", so a copy changes nothing, and a bot that
// changes its mode neither loses nor doubles anything; the webhook that polling
// finds in its way is taken off, and what waits there is kept. A malformed
// update is handed on with Raw.Err set, so that it is kept aside, confirmed,
// and never holds up its neighbours.
//
// By webhook, chats are delivered beside one another and taps beside texts, so
// a tap and a text of one person may swap.
//
// What counts as the customer's own words: text they typed in a private chat.
// Forwarded messages and messages made by an inline bot are somebody else's
// words; they arrive as media with empty text (the attachment says
// "forwarded"). A shared contact counts only if it is the sender's own.
// Groups and channels are ignored, and the bot leaves them. Edits of texts and
// of captions arrive as message.KindEdited. That a customer deleted a message
// is something Telegram tells no bot in a private chat, so
// message.KindDeleted never comes from here. Names of people and files are clean
// when they leave here (message.CleanName); texts stay as they were written.
//
// Sending: plain text only, never a parse_mode, so nothing a person wrote can
// turn into markup. A long text is split by UTF-16 length and carries its
// buttons under the last part. One file goes with a message, with the text as
// its caption or, where that is too long, behind it. It is shown as what its
// content is found to be, whatever its name says, and as a plain document where
// that is not surely harmless. A failed attempt ends in exactly one outcome:
// no byte written is "not sent", bytes written without a clear answer is
// "unknown". A call whose file broke off was never complete, and counts as not
// sent.
//
// Amending: an agent's words are edited in place, and deleted for up to 48
// hours. The id an agent's message is known by lists every part of it
// ("101+102"), so all of it can be taken back; words in several parts cannot be
// edited, and the refusal says so.
//
// What it will not do: it keeps no queue, does not pace or resend (the outbox
// does), stores no file, and never lets a secret or an address that holds one
// out of this package, neither in errors nor in the log.
//
// The bot library is used in api.go and upload.go only, so that it can be
// replaced.
package telegram
