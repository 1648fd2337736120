package telegram

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
)

// raw makes a Raw of one update as it arrived and gives its id, or 0 where it
// has none (then the dedup key is a digest of its bytes). It does not know how
// the bytes arrived: a bot that changes its mode in mid-stream neither loses nor
// doubles anything.
func (a *Adapter) raw(payload []byte) (adapters.Raw, int64) {
	r := adapters.Raw{Payload: payload}
	var head struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(payload, &head); err != nil || head.ID <= 0 {
		sum := sha256.Sum256(payload)
		r.Dedup, r.Err = a.Sender()+":sha256:"+hex.EncodeToString(sum[:16]), "malformed update: no update_id"
		return r, 0
	}
	r.Dedup = a.Sender() + ":" + itoa(head.ID)
	in, err := a.Decode(payload)
	if err != nil {
		r.Err = err.Error()
		return r, head.ID
	}
	r.Chat = in.Chat
	return r, head.ID
}

// Reread implements adapters.Rereader.
func (a *Adapter) Reread(payload []byte) adapters.Raw {
	r, _ := a.raw(payload)
	return r
}

// noteGroups asks for the groups and channels of a stored batch to be left.
// Their ids are negative. What does not fit now comes again with the group's
// next message.
func noteGroups(groups chan<- string, batch []adapters.Raw) {
	for _, r := range batch {
		if !strings.HasPrefix(string(r.Chat), "-") {
			continue
		}
		select {
		case groups <- string(r.Chat):
		default:
		}
	}
}

// leaveGroups leaves the groups it is told of, in the background, because it
// must never hold up receiving. One try for each: where we are not a member
// any more Telegram refuses, and that is as good.
func (a *Adapter) leaveGroups(ctx context.Context, groups <-chan string) {
	const remembered = 1000 // bounds the memory a flood of groups can take
	left := make(map[string]bool)
	for {
		select {
		case <-ctx.Done():
			return
		case chat := <-groups:
			if left[chat] {
				continue
			}
			if len(left) >= remembered {
				clear(left)
			}
			left[chat] = true
			_, err := a.api.call(ctx, "leaveChat", params{"chat_id": chat}, quickTimeout)
			a.log.Info("telegram: left a group, because only private chats are served", zap.String("chat", chat), zap.Bool("done", err == nil))
		}
	}
}
