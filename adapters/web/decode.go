package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

// errPayload stands for every way in which a payload can be wrong: the
// parser's own words would repeat parts of a customer's message.
var errPayload = errors.New("not a payload of the web chat")

// payload is what is stored of one POST, before anything is made of it.
type payload struct {
	Chat message.Chat       `json:"chat"`
	ID   message.PlatformID `json:"id"`
	Lang message.Lang       `json:"lang,omitempty"`
	Text string             `json:"text,omitempty"`
	Tap  string             `json:"tap,omitempty"`
	File *kept              `json:"file,omitempty"`
	At   int64              `json:"at"` // Unix milliseconds, by our clock
}

// kept is a file that was stored before the payload that names it.
type kept struct {
	Kind message.AttachmentKind `json:"kind"`
	ID   string                 `json:"id"`
	Name string                 `json:"name,omitempty"`
	MIME string                 `json:"mime,omitempty"`
	Size int64                  `json:"size,omitempty"`
}

// Decode implements adapters.Adapter. It reads what a POST stored: a text, a
// command ("/human please"), a pressed button or a file. Pure.
func (a *Adapter) Decode(raw []byte) (message.Inbound, error) {
	p, err := readPayload(raw)
	if err != nil {
		return message.Inbound{}, fmt.Errorf("web: decode: %w", err)
	}
	return p.inbound(), nil
}

func readPayload(raw []byte) (payload, error) {
	var p payload
	if err := strict(bytes.NewReader(raw), &p); err != nil {
		return payload{}, errPayload
	}
	if p.Chat == "" || !validID(string(p.ID)) || !p.whole() {
		return payload{}, errPayload
	}
	return p, nil
}

// whole says whether p holds exactly one thing that could mean something.
func (p payload) whole() bool {
	if p.File == nil {
		return oneOf(p.Text, p.Tap)
	}
	return p.Text == "" && p.Tap == "" && validFile(p.File.ID) && (p.File.Kind == message.Photo || p.File.Kind == message.Document)
}

func (p payload) inbound() message.Inbound {
	in := message.Inbound{
		Channel: Channel, Chat: p.Chat, ID: p.ID, Kind: message.KindText, Text: p.Text,
		From: message.Person{Ref: message.UserRef("web:" + string(p.Chat)), Lang: p.Lang},
		At:   time.UnixMilli(p.At).UTC(),
	}
	if p.Tap != "" {
		in.Kind, in.Tap = message.KindTap, &message.Tap{Data: p.Tap}
		return in
	}
	if f := p.File; f != nil {
		in.Kind = message.KindMedia
		in.Attachments = []message.Attachment{{Kind: f.Kind, Held: Channel, File: f.ID, Name: f.Name, MIME: f.MIME, Size: f.Size}}
		return in
	}
	if name, rest, ok := command(p.Text); ok {
		in.Kind, in.Command, in.Text = message.KindCommand, name, rest
	}
	return in
}

// command reads "/name rest". Names are as on other platforms: up to 32
// letters, digits and underscores, a letter first; anything else that begins
// with a slash is a text.
func command(text string) (name, rest string, ok bool) {
	after, ok := strings.CutPrefix(strings.TrimSpace(text), "/")
	if !ok {
		return "", "", false
	}
	end := strings.IndexFunc(after, func(r rune) bool { return !nameRune(r) })
	if end < 0 {
		end = len(after)
	}
	name, rest = after[:end], after[end:]
	if name == "" || len(name) > 32 || name[0] < 'A' || name[0] == '_' {
		return "", "", false
	}
	trimmed := strings.TrimSpace(rest)
	if rest != "" && trimmed == rest {
		return "", "", false // "/home/mei" is no command
	}
	return strings.ToLower(name), trimmed, true
}

func nameRune(r rune) bool {
	return r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// strict reads exactly one JSON value with known fields only.
func strict(r io.Reader, into any) error {
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		if err == nil {
			err = errors.New("more than one value")
		}
		return err
	}
	return nil
}

// oneOf says whether exactly one of text and tap is given and could mean
// something.
func oneOf(text, tap string) bool {
	if tap != "" {
		return text == "" && len(tap) <= maxTap
	}
	return strings.TrimSpace(text) != ""
}
