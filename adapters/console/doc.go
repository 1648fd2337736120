// Package console is the agents' desk in the browser, for installations
// without Slack: cards of hand-offs and tasks, the threads under them, and
// what an agent can write and press there.
//
// Start with [New], mount [Adapter.Handler] at /admin/desk and /admin/desk/
// behind whatever signs people in, and let [Adapter.Run] run as long as acts
// shall be taken. It is an adapter as Slack's is: the runtime sends it posts
// and marks, and what agents do becomes payloads for the Sink.
//
//	GET  /admin/desk                    the board, and posts outside of every card
//	GET  /admin/desk/handoff:12:1       a card, its thread, what can be done
//	POST /admin/desk/handoff:12:1/say   words: text, once, perhaps as=note, save or done
//	POST /admin/desk/handoff:12:1/press a button: post, action, value, once, f.NAME of its form
//	GET  /admin/desk/handoff:12:1/files/34/0
//	GET  /admin/desk/events             server-sent events: changed, beat
//
// What is needed from outside is in [Config], all of it functions:
//
//   - Board, History and Notices read the store again for every page, because
//     nothing is kept here: a process that dies loses nothing, and two
//     processes show the same. (The runtime's DeskBoard, DeskHistory and
//     DeskNotices give exactly this.) Notice remembers a post that belongs to
//     no card; DeskNotice does.
//   - Who says who a request comes from, Agent whether a stable id may act.
//   - Frame writes a page: head and body within the console's own frame.
//
// Ids: a post is "p" and the number of its outbox row, so that sending it twice
// is sending it once; an agent's message is "m" and a hash of who sent it, of
// the form's own number and of the words. Every form that is drawn has a number
// of its own, random: the same form sent twice counts once, and the next one
// counts again, whatever has or has not changed on the page meanwhile.
//
// What can be done stands at the foot of the page, always in sight: Take while
// a customer waits, an owner's words and forms, a task's result and Done, which
// go together. The board tells rows apart by what they are about and says what
// is new since the last answer; browsers tell of new hand-offs where somebody
// asked for it.
//
// Everything works without JavaScript, by plain forms that lead back to the
// page. The script adds that the page stays up to date by itself and that
// nothing typed is lost meanwhile.
//
// What it will not do: decide who owns a hand-off (the engine does, in the
// conversation's own order; a press that comes too late is answered there),
// sign people in, keep messages, or take files from agents.
package console
