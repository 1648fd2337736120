package bot

import (
	"context"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	courtesyQueue   = 256
	courtesyWorkers = 4
	courtesyTimeout = 10 * time.Second
)

// courtesy is something small done for a customer beside the conversation:
// a pressed button is answered, a menu changes its language. It is best
// effort and never part of a turn.
type courtesy struct {
	what string
	do   func(ctx context.Context) error
}

// tapAnswer ends the waiting of somebody who pressed a button; text is shown
// to them, empty = nothing.
func tapAnswer(to adapters.TapAnswerer, tap message.Tap, text string) *courtesy {
	return &courtesy{"a tap's answer", func(ctx context.Context) error { return to.AnswerTap(ctx, tap, text) }}
}

// menuIn puts a chat's command menu into the language the customer speaks.
func menuIn(to adapters.MenuSetter, chat message.Chat, lang message.Lang) *courtesy {
	return &courtesy{"a menu", func(ctx context.Context) error { return to.SetMenu(ctx, chat, lang) }}
}

// soon is how near the bot's own words must be for it to be seen writing.
const soon = 10 * time.Second

// typing shows a customer who was heard and not answered yet that somebody is
// at it. A courtesy that is late says nothing: by then the words are there, and
// would be followed by somebody who writes on and never comes to an end.
func (b *Bot) typing(to adapters.Typer, chat message.Chat, until int64) *courtesy {
	return &courtesy{"a sign of typing", func(ctx context.Context) error {
		if b.nowMilli() >= until {
			return nil
		}
		return to.Typing(ctx, chat)
	}}
}

// queue has a courtesy done soon. It never waits: a turn must not be slow
// because a platform is, and one that is dropped costs no more than a spinner
// that ends by itself or a menu in another language.
func (b *Bot) queue(c *courtesy) {
	if c == nil {
		return
	}
	select {
	case b.courtesies <- *c:
	default:
		b.log.Debug("too many courtesies at once; one is dropped", zap.String("what", c.what))
	}
}

// beCourteous works the queue off until soft ends, and then what is still in
// it.
func (b *Bot) beCourteous(soft, hard context.Context) {
	for {
		select {
		case c := <-b.courtesies:
			b.oblige(hard, c)
		case <-soft.Done():
			for {
				select {
				case c := <-b.courtesies:
					b.oblige(hard, c)
				default:
					return
				}
			}
		}
	}
}

func (b *Bot) oblige(ctx context.Context, c courtesy) {
	ctx, cancel := context.WithTimeout(ctx, courtesyTimeout)
	defer cancel()
	if err := c.do(ctx); err != nil {
		b.log.Debug("a courtesy failed", zap.String("what", c.what), zap.Error(err))
	}
}
