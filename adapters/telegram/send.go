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

// Send implements adapters.Adapter: one attempt to say something, to change
// what was said, or to take buttons off. Posts and marks are for agents, who
// are not on Telegram. Any error is a *adapters.SendError.
func (a *Adapter) Send(ctx context.Context, d adapters.Delivery) (adapters.Receipt, error) {
	if _, err := strconv.ParseInt(string(d.Chat), 10, 64); err != nil {
		return adapters.Receipt{}, refuse("not the id of a Telegram chat")
	}
	switch {
	case d.Say != nil:
		return a.say(ctx, d)
	case d.Amend != nil:
		return a.amend(ctx, d.Chat, d.Amend)
	case d.Settle != nil:
		return a.settle(ctx, d.Chat, d.Settle)
	}
	return adapters.Receipt{}, refuse("only texts to customers are sent here")
}

// step is one call of those a message takes.
type step func(context.Context) (message.PlatformID, error)

// say sends a message: a text, in parts where it is too long, then what goes
// with it, and the buttons under the last of them. Once a part is out, a
// failure of a later one leaves the customer with half a message: that is
// neither delivered nor unsent, so it is unknown.
func (a *Adapter) say(ctx context.Context, d adapters.Delivery) (adapters.Receipt, error) {
	var r adapters.Receipt
	steps, done, err := a.steps(ctx, d)
	if err != nil {
		return r, err
	}
	defer done()
	for i, s := range steps {
		id, err := patiently(ctx, s, i > 0)
		if err != nil {
			return r, partial(err, i)
		}
		r.ID = id
		r.Parts = append(r.Parts, id)
	}
	if d.Say.From == message.Agent && len(d.Say.Choices) == 0 {
		r.ID = together(r.Parts)
	}
	return r, nil
}

// steps plans a message. Everything that can be refused or fail without
// Telegram does so here, before the first part is out. done is to be called at
// the end.
func (a *Adapter) steps(ctx context.Context, d adapters.Delivery) (list []step, done func(), err error) {
	markup, err := keyboard(d.Say)
	if err != nil {
		return nil, nil, refuse(err.Error())
	}
	text, last, done, err := a.extra(ctx, d, markup)
	if err != nil {
		return nil, nil, err
	}
	parts := split(text, maxText)
	for i, part := range parts {
		p := params{"chat_id": string(d.Chat), "text": part, "link_preview_options": noPreview}
		if markup != "" && last == nil && i == len(parts)-1 {
			p["reply_markup"] = markup
		}
		list = append(list, func(ctx context.Context) (message.PlatformID, error) { return a.sent(ctx, "sendMessage", p) })
	}
	if last != nil {
		list = append(list, last)
	}
	if len(list) == 0 {
		done()
		return nil, nil, refuse("there is no text to send")
	}
	return list, done, nil
}

// noPreview keeps Telegram from fetching and showing what a link leads to.
const noPreview = `{"is_disabled":true}`

// patience bounds how long a later part of a message waits in place when
// Telegram asks for it: waiting a little spares the customer a second copy of
// the parts that are out already.
const patience = 5 * time.Second

func patiently(ctx context.Context, s step, later bool) (message.PlatformID, error) {
	id, err := s(ctx)
	for range 3 {
		var e *adapters.SendError
		if !later || !errors.As(err, &e) || e.Outcome != adapters.Throttled || e.RetryAfter > patience {
			break
		}
		wait(ctx, e.RetryAfter)
		id, err = s(ctx)
	}
	return id, err
}

// sent makes a call that puts a message into a chat, and gives its id.
func (a *Adapter) sent(ctx context.Context, method string, p params) (message.PlatformID, error) {
	result, err := a.api.call(ctx, method, p, a.timeouts.Send)
	if err != nil {
		return "", sendError(err)
	}
	return sentID(method, result)
}

func sentID(method string, result json.RawMessage) (message.PlatformID, error) {
	var sent struct {
		ID int64 `json:"message_id"`
	}
	if err := json.Unmarshal(result, &sent); err != nil || sent.ID == 0 {
		return "", &adapters.SendError{Outcome: adapters.Unknown, Reason: "telegram " + method + ": accepted, but without a message id"}
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
	whole.Reason = "part " + strconv.Itoa(i+1) + " of a long message failed: " + e.Reason
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
