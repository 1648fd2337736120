// Package eval measures how well a learned reader of intents reads, and finds
// what is wrong with its examples.
//
// Start with [Run], which trains on one set and scores another, or with
// [CrossValidate], which lets every example of a flow be read by a model that
// was not taught it. Both give [Reading]s; [Measure] makes figures of them,
// [Confusions] the pairs of labels that are worth a better example. [Mistakes]
// and [Overlaps] look at the examples alone. [ReadTSV] reads the tab-separated
// files that public sets come in, and [Draw] takes a few examples a label from
// one.
//
// Everything here is pure and the same on every run; the only clock is the
// caller's. It will not tune anything, and it knows no file but the one whose
// text it is handed.
package eval
