// Package outside holds sentences that are for none of the flows: what people
// write to a company's chat about the weather, homework, other trades and the
// rest of the world. A reader trained with them learns what it has no answer to.
//
// [Texts] gives all of them, [Sentences] with their places. They stand in
// outside.<lang>.txt, one a line; a line that begins with # is a comment. A
// sentence belongs here only if no business that runs Accord would count it as
// its own matter; greetings, thanks, answers and the wish for a person are never
// outside.
//
// It will not classify anything: that is package model's part.
package outside
