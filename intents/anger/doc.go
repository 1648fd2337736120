// Package anger learns from embedded example sentences how angry a message is:
// a dispassionate complaint is calm, and anger may do without a single curse.
//
// Start with [Learn], which needs the marks that the caller's own rules find in
// a sentence (words of abuse, courtesies), and [Model.Odds], which weighs a
// text read in the same way. The learner is a logistic regression over words,
// neighbouring words, Chinese characters and their neighbours, the shape of the
// text and the marks, all hashed into one table.
//
// The sentences stand in examples/, one a line, lines with # are comments:
// calm.<lang>.txt, angry.<lang>.txt, and furious.<lang>.txt for insults, curses
// and threats, which are angry too. Two questions are learned from them side by
// side: is the writer angry, and is it past plain anger.
//
// It is pure; a Model never changes and is safe for concurrent use. It will not
// tell what the anger is about, and knows no language but the three.
package anger
