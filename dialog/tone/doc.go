// Package tone holds the words that no line to a customer may use, in each
// language: words that refuse without helping, order people about, contradict
// or blame them, excuse ourselves, belittle what they want, judge them, promise
// what nobody has promised, or claim feelings a program does not have.
//
// Start with [Check], or [For] where many texts are read. It gives every place
// where a text breaks a [Rule], with the words as they stood and a wording to
// say instead, so that whoever wrote it can see what to change.
//
// Who calls it decides what follows: a flow with a finding is not published; an
// agent's message is held and may be sent all the same. [Feelings] and
// [Address] are meant for what the program itself says; a person may leave
// them out.
//
// It looks at words alone. It will not judge meaning, so a quoted customer
// can be found guilty of what they said, and it will not notice a coldness
// that uses none of the words. It is pure and safe for concurrent use.
package tone
