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

	Title   string   `json:"title,omitempty"`
	Blocks  []Block  `json:"blocks,omitempty"`
	Buttons []Button `json:"buttons,omitempty"`
	// Fallback is the one-line summary for notifications.
	Fallback string `json:"fallback"`
	// Private posts are shown to this person only, where the platform can.
	Private message.UserRef `json:"private,omitempty"`
}

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
// "danger". Confirm, when set, is asked before the press counts.
type Button struct {
	Action  string `json:"action"`
	Value   string `json:"value"`
	Label   string `json:"label"`
	Style   string `json:"style,omitempty"`
	Confirm string `json:"confirm,omitempty"`
}

// Mark shows on an agent's message what became of it.
type Mark struct {
	Message message.PlatformID `json:"message"`
	State   MarkState          `json:"state"`
	// Reason is said in the thread where State is MarkFailed or MarkHeld.
	Reason string             `json:"reason,omitempty"`
	Thread message.PlatformID `json:"thread,omitempty"`
}

// MarkState is what a [Mark] shows.
type MarkState string

// States of an agent's message.
const (
	MarkDelivered MarkState = "delivered"
	MarkFailed    MarkState = "failed"
	MarkHeld      MarkState = "held" // kept back, e.g. "note:" was asked about
)
