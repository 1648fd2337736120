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
	return store.Item{Conv: 12, Channel: "telegram", Chat: "7", State: []byte(`{"handoff":{"n":1,"owner":"T/ANNA","name":"Anna"}}`)}, nil
}

// OpenPromises gives as many as are asked for, each due an hour after the one
// before, the first an hour ago.
func (s shelf) OpenPromises(_ context.Context, _ int64, limit int) ([]store.PromiseRow, error) {
	var rows []store.PromiseRow
	for i := range limit {
		rows = append(rows, store.PromiseRow{Conv: 12, N: i + 1, Case: fmt.Sprintf("A-%02d", i+1), Text: "a voucher", Owner: "billing",
			Due: time.Now().Add(time.Duration(i-1) * time.Hour).UnixMilli()})
	}
	return rows, nil
}

func (s shelf) Stats(context.Context) (store.Stats, error) { return store.Stats{Promises: 25}, nil }

// plainSlack decodes inbounds that were stored as they are, and lets in who is
// not called a stranger.
type plainSlack struct {
	adapters.Adapter
	mu    sync.Mutex
	asked int
	fail  error
}

func (*plainSlack) Sender() string { return "slack/C" }

func (*plainSlack) Channel() message.Channel { return "slack" }

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
	said  map[message.PlatformID]Written // what the journal has
	*Handler
}

func newBench(t *testing.T, anchors ...store.Anchor) *bench {
	s := &plainSlack{}
	spawn := func(f func(context.Context)) { go f(t.Context()) }
	b := &bench{t: t, slack: s, said: map[message.PlatformID]Written{}}
	b.Handler = &Handler{
		Adapter: s, Store: shelf(anchors), Door: NewDoor(s, time.Now, spawn), Desk: New("", nil), Extend: 24 * time.Hour,
		Written: func(_ context.Context, _ message.ConversationID, id message.PlatformID) (*Written, error) {
			if w, ok := b.said[id]; ok {
				return &w, nil
			}
			return nil, nil
		},
		Logger: zap.NewNop(),
	}
	return b
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
