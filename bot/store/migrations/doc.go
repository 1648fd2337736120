// Package migrations holds the schema of every store as numbered SQL files,
// embedded, in one folder for all dialects.
//
// Start with [For]: it gives the files in the words of one dialect, ready for
// a goose provider. The files are plain SQL except for four tokens that stand
// where the dialects differ (see [Dialect]); whatever needs more than that
// belongs into a file of its own, not into a fifth token: what one dialect alone
// needs stands in a folder by its name, and is numbered among the others.
//
// It only ever goes forward: there are no down migrations, because undoing one
// would drop what customers were promised. It opens no database.
package migrations
