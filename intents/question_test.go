package intents

import (
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

// TestQuestions holds which texts ask for information about what is on offer,
// and which wish, bargain, refuse or jeer though they end in a question mark.
func TestQuestions(t *testing.T) {
	u, err := New(Words{"refund": {message.English: {"money back", "refund"}, message.Simplified: {"退款"}}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	offer := message.Expect{Kind: "choice", Currency: "USD", Choices: []message.Choice{{ID: "opt:a", Label: "The Linden Hotel"}, {ID: "opt:b", Label: "The voucher"}}}
	for _, row := range []struct {
		text string
		asks bool
	}{
		{"how far is the Linden? grandma can't walk well", true},
		{"does it cost extra?", true},
		{"what is a mobile router?", true},
		{"does the Linden Hotel have parking", true},
		{"is the voucher valid online", true},
		{"can I see the voucher terms first?", true},
		{"what are the larger trainers like?", true},
		{"那个酒店有早餐吗？我妈腿脚不好，能走过去吗", true},
		{"车费也是你们出？", true},
		{"要另外付錢嗎", true},
		{"随身路由器要押金吗？", true},
		{"走過去行李怎麼辦", true},
		{"yes", false},
		{"yes please, the voucher", false},
		{"no, is that all?", false},
		{"is that really all?", false},
		{"are you kidding me?", false},
		{"what about friday?", false},
		{"can you make it 20?", false},
		{"why can't I have my money back?", false},
		{"你们耍我呢？", false},
		{"就這樣？", false},
		{"the voucher?", false},
	} {
		r := u.Understand(row.text, Context{Expect: offer, Now: time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)})
		if r.Asks != row.asks {
			t.Errorf("%q: asks %v, want %v (%+v)", row.text, r.Asks, row.asks, r)
		}
	}
	story := u.Understand("does it cost extra?", Context{})
	if story.Asks {
		t.Error("where nothing is open, nothing is asked about it")
	}
}
