package bot

import (
	"context"
	"fmt"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// callsBack is how many of a card's latest rows are looked through for calls
// with buttons. Those are few, and one that is older is out of everybody's
// sight.
const callsBack = 300

// outdate takes the buttons off what called to a card before this turn: the
// matter has moved on, and a press could only be refused. It goes before
// everything the turn shows, because a call of the same name takes the name
// over, and the older could not be found any more.
func (s *scribe) outdate(ctx context.Context) error {
	var first []store.Out
	done := map[desk.Ref]bool{}
	for _, r := range s.past {
		if done[r] {
			continue
		}
		done[r] = true
		outs, err := s.b.calls(ctx, r)
		if err != nil {
			return err
		}
		first = append(first, outs...)
	}
	s.turn.Outbox = append(first, s.turn.Outbox...)
	return nil
}

// calls are the posts that called to a card and still have buttons, without
// them.
func (b *Bot) calls(ctx context.Context, r desk.Ref) ([]store.Out, error) {
	names := r.Anchors()
	sender, lane := b.deskSender(), message.Chat(names[0])
	if sender == "" {
		return nil, nil
	}
	rows, err := b.cfg.Store.Sent(ctx, sender, lane, 0, callsBack)
	if err != nil {
		return nil, fmt.Errorf("calls to a card: %w", err)
	}
	latest := map[string]*adapters.Post{}
	for _, row := range rows {
		if env, err := decodeEnvelope(row.Payload); err == nil && env.Post != nil {
			latest[env.Post.Anchor] = env.Post
		}
	}
	var outs []store.Out
	for _, name := range names[1:] {
		post := latest[name]
		if post == nil || len(post.Buttons) == 0 {
			continue
		}
		post.Update, post.Buttons, post.Call = true, nil, adapters.CallNobody
		payload, err := envelope{Post: post, There: true}.encode()
		if err != nil {
			return nil, err
		}
		outs = append(outs, store.Out{Sender: sender, Chat: lane, Class: store.Aside, Payload: payload})
	}
	return outs, nil
}
