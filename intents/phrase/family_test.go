package phrase_test

import (
	"errors"
	"testing"

	"github.com/accord-chat/accord/intents/phrase"
	"github.com/accord-chat/accord/intents/text"
)

// TestFamily holds that a family is found where each of its phrases stands and
// nowhere else, and that one with nothing in it is refused.
func TestFamily(t *testing.T) {
	b := phrase.New()
	if err := b.AddFamily([][]string{{"no", "not a"}, {"problem"}, {"at all", ""}}, 7); err != nil {
		t.Fatal(err)
	}
	if err := b.AddFamily([][]string{{"没", "没有"}, {"啥", ""}, {"问题"}}, 8); err != nil {
		t.Fatal(err)
	}
	if err := b.AddFamily([][]string{{""}, {"really", ""}}, 9); !errors.Is(err, phrase.ErrEmpty) {
		t.Errorf("an empty phrase gave %v, want ErrEmpty", err)
	}
	set := b.Build()
	for s, want := range map[string]int{
		"no problem": 1, "not a problem": 1, "no problem at all": 2, "a problem": 0, "no, problem": 0, "没问题": 1, "沒有啥問題": 1, "没啥": 0,
	} {
		if got := set.Find(text.Parse(s)); len(got) != want {
			t.Errorf("%q: %d matches, want %d: %+v", s, len(got), want, got)
		}
	}
}
