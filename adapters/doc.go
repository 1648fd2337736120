// Package adapters is the contract between Accord and the platforms it talks
// to. An implementation lives in a package named after its platform, and such
// packages never import one another, the runtime or the engine.
//
// An [Adapter] does three things. Run receives: it hands raw payloads to a
// [Sink] and acknowledges them to the platform only after the Sink has
// returned nil, which means they are committed. Decode turns one stored
// payload into a [message.Inbound] without any IO. Send makes one attempt to
// deliver and says in which of five ways it ended ([Outcome]).
//
// What it will not do: adapters keep no queue, never retry a post whose
// outcome is unknown, and hold no state that must outlive the process. The
// runtime owns ordering, pacing, retries and storage.
//
// New checks its arguments and never dials; Run and Send dial.
package adapters
