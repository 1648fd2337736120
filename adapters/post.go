package adapters

import "github.com/accord-chat/accord/dialog/message"

// Post is one message to agents: a hand-off's card, a mirrored customer
// message, a task. It is made of plain text throughout; an adapter shows it
// so that nothing in it can mention, link, format or run.
type Post struct {
	// Anchor is the name under which this post can be found again once it is
	// delivered ("handoff:12", "task:7"); empty = it need not be.
	Anchor string `json:"anchor,omitempty"`
	// Thread is the anchor of the post in whose thread this one belongs.
	Thread string `json:"thread,omitempty"`
	// Update replaces the post already delivered under Anchor.
	Update bool `json:"update,omitempty"`

	Title string `json:"title,omitempty"`
	// Gist tells posts of one kind apart in a line, in lists that show no more:
	// what it is about, why, the mood ("Order 48213 · white lamp · very angry ·
	// furious"). Empty where nothing is known. It is not part of what is read.
	Gist    string   `json:"gist,omitempty"`
	Blocks  []Block  `json:"blocks,omitempty"`
	Buttons []Button `json:"buttons,omitempty"`
	// Fallback is the one-line summary for notifications.
	Fallback string `json:"fallback"`
	// Private posts are shown to this person only, where the platform can.
	Private message.UserRef `json:"private,omitempty"`
	// Call says who is to be called to it by a notification of their own.
	Call Call `json:"call,omitempty"`
	// Merge lets posts that follow one another in one thread become one
	// message, so that a burst does not wait for the platform's limits. Only
	// Blocks and Fallback of such a post are set, besides Thread.
	Merge bool `json:"merge,omitempty"`
	// Files go into the thread behind the post, at most one a post: each is
	// delivered or fails by itself.
	Files []message.Attachment `json:"files,omitempty"`
}

// Call says who is called by a post.
type Call string

// Who can be called.
const (
	CallNobody     Call = ""
	CallChannel    Call = "channel"    // whoever is there now
	CallSupervisor Call = "supervisor" // those the operator named; the channel where nobody is named
)

// BlockKind says how a [Block] is laid out.
type BlockKind string

// Layouts of a block.
const (
	Paragraph BlockKind = "paragraph" // Text
	Quote     BlockKind = "quote"     // Text in a person's own words, under Label
	List      BlockKind = "list"      // Label, then Items
	Fields    BlockKind = "fields"    // Items as "name: value" pairs, two columns
	Note      BlockKind = "note"      // Text, small
)

// Block is one part of a [Post].
type Block struct {
	Kind  BlockKind `json:"kind"`
	Label string    `json:"label,omitempty"`
	Text  string    `json:"text,omitempty"`
	Items []string  `json:"items,omitempty"`
}

// Button is something an agent can press. Action and Value come back in
// [message.Inbound.Tap]'s Data as "action value". Style is "", "primary" or
// "danger". Confirm, when set, is asked before the press counts. Form says that
// the press opens the form of that action ([Forms]); only sending it counts,
// and what was written comes back in [message.Inbound.Fields].
type Button struct {
	Action  string `json:"action"`
	Value   string `json:"value"`
	Label   string `json:"label"`
	Style   string `json:"style,omitempty"`
	Confirm string `json:"confirm,omitempty"`
	Form    bool   `json:"form,omitempty"`
}

// Forms gives the form of a button's action; ok is false for an action that has
// none. Pure, and the same for as long as the program runs.
type Forms func(action string) (form Form, ok bool)

// Form is a few questions asked in a window of their own.
type Form struct {
	Title  string
	Submit string // the label of the button that sends it
	Fields []Field
}

// FieldKind says how a [Field] is filled in.
type FieldKind string

// Kinds of fields.
const (
	FieldLine FieldKind = "line" // one line of text
	FieldText FieldKind = "text" // some lines of text
	FieldWhen FieldKind = "when" // an instant; comes back as Unix seconds in decimal
)

// Field is one question of a [Form].
type Field struct {
	Name     string
	Kind     FieldKind
	Label    string
	Hint     string
	Optional bool
	// Value is what stands there at first; for FieldWhen, how far from now in
	// seconds.
	Value string
}

// Mark shows on an agent's message what became of it.
type Mark struct {
	Message message.PlatformID `json:"message"`
	State   MarkState          `json:"state"`
	// Reason is said in the thread where State is MarkFailed or MarkHeld.
	Reason string             `json:"reason,omitempty"`
	Thread message.PlatformID `json:"thread,omitempty"`
	// Buttons stand with the reason: try again, send anyway.
	Buttons []Button `json:"buttons,omitempty"`
}

// MarkState is what a [Mark] shows.
type MarkState string

// States of an agent's message.
// A later one takes the place of an earlier one on the same message.
const (
	MarkSent      MarkState = "sent"      // on its way: stored, and not delivered at the first try
	MarkDelivered MarkState = "delivered" // the platform has it
	MarkFailed    MarkState = "failed"
	MarkHeld      MarkState = "held" // kept back, e.g. "note:" was asked about
	MarkKept      MarkState = "kept" // only for colleagues, by their choice
)
