package bot

import (
	"context"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// postbox is an adapter that delivers everything and counts it.
type postbox struct {
	adapters.Adapter
	sent int
}

func (*postbox) Sender() string           { return "telegram/1" }
func (*postbox) Channel() message.Channel { return "telegram" }

// noAnchors is a store in which nothing has arrived yet.
type noAnchors struct{ store.Store }

func (noAnchors) FindAnchor(context.Context, string, string) (store.Anchor, error) {
	return store.Anchor{}, store.ErrNotFound
}

func (p *postbox) Send(context.Context, adapters.Delivery) (adapters.Receipt, error) {
	p.sent++
	return adapters.Receipt{ID: "5"}, nil
}

// TestWhatIsTooOldIsNotSent: after a day without us, or with a customer who
// had blocked us, words of yesterday are not said, and whose words they were
// hears of it. What was promised, and what agents must see, still goes out.
func TestWhatIsTooOldIsNotSent(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	fresh, old := now.Add(-23*time.Hour).UnixMilli(), now.Add(-25*time.Hour).UnixMilli()
	say := envelope{Say: &message.Outbound{Text: "are you still there?"}}
	words := envelope{Say: &message.Outbound{Text: "one moment", From: message.Agent}, Of: "C:5"}
	for name, c := range map[string]struct {
		row    store.OutRow
		env    envelope
		sent   bool
		marked bool
	}{
		"a reply":                {store.OutRow{At: fresh, Class: store.Reply}, say, true, false},
		"an old reply":           {store.OutRow{At: old, Class: store.Reply}, say, false, false},
		"an agent's old words":   {store.OutRow{At: old, Class: store.Reply}, words, false, true},
		"an old promise":         {store.OutRow{At: old, Class: store.Promise}, say, true, false},
		"an old card":            {store.OutRow{At: old, Class: store.Reply}, envelope{Post: &adapters.Post{Fallback: "card"}}, true, false},
		"a row without its time": {store.OutRow{Class: store.Reply}, say, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			a := &postbox{}
			b := &Bot{cfg: Config{Store: noAnchors{}, Desk: agents{}, Now: func() time.Time { return now }}, log: zap.NewNop(), desk: desk.New("", nil)}
			b.meters = newMeters(b)
			courier := &courier{s: blankSender(b, a.Sender(), newPacer(adapters.Pace{})), a: a}
			payload, err := c.env.encode()
			if err != nil {
				t.Fatal(err)
			}
			c.row.ID, c.row.Payload = 1, payload
			res := courier.deliver(t.Context(), c.row)[0]
			if (a.sent == 1) != c.sent || res.Dead == c.sent || !res.Done {
				t.Errorf("sent %d times, %+v", a.sent, res)
			}
			if (len(res.Follow) == 1) != (c.marked || c.sent && c.env.Of != "") {
				t.Errorf("%d things follow", len(res.Follow))
			}
		})
	}
}
