package telegram

import (
	"encoding/json"
	"errors"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/accord-chat/accord/dialog/message"
)

// maxData is the most a button can carry, in bytes.
const maxData = 64

type wireButton struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

type wireKeyboard struct {
	Rows [][]wireButton `json:"inline_keyboard"`
}

// keyboard makes the buttons under a message, as JSON; "" where there are
// none.
func keyboard(out *message.Outbound) (string, error) {
	if len(out.Choices) == 0 {
		return "", nil
	}
	if len(out.Tokens) != len(out.Choices) {
		return "", errors.New("the buttons have not got one token each")
	}
	buttons := make([]wireButton, len(out.Choices))
	widest := 0
	for i, c := range out.Choices {
		token := out.Tokens[i]
		if c.Label == "" || token == "" || len(token) > maxData || !utf8.ValidString(token) {
			return "", errors.New("a button has no label or a token that does not fit")
		}
		buttons[i] = wireButton{Text: c.Label, Data: token}
		widest = max(widest, cells(c.Label))
	}
	data, err := json.Marshal(wireKeyboard{Rows: rows(buttons, widest)})
	return string(data), err
}

// rows lays buttons out so that no label is cut on a phone: three short ones
// side by side, two middling ones, long ones alone; and evenly, so that four
// become two and two.
func rows(buttons []wireButton, widest int) [][]wireButton {
	per := 1
	switch {
	case widest <= 8:
		per = 3
	case widest <= 16:
		per = 2
	}
	lines := (len(buttons) + per - 1) / per
	per = (len(buttons) + lines - 1) / lines
	var out [][]wireButton
	for len(buttons) > 0 {
		n := min(per, len(buttons))
		out = append(out, buttons[:n])
		buttons = buttons[n:]
	}
	return out
}

// cells counts columns: a Chinese character takes two.
func cells(label string) (n int) {
	for _, r := range label {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
