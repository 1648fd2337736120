// Package text turns what a person typed into something rules can read: a row
// of normalised tokens that still know where they stood.
//
// Start with [Parse]. It folds width and case, drops invisible and bidi
// control characters, straightens quotes, squeezes letters held down
// ("pleeease"), writes traditional characters as simplified ones and words of
// Taiwan (簡訊) as the mainland's (短信), splits
// English contractions ("can't" becomes "can not") and cuts words to a common
// stem. Every [Token] keeps its bytes in the raw text, so that a value can be
// quoted as it stood. [Doc.Lang] says in which language it was written.
//
// It is pure and safe for concurrent use. Cost is bounded: of a long text only
// the first 2,000 and the last 500 characters are looked at, because what a
// person asks stands at one of the ends and what a machine pasted does not.
//
// It will not translate, correct spelling or segment Chinese into words:
// matching on characters needs none of it.
package text
