// Package dialogtest runs whole conversations against a flow, without a
// platform or a database: for tests, for trying a flow in the terminal, and
// for replaying what was said.
//
// Start with [Run], which plays a script and gives it back with what was
// answered, so that a test is a text a person can read and a flag can
// rewrite. Underneath lies [Session]: one conversation with a clock of its
// own, on which two days pass at once.
//
// A script is a list of lines:
//
//	name: Mei                          what the customer is called
//	lang: zh-Hant                      the language their platform shows
//	-- 2026-11-25 10:00 --             the clock is set; or "-- +30m --": time passes
//	customer: the lamp is broken       a message; several in a row are a burst
//	customer: [Yes]                    a button of the open question, by its label
//	customer: (photo) see here         an attachment, with a caption
//	customer: (edits) two, not one     the last message is edited
//	customer: /human                   a command
//	agent Ana: (takes)                 also (returns), (closes), (done 1), (more time 1), (notes 1) text
//	agent Ana: Good morning            words in the hand-off's thread
//	bot (restate): In my words …       what was said, with [buttons]
//	desk: task 1 made: …               what agents see
//
// Lines that begin with # and empty lines stay as they are. It is not bound by
// the purity of package dialog, but uses no clock or chance either: a script
// gives the same conversation every time.
package dialogtest
