// Package facts finds what a business knows about an order, a booking, a
// contract: in the flow's own facts.csv, or by asking a service over HTTP.
//
// Use [For] with a compiled flow; it gives the [Provider] its catalog asks for.
// The runtime calls it from the outbox, outside turns, because a service may be
// slow or down: what it says comes back as an input and is stored before
// anything acts on it, so a crash between the two only asks again.
//
// A provider tells found, not there, somebody else's and unreachable apart, and
// gives no row unless it is the customer's to see. It will not decide what
// follows, hold a turn up, follow a service to another address, talk to
// addresses inside the installation's own network unless the operator allows
// them ([Guard]), or put a secret, an address with its query or an answer into a
// log or an error.
package facts
