// Package web is the web chat: a page at /chat, doors for what the customer
// writes and sends, a stream of what they are told, and one script that puts
// all of it on any other page.
//
// Start with [New], mount [Adapter.Handler] at /chat and /chat/, and let
// [Adapter.Run] run as long as messages shall be taken. The page is plain
// HTML, CSS and JavaScript, embedded in the binary; no build step, no
// addresses outside this server.
//
//	GET  /chat                   the page; sets the session cookie
//	GET  /chat/app.js …          its parts
//	GET  /chat/embed.js          the script for other pages
//	POST /chat/messages          {"id": …, "text": …} or {"id": …, "tap": …}
//	POST /chat/files?id=…&name=… the bytes of one file, application/octet-stream
//	GET  /chat/files/{row}/{n}   attachment n of a message to this customer
//	GET  /chat/events            server-sent events: entry, settle, amend,
//	                             typing, ready, beat, elsewhere
//
// Who is who: a session cookie of 128 random bits. The chat's id is a hash of
// it, so whoever reads the database cannot take over a conversation.
//
// Nothing is lost or doubled. A POST is answered 202 only after the [Sink] has
// committed it; on any other answer the page keeps the text and tries again
// with the same id, which the inbox stores once. What is said to a customer is
// an outbox row, and the row's id is the event's id and the message's platform
// id: a page that was away names the last one it saw and gets the rest from
// [Config.History]. A change of a message is a row of its own; what History
// gives is worked into the messages, so that words which were taken back do not
// leave the server again.
//
// Files that customers send go to the folder [Config.Files], under names that
// follow from their messages, and are opened by [Adapter.Open] for the agents'
// side; a customer is never shown one. Files for customers come from
// [Config.OpenFile], always as downloads that no browser runs.
//
// Limits, told with 429, Retry-After and {"error": words, "reason": code}: one
// session sends 10 messages at once and one each 2 s, 10 files or 50 MB a day;
// one address begins 20 sessions at once and one each 10 s (IPv6: a /64), and
// has 256 pages open. One session has 4 pages open; a fifth ends the oldest,
// which is told so. Where [Config.PublicURL] is set and the caller is a proxy
// on our own network, the address is the last of X-Forwarded-For. What the
// limits remember is bounded, and a restart forgets it.
//
// Other pages: [Config.Embed] lists the origins that may show the chat in a
// frame. Its cookie there is partitioned, so it works where cookies of other
// sites are blocked, and follows nobody from one site to the next.
//
// What it will not do: it keeps no message (closing the process loses
// nothing), it never interprets a text as markup, it does not delete files
// that were sent, and it knows neither the runtime nor the store.
//
// [Sink]: github.com/accord-chat/accord/adapters.Sink
package web
