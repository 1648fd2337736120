// Package message holds the words that every part of Accord shares: who wrote
// where, what arrived, what was understood, and what shall be said.
//
// Start with [Inbound] (what an adapter decoded), [Reading] (what was
// understood of it) and [Outbound] (what a customer is to read). Foreign ids
// are types of their own, so that a chat id cannot be passed where a user id
// belongs; only the adapter that made such an id may look inside it. What people
// call themselves and their files goes through [CleanName] and [CleanFile] when it
// is decoded, and what they write through [Visible] before agents see it.
//
// It is a leaf: plain values, no behaviour beyond small helpers, no imports of
// other Accord packages, no IO. All values are safe to copy and to encode as
// JSON; none is safe for concurrent mutation.
package message
