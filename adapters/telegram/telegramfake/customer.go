package telegramfake

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Customer is a person with a private chat with the bot; the chat has the
// person's id, as on Telegram. Lang is their app's language ("en", "zh-hans").
type Customer struct {
	ID   int64
	Name string
	Lang string

	bot      *Bot
	news     signal // guarded by bot.mu, as is all below
	blocked  bool
	typing   int
	noVoice  bool
	messages []*Message
	read     int // how many of messages Next has passed
}

// Customer makes a person who has opened the chat with the bot, or gives the
// one with this id who exists.
func (b *Bot) Customer(id int64, name, lang string) *Customer {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c, ok := b.customers[id]; ok {
		return c
	}
	c := &Customer{ID: id, Name: name, Lang: lang, bot: b}
	b.customers[id] = c
	return c
}

func (c *Customer) user() map[string]any {
	return map[string]any{"id": c.ID, "is_bot": false, "first_name": c.Name, "language_code": c.Lang}
}

func (c *Customer) chat() map[string]any {
	return map[string]any{"id": c.ID, "type": "private", "first_name": c.Name}
}

// add puts a message into the chat.
func (c *Customer) add(m *Message) {
	c.bot.lastMessage++
	m.ID, m.Chat, m.At = c.bot.lastMessage, c.ID, time.Now()
	c.offer(m)
	c.messages = append(c.messages, m)
	c.news.fire()
}

// offer remembers the buttons of a message, for those who press old ones.
func (c *Customer) offer(m *Message) {
	for _, row := range m.Rows {
		m.Offered = append(m.Offered, row...)
	}
}

func (c *Customer) find(id int64) *Message {
	for i := len(c.messages) - 1; i >= 0; i-- {
		if c.messages[i].ID == id {
			return c.messages[i]
		}
	}
	return nil
}

// Inbox lists the messages the bot has sent to this customer, oldest first.
func (c *Customer) Inbox() []Message {
	c.bot.mu.Lock()
	defer c.bot.mu.Unlock()
	return c.inbox()
}

func (c *Customer) inbox() []Message {
	var out []Message
	for _, m := range c.messages {
		if m.FromBot {
			out = append(out, *m)
		}
	}
	return out
}

// Chat lists all messages of the chat, both sides, oldest first.
func (c *Customer) Chat() []Message {
	c.bot.mu.Lock()
	defer c.bot.mu.Unlock()
	var out []Message
	for _, m := range c.messages {
		out = append(out, *m)
	}
	return out
}

// Sees lists what the customer has before their eyes now: both sides, without
// what was deleted.
func (c *Customer) Sees() []Message {
	var out []Message
	for _, m := range c.Chat() {
		if !m.Deleted {
			out = append(out, m)
		}
	}
	return out
}

// Ages makes a message older by d.
func (c *Customer) Ages(id int64, d time.Duration) {
	c.bot.mu.Lock()
	defer c.bot.mu.Unlock()
	if m := c.find(id); m != nil {
		m.At = m.At.Add(-d)
	}
}

// Typings counts how often the bot has shown that it is typing.
func (c *Customer) Typings() int {
	c.bot.mu.Lock()
	defer c.bot.mu.Unlock()
	return c.typing
}

// Wait blocks until a message from the bot, sent or edited before or after,
// satisfies match, and gives the oldest that does.
func (c *Customer) Wait(ctx context.Context, match func(Message) bool) (Message, error) {
	for {
		c.bot.mu.Lock()
		inbox, again := c.inbox(), c.news.wait()
		c.bot.mu.Unlock()
		for _, m := range inbox {
			if match(m) {
				return m, nil
			}
		}
		select {
		case <-ctx.Done():
			return Message{}, fmt.Errorf("%d messages from the bot, none is the one waited for: %w", len(inbox), ctx.Err())
		case <-again:
		}
	}
}

// Next blocks until there is a message from the bot that Next has not given
// yet, and gives it.
func (c *Customer) Next(ctx context.Context) (Message, error) {
	for {
		c.bot.mu.Lock()
		for c.read < len(c.messages) {
			m := *c.messages[c.read]
			c.read++
			if m.FromBot {
				c.bot.mu.Unlock()
				return m, nil
			}
		}
		again := c.news.wait()
		c.bot.mu.Unlock()
		select {
		case <-ctx.Done():
			return Message{}, fmt.Errorf("no further message from the bot: %w", ctx.Err())
		case <-again:
		}
	}
}

// WaitText is Wait for a message whose text holds part.
func (c *Customer) WaitText(ctx context.Context, part string) (Message, error) {
	return c.Wait(ctx, func(m Message) bool { return strings.Contains(m.Text, part) })
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
