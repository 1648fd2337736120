// Package flow turns a folder of text files into a [Flow]: a small machine
// that can be walked, drawn and proved, with the catalog it negotiates from
// and the words it speaks.
//
// Start with [Parse]. It takes the files' bytes, checks them strictly (an
// unknown key is an error with file, line, column and the nearest known key)
// and compiles them; a Flow that Parse returned needs no further check at run
// time. A Flow is immutable and safe for concurrent use. [ReadFS] takes the
// files from a folder. [Check] is Parse and a look at what is allowed and
// unwise; nothing is published without it.
//
// The files:
//
//	flow.yaml           states, their transitions, limits, promise times
//	catalog.yaml        incidents, services, who may grant what, the ladders
//	lines.<lang>.yaml   the flow's own wordings by key, with variations
//	words.<lang>.yaml   wordings of what every flow says, in place of the built-in ones
//	intents/*.<lang>.txt  how customers say it: cues and examples by section
//	facts.csv           demo rows for the file-backed look-up
//	tests/*.chat        conversations that must go as written
//
// [Flow.Prove] walks every conversation a flow makes possible and shows that
// each of them ends, or gives the shortest one that does not.
//
// [Flow.SVG] and [Flow.Mermaid] draw a flow; [Schemas] tell editors what its
// YAML files may hold.
//
// What it will not do: read a disk, know the time, or run a conversation. The
// engine in package dialog does the last; it alone fires transitions.
package flow
