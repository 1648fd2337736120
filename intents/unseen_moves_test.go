package intents_test

import (
	"testing"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// TestUnseenMoves reads objections, calls for a person, corrections and side
// remarks nobody tuned the lexicon for.
func TestUnseenMoves(t *testing.T) {
	u := bare(t)
	right, all := map[string]int{}, map[string]int{}
	for _, row := range rows(t, "unseen-moves.tsv") {
		what, want, s := row[0], dash(row[1]), row[2]
		got := move(u, what, s)
		all[what]++
		if got == want {
			right[what]++
			continue
		}
		t.Logf("%s: %q is %q, want %q", what, s, got, want)
	}
	for what, least := range map[string]struct {
		share float64
		rows  int
	}{"objection": {0.95, 80}, "person": {0.98, 80}, "correction": {0.98, 30}, "side": {0.95, 40}} {
		share := float64(right[what]) / float64(all[what])
		t.Logf("%s: %d of %d right (%.1f %%)", what, right[what], all[what], 100*share)
		if share < least.share || all[what] < least.rows {
			t.Errorf("%s: %.3f of %d, want %.2f over %d", what, share, all[what], least.share, least.rows)
		}
	}
}

// move reads s and gives what is asked of the reading, as the table writes it.
func move(u *intents.Understander, what, s string) string {
	ctx := offered("USD")
	if what == "side" {
		ctx.Expect = message.Expect{}
	}
	r := u.Understand(s, ctx)
	switch what {
	case "objection":
		return string(r.Objection)
	case "person":
		return yes(r.Person)
	case "correction":
		return yes(r.Correction)
	}
	return string(r.Side)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// TestUnseenChoices takes choices by number, letter, place and word, and takes
// none where two fit, where one is only talked about, or where a condition
// comes with it. A wrong pick is worse than none, and none is allowed.
func TestUnseenChoices(t *testing.T) {
	u := bare(t)
	menus := map[string][]message.Choice{
		"lamp":   choices("white", "White, Monday", "black", "Black, Friday", "none", "Neither"),
		"bed":    choices("wood", "原木色,周六", "white", "白色,周二", "none", "都不合适"),
		"coffee": choices("other", "另一款,明天", "same", "同款,12月3日", "none", "都不適合"),
	}
	right, all := 0, 0
	for _, row := range rows(t, "unseen-choices.tsv") {
		want := dash(row[1])
		r := u.Understand(row[2], intents.Context{Now: now, Expect: message.Expect{Kind: "choice", Choices: menus[row[0]]}})
		all++
		switch {
		case r.Choice == want:
			right++
		case r.Choice != "":
			t.Errorf("wrong pick: %q takes %q, want %q; %v", row[2], r.Choice, want, r.Why)
		default:
			t.Logf("%q takes nothing, want %q; %v", row[2], want, r.Why)
		}
	}
	share := float64(right) / float64(all)
	t.Logf("choices: %d of %d right (%.1f %%)", right, all, 100*share)
	if share < 0.97 || all < 100 {
		t.Errorf("%.3f of %d, want 0.97 over 100", share, all)
	}
}
