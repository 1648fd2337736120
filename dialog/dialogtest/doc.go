// Package dialogtest runs whole conversations against a flow, without a
// platform or a database: for tests, for trying a flow in the terminal, and
// for replaying what was said.
//
// Start with [Run], which plays a script and gives it back with what was
// answered, so that a test is a text a person can read and a flag can
// rewrite. Underneath lies [Session]: one conversation with a clock of its
// own, on which two days pass at once. [Mistakes] finds lines of a script that
// cannot be read, [Diff] shows where two scripts part, and [Coverage] says which
// parts of a flow conversations came through.
//
// A script is a list of lines:
//
//	name: Mei                          what the customer is called
//	lang: zh-Hant                      the language their platform shows
//	-- 2026-11-25 10:00 --             the clock is set; or "-- +30m --": time passes
//	-- look-up: down --                look-ups cannot be answered; slow: not until "-- look-up: up --"
//	customer: the lamp is broken       a message; several in a row are a burst
//	customer: [Yes]                    a button of the open question, by its label
//	customer: (old) [Neither]          a button of another conversation, which means nothing here
//	customer: (photo) see here         an attachment, with a caption
//	customer: (edits) two, not one     the last message is edited
//	customer: /human                   a command
//	agent Ana: (takes)                 a name in one word; also (releases), (returns), (closes), (done 1), (notes 1) text
//	agent Ana: (more time 1) +1d       a span, a day, a day and hour; nothing: the usual time
//	agent Ana: Good morning            words in the hand-off's thread
//	agent Ana: (photo) the new one     words with a file: photo, document, voice
//	agent Ana: (anyway) note: it is …  words that look like a note and are meant for the customer
//	agent Ana: (release: speaks no German)         back into the queue, with a note
//	agent Ana: (return: it comes on Thursday)      back to the bot, with what was settled
//	agent Ana: (close: tested the button)          with a reason for the books
//	agent Ana: (offer: a new lamp | 2026-11-27 18:00)   answered by the customer's buttons
//	agent Ana: (promise: I call the courier | +3h)      with the time it is due
//	agent Ana: (edit: Good evening)    the last words are changed; (deletes) takes them back
//	agent desk: (unheard)              the agents' platform is out of reach
//	agent desk: (card)                 what stands on the card of the hand-off now
//	bot (restate): In my words …       what was said, with [buttons]
//	desk: task 1 made: …               what agents see
//
// Lines that begin with # and empty lines stay as they are. It is not bound by
// the purity of package dialog, but uses no clock or chance either: a script
// gives the same conversation every time.
package dialogtest
