package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// Send implements adapters.Adapter: one attempt to say something or to take
// buttons off. Posts and marks are for agents, who are not on Telegram. Any
// error is a *adapters.SendError.
func (a *Adapter) Send(ctx context.Context, d adapters.Delivery) (adapters.Receipt, error) {
	if _, err := strconv.ParseInt(string(d.Chat), 10, 64); err != nil {
		return adapters.Receipt{}, refuse("not the id of a Telegram chat")
	}
	switch {
	case d.Say != nil:
		return a.say(ctx, d.Chat, d.Say)
	case d.Settle != nil:
		return a.settle(ctx, d.Chat, d.Settle)
	}
	return adapters.Receipt{}, refuse("only texts to customers are sent here")
}

// say sends a text, in parts where it is too long, with its buttons under the
// last part. Once a part is out, a failure of a later one leaves the customer
// with half a text: that is neither delivered nor unsent, so it is unknown.
func (a *Adapter) say(ctx context.Context, chat message.Chat, out *message.Outbound) (adapters.Receipt, error) {
	var r adapters.Receipt
	markup, err := keyboard(out)
	if err != nil {
		return r, refuse(err.Error())
	}
	parts := split(out.Text, maxText)
	if len(parts) == 0 {
		return r, refuse("there is no text to send")
	}
	for i, part := range parts {
		p := params{"chat_id": string(chat), "text": part, "link_preview_options": `{"is_disabled":true}`}
		if markup != "" && i == len(parts)-1 {
			p["reply_markup"] = markup
		}
		id, err := a.sendPart(ctx, p, i > 0)
		if err != nil {
			return r, partial(err, i)
		}
		r.ID = id
		r.Parts = append(r.Parts, id)
	}
	return r, nil
}

// patience bounds how long a later part of a split text waits in place when
// Telegram asks for it: waiting a little spares the customer a second copy of
// the parts that are out already.
const patience = 5 * time.Second

func (a *Adapter) sendPart(ctx context.Context, p params, later bool) (message.PlatformID, error) {
	id, err := a.sendMessage(ctx, p)
	for range 3 {
		var e *adapters.SendError
		if !later || !errors.As(err, &e) || e.Outcome != adapters.Throttled || e.RetryAfter > patience {
			break
		}
		wait(ctx, e.RetryAfter)
		id, err = a.sendMessage(ctx, p)
	}
	return id, err
}

func (a *Adapter) sendMessage(ctx context.Context, p params) (message.PlatformID, error) {
	result, err := a.api.call(ctx, "sendMessage", p, a.timeouts.Send)
	if err != nil {
		return "", sendError(err)
	}
	var sent struct {
		ID int64 `json:"message_id"`
	}
	if err := json.Unmarshal(result, &sent); err != nil || sent.ID == 0 {
		return "", &adapters.SendError{Outcome: adapters.Unknown, Reason: "telegram sendMessage: accepted, but without a message id"}
	}
	return platformID(sent.ID), nil
}

// partial turns the failure of part i into the outcome of the whole.
func partial(err error, i int) error {
	var e *adapters.SendError
	if i == 0 || !errors.As(err, &e) {
		return err
	}
	whole := *e
	whole.Outcome, whole.RetryAfter = adapters.Unknown, 0
	whole.Reason = "part " + strconv.Itoa(i+1) + " of a long text failed: " + e.Reason
	return &whole
}

// settle takes the buttons off a message. Where they are off already, or the
// message is no more, the aim is reached.
func (a *Adapter) settle(ctx context.Context, chat message.Chat, s *adapters.Settle) (adapters.Receipt, error) {
	p := params{"chat_id": string(chat), "message_id": string(s.Message), "reply_markup": `{"inline_keyboard":[]}`}
	_, err := a.api.call(ctx, "editMessageReplyMarkup", p, a.timeouts.Send)
	var e *callError
	gone := errors.As(err, &e) && e.code == 400 && (e.says("message is not modified") || e.says("message to edit not found"))
	if err != nil && !gone {
		return adapters.Receipt{}, sendError(err)
	}
	return adapters.Receipt{ID: s.Message, Parts: []message.PlatformID{s.Message}}, nil
}
