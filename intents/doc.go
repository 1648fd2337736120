// Package intents understands what customers write: in English, Simplified
// and Traditional Chinese, by rules and by what a flow's examples teach.
//
// Start with [Taught], which compiles the cues of a flow's intents files and
// learns their sentences, or with [New], which takes the cues alone, and
// [Understander.Understand], which turns one text into a message.Reading: its
// language, what it mentions, whether it accepts, refuses, bargains or
// hesitates, the choice it names, side remarks, objections, anger, the wish
// for a person, corrections, and the values in it.
//
// The rule that everything else bends to: nothing is read as an acceptance
// that is not one. A text accepts only if every word of it is accounted for
// by a phrase of agreement, a courtesy, or what may harmlessly follow either.
// A "but", an "if", a negation, a question, an amount of money, sarcasm,
// anger or a word nobody here knows is enough to make it something else; then
// the engine asks again, which costs a question instead of a promise nobody
// made.
//
// Some phrases answer only where they are all that is said (要 takes the offer,
// 要退款 wants something else); a hedge ("I suppose", 不是不行) needs a plain word
// in a later clause; a question nobody wants an answer to ("why not?") asks
// nothing. Families of phrases stand in lexicon/families.*.txt.
//
// What a flow's own cues name is told or wished, and answers nothing: the 错
// of 走错门 takes nothing back, "send a working one" agrees to nothing. A label
// typed is that choice and no wish besides; a choice named with a sum is both
// ("to my card, but 60": the answer is a counter-offer).
//
// A label is chosen by a text that is about it, and not by one that has a word
// in common with it: the label must explain at least half of a clause. Of an
// offer more is asked, because there a choice is an agreement: what is said of
// it or asked about it takes nothing, and among unknown words it is Unsure, so
// that it is asked back. A trouble that is denied ("it is not damaged") is
// mentioned as dropped.
//
// What was learned speaks last and less: it names what a text is about where no
// cue does, says how likely which intent is, and whether the text is for us at
// all. It accepts and refuses nothing, wishes for nothing the text gives up, and
// takes no answer for a wish. [Learn] takes a part of a second; whoever must not
// wait for it begins with New and goes on with [Understander.With].
//
// Section names of the cues are opaque, except that "drop:" before a name
// marks words that give the thing up. A name with a dot in it
// ("incident.damaged") is a detail, and the Reading's Intent only if nothing
// else was mentioned.
//
// Understand is pure and safe for concurrent use; a [Understander] never
// changes. It will not translate, will not look anything up, and will not
// guess at languages other than the three. intentstest holds what any
// understander must keep.
package intents
