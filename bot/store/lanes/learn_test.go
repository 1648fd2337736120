package lanes

import (
	"fmt"
	"testing"
)

// A store that reads rows more than once doubles none, moves those whose time
// has changed, and leaves alone what is under way.
func TestLearn(t *testing.T) {
	var l Lanes
	l.Init()
	pick := func(now int64) string {
		ids, next := l.Pick("x", now, 10)
		return fmt.Sprint(ids, " ", next)
	}
	for range 2 {
		l.Learn("x", "a", Row{ID: 1}, false)
		l.Learn("x", "a", Row{ID: 2}, false)
		l.Learn("x", "b", Row{ID: 3, Next: 50}, false)
	}
	if got := pick(10); got != "[1] 50" {
		t.Fatalf("picked %s", got)
	}
	l.Learn("x", "a", Row{ID: 1}, false) // read before it was picked
	l.Learn("x", "b", Row{ID: 3, Next: 20}, false)
	if got := pick(20); got != "[3] 0" {
		t.Fatalf("picked %s", got)
	}
	l.Done("x", "a", 1)
	if got := pick(20); got != "[2] 0" {
		t.Fatalf("picked %s", got)
	}
}

// What is forgotten is read anew, and who waited for it looks again.
func TestForget(t *testing.T) {
	var l Lanes
	l.Init()
	l.Learn("x", "a", Row{ID: 1}, true)
	o := l.Outlook("x", 10)
	if o.Ready || o.Next != 0 {
		t.Fatalf("outlook %+v", o)
	}
	l.Forget("x")
	select {
	case <-o.News:
	default:
		t.Fatal("nobody was woken")
	}
	l.Learn("x", "a", Row{ID: 1}, false)
	if ids, _ := l.Pick("x", 10, 1); len(ids) != 1 {
		t.Fatalf("picked %v", ids)
	}
	o = l.Outlook("x", 10)
	l.Wake("x")
	select {
	case <-o.News:
	default:
		t.Fatal("nobody was woken")
	}
}
