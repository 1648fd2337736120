package message

import "time"

// Channel names a kind of platform: "telegram", "web", "console", "slack".
type Channel string

// Chat is a platform's own id of a place where people write. Opaque: only the
// adapter that made it may look inside.
type Chat string

// UserRef is a platform's stable id of a person. Names and usernames are
// never identity.
type UserRef string

// PlatformID is a platform's own id of one message in a chat.
type PlatformID string

// ConversationID is Accord's own id of a conversation: one (Channel, Chat).
type ConversationID int64

// Person is who wrote something. Name is what the platform shows and proves
// nothing; Lang is the platform's hint and may be empty.
type Person struct {
	Ref  UserRef `json:"ref,omitempty"`
	Name string  `json:"name,omitempty"`
	Lang Lang    `json:"lang,omitempty"`
}

// Kind says what sort of thing arrived.
type Kind string

// What can arrive from a platform. The agent kinds come from agents' side
// only, and only after the person was authorised.
const (
	KindText      Kind = "text"      // Text, perhaps with Attachments
	KindTap       Kind = "tap"       // a button: Tap
	KindCommand   Kind = "command"   // Command (without the slash), rest in Text
	KindMedia     Kind = "media"     // Attachments; the caption, if any, in Text
	KindEdited    Kind = "edited"    // Text replaces that of message ID
	KindDeleted   Kind = "deleted"   // message ID is gone
	KindBlocked   Kind = "blocked"   // the customer blocked us
	KindUnblocked Kind = "unblocked" // and let us in again
	KindIgnored   Kind = "ignored"   // understood, and of no concern to us
	KindAgentText Kind = "agent_text"
	KindAgentTap  Kind = "agent_tap"
)

// AttachmentKind says what an attachment is.
type AttachmentKind string

// Kinds of attachments.
const (
	Photo    AttachmentKind = "photo"
	Voice    AttachmentKind = "voice"
	Video    AttachmentKind = "video"
	Document AttachmentKind = "document"
	Location AttachmentKind = "location"
	Contact  AttachmentKind = "contact"
	Sticker  AttachmentKind = "sticker"
	Other    AttachmentKind = "other"
)

// Attachment is something sent beside text. File is the platform's own file
// id (never an address: addresses hold tokens). Size is in bytes, 0 if
// unknown. Lat and Lon are degrees (WGS 84) and set for a Location only.
type Attachment struct {
	Kind AttachmentKind `json:"kind"`
	// Held names the platform that keeps File, and whose adapter opens it.
	Held Channel `json:"held,omitempty"`
	File string  `json:"file,omitempty"`
	Name string  `json:"name,omitempty"`
	MIME string  `json:"mime,omitempty"`
	Size int64   `json:"size,omitempty"`
	Lat  float64 `json:"lat,omitempty"`
	Lon  float64 `json:"lon,omitempty"`
}

// Tap is a pressed button. Data is what the platform brought back and proves
// nothing; the runtime resolves it to the question and choice it was made
// for. CallbackID is what the adapter needs to answer the tap.
type Tap struct {
	Data       string `json:"data,omitempty"`
	CallbackID string `json:"callback,omitempty"`
}

// Inbound is one thing that arrived from a platform, decoded.
type Inbound struct {
	Channel     Channel      `json:"channel"`
	Chat        Chat         `json:"chat"`
	Kind        Kind         `json:"kind"`
	From        Person       `json:"from"`
	ID          PlatformID   `json:"id,omitempty"`     // the message's own id
	Thread      PlatformID   `json:"thread,omitempty"` // the message whose thread it is in (agents' side)
	Text        string       `json:"text,omitempty"`
	Command     string       `json:"command,omitempty"`
	Tap         *Tap         `json:"tap,omitempty"`
	Attachments []Attachment `json:"attachments,omitempty"`
	// Fields are what was written into the form a button asked for, by the
	// field's name.
	Fields map[string]string `json:"fields,omitempty"`
	At     time.Time         `json:"at"` // by the platform's clock; for display only
}

// Speaker says in whose voice an [Outbound] is.
type Speaker string

// Who speaks to a customer.
const (
	Bot   Speaker = "bot"
	Agent Speaker = "agent" // a person's own words, sent verbatim
)

// Choice is one button under a message. ID is stable within its question
// ("yes", "rung.2", "wish.1"), Label is what the customer reads.
type Choice struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// Outbound is one message to a customer. Text is plain: it is never parsed as
// markup by a platform. Tokens, where set, are what the buttons carry, one
// for each of Choices; the runtime fills them in.
type Outbound struct {
	Text     string   `json:"text"`
	Lang     Lang     `json:"lang"`
	From     Speaker  `json:"from"`
	Choices  []Choice `json:"choices,omitempty"`
	Tokens   []string `json:"tokens,omitempty"`
	Question int      `json:"question,omitempty"` // number of the question Choices answer; 0 = none
	// Attachments go with the text, which is then their caption. Each is kept
	// by the platform it names and is streamed from there when it is sent.
	Attachments []Attachment `json:"attachments,omitempty"`
}
