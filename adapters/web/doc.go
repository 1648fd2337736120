// Package web is the web chat: a page at /chat, a door for what the customer
// writes, and a stream of what they are told.
//
// Start with [New], mount [Adapter.Handler] at /chat and /chat/, and let
// [Adapter.Run] run as long as messages shall be taken. The page is plain
// HTML, CSS and JavaScript, embedded in the binary; no build step, no
// addresses outside this server.
//
//	GET  /chat            the page; sets the session cookie
//	GET  /chat/app.js …   its parts
//	POST /chat/messages   {"id": …, "text": …} or {"id": …, "tap": …}
//	GET  /chat/events     server-sent events: entry, settle, typing, ready, beat
//
// Who is who: a session cookie of 128 random bits. The chat's id is a hash of
// it, so whoever reads the database cannot take over a conversation.
//
// Nothing is lost or doubled. A POST is answered 202 only after the [Sink] has
// committed it; on any other answer the page keeps the text and tries again
// with the same id, which the inbox stores once. What is said to a customer is
// an outbox row, and the row's id is the event's id: a page that was away
// names the last one it saw and gets the rest from [Config.History].
//
// What it will not do: it keeps no message (closing the process loses
// nothing), it never interprets a text as markup, it does not limit how much
// one customer writes, and it knows neither the runtime nor the store.
//
// [Sink]: github.com/accord-chat/accord/adapters.Sink
package web
