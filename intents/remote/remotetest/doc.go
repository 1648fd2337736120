// Package remotetest is a language-model service on loopback for tests: it speaks
// the Chat Completions interface and behaves as told, well or badly.
//
// Start with [New]; [Server.Behave] sets what it does from now on ([Says], [Hangs],
// [Fails], [Drips] and others), [Server.Asked] is what it was asked. Safe for
// concurrent use. It knows no models and understands nothing.
package remotetest
