// Package concept knows which words and set phrases of everyday English and
// Chinese do the same work: "reimburse" and "money back", 快递 and 包裹. A learner
// that is shown concepts beside words needs fewer examples, and recognises words
// that no example has. Both languages name the same concepts, so that examples in
// one teach the other. A long word that is one letter off counts as the one that
// was meant.
//
// Start with [Default], the table that ships, and [Table.Find], which names
// every concept in a parsed text. [Parse] makes a table of other lines.
//
// A [Table] never changes and is safe for concurrent use; Find does not
// allocate, and costs about a microsecond for a message. The table is general:
// it holds no intent, no flow and no word of one trade only. It will not tell
// which of a word's meanings is meant (a charge on a card, a charge in a
// battery): such a word has both concepts, and the learner finds out which helps.
package concept
