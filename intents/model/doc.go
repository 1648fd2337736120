// Package model learns from example sentences which label a text belongs to,
// and whether it belongs to any.
//
// Start with [Train], which takes the examples of all labels and, if there are
// some, texts that belong to none, and [Model.Rank], which gives the best
// labels of a parsed text with their probabilities. [Model.Why] names the
// words and pieces of words that spoke for a label. A Model never changes and
// is safe for concurrent use; the same examples in the same order give the
// same Model to the last bit, however many processors there are.
//
// The learner is small on purpose. A text becomes sparse features: words cut to
// their stems, neighbours, pairs of words wherever they stand, pieces of words,
// runs of Chinese characters (features.go), and the concepts of package concept
// with pairs of them (concepts.go). One linear separator a label
// weighs them (teach.go), all learned at once by multinomial logistic regression
// with features hidden at random. Texts that belong to no label are a label of
// their own while learning. A part of the examples is held back in turn to learn
// how far the scores can be believed, and from what signals to tell that a text
// belongs nowhere (belief.go, signals.go, logistic.go); where there are no
// outside texts, labels held back as a whole stand in for them.
//
// Cost is bounded: of a long text, pairs are made of the first words only; rare
// features are given up where weights would take too much memory; a weight takes
// one byte once it is learned.
//
// It will not read files, will not download anything, and knows no more of the
// world than the table of concepts: a synonym that neither it nor an example has
// is unknown to it.
package model
