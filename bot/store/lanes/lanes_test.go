package lanes

import (
	"fmt"
	"testing"

	"github.com/accord-chat/accord/dialog/message"
)

// A pick that could not be committed costs no lane its place, and one that
// could costs it.
func TestPlacesAfterAPickThatFailed(t *testing.T) {
	var l Lanes
	l.Init()
	for i, chat := range []message.Chat{"a", "b", "a", "b", "c"} {
		l.Add("x", chat, Row{ID: int64(i + 1)}, false)
	}
	expect := func(what string, want ...int64) []int64 {
		t.Helper()
		ids, _ := l.Pick("x", 1, len(want))
		if fmt.Sprint(ids) != fmt.Sprint(want) {
			t.Fatalf("%s: %v, want %v", what, ids, want)
		}
		return ids
	}
	l.PutBack("x", expect("first", 1, 2))
	expect("again", 1)
	l.Done("x", "a", 1)
	expect("a had its turn", 2, 5, 3)
}
