package slack

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"sync/atomic"

	slackapi "github.com/slack-go/slack"
	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// Send implements adapters.Adapter: one attempt, in Block Kit. Posts and marks
// are what agents see; anything else is refused. With Resend set it first looks
// whether the earlier attempt got through after all.
func (a *Adapter) Send(ctx context.Context, d adapters.Delivery) (adapters.Receipt, error) {
	var (
		r   adapters.Receipt
		err *adapters.SendError
	)
	switch {
	case d.Post != nil:
		r, err = a.sendPost(ctx, d, *d.Post)
	case d.Mark != nil:
		r, err = a.sendMark(ctx, d, *d.Mark)
	default:
		err = refuse("Slack is where agents are; customers are not written to here")
	}
	if err != nil { // a nil *SendError in an error would not be nil
		return adapters.Receipt{}, err
	}
	return r, nil
}

func refuse(why string) *adapters.SendError {
	return &adapters.SendError{Outcome: adapters.Refused, Reason: why}
}

// place is where a message goes. thread and target are ts values and may be
// empty.
type place struct{ channel, thread, target string }

// placeOf reads the place from the delivery: a thread or a message to replace
// brings its own channel along.
func (a *Adapter) placeOf(d adapters.Delivery) (place, *adapters.SendError) {
	p := place{channel: a.cfg.Channel}
	if d.Chat != "" {
		p.channel = string(d.Chat)
		if channel, ts, ok := splitID(message.PlatformID(d.Chat)); ok {
			p.channel, p.thread = channel, ts
		}
	}
	var ok bool
	if d.Thread != "" {
		if p.channel, p.thread, ok = splitID(d.Thread); !ok {
			return p, refuse("the thread is not a Slack message")
		}
	}
	if d.Target != "" {
		if p.channel, p.target, ok = splitID(d.Target); !ok {
			return p, refuse("the message to replace is not a Slack message")
		}
	}
	return p, nil
}

func (a *Adapter) sendPost(ctx context.Context, d adapters.Delivery, p adapters.Post) (adapters.Receipt, *adapters.SendError) {
	at, bad := a.placeOf(d)
	if bad != nil {
		return adapters.Receipt{}, bad
	}
	if len(p.Files) > 0 {
		return a.sendFile(ctx, d, at, p)
	}
	options, bad := a.compose(p)
	if bad != nil {
		return adapters.Receipt{}, bad
	}
	switch {
	case p.Private != "":
		return a.whisper(ctx, at, p.Private, options)
	case at.target != "":
		return a.call(ctx, at, slackapi.MsgOptionUpdate(at.target), options)
	}
	return a.postOnce(ctx, d, at, keyOf(a.Sender(), d.ID, p), options)
}

// postOnce posts under the delivery's own key. An earlier attempt whose end is
// unknown is looked for first, by that key.
func (a *Adapter) postOnce(ctx context.Context, d adapters.Delivery, at place, k string, options slackapi.MsgOption) (adapters.Receipt, *adapters.SendError) {
	if d.Resend {
		ts, err := a.lookUp(ctx, at, k)
		if err != nil {
			return adapters.Receipt{}, err
		}
		if ts != "" {
			return receipt(at.channel, ts), nil
		}
	}
	options = slackapi.MsgOptionCompose(options, slackapi.MsgOptionMetadata(metadata(d.ID, k)))
	post := slackapi.UnsafeMsgOptionEndpoint(a.cfg.APIURL+"chat.postMessage", func(v url.Values) {
		v.Set("client_msg_id", k)
		if at.thread != "" {
			v.Set("thread_ts", at.thread)
		}
	})
	return a.call(ctx, at, post, options)
}

// whisper shows a post to one person. It cannot be found again, so a second
// attempt may show it twice.
func (a *Adapter) whisper(ctx context.Context, at place, to message.UserRef, options slackapi.MsgOption) (adapters.Receipt, *adapters.SendError) {
	_, user, ok := splitRef(to)
	if !ok {
		return adapters.Receipt{}, refuse("the person to show this to is not a Slack user")
	}
	if at.thread != "" {
		options = slackapi.MsgOptionCompose(options, slackapi.MsgOptionTS(at.thread))
	}
	return a.call(ctx, at, slackapi.MsgOptionPostEphemeral(user), options)
}

// call makes one request and says how it ended.
func (a *Adapter) call(ctx context.Context, at place, how, options slackapi.MsgOption) (adapters.Receipt, *adapters.SendError) {
	ctx, wrote := traced(ctx)
	channel, ts, _, err := a.post.SendMessageContext(ctx, at.channel, how, options)
	if err != nil {
		return adapters.Receipt{}, a.failed(err, wrote())
	}
	if ts == "" { // an answer without the message's ts is no receipt
		return adapters.Receipt{}, &adapters.SendError{Outcome: adapters.Unknown, Reason: "Slack's answer names no message"}
	}
	return receipt(first(channel, at.channel), ts), nil
}

func (a *Adapter) failed(err error, wrote bool) *adapters.SendError {
	e := sendError(err, wrote)
	if e.Fatal {
		a.log.Error("Slack refused the bot token", zap.String("code", code(err)))
	}
	return e
}

// traced makes a context that notes whether a request's head was written. The
// note may say yes although the bytes never left the machine, never the other
// way round: "not sent" must be certain.
func traced(ctx context.Context) (context.Context, func() bool) {
	var wrote atomic.Bool
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { wrote.Store(true) },
	}), wrote.Load
}

// compose gives everything of a message but its place: no parsing, no link
// names, no previews, whatever the words are.
func (a *Adapter) compose(p adapters.Post) (slackapi.MsgOption, *adapters.SendError) {
	blocks, err := layout(p, wordsOf(a.cfg.Lang), a.callFor(p.Call))
	if err != nil {
		return nil, refuse(err.Error())
	}
	text := fallback(p)
	if text == "" && len(blocks) == 0 {
		return nil, refuse("the post is empty")
	}
	return slackapi.MsgOptionCompose(
		slackapi.MsgOptionText(text, false), // escaped by fallback
		slackapi.MsgOptionBlocks(blocks...),
		slackapi.MsgOptionParse(false),
		slackapi.MsgOptionLinkNames(false),
		slackapi.MsgOptionDisableMarkdown(),
		slackapi.MsgOptionDisableLinkUnfurl(),
		slackapi.MsgOptionDisableMediaUnfurl(),
	), nil
}

func receipt(channel, ts string) adapters.Receipt {
	id := platformID(channel, ts)
	return adapters.Receipt{ID: id, Parts: []message.PlatformID{id}}
}

// Metadata is readable by everybody in the workspace: it holds ids only.
const (
	metadataType = "accord_delivery"
	metadataKey  = "key"
)

func metadata(delivery int64, k string) slackapi.SlackMetadata {
	return slackapi.SlackMetadata{
		EventType:    metadataType,
		EventPayload: map[string]any{"delivery": strconv.FormatInt(delivery, 10), metadataKey: k},
	}
}

// keyOf derives a UUID from the outbox row. The content is part of it because
// row numbers start again with a new database, while the channel keeps the
// messages of the old one.
func keyOf(sender string, id int64, content any) string {
	body, err := json.Marshal(content)
	if err != nil {
		body = nil // plain structs of strings always encode; the row alone would do
	}
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%s\n%d\n", sender, id)
	h.Write(body)
	u := h.Sum(nil)[:16]
	u[6], u[8] = u[6]&0x0F|0x80, u[8]&0x3F|0x80 // version 8: made by our own rule
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}
