package telegramfake

import (
	"strings"
	"time"
)

// Button is one button under a message.
type Button struct {
	Label string
	Data  string
}

// Message is one message in a chat, as it looks now. Values are copies.
type Message struct {
	ID         int64
	Chat       int64
	FromBot    bool
	Text       string     // or the caption, where there is a File
	Was        []string   // what Text was before each edit of it, oldest first
	File       *File      // never changed
	Lat, Lon   float64    // of a place
	Place      bool       // it is one
	Rows       [][]Button // what is under the message now
	Offered    []Button   // every button that ever was
	Edits      int
	Deleted    bool // the customer does not see it any more
	ParseMode  string
	PreviewOff bool
	At         time.Time
}

// Button finds the button with this label among those under the message now.
func (m Message) Button(label string) (Button, bool) {
	for _, row := range m.Rows {
		for _, b := range row {
			if b.Label == label {
				return b, true
			}
		}
	}
	return Button{}, false
}

// Labels lists the labels of the buttons under the message now.
func (m Message) Labels() []string {
	var out []string
	for _, row := range m.Rows {
		for _, b := range row {
			out = append(out, b.Label)
		}
	}
	return out
}

// Tap is a press of a button and what became of it.
type Tap struct {
	CallbackID string
	Chat       int64
	Message    int64 // 0 = Telegram no longer knew
	Data       string
	Answered   bool
	Answer     string // the text that was shown
	Expired    bool
}

// Taps lists all presses, oldest first.
func (b *Bot) Taps() []Tap {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := make([]Tap, 0, len(b.tapOrder))
	for _, id := range b.tapOrder {
		out = append(out, *b.taps[id])
	}
	return out
}

// Unanswered lists the presses that were never answered and could be.
func (b *Bot) Unanswered() []Tap {
	var out []Tap
	for _, t := range b.Taps() {
		if !t.Answered && !t.Expired {
			out = append(out, t)
		}
	}
	return out
}

// ExpireTaps makes all presses so far too old to be answered.
func (b *Bot) ExpireTaps() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, t := range b.taps {
		t.Expired = true
	}
	b.moved.fire()
}

// Command is one entry of the bot's menu.
type Command struct {
	Name        string `json:"command"`
	Description string `json:"description"`
}

// Menu is what this customer sees beside the input field, by Telegram's order
// of preference: set for the chat before set for all, their language before
// none.
func (c *Customer) Menu() []Command {
	c.bot.mu.Lock()
	defer c.bot.mu.Unlock()
	lang, _, _ := strings.Cut(c.Lang, "-")
	chat := itoa(c.ID)
	for _, key := range []string{chat + "/" + lang, chat + "/", "/" + lang, "/"} {
		if menu, ok := c.bot.commands[key]; ok {
			return append([]Command(nil), menu...)
		}
	}
	return nil
}
