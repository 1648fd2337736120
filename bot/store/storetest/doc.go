// Package storetest holds the rules of [store.Store] as tests, for every
// implementation alike.
//
// Start with [Run] in a test of the implementation. A rule of the contract that
// is not a test here is not a rule; what only one implementation promises
// (files, locks, kill -9) is tested beside that implementation.
//
// It uses the real clock, because implementations wait with it, but never
// sleeps: it waits for what shall happen, under a deadline. It opens nothing by
// itself and talks to nobody.
package storetest
