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
//	GET  /chat/events            server-sent events: cut, entry, settle, amend,
//	                             typing, ready, beat, elsewhere
//
// Who is who: a session cookie of 130 random bits with a seal made by
// [Config.Key], so that only sessions count that this server gave out. The
// chat's id is a hash of the bits, so whoever reads the database cannot take
// over a conversation. Over https the cookie is __Host-accord_chat with the path
// "/", which no other host can set, also not a sister host; inside other pages
// it is the same one, partitioned. On plain http, meant for the own machine, it
// is accord_chat with the path "/chat", and a request with two different
// sessions has none. A change of the key, or from http to https, ends sessions.
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
// What a page has not seen is read a few pages at a time, is about 1 MiB at most
// (an event "cut" says that there was more), and is encoded while it is written;
// few long ones are told at once. A stream that was ended stops between two
// writes and counts until it has.
//
// Limits, told with 429, Retry-After and {"error": words, "reason": code}. One
// session sends 10 messages at once and one each 2 s, 10 files or 50 MB a day,
// two at a time; it opens 10 streams at once and one each 2 s, and has 4 open: a
// fifth ends the oldest, which is told so. One address, with all its sessions,
// begins 20 sessions at once and one each 10 s, sends 100 messages at once and 4
// a second, 1 MiB of text at once, 10 KiB a second and 32 MiB a day, 4 files at a
// time, and has 256 pages open (IPv6: a /64). A text has 8,000 characters and 16
// KiB at most; the page says so before it is sent. A file comes at 8 KiB a second
// or is given up. Where [Config.Free] says that less than 200 MiB are left,
// nothing is taken (503). Where [Config.PublicURL] is set and the caller is a
// proxy on our own network, the address is the last of X-Forwarded-For: a proxy
// that does not write it makes one address of all customers. What the limits
// remember is bounded, and a restart forgets it.
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
