package bot

import (
	"encoding/json"
	"fmt"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
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
// an agent sees a mark on words that were not sent.
func (b *Bot) park(it store.Item) store.Turn {
	b.log.Error("an input failed for good and is kept aside", zap.Int64("inbox", it.Inbox), zap.Int64("conversation", int64(it.Conv)),
		zap.String("channel", string(it.Channel)), zap.String("kind", it.Kind), zap.Int("attempts", it.Attempts))
	turn := store.Turn{Dead: deadLetter(it, fmt.Sprintf("failed %d times", it.Attempts))}
	if help, ok := b.guarded(it); ok {
		turn.Inputs, turn.Outbox = help.Inputs, help.Outbox
	}
	return turn
}

// guarded is console without its failures. Whatever made the input fail may
// strike again here, and an input that cannot even be parked would block its
// conversation for ever.
func (b *Bot) guarded(it store.Item) (turn store.Turn, ok bool) {
	defer func() {
		if v := recover(); v != nil {
			b.log.Error("nobody could be told of a failed input", zap.Int64("inbox", it.Inbox), zap.String("panic", fmt.Sprintf("%T", v)))
			ok = false
		}
	}()
	turn, err := b.console(it)
	if err != nil {
		b.log.Error("nobody could be told of a failed input", zap.Int64("inbox", it.Inbox), zap.Error(err))
	}
	return turn, err == nil
}

// console is what is done for those whom a failed input concerns.
func (b *Bot) console(it store.Item) (store.Turn, error) {
	a, ok := b.channels[it.Channel]
	switch {
	case b.cfg.Desk != nil && it.Channel == b.cfg.Desk.Channel():
		return b.consoleDesk(it)
	case !ok:
		return store.Turn{}, nil
	case it.Kind == kindInput:
		return b.consoleAgent(it)
	case it.Kind == kindRaw, it.Kind == kindTimer:
		return b.consoleCustomer(a, it)
	case it.Kind == kindRescue:
		return b.trouble(it, desk.TroubleRescue)
	}
	return store.Turn{}, nil
}

// trouble tells agents of a fault in a customer's conversation.
func (b *Bot) trouble(it store.Item, what desk.Trouble) (store.Turn, error) {
	outs, err := b.deskOuts([]desk.Show{b.desk.Trouble(it.Conv, what)}, "", 0)
	return store.Turn{Outbox: outs}, err
}

// consoleCustomer hands the customer to a person and tells the agents why. It
// says so to customers who are waiting for an answer, where the bot may speak
// and there is a desk that was told: the words name a colleague.
func (b *Bot) consoleCustomer(a adapters.Adapter, it store.Item) (store.Turn, error) {
	var from message.Person
	if it.Kind == kindRaw {
		if in, err := a.Decode(it.Payload); err == nil {
			from = in.From
		}
	}
	rescue, err := newInput(it.Conv, fmt.Sprintf("rescue:%d", it.Inbox),
		dialog.Input{At: moment(b.nowMilli()), Kind: dialog.InCommand, Command: "human", From: from})
	if err != nil {
		return store.Turn{}, err
	}
	rescue.Kind = kindRescue
	turn, err := b.trouble(it, desk.TroubleInput)
	if err != nil {
		return store.Turn{}, err
	}
	turn.Inputs = []store.New{rescue}
	state, err := dialog.Decode(b.cfg.Flow, it.State)
	if err != nil || b.cfg.Desk == nil || it.Kind != kindRaw || state.Owned() || state.Blocked {
		return turn, nil // a state that cannot be read is no reason not to send a person
	}
	lang, text := b.line(state, from, "error.internal")
	if text == "" {
		return turn, nil
	}
	payload, err := envelope{Say: &message.Outbound{Text: text, Lang: lang, From: message.Bot}}.encode()
	if err != nil {
		return store.Turn{}, err
	}
	turn.Outbox = append(turn.Outbox, store.Out{Sender: a.Sender(), Chat: it.Chat, Class: store.Reply, Payload: payload})
	return turn, nil
}

// consoleAgent tells an agent whose words were lost on us.
func (b *Bot) consoleAgent(it store.Item) (store.Turn, error) {
	var in dialog.Input
	if json.Unmarshal(it.Payload, &in) != nil || in.Agent == nil || in.Agent.Message == "" {
		return store.Turn{}, nil
	}
	anchor := ""
	if in.Agent.Handoff > 0 {
		anchor = desk.HandoffAnchor(it.Conv, in.Agent.Handoff)
	}
	return b.markLost(anchor, in.Agent.Message)
}

// consoleDesk does the same for what failed before it was known what it is.
func (b *Bot) consoleDesk(it store.Item) (store.Turn, error) {
	in, err := b.cfg.Desk.Decode(it.Payload)
	if err != nil || in.Kind != message.KindAgentText {
		return store.Turn{}, nil
	}
	return b.markLost("", in.ID)
}

func (b *Bot) markLost(anchor string, id message.PlatformID) (store.Turn, error) {
	outs, err := b.deskOuts([]desk.Show{b.desk.Result(anchor, id, desk.FailedInternal)}, "", 0)
	return store.Turn{Outbox: outs}, err
}
