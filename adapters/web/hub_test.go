package web

import (
	"testing"

	"github.com/accord-chat/accord/dialog/message"
)

// TestOpenPagesAreBounded holds that nobody fills the service with pages: one
// chat keeps its newest, and all together have an end.
func TestOpenPagesAreBounded(t *testing.T) {
	h := newHub()
	first, _ := h.join("greedy")
	second, _ := h.join("greedy")
	for range tabs - 1 {
		if _, ok := h.join("greedy"); !ok {
			t.Fatal("a further page was refused")
		}
	}
	select {
	case <-first.dropped:
	default:
		t.Error("the oldest page stays open")
	}
	select {
	case <-second.dropped:
		t.Error("the second oldest was ended too")
	default:
	}
	h.leave("greedy", first) // its handler leaves late, which must count once
	if n := len(h.chats["greedy"]); n != tabs || h.open != tabs {
		t.Errorf("%d pages of the chat are open, %d in all; want %d", n, h.open, tabs)
	}
	for i := h.open; i < maxStreams; i++ {
		if _, ok := h.join(message.Chat(rune(i + 1))); !ok {
			t.Fatalf("page %d was refused", i+1)
		}
	}
	if _, ok := h.join("one more"); ok {
		t.Error("there is no end to open pages")
	}
	h.leave("greedy", second)
	if _, ok := h.join("one more"); !ok {
		t.Error("a page that left makes no room")
	}
}
