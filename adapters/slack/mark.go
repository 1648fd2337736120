package slack

import (
	"context"
	"slices"

	slackapi "github.com/slack-go/slack"
	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// emoji are the marks as Slack names them.
var emoji = map[adapters.MarkState]string{
	adapters.MarkSent:      "hourglass",
	adapters.MarkDelivered: "white_check_mark",
	adapters.MarkFailed:    "x",
	adapters.MarkHeld:      "raised_hand",
	adapters.MarkKept:      "lock",
}

// unable are refusals that say we may not react at all, not that something is
// wrong with this message.
var unable = []string{"missing_scope", "unknown_method", "no_permission", "restricted_action"}

// sendMark reacts to an agent's message, takes the marks of earlier states away
// and, where it did not reach the customer, says why in the thread. The reaction
// is decoration: when Slack refuses it, the words must still be said.
func (a *Adapter) sendMark(ctx context.Context, d adapters.Delivery, m adapters.Mark) (adapters.Receipt, *adapters.SendError) {
	name, known := emoji[m.State]
	channel, ts, ok := splitID(m.Message)
	if !known || !ok {
		return adapters.Receipt{}, refuse("the mark names no state or no Slack message")
	}
	others := a.marks.trying(m.Message, ts, m.State)
	refusal := a.react(ctx, name, channel, ts)
	if refusal == nil {
		refusal = a.unmark(ctx, m.Message, others, channel, ts)
	}
	if refusal != nil && (refusal.Outcome != adapters.Refused || refusal.Fatal) {
		return adapters.Receipt{}, refusal
	}
	fine := m.State == adapters.MarkSent || m.State == adapters.MarkDelivered
	if fine || (refusal == nil && m.Reason == "" && len(m.Buttons) == 0) {
		if refusal != nil && !slices.Contains(unable, refusal.Reason) {
			return adapters.Receipt{}, refusal
		}
		return receipt(channel, ts), nil
	}
	return a.explain(ctx, d, m)
}

// unmark takes away what earlier states left on the message: the new mark is
// there by now, so the message is never without one. A mark that Slack will not
// take away stays.
func (a *Adapter) unmark(ctx context.Context, id message.PlatformID, others []adapters.MarkState, channel, ts string) *adapters.SendError {
	for _, old := range others {
		ctx, wrote := traced(ctx)
		err := a.post.RemoveReactionContext(ctx, emoji[old], slackapi.NewRefToMessage(channel, ts))
		if err == nil || code(err) == "no_reaction" {
			a.marks.gone(id, old)
			continue
		}
		e := a.failed(err, wrote())
		if e.Outcome != adapters.Refused || e.Fatal {
			return e
		}
		a.log.Warn("Slack refused to take a reaction away", zap.String("code", code(err)))
	}
	return nil
}

// react adds the reaction; that it is there already is success.
func (a *Adapter) react(ctx context.Context, name, channel, ts string) *adapters.SendError {
	ctx, wrote := traced(ctx)
	err := a.post.AddReactionContext(ctx, name, slackapi.NewRefToMessage(channel, ts))
	if err == nil || code(err) == "already_reacted" {
		return nil
	}
	e := a.failed(err, wrote())
	if e.Outcome == adapters.Refused && !e.Fatal {
		e.Reason = code(err) // without the scope, so that unable can be looked up
		a.log.Warn("Slack refused a reaction", zap.String("code", e.Reason))
	}
	return e
}

// explain says in the thread what became of the message and why.
func (a *Adapter) explain(ctx context.Context, d adapters.Delivery, m adapters.Mark) (adapters.Receipt, *adapters.SendError) {
	w := wordsOf(a.cfg.Lang)
	line := w.failed
	if m.State == adapters.MarkHeld {
		line = w.held
	}
	if m.Reason != "" {
		line += ": " + m.Reason
	}
	if d.Thread == "" {
		d.Thread = m.Thread
	}
	if d.Thread == "" {
		d.Thread = m.Message
	}
	at, bad := a.placeOf(d)
	if bad != nil {
		return adapters.Receipt{}, bad
	}
	note := adapters.Post{Blocks: []adapters.Block{{Kind: adapters.Note, Text: line}}, Fallback: line, Buttons: m.Buttons}
	options, bad := a.compose(note)
	if bad != nil {
		return adapters.Receipt{}, bad
	}
	return a.postOnce(ctx, d, at, keyOf(a.Sender(), d.ID, m), options)
}
