package intents

import (
	"slices"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

// A word that is everywhere names a wish only where it is all that is said.
func TestCuesThatStandAlone(t *testing.T) {
	u, err := New(Words{
		"refund":        {message.English: {"= refund", "want a refund"}, message.Simplified: {"= 退款"}},
		"refund_status": {message.English: {"where is my refund"}, message.Simplified: {"退款到哪"}},
		"cancel_order":  {message.English: {"= cancel"}, message.Simplified: {"= 取消"}},
		"outage":        {message.English: {"= no wifi"}},
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]string{
		"refund": {"refund"}, "Refund!": {"refund"}, "refund please": {"refund"}, "refund?": {"refund"},
		"退款": {"refund"}, "退款，谢谢": {"refund"}, "碎了，退款": {"refund"},
		"where is my refund": {"refund_status"}, "your refund took weeks": nil, "退款到哪了": {"refund_status"},
		"退款，什么时候到？": nil, "what about the refund": nil,
		"cancel 48213": {"cancel_order"}, "取消48213": {"cancel_order"}, "取消不了": nil, "cancel": nil, "取消": nil, "cancel please": nil, "cancel the 45": nil,
		"no wifi": {"outage"}, "no wifi here is as good": nil,
	} {
		r := u.Understand(text, Context{Now: time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)})
		var got []string
		for _, m := range r.Mentions {
			got = append(got, m.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}
