package dialog

import (
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// What both sides said last is kept for whoever takes over: a customer is told
// that they need not repeat themselves. It is bounded, because a state is read
// and written with every turn.
const (
	maxSaid = 20
	maxLine = 240 // runes
)

// keepLine adds to what was said.
func (t *turn) keepLine(by message.Speaker, name, text string, with []message.Attachment) {
	for _, a := range with {
		text = strings.TrimSpace(text + " [" + string(a.Kind) + "]")
	}
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	if n := len(t.s.Said); n == cap(t.s.Said) { // the list grows by what one turn says, not to twice its size
		t.s.Said = append(make([]Line, 0, n+4), t.s.Said...)
	}
	t.s.Said = append(t.s.Said, Line{By: by, Name: name, Text: clip(text, maxLine)})
	if n := len(t.s.Said); n > maxSaid {
		t.s.Said = t.s.Said[n-maxSaid:]
	}
}

// keepCustomer adds what the customer did: their words, the words of a button,
// a command.
func (t *turn) keepCustomer() {
	text := t.in.Text
	switch t.in.Kind {
	case InTap:
		text = t.pressedLabel()
	case InCommand:
		text = strings.TrimSpace("/" + t.in.Command + " " + t.in.Text)
	}
	t.keepLine("", "", text, t.in.Attachments)
}

// speakAs sends what a person says, or what is said in their name.
func (t *turn) speakAs(name string, say Say) {
	say.Out.Lang, say.Out.From, say.State = t.s.Lang, message.Agent, t.stateName()
	t.keepLine(message.Agent, name, say.Out.Text, say.Out.Attachments)
	t.emit(say)
}
