package slack

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	slackapi "github.com/slack-go/slack"
	"pgregory.net/rapid"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
)

// hostile is what a customer may type, mixed with what they would try.
func hostile() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(),
		rapid.StringMatching(`(<!(channel|here|everyone)>|<@U[0-9]{3}>|@here|<https?://a\.b\|x>|\*b\*|_i_|:tada:|&lt;|[<>&|"\\]){1,6}`),
		rapid.Map(rapid.IntRange(1, 6000), func(n int) string { return strings.Repeat("長", n) }),
	)
}

func anyPost() *rapid.Generator[adapters.Post] {
	return rapid.Custom(func(t *rapid.T) adapters.Post {
		s := func(name string) string { return hostile().Draw(t, name) }
		p := adapters.Post{Title: s("title"), Fallback: s("fallback")}
		for range rapid.IntRange(0, 60).Draw(t, "blocks") {
			kind := rapid.SampledFrom([]adapters.BlockKind{adapters.Paragraph, adapters.Quote, adapters.List, adapters.Fields, adapters.Note, "new"}).Draw(t, "kind")
			p.Blocks = append(p.Blocks, adapters.Block{Kind: kind, Label: s("label"), Text: s("text"), Items: rapid.SliceOfN(hostile(), 0, 12).Draw(t, "items")})
		}
		for range rapid.IntRange(0, 30).Draw(t, "buttons") {
			p.Buttons = append(p.Buttons, adapters.Button{
				Action: rapid.StringMatching(`[a-z.]{1,20}`).Draw(t, "action"), Value: cut(s("value"), maxValue), Label: s("button"),
				Style: rapid.SampledFrom([]string{"", "primary", "danger", "loud"}).Draw(t, "style"), Confirm: s("confirm"),
			})
		}
		return p
	})
}

// No string a customer can type becomes a mention, a link or a format: text
// stands only where Slack does not read it, and Slack takes every post.
func TestLayoutIsInert(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	a := newAdapter(t, configFor(fake))
	rapid.Check(t, func(r *rapid.T) {
		p := anyPost().Draw(r, "post")
		blocks, err := layout(p, wordsOf(a.cfg.Lang), nil)
		if err != nil {
			r.Fatal(err)
		}
		raw, err := json.Marshal(blocks)
		if err != nil {
			r.Fatal(err)
		}
		var tree any
		if err := json.Unmarshal(raw, &tree); err != nil {
			r.Fatal(err)
		}
		if err := inert(tree, ""); err != nil {
			r.Fatalf("%v in %s", err, raw)
		}
		if strings.ContainsAny(fallback(p), "<>") {
			r.Fatalf("fallback %q", fallback(p))
		}
	})
	// The same over the wire, where the fake checks every limit.
	sent := 0
	rapid.Check(t, func(r *rapid.T) {
		if sent++; sent > 30 {
			return
		}
		p := anyPost().Draw(r, "post")
		p.Fallback += "x"
		if _, err := a.Send(within(t), adapters.Delivery{ID: int64(sent), Post: &p}); err != nil {
			r.Fatalf("refused: %v", err)
		}
	})
}

// inert walks the blocks and complains about every place where text would be
// read by Slack. It knows the places that are safe; all others are not.
func inert(node any, under string) error {
	switch n := node.(type) {
	case []any:
		for _, x := range n {
			if err := inert(x, under); err != nil {
				return err
			}
		}
	case map[string]any:
		return inertObject(n)
	}
	return nil
}

func inertObject(n map[string]any) error {
	kind, _ := n["type"].(string)
	switch kind {
	case "plain_text":
		if n["emoji"] != false {
			return fmt.Errorf("plain_text with emoji")
		}
	case "text":
		style, _ := n["style"].(map[string]any)
		if delete(style, "bold"); len(style) > 0 {
			return fmt.Errorf("styled text")
		}
	case "header", "section", "context", "actions", "button", "rich_text",
		"rich_text_section", "rich_text_quote", "rich_text_list", "": // "" is a confirmation
	default:
		return fmt.Errorf("an element of type %q", kind)
	}
	for k, v := range n {
		if s, ok := v.(string); ok && !harmless(kind, k, s) {
			return fmt.Errorf("text in %s.%s", kind, k)
		}
		if err := inert(v, k); err != nil {
			return err
		}
	}
	return nil
}

