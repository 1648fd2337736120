package bot

import (
	"encoding/json"
	"fmt"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// maxAttempts is how often an input is tried. Most failures are ours and will
// not go away; each further try keeps the customer waiting twice as long.
const maxAttempts = 5

// park passes over an input that failed for good. It is kept as a dead letter,
// and nobody is left alone with it: the customer is told and goes to a person,
// an agent sees a mark on words that were not sent. It must not run what has
// just failed, so it looks at the state only as far as it can be read.
func (b *Bot) park(it store.Item) (store.Turn, error) {
	b.log.Error("an input failed for good and is kept aside", zap.Int64("inbox", it.Inbox), zap.Int64("conversation", int64(it.Conv)),
		zap.String("channel", string(it.Channel)), zap.String("kind", it.Kind), zap.Int("attempts", it.Attempts))
	turn := store.Turn{Dead: deadLetter(it, fmt.Sprintf("failed %d times", it.Attempts))}
	a, ok := b.channels[it.Channel]
	if !ok {
		return turn, nil
	}
	if it.Kind == kindInput {
		return b.parkAct(it, turn)
	}
	if it.Kind != kindRaw && it.Kind != kindTimer {
		return turn, nil // the rescue itself failed
	}
	rescue, err := newInput(it.Conv, fmt.Sprintf("rescue:%d", it.Inbox),
		dialog.Input{At: moment(b.nowMilli()), Kind: dialog.InCommand, Command: "human"})
	if err != nil {
		return store.Turn{}, err
	}
	rescue.Kind = kindRescue
	turn.Inputs = append(turn.Inputs, rescue)
	state, err := dialog.Decode(b.cfg.Flow, it.State)
	if err != nil || it.Kind != kindRaw || state.Owned() || state.Blocked {
		return turn, nil
	}
	text := b.line(state, state.From, "error.internal")
	env := envelope{Say: &message.Outbound{Text: text, Lang: state.Lang, From: message.Bot}}
	payload, err := env.encode()
	if err != nil || text == "" {
		return turn, err
	}
	turn.Outbox = append(turn.Outbox, store.Out{Sender: a.Sender(), Chat: it.Chat, Class: store.Reply, Payload: payload})
	return turn, nil
}

// parkAct tells an agent whose words were lost on us.
func (b *Bot) parkAct(it store.Item, turn store.Turn) (store.Turn, error) {
	var in dialog.Input
	if json.Unmarshal(it.Payload, &in) != nil || in.Agent == nil || in.Agent.Message == "" {
		return turn, nil
	}
	anchor := ""
	if in.Agent.Handoff > 0 {
		anchor = desk.HandoffAnchor(it.Conv, in.Agent.Handoff)
	}
	outs, err := b.deskOuts([]desk.Show{b.desk.Result(anchor, in.Agent.Message, desk.FailedInternal)}, "")
	turn.Outbox = append(turn.Outbox, outs...)
	return turn, err
}
