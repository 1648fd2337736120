package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// shelf is a store with a few anchors, and conversation 12 on "telegram".
type shelf []store.Anchor

func (s shelf) FindAnchor(_ context.Context, sender, name string) (store.Anchor, error) {
	for _, a := range s {
		if a.Sender == sender && a.Name == name {
			return a, nil
		}
	}
	return store.Anchor{}, fmt.Errorf("anchor: %w", store.ErrNotFound)
}

func (s shelf) FindAnchorByID(_ context.Context, sender string, id message.PlatformID) (store.Anchor, error) {
	for _, a := range s {
		if a.Sender == sender && a.ID == id {
			return a, nil
		}
	}
	return store.Anchor{}, fmt.Errorf("anchor: %w", store.ErrNotFound)
}

func (s shelf) Conversation(_ context.Context, id message.ConversationID) (store.Item, error) {
	if id != 12 {
		return store.Item{}, fmt.Errorf("conversation: %w", store.ErrNotFound)
	}
	return store.Item{Conv: 12, Channel: "telegram", Chat: "7"}, nil
}

// plainSlack decodes inbounds that were stored as they are, and lets in who is
// not called a stranger.
type plainSlack struct {
	adapters.Adapter
	mu    sync.Mutex
	asked int
	fail  error
}

func (*plainSlack) Sender() string { return "slack/C" }

func (*plainSlack) Decode(b []byte) (message.Inbound, error) {
	var in message.Inbound
	if err := json.Unmarshal(b, &in); err != nil {
		return in, errors.New("not readable")
	}
	return in, nil
}

func (s *plainSlack) Authorize(_ context.Context, ref message.UserRef) (message.Person, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	switch {
	case s.fail != nil:
		return message.Person{}, s.fail
	case ref == "T/STRANGER":
		return message.Person{}, fmt.Errorf("a guest: %w", adapters.ErrDenied)
	}
	return message.Person{Ref: ref, Name: "Anna"}, nil
}

func (s *plainSlack) fails(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = err
}

func (s *plainSlack) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

type bench struct {
	t     *testing.T
	slack *plainSlack
	*Handler
}

func newBench(t *testing.T, anchors ...store.Anchor) *bench {
	s := &plainSlack{}
	spawn := func(f func(context.Context)) { go f(t.Context()) }
	return &bench{t: t, slack: s, Handler: &Handler{
		Adapter: s, Store: shelf(anchors), Door: NewDoor(s, time.Now, spawn), Desk: New("", nil), Extend: 24 * time.Hour,
		SentAs: func(ch message.Channel, id message.PlatformID) (string, string, bool) {
			return string(ch) + "/1", "said:" + string(id), ch == "telegram"
		},
		Logger: zap.NewNop(),
	}}
}

// handle runs the handler as the store would, coming back when it asks to.
func (b *bench) handle(in message.Inbound) Answer {
	b.t.Helper()
	payload, err := json.Marshal(in)
	if err != nil {
		b.t.Fatal(err)
	}
	it := store.Item{Inbox: 9, Channel: "slack", Kind: "raw", Payload: payload, At: time.Now().UnixMilli()}
	for {
		ans, err := b.Handle(b.t.Context(), it, time.Now())
		if err != nil {
			b.t.Fatal(err)
		}
		if ans.Turn.DelayTill == 0 {
			return ans
		}
		pass(time.Until(time.UnixMilli(ans.Turn.DelayTill)) + time.Millisecond)
	}
}

// pass lets time go by on the bubble's clock.
func pass(d time.Duration) { <-time.After(d) }
