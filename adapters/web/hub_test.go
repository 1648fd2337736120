package web

import (
	"net/netip"
	"testing"

	"github.com/accord-chat/accord/dialog/message"
)

// TestOpenPagesAreBounded holds that nobody fills the service with pages: one
// chat keeps its newest, and all together have an end.
func TestOpenPagesAreBounded(t *testing.T) {
	h := newHub()
	from := numbered(0)
	first, _ := h.join("greedy", from)
	second, _ := h.join("greedy", from)
	for range tabs - 1 {
		if _, full := h.join("greedy", from); full != roomLeft {
			t.Fatal("a further page was refused")
		}
	}
	select {
	case <-first.dropped:
		if !first.elsewhere {
			t.Error("the oldest page does not know why it was ended")
		}
	default:
		t.Error("the oldest page stays open")
	}
	select {
	case <-second.dropped:
		t.Error("the second oldest was ended too")
	default:
	}
	if n := len(h.chats["greedy"]); n != tabs+1 || h.open != tabs+1 {
		t.Errorf("%d pages count, %d in all, while one is on its way out; want %d", n, h.open, tabs+1)
	}
	h.leave("greedy", first)
	h.leave("greedy", first) // which must count once
	if n := len(h.chats["greedy"]); n != tabs || h.open != tabs || h.from[from] != tabs {
		t.Errorf("%d pages of the chat are open, %d in all, %d at the address; want %d", n, h.open, h.from[from], tabs)
	}
	for i := h.open; i < maxStreams; i++ {
		if _, full := h.join(message.Chat(rune(i+1)), numbered(i)); full != roomLeft {
			t.Fatalf("page %d was refused", i+1)
		}
	}
	if _, full := h.join("one more", from); full != allFull {
		t.Error("there is no end to open pages")
	}
	h.leave("greedy", second)
	if _, full := h.join("one more", from); full != roomLeft {
		t.Error("a page that left makes no room")
	}
}

func TestPagesOfOneAddressAreBounded(t *testing.T) {
	h := newHub()
	from := numbered(7)
	one, _ := h.join("first", from)
	for i := 1; i < neighbours; i++ {
		if _, full := h.join(message.Chat(rune(i+1)), from); full != roomLeft {
			t.Fatalf("page %d was refused", i+1)
		}
	}
	if _, full := h.join("one more", from); full != addressFull || !h.crowded(from) {
		t.Error("there is no end to the pages of one address")
	}
	if _, full := h.join("one more", numbered(8)); full != roomLeft {
		t.Error("another address was refused with it")
	}
	h.leave("first", one)
	if _, full := h.join("one more", from); full != roomLeft {
		t.Error("a page that left makes no room")
	}
	for chat, streams := range h.chats {
		for s := range streams {
			h.leave(chat, s)
		}
	}
	if len(h.from) != 0 || h.open != 0 {
		t.Errorf("%d addresses and %d pages are remembered when all have left", len(h.from), h.open)
	}
}

func numbered(i int) netip.Addr {
	return netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)})
}
