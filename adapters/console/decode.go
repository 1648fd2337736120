package console

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

// errPayload stands for every way in which a payload can be wrong: the
// parser's own words would repeat parts of what was written.
var errPayload = errors.New("not a payload of the desk")

// payload is what is stored of one act, before anything is made of it: words
// (Text) or a press (Data, perhaps with Fields).
type payload struct {
	Anchor string             `json:"anchor"`
	Ref    message.UserRef    `json:"ref"`
	Name   string             `json:"name,omitempty"`
	ID     message.PlatformID `json:"id"`     // of the words, or of the post the button is on
	Thread message.PlatformID `json:"thread"` // of the card
	Text   string             `json:"text,omitempty"`
	Data   string             `json:"data,omitempty"` // "action value"
	Fields map[string]string  `json:"fields,omitempty"`
	At     int64              `json:"at"` // Unix milliseconds, by our clock
}

// Decode implements adapters.Adapter: it reads what a form stored. Pure. Who
// the person is, is not checked here: see Authorize.
func (a *Adapter) Decode(raw []byte) (message.Inbound, error) {
	var p payload
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&p); err != nil || dec.More() {
		return message.Inbound{}, fmt.Errorf("console: decode: %w", errPayload)
	}
	if !validAnchor(p.Anchor) || p.Ref == "" || p.ID == "" || p.Thread == "" || (p.Text == "") == (p.Data == "") {
		return message.Inbound{}, fmt.Errorf("console: decode: %w", errPayload)
	}
	in := message.Inbound{
		Channel: Channel, Chat: message.Chat(p.Anchor), From: message.Person{Ref: p.Ref, Name: p.Name},
		ID: p.ID, Thread: p.Thread, At: time.UnixMilli(p.At).UTC(), Kind: message.KindAgentText, Text: p.Text,
	}
	if p.Data != "" {
		in.Kind, in.Tap, in.Fields = message.KindAgentTap, &message.Tap{Data: p.Data}, p.Fields
	}
	return in, nil
}

// postID is the platform id of an outbox row.
func postID(row int64) message.PlatformID {
	return message.PlatformID("p" + strconv.FormatInt(row, 10))
}

// wordsID is the platform id of an agent's words. Who sent them is part of it,
// so that nobody can send words under the id of somebody else's.
func wordsID(ref message.UserRef, once string) message.PlatformID {
	sum := sha256.Sum256([]byte("accord desk\x00" + string(ref) + "\x00" + once))
	return message.PlatformID("m" + hex.EncodeToString(sum[:12]))
}

// saidID is the id of what somebody wrote into the form of that number. The
// words are part of it: a browser that goes back shows an old form, and what is
// written into it then is new.
func saidID(ref message.UserRef, once, text string) message.PlatformID {
	return wordsID(ref, once+"\x00"+text)
}

// actID is the name under which an act counts once. Every form that is shown
// has a number of its own, so a form sent twice is one act, and the next form
// another, also where nothing on the page has changed between them. Whose it
// is, the button and what was filled in are part of the name too: the same
// number under other words is somebody who went back to correct them.
func actID(p payload, once string) message.PlatformID {
	parts := []string{p.Anchor, string(p.ID), p.Data, once}
	for _, name := range slices.Sorted(maps.Keys(p.Fields)) {
		parts = append(parts, name, p.Fields[name])
	}
	return wordsID(p.Ref, strings.Join(parts, "\x00"))
}

// validAnchor says whether s is formed as the name of a card: a kind and two
// numbers.
func validAnchor(s string) bool {
	kind, rest, ok := strings.Cut(s, ":")
	if !ok || (kind != handoff && kind != task) {
		return false
	}
	conv, n, ok := strings.Cut(rest, ":")
	return ok && number(conv) && number(n)
}

// Kinds of cards, as they begin an anchor.
const (
	handoff = "handoff"
	task    = "task"
)

// number says whether s is a positive decimal in its shortest form: another
// form would be a second name for the same card.
func number(s string) bool {
	n, err := strconv.ParseInt(s, 10, 64)
	return err == nil && n > 0 && strconv.FormatInt(n, 10) == s
}
