// Package pgtest gives tests a real PostgreSQL server: started from the
// binaries that are installed, in a folder of its own, reached through a Unix
// socket there, and gone with the process.
//
// Start with [Run] in TestMain and [Database] in a test: one server serves a
// test process, each test has a database of its own. [Start] gives a server to
// a single test that wants to stop, kill or starve it.
//
// It keeps what a server keeps when it matters (fsync is on) and trusts whoever
// reaches the socket. It is for tests only. Where no binaries are found a test
// is skipped; continuous integration installs them and allows no skips.
package pgtest
