package console

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

var onceOf = regexp.MustCompile(`name="action" value="([^"]*)"><input type="hidden" name="value" value="[^"]*"><input type="hidden" name="once" value="([^"]*)"`)

// onces gives the numbers of the forms on a page, by their actions.
func onces(page string) map[string]string {
	out := map[string]string{}
	for _, m := range onceOf.FindAllStringSubmatch(page, -1) {
		out[m[1]] = m[2]
	}
	return out
}

// TestEveryFormCountsOnce: two promises in a row are two though nothing on the
// page has changed between them; the same form sent twice is one; and what was
// corrected after going back counts.
func TestEveryFormCountsOnce(t *testing.T) {
	d := start(t)
	d.world.cards[0].Owner = "console:3"
	d.world.put("handoff:1:1", card(9, "handoff:1:1", "Mei needs a person", offer, take))
	first, second := onces(d.get(here).body)["offer"], onces(d.get(here).body)["offer"]
	if first == second || len(first) < 20 {
		t.Fatalf("two pages have the numbers %q and %q", first, second)
	}
	press := func(once, text string) {
		t.Helper()
		a := d.post(here+"/press", "once", once, "post", "p9", "action", "offer", "value", "1:1", "f.text", text)
		if a.status != http.StatusSeeOther {
			t.Fatalf("answers %d", a.status)
		}
	}
	press(first, "a van on Tuesday")
	press(first, "a van on Tuesday") // an impatient click
	press(second, "a van on Tuesday")
	press(second, "a van on Wednesday")
	var keys []string
	for _, r := range d.world.received() {
		keys = append(keys, r.Dedup)
	}
	if keys[0] != keys[1] {
		t.Error("the same form sent twice is two acts")
	}
	if keys[0] == keys[2] || keys[2] == keys[3] || keys[0] == keys[3] {
		t.Errorf("acts that differ count as one: %q", keys)
	}
}

// TestDoneTakesTheResultAlong: what is typed and not saved is not lost, and a
// remark among colleagues is no result.
func TestDoneTakesTheResultAlong(t *testing.T) {
	d := start(t)
	const at = "/admin/desk/task:1:2"
	page := d.get(at).body
	for _, part := range []string{`name="as" value="done">Done</button>`, `name="as" value="save">Save the answer</button>`} {
		if !strings.Contains(page, part) {
			t.Errorf("the page has no %s", part)
		}
	}
	if a := d.post(at+"/say", "once", "abcdefgh", "as", "done", "text", "It was sent today."); a.status != http.StatusSeeOther {
		t.Fatalf("answers %d", a.status)
	}
	got := d.world.received()
	if len(got) != 2 || got[0].Chat != got[1].Chat || got[0].Dedup == got[1].Dedup {
		t.Fatalf("received %+v", got)
	}
	words, err := d.a.Decode(got[0].Payload)
	if err != nil || words.Text != "It was sent today." {
		t.Errorf("first came %+v, %v", words, err)
	}
	if done, _ := d.last(); done.Tap == nil || done.Tap.Data != "done 1:2" || done.ID != "p6" {
		t.Errorf("then came %+v", done)
	}
	if d.post(at+"/say", "once", "abcdefgi", "as", "done", "text", " "); len(d.world.received()) != 3 {
		t.Error("Done without a result is not one act")
	}
	a := d.post(at+"/say", "once", "abcdefgj", "as", "done", "text", "// ask Ben")
	if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "// ask Ben</textarea>") || len(d.world.received()) != 3 {
		t.Errorf("a remark as a result answers %d", a.status)
	}
	if a := d.post(here+"/say", "once", "abcdefgk", "as", "done", "text", "x"); a.status != http.StatusConflict {
		t.Errorf("Done on a hand-off answers %d", a.status)
	}
}