func harmless(kind, member, value string) bool {
	switch member {
	case "type", "action_id", "value":
		return true
	case "text":
		return kind == "plain_text" || kind == "text"
	case "style":
		return value == "primary" || value == "danger" || value == "bullet"
	}
	return false
}

func TestLayoutReadsWell(t *testing.T) {
	fake := newFake(t, slackfake.Options{})
	a := newAdapter(t, configFor(fake))
	id := mustSend(t, a, adapters.Delivery{ID: 1, Post: card(
		adapters.Button{Action: "take", Value: "1", Label: "Take it", Style: "primary"},
		adapters.Button{Action: "close", Value: "1", Label: "Close", Style: "danger", Confirm: "Close the matter?"})})
	m, ok := fake.Message(string(id))
	if !ok {
		t.Fatal("not posted")
	}
	want := "Anna needs a person\nOrder: A100\nMood: calm\nThey wrote\n> Where is my parcel?\nOffered\n• refund\n• replacement\n" +
		"waiting for 2 minutes\n[Take it] [Close]"
	if got := m.PlainText(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	b := m.Buttons()
	if len(b) != 2 || b[0].Style != "primary" || b[1].Confirm != "Close the matter?" || b[0].ActionID == b[1].ActionID {
		t.Errorf("buttons = %+v", b)
	}
	for k, v := range map[string]string{"parse": "none", "link_names": "false", "unfurl_links": "false", "unfurl_media": "false", "mrkdwn": "false"} {
		if m.Form[k] != v {
			t.Errorf("%s = %q, want %q", k, m.Form[k], v)
		}
	}
}

// A customer's longest message is shown whole; more than Slack takes is cut
// and said to be; the buttons always stay.
func TestLayoutCuts(t *testing.T) {
	long := strings.Repeat("x", 4096)
	blocks, err := layout(adapters.Post{Blocks: []adapters.Block{{Kind: adapters.Quote, Text: long}}}, wordsOf(""), nil)
	if err != nil {
		t.Fatal(err)
	}
	if raw, _ := json.Marshal(blocks); strings.Count(string(raw), "x") < 4096 {
		t.Error("a message of 4096 characters was cut")
	}
	p := adapters.Post{Title: strings.Repeat("t", 200), Buttons: []adapters.Button{{Action: "take", Label: strings.Repeat("l", 100)}}}
	for range 80 {
		p.Blocks = append(p.Blocks, adapters.Block{Kind: adapters.Paragraph, Text: "p"})
	}
	blocks, err = layout(p, wordsOf(""), nil)
	if err != nil || len(blocks) != maxBlocks {
		t.Fatalf("%d blocks, %v", len(blocks), err)
	}
	if _, ok := blocks[maxBlocks-1].(*slackapi.ActionBlock); !ok {
		t.Error("the buttons are gone")
	}
	if raw, _ := json.Marshal(blocks[maxBlocks-2]); !strings.Contains(string(raw), "left out") {
		t.Error("nothing says that something is missing")
	}
	if _, err := layout(adapters.Post{Buttons: []adapters.Button{{Action: "a", Value: strings.Repeat("v", 2001)}}}, wordsOf(""), nil); err == nil {
		t.Error("a value that would be cut must be refused")
	}
	merged := adapters.Post{}
	for range 20 {
		merged.Blocks = append(merged.Blocks, adapters.Block{Kind: adapters.Quote, Text: strings.Repeat("長", 1000)})
	}
	blocks, err = layout(merged, wordsOf(""), nil)
	if err != nil || len(blocks) != MaxWords/1000+1 {
		t.Fatalf("%d blocks, %v", len(blocks), err)
	}
	if raw, _ := json.Marshal(blocks[len(blocks)-1]); !strings.Contains(string(raw), "left out") {
		t.Error("nothing says that words are missing")
	}
}
