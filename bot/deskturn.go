package bot

import (
	"context"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
)

// deskTurn handles what agents do: their acts become inputs of the customers'
// conversations, told apart from copies by the input they come from.
func (b *Bot) deskTurn(ctx context.Context, it store.Item) (store.Turn, error) {
	ans, err := b.handler.Handle(ctx, it, b.cfg.Now())
	if err != nil {
		return store.Turn{}, fmt.Errorf("agent's act: %w", err)
	}
	if ans.Turn.DelayTill > 0 {
		b.fault(FaultDelayed)
		return ans.Turn, nil
	}
	for i, act := range ans.Inputs {
		n, err := newInput(act.Conv, fmt.Sprintf("desk:%d:%d", it.Inbox, i), act.Input)
		if err != nil {
			return store.Turn{}, err
		}
		ans.Turn.Inputs = append(ans.Turn.Inputs, n)
	}
	outs, err := b.deskOuts(ans.Shows, "", 0)
	if err != nil {
		return store.Turn{}, err
	}
	ans.Turn.Outbox = append(ans.Turn.Outbox, outs...)
	return ans.Turn, nil
}

// tell tells an agent what the engine was not asked about.
func (b *Bot) tell(it store.Item, hold dialog.Hold) (store.Turn, error) {
	shows, err := b.desk.Hold(it.Conv, hold)
	if err != nil {
		return store.Turn{}, err
	}
	outs, err := b.deskOuts(shows, "", 0)
	return store.Turn{Outbox: outs}, err
}