// TestARefusedFormStaysOpen: with what stood in it.
func TestARefusedFormStaysOpen(t *testing.T) {
	d := start(t)
	d.world.cards[0].Owner = "console:3"
	d.world.put("handoff:1:1", card(9, "handoff:1:1", "Mei needs a person", offer))
	for text, c := range map[string]struct{ by, says string }{
		"// difficult": {"", "begins like a note"}, "a van": {"2026-11-25T22:00", "That time is past."},
	} {
		a := d.post(here+"/press", "once", "abcdefgh", "post", "p9", "action", "offer", "value", "1:1", "f.text", text, "f.by", c.by)
		if a.status != http.StatusUnprocessableEntity {
			t.Errorf("%q answers %d", text, a.status)
		}
		for _, part := range []string{c.says, `id="p9-offer" open>`, text + "</textarea>", `value="` + c.by + `"`} {
			if !strings.Contains(a.body, part) {
				t.Errorf("%q: the page has no %q", text, part)
			}
		}
	}
	if n := len(d.world.received()); n != 0 {
		t.Errorf("%d acts were received", n)
	}
}

// TestWhatIsKeptIsShownSo: held words whose question was answered are a note,
// without buttons, and their old ones count no more. A note that was written
// before anybody took the hand-off is one too.
func TestWhatIsKeptIsShownSo(t *testing.T) {
	d := start(t)
	again := adapters.Button{Action: "anyway", Value: "1:1:m1", Label: "Send to customer"}
	held := func(row int64, of message.PlatformID) Entry {
		return Entry{ID: row, Mark: &adapters.Mark{Message: of, State: adapters.MarkHeld, Reason: "why", Buttons: []adapters.Button{again}}}
	}
	words := func(id message.PlatformID, text string) Entry {
		return Entry{At: d.world.now, Wrote: &message.Inbound{ID: id, Text: text}}
	}
	d.world.put("handoff:1:1", words("m1", "note: x"), held(8, "m1"), words("m2", "// difficult"), held(9, "m2"))
	if page := d.get(here).body; strings.Count(page, "Held back") != 1 || strings.Count(page, "Only for colleagues") != 1 {
		t.Errorf("before the answer: %s", page)
	}
	d.world.put("handoff:1:1", Entry{ID: 10, Post: &adapters.Post{Anchor: "asked:p8", Update: true, Thread: "handoff:1:1", Fallback: "Kept here"}})
	page := d.get(here).body
	if strings.Contains(page, "Held back") || strings.Contains(page, ">Send to customer<") || strings.Count(page, "Only for colleagues") != 2 {
		t.Errorf("after the answer: %s", page)
	}
	a := d.do("3", http.MethodPost, here+"/press", url.Values{"once": {"abcdefgh"}, "post": {"p8"}, "action": {"anyway"}, "value": {"1:1:m1"}})
	if a.status != http.StatusConflict {
		t.Errorf("the old button answers %d", a.status)
	}
}

// TestTheFootFitsTheState: one green button, the one that is due, and the
// card's buttons once.
func TestTheFootFitsTheState(t *testing.T) {
	d := start(t)
	late := Entry{ID: 7, At: d.world.now, Post: &adapters.Post{Anchor: "handoff:1:1:late", Thread: "handoff:1:1", Fallback: "still waiting", Buttons: []adapters.Button{take}}}
	d.world.put("handoff:1:1", late)
	page := d.get(here).body
	if strings.Count(page, ">Take</button>") != 1 || !strings.Contains(page, `<input type="hidden" name="as" value="note">`) || strings.Index(page, ">Take</button>") < strings.Index(page, `id="say"`) {
		t.Errorf("while it waits: %s", page)
	}
	d.world.put("handoff:1:1", card(9, "handoff:1:1", "Mei needs a person", take, offer))
	for owner, want := range map[message.UserRef]string{"console:3": "Send the offer", "console:4": ">Take</button>"} {
		d.world.cards[0].Owner = owner
		page := d.get(here).body
		if !strings.Contains(page, want) || strings.Contains(page, "Send the offer") == strings.Contains(page, ">Take</button>") {
			t.Errorf("owned by %s: %s", owner, page)
		}
	}
	due := adapters.Button{Action: "due", Value: "1:2", Label: "What is due"}
	d.world.put("task:1:2", card(9, "task:1:2", "Promise", adapters.Button{Action: "done", Value: "1:2", Label: "Done"}, due))
	if page := d.get("/admin/desk/task:1:2").body; !strings.Contains(page, `href="/admin/due">What is due</a>`) || strings.Contains(page, "/press") {
		t.Errorf("a task: %s", page)
	}
}

