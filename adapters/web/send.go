package web

import (
	"context"
	"fmt"
	"strconv"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// Send implements adapters.Adapter: it hands the message to the pages that are
// open and never waits for one. It counts as delivered with no page open too,
// because the row is stored and every page reads what it missed from History.
// Posts and marks are for agents and are refused.
func (a *Adapter) Send(ctx context.Context, d adapters.Delivery) (adapters.Receipt, error) {
	if ctx.Err() != nil {
		return adapters.Receipt{}, &adapters.SendError{Outcome: adapters.NotSent, Reason: "stopped before it was sent"}
	}
	e, ok := Said(d, a.cfg.Now())
	if !ok && d.Amend != nil {
		return adapters.Receipt{}, refused("the change names no message of this chat or no text")
	}
	if !ok {
		return adapters.Receipt{}, refused("the web chat shows messages to customers only")
	}
	if d.Chat == "" || d.ID <= 0 {
		return adapters.Receipt{}, refused("the delivery names no chat or no row")
	}
	ev, err := entryEvent(e)
	if err != nil {
		a.log.Error("a message could not be encoded", zap.Int64("row", d.ID), zap.Error(err))
		return adapters.Receipt{}, refused("the message could not be encoded")
	}
	a.hub.publish(d.Chat, ev)
	id := message.PlatformID(strconv.FormatInt(d.ID, 10))
	return adapters.Receipt{ID: id, Parts: []message.PlatformID{id}}, nil
}

// Typing implements adapters.Typer: open pages show that somebody writes, until
// the next message or for a few seconds.
func (a *Adapter) Typing(ctx context.Context, chat message.Chat) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("web: typing: %w", err)
	}
	a.hub.publish(chat, event{name: "typing", data: noData, fleeting: true})
	return nil
}

func refused(reason string) *adapters.SendError {
	return &adapters.SendError{Outcome: adapters.Refused, Reason: reason}
}
