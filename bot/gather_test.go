package bot

import (
	"strings"
	"testing"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

func quoted(text string) *adapters.Post {
	return &adapters.Post{Thread: "handoff:1:1", Merge: true, Fallback: "x", Blocks: []adapters.Block{{Kind: adapters.Quote, Text: text}}}
}

// TestOnlyTheLikeIsPutTogether: what must be found, pressed or called to stands
// alone, and so does what was sent before under another shape.
func TestOnlyTheLikeIsPutTogether(t *testing.T) {
	alter := func(change func(*adapters.Post)) *adapters.Post {
		p := quoted("hello")
		change(p)
		return p
	}
	for name, c := range map[string]struct {
		post   *adapters.Post
		resend bool
		want   bool
	}{
		"the same thread":  {quoted("hello"), false, true},
		"sent before":      {quoted("hello"), true, false},
		"another thread":   {alter(func(p *adapters.Post) { p.Thread = "handoff:1:2" }), false, false},
		"not to be merged": {alter(func(p *adapters.Post) { p.Merge = false }), false, false},
		"with a name":      {alter(func(p *adapters.Post) { p.Anchor = "task:1:1" }), false, false},
		"an update":        {alter(func(p *adapters.Post) { p.Update = true }), false, false},
		"for one person":   {alter(func(p *adapters.Post) { p.Private = "T/A" }), false, false},
		"with a file":      {alter(func(p *adapters.Post) { p.Files = []message.Attachment{{File: "F"}} }), false, false},
		"with a button":    {alter(func(p *adapters.Post) { p.Buttons = []adapters.Button{{Action: "take"}} }), false, false},
		"that calls":       {alter(func(p *adapters.Post) { p.Call = adapters.CallChannel }), false, false},
		"too long":         {quoted(strings.Repeat("字", gatherWords)), false, false},
	} {
		b := &bundle{thread: "handoff:1:1"}
		b.add(*quoted("first"))
		payload, err := envelope{Post: c.post}.encode()
		if err != nil {
			t.Fatal(err)
		}
		if got := b.join(store.OutRow{Payload: payload, Resend: c.resend}); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
		if b.join(store.OutRow{Payload: []byte("{")}) {
			t.Error("what cannot be read has joined")
		}
	}
	payload, err := envelope{Post: quoted("line")}.encode()
	if err != nil {
		t.Fatal(err)
	}
	b, n := &bundle{thread: "handoff:1:1"}, 0
	for b.join(store.OutRow{Payload: payload}) {
		n++
	}
	if n != gatherBlocks {
		t.Errorf("%d posts in one message", n)
	}
}

// TestWordsGoWithASingleFile, and before several, so that each file is
// delivered or fails by itself.
func TestWordsGoWithASingleFile(t *testing.T) {
	file, place := message.Attachment{Kind: message.Photo, File: "F"}, message.Attachment{Kind: message.Location, Lat: 1}
	for name, c := range map[string]struct {
		text  string
		files []message.Attachment
		want  string
	}{
		"words":             {"hello", nil, "hello/0"},
		"one file":          {"hello", []message.Attachment{file}, "hello/1"},
		"a file alone":      {"", []message.Attachment{file}, "/1"},
		"long words":        {strings.Repeat("a", 1025), []message.Attachment{file}, strings.Repeat("a", 1025) + "/0 /1"},
		"as long as can be": {strings.Repeat("😀", 512), []message.Attachment{file}, strings.Repeat("😀", 512) + "/1"},
		"two files":         {"hello", []message.Attachment{file, file}, "hello/0 /1 /1"},
		"two files alone":   {"", []message.Attachment{file, file}, "/1 /1"},
		"a place":           {"here", []message.Attachment{place}, "here/0 /1"},
	} {
		var got []string
		for _, p := range inParts(message.Outbound{Text: c.text, Attachments: c.files}) {
			got = append(got, p.Text+"/"+string(rune('0'+len(p.Attachments))))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