// TestRowsTellCardsApart: what it is about, what is new for me, who has to step
// in; a promise to who waits stands with them; whispers do not stay.
func TestRowsTellCardsApart(t *testing.T) {
	d := start(t)
	said := func(row int64, anchor, text string, ago time.Duration) Entry {
		return Entry{ID: row, At: d.world.now.Add(-ago), Post: &adapters.Post{Thread: anchor, Merge: true, Fallback: "x", Blocks: []adapters.Block{{Kind: adapters.Quote, Text: text}}}}
	}
	d.world.cards[0].Answer = d.world.now.Add(time.Hour)
	d.world.cards[1].Within = "handoff:1:1"
	d.world.history["handoff:1:1"][0].Post.Gist = "Order 48213 – broken"
	called := said(20, "handoff:1:1", "", 0)
	called.Post = &adapters.Post{Anchor: "handoff:1:1:called", Fallback: "step in", Buttons: []adapters.Button{take}}
	d.world.put("handoff:1:1", called)
	d.world.cards = append(d.world.cards, Card{Anchor: "handoff:2:1", Owner: "console:3"})
	mine := card(8, "handoff:2:1", "Ben needs a person")
	mine.Post.Blocks = []adapters.Block{{Kind: adapters.Quote, Text: "my desk wobbles\nand more"}}
	d.world.put("handoff:2:1", mine, said(9, "handoff:2:1", "hello?", 9*time.Minute),
		Entry{At: d.world.now.Add(-8 * time.Minute), Wrote: &message.Inbound{ID: "m1", Text: "I look"}},
		Entry{At: d.world.now.Add(-7 * time.Minute), Wrote: &message.Inbound{ID: "m2", Text: "// a note"}},
		said(10, "handoff:2:1", "and?", 3*time.Minute), said(11, "handoff:2:1", "so?", time.Minute),
		Entry{ID: 12, At: d.world.now.Add(-time.Minute), Post: &adapters.Post{Thread: "handoff:2:1", Fallback: "file", Files: []message.Attachment{{Kind: message.Photo, File: "f1"}}}},
		Entry{ID: 13, At: d.world.now.Add(-11 * time.Minute), Post: &adapters.Post{Thread: "handoff:2:1", Private: "console:3", Fallback: "a moment faster"}})
	page := d.get("/admin/desk").body
	for _, part := range []string{"Order 48213 – broken", "Somebody has to step in now · Waiting for 12 min · answer promised by Thu 26 Nov, 00:00", "my desk wobbles",
		"2 new", "Waiting for you: 3 min", `data-waiting="1"`, `data-unread="1"`} {
		if !strings.Contains(page, part) {
			t.Errorf("the board has no %q: %s", part, page)
		}
	}
	if strings.Contains(page, "A-7K3Q") {
		t.Error("the promise to who waits stands beside them")
	}
	if page := d.get(here).body; !strings.Contains(page, `href="/admin/desk/task:1:2"`) || !strings.Contains(page, `<span class="whole">A-7K3Q</span>`) {
		t.Error("the hand-off does not lead to its task")
	}
	if page := d.get("/admin/desk/task:1:2").body; !strings.Contains(page, `<li><a href="/admin/desk/handoff:1:1">`) {
		t.Error("the task does not lead to its hand-off")
	}
	if page := d.get("/admin/desk/handoff:2:1").body; strings.Contains(page, "a moment faster") {
		t.Error("what was whispered long ago still stands there")
	}
}
