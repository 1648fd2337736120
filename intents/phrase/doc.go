// Package phrase finds many phrases in a text at once.
//
// Start with [New], [Builder.Add] for each phrase, [Builder.Build], and
// [Set.Find] for each text. A phrase is compared token by token in the normal
// form of package text, so case, width, script and inflection do not matter; English
// is thereby matched at word borders and Chinese anywhere. A phrase never
// crosses a punctuation mark, because "no, problem" is not "no problem". An
// ellipsis in a phrase stands for anything up to twelve tokens.
//
// A [Set] never changes and is safe for concurrent use. The cost of Find grows
// with the text, not with the number of phrases.
package phrase
