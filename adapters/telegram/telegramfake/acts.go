package telegramfake

import (
	"fmt"
	"strings"
)

// Says sends a text and gives the message's id.
func (c *Customer) Says(text string) int64 {
	fields := map[string]any{"text": text}
	if name, _, _ := strings.Cut(text, " "); strings.HasPrefix(name, "/") {
		fields["entities"] = []map[string]any{{"type": "bot_command", "offset": 0, "length": len(name)}}
	}
	return c.Sends(fields)
}

// Sends sends a message with any fields of Telegram's Message ("photo",
// "location", "forward_origin", …) and gives its id.
func (c *Customer) Sends(fields map[string]any) int64 {
	c.bot.mu.Lock()
	defer c.bot.mu.Unlock()
	text, _ := fields["text"].(string)
	m := &Message{Text: text}
	c.add(m)
	return c.deliver(m, fields)
}

// deliver tells the bot of a message, with further fields.
func (c *Customer) deliver(m *Message, fields map[string]any) int64 {
	whole := c.show(m)
	for name, value := range fields {
		whole[name] = value
	}
	c.bot.push(map[string]any{"message": whole})
	return m.ID
}

// SendsLocation sends a place, in degrees.
func (c *Customer) SendsLocation(lat, lon float64) int64 {
	return c.Sends(map[string]any{"location": map[string]any{"latitude": lat, "longitude": lon}})
}

// SendsContact shares a phone number: that of the person with id user, which
// is the customer's own only where it is their id.
func (c *Customer) SendsContact(phone string, user int64) int64 {
	return c.Sends(map[string]any{"contact": map[string]any{"phone_number": phone, "first_name": "Someone", "user_id": user}})
}

// Forwards passes on a text that somebody else wrote.
func (c *Customer) Forwards(text string) int64 {
	return c.Sends(map[string]any{"text": text, "forward_origin": map[string]any{"type": "hidden_user", "sender_user_name": "Someone", "date": 1}})
}

// Edits replaces the text of a message the customer sent before.
func (c *Customer) Edits(id int64, text string) error {
	c.bot.mu.Lock()
	defer c.bot.mu.Unlock()
	m := c.find(id)
	if m == nil || m.FromBot {
		return fmt.Errorf("customer %d has no message %d of their own", c.ID, id)
	}
	m.Was = append(m.Was, m.Text)
	m.Text = text
	m.Edits++
	c.bot.push(map[string]any{"edited_message": c.show(m)})
	return nil
}

// Taps presses the button with this label that is under the latest message
// that shows one, and gives the callback's id.
func (c *Customer) Taps(label string) (string, error) {
	c.bot.mu.Lock()
	defer c.bot.mu.Unlock()
	for i := len(c.messages) - 1; i >= 0; i-- {
		if b, ok := c.messages[i].Button(label); ok {
			return c.tap(c.messages[i], b.Data), nil
		}
	}
	return "", fmt.Errorf("customer %d sees no button %q", c.ID, label)
}

// TapsMessage presses a button a message shows or once showed: people keep old
// messages on their screens and press for ever.
func (c *Customer) TapsMessage(id int64, label string) (string, error) {
	c.bot.mu.Lock()
	defer c.bot.mu.Unlock()
	if m := c.find(id); m != nil {
		for _, b := range m.Offered {
			if b.Label == label {
				return c.tap(m, b.Data), nil
			}
		}
	}
	return "", fmt.Errorf("message %d of customer %d never had a button %q", id, c.ID, label)
}

// TapsData forges a press: any data, and no message to go with it.
func (c *Customer) TapsData(data string) string {
	c.bot.mu.Lock()
	defer c.bot.mu.Unlock()
	return c.tap(nil, data)
}

func (c *Customer) tap(m *Message, data string) string {
	t := &Tap{CallbackID: fmt.Sprintf("%d%06d", c.ID, len(c.bot.tapOrder)+1), Chat: c.ID, Data: data}
	query := map[string]any{"id": t.CallbackID, "from": c.user(), "chat_instance": itoa(c.ID), "data": data}
	if m != nil {
		t.Message = m.ID
		query["message"] = c.show(m)
	}
	c.bot.taps[t.CallbackID] = t
	c.bot.tapOrder = append(c.bot.tapOrder, t.CallbackID)
	c.bot.push(map[string]any{"callback_query": query})
	return t.CallbackID
}

// Blocks blocks the bot: it is told, and cannot write any more.
func (c *Customer) Blocks() { c.turn(true, "member", "kicked") }

// Unblocks lets the bot in again.
func (c *Customer) Unblocks() { c.turn(false, "kicked", "member") }

func (c *Customer) turn(blocked bool, from, to string) {
	c.bot.mu.Lock()
	defer c.bot.mu.Unlock()
	c.blocked = blocked
	member := func(status string) map[string]any {
		return map[string]any{"status": status, "user": map[string]any{"id": c.bot.ID, "is_bot": true}}
	}
	c.bot.push(map[string]any{"my_chat_member": map[string]any{
		"chat": c.chat(), "from": c.user(), "date": 1_700_000_000,
		"old_chat_member": member(from), "new_chat_member": member(to),
	}})
}
