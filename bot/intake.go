package bot

import (
	"context"
	"fmt"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// Kinds of stored inputs. Timers get theirs from the store.
const (
	kindRaw    = "raw"    // an adapter's payload
	kindInput  = "input"  // an encoded dialog.Input
	kindRescue = "rescue" // the same, made because another input failed for good
	kindTimer  = "timer"
	kindDesk   = "desk" // in measures only: what came from agents
)

// intake stores what adapters receive. When Receive has returned nil, the
// platform may be told that we have it.
type intake struct{ b *Bot }

var _ adapters.Sink = (*intake)(nil)

// Receive implements adapters.Sink. What cannot be decoded or placed is kept
// aside in the same commit, so that it never holds up its neighbours.
func (i *intake) Receive(ctx context.Context, ch message.Channel, batch []adapters.Raw) error {
	now := i.b.nowMilli()
	inputs := make([]store.New, 0, len(batch))
	var dead []store.Dead
	for _, r := range batch {
		reason := r.Err
		if reason == "" && (r.Chat == "" || r.Dedup == "") {
			reason = "names no chat, or nothing to know it again by"
		}
		if reason != "" {
			dead = append(dead, store.Dead{Source: string(ch), Dedup: r.Dedup, Payload: r.Payload, Reason: reason, At: now})
			continue
		}
		inputs = append(inputs, store.New{Channel: ch, Chat: r.Chat, Dedup: r.Dedup, Kind: kindRaw, Payload: r.Payload, At: now})
	}
	if err := i.b.cfg.Store.Ingest(ctx, inputs, dead); err != nil {
		return fmt.Errorf("store what came in: %w", err)
	}
	if len(dead) > 0 {
		i.b.log.Warn("payloads were kept aside", zap.String("channel", string(ch)), zap.Int("count", len(dead)))
	}
	i.b.fault(FaultStored)
	return nil
}
