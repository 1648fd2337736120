package intents_test

import (
	"testing"

	"github.com/accord-chat/accord/intents"
)

// auroc gives the share of (angry, calm) pairs in which the angry text scores
// higher; a tie counts half.
func auroc(angry, calm []float64) float64 {
	wins := 0.0
	for _, a := range angry {
		for _, c := range calm {
			switch {
			case a > c:
				wins++
			case a == c:
				wins += 0.5
			}
		}
	}
	return wins / float64(len(angry)*len(calm))
}

func share(xs []float64, at float64) float64 {
	n := 0
	for _, x := range xs {
		if x >= at {
			n++
		}
	}
	return float64(n) / float64(len(xs))
}

// TestUnseenAnger measures anger on messages that no model is taught. Those of
// unseen-anger come from the same hand as the first examples of package anger.
// Those of stranger-anger were written as an outsider would test the product,
// without sight of the examples, the rules or the other tables, and those of
// second-anger in the same way once the examples had been doubled. A few examples
// came after their mistakes were read, so the next stranger's will score lower.
func TestUnseenAnger(t *testing.T) {
	for _, set := range []struct {
		name        string
		angry, calm int
	}{{"unseen-anger", 120, 180}, {"stranger-anger", 100, 150}, {"second-anger", 60, 90}} {
		for _, lang := range []string{"en", "zh-hans", "zh-hant"} {
			unseenAnger(t, set.name+"."+lang, set.angry, set.calm)
		}
	}
}

func unseenAnger(t *testing.T, name string, wantAngry, wantCalm int) {
	u := bare(t)
	var angry, calm []float64
	for _, c := range rows(t, name+".tsv")[1:] {
		score := u.Understand(c[1], intents.Context{Now: now}).Anger
		if c[0] == "1" {
			angry = append(angry, score)
		} else {
			calm = append(calm, score)
		}
	}
	t.Logf("%s: AUROC %.3f; at 0.6 %.0f %% of the angry and %.1f %% of the calm, at 0.8 %.0f %% and %.1f %%",
		name, auroc(angry, calm), 100*share(angry, 0.6), 100*share(calm, 0.6), 100*share(angry, 0.8), 100*share(calm, 0.8))
	if len(angry) < wantAngry || len(calm) < wantCalm {
		t.Errorf("%s: %d angry and %d calm, want %d and %d", name, len(angry), len(calm), wantAngry, wantCalm)
	}
	if got := auroc(angry, calm); got < 0.92 {
		t.Errorf("%s: AUROC %.3f, want at least 0.92", name, got)
	}
}
