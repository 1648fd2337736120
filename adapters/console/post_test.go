package console

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

const here = "/admin/desk/handoff:1:1"

// last decodes what was received last, and says how much was.
func (d *desk) last() (in message.Inbound, n int) {
	d.t.Helper()
	got := d.world.received()
	if len(got) == 0 {
		d.t.Fatal("nothing was received")
	}
	in, err := d.a.Decode(got[len(got)-1].Payload)
	if err != nil {
		d.t.Fatal(err)
	}
	return in, len(got)
}

func TestWordsAreReceived(t *testing.T) {
	d := start(t)
	a := d.post(here+"/say", "once", "abcdefgh", "text", "  Hello\r\nMei ")
	if a.status != http.StatusSeeOther || a.location != here+"#end" {
		t.Fatalf("answers %d %s: %s", a.status, a.location, a.body)
	}
	in, _ := d.last()
	if in.Kind != message.KindAgentText || in.Text != "Hello\nMei" || in.From.Ref != "console:3" || in.Thread != "p5" ||
		in.Chat != "handoff:1:1" || !strings.HasPrefix(string(in.ID), "m") {
		t.Errorf("received %+v", in)
	}
	d.post(here+"/say", "once", "abcdefgh", "text", "Hello\nMei")
	d.post(here+"/say", "once", "abcdefgi", "text", "Hello\nMei")
	d.post(here+"/say", "once", "abcdefgh", "text", "Hello Ben")
	d.do("4", http.MethodPost, here+"/say", map[string][]string{"once": {"abcdefgh"}, "text": {"Hello\nMei"}})
	got := d.world.received()
	if got[0].Dedup != got[1].Dedup {
		t.Errorf("the same form twice: %q, %q", got[0].Dedup, got[1].Dedup)
	}
	for i, what := range []string{"another form", "the same form with other words", "somebody else's"} {
		if got[0].Dedup == got[i+2].Dedup {
			t.Errorf("%s counts as the first one", what)
		}
	}
	d.post(here+"/say", "once", "notenote1", "text", "she is angry", "as", "note")
	if in, _ = d.last(); in.Text != "// she is angry" {
		t.Errorf("a note is %q", in.Text)
	}
	d.post(here+"/say", "once", "notenote2", "text", "／／ 小心", "as", "note")
	if in, _ = d.last(); in.Text != "／／ 小心" {
		t.Errorf("a note that is one already is %q", in.Text)
	}
}

func TestAPressIsReceived(t *testing.T) {
	d := start(t)
	if a := d.post(here+"/press", "once", "abcdefgh", "post", "p5", "action", "take", "value", "1:1"); a.status != http.StatusSeeOther {
		t.Fatalf("answers %d: %s", a.status, a.body)
	}
	in, _ := d.last()
	if in.Kind != message.KindAgentTap || in.Tap == nil || in.Tap.Data != "take 1:1" || in.ID != "p5" || in.Thread != "p5" || in.Fields != nil {
		t.Errorf("received %+v", in)
	}
}

// TestOnlyWhatStandsThereCanBePressed: every id a browser sends is checked
// against what this person is shown, or was a moment ago.
func TestOnlyWhatStandsThereCanBePressed(t *testing.T) {
	d := start(t)
	d.world.put("handoff:1:1",
		Entry{ID: 8, Post: &adapters.Post{Thread: "handoff:1:1", Private: "console:4", Fallback: "for Ben",
			Buttons: []adapters.Button{{Action: "again", Value: "1:1:m1", Label: "Again"}}}},
		card(9, "handoff:1:1", "Mei needs a person", offer))
	d.world.history["handoff:1:1"][2].Post.Update = true
	for _, c := range []struct{ path, post, action, value string }{
		{here, "p5", "close", "1:1"}, {here, "p5", "take", "2:1"}, {here, "p6", "done", "1:2"}, {here, "p9", "take", "1:1"},
		{here, "", "take", "1:1"}, {here, "p8", "again", "1:1:m1"}, {here, "p5", "", ""}, {"/admin/desk/task:1:2", "p5", "take", "1:1"},
	} {
		a := d.post(c.path+"/press", "once", "abcdefgh", "post", c.post, "action", c.action, "value", c.value)
		if a.status != http.StatusConflict || !strings.Contains(a.body, "This is no longer there") {
			t.Errorf("%+v answers %d", c, a.status)
		}
	}
	if n := len(d.world.received()); n != 0 {
		t.Fatalf("%d acts were received", n)
	}
	// What stood there before the card changed: the engine says who was faster.
	if a := d.post(here+"/press", "once", "abcdefgh", "post", "p5", "action", "take", "value", "1:1"); a.status != http.StatusSeeOther {
		t.Errorf("a press that comes too late answers %d", a.status)
	}
	for _, anchor := range []string{"handoff:1:2", "handoff:01:1", "handoff:1", "handoff:1:1:late", "lost:1:1", "task:0:1", "x"} {
		for _, path := range []string{"/say", "/press"} {
			if a := d.post("/admin/desk/"+anchor+path, "once", "abcdefgh", "text", "x", "post", "p5", "action", "take", "value", "1:1"); a.status != http.StatusNotFound {
				t.Errorf("%s%s answers %d", anchor, path, a.status)
			}
		}
		if a := d.get("/admin/desk/" + anchor); a.status != http.StatusNotFound {
			t.Errorf("%s answers %d", anchor, a.status)
		}
	}
}

func TestFormsAreRead(t *testing.T) {
	d := start(t)
	d.world.cards[0].Owner = "console:3"
	d.world.put("handoff:1:1", card(9, "handoff:1:1", "Mei needs a person", offer))
	press := func(pairs ...string) answer {
		return d.post(here+"/press", append([]string{"once", "abcdefgh", "post", "p9", "action", "offer", "value", "1:1"}, pairs...)...)
	}
	page := d.get(here).body
	for _, part := range []string{`type="datetime-local"`, `value="2026-11-26T23:00"`, "By when (Taipei time)", "Send the offer", `name="f.text"`} {
		if !strings.Contains(page, part) {
			t.Errorf("the form has no %q", part)
		}
	}
	for _, bad := range [][]string{{}, {"f.text", "  "}, {"f.text", "x", "f.by", "tomorrow"}, {"f.text", strings.Repeat("x", maxText+1)}} {
		if a := press(bad...); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `role="alert"`) {
			t.Errorf("%.40q answers %d", bad, a.status)
		}
	}
	if a := press("f.text", "a lamp", "f.by", "2026-11-27T08:00", "f.other", "x"); a.status != http.StatusSeeOther {
		t.Fatalf("answers %d", a.status)
	}
	in, n := d.last()
	if n != 1 || in.Fields["text"] != "a lamp" || in.Fields["by"] != "1795737600" || len(in.Fields) != 2 {
		t.Errorf("received %d, the last %v", n, in.Fields)
	}
	if press("f.text", "a lamp"); len(d.world.received()) != 2 {
		t.Error("what is optional was asked for")
	}
}

// TestWhatIsRefusedStaysInTheField: nothing typed is lost.
func TestWhatIsRefusedStaysInTheField(t *testing.T) {
	d := start(t)
	d.world.cards[0].Owner = "console:3"
	d.world.refuse = errors.New("disk full")
	a := d.post(here+"/say", "once", "abcdefgh", "text", "a <long> answer")
	if a.status != http.StatusServiceUnavailable || !strings.Contains(a.body, "a &lt;long&gt; answer</textarea>") || !strings.Contains(a.body, "nothing was sent") {
		t.Errorf("answers %d: %s", a.status, a.body)
	}
	d.world.refuse = nil
	for _, text := range []string{"", "   ", "\n\n"} {
		if a := d.post(here+"/say", "once", "abcdefgh", "text", text); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%q answers %d", text, a.status)
		}
	}
	if a := d.post(here+"/say", "once", "abcdefgh", "text", strings.Repeat("好", maxText+1)); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a text that is too long answers %d", a.status)
	}
	for _, once := range []string{"", "short", strings.Repeat("x", 65), "abc defgh"} {
		if a := d.post(here+"/say", "once", once, "text", "x"); a.status != http.StatusBadRequest {
			t.Errorf("once %q answers %d", once, a.status)
		}
	}
	d.stop()
	if a := d.post(here+"/say", "once", "abcdefgh", "text", "kept"); a.status != http.StatusServiceUnavailable || !strings.Contains(a.body, "kept</textarea>") {
		t.Errorf("after the end it answers %d", a.status)
	}
	if n := len(d.world.received()); n != 0 {
		t.Errorf("%d acts were received", n)
	}
}

func TestStrangersAndOtherSites(t *testing.T) {
	d := start(t)
	for _, c := range []struct{ method, path string }{
		{"GET", "/admin/desk"}, {"GET", here}, {"GET", here + "/files/5/0"}, {"GET", "/admin/desk/events"}, {"POST", here + "/say"}, {"POST", here + "/press"},
	} {
		if a := d.do("", c.method, c.path, nil); a.status != http.StatusUnauthorized {
			t.Errorf("a stranger's %s %s answers %d", c.method, c.path, a.status)
		}
	}
	for _, path := range []string{"/say", "/press"} {
		for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.server.URL+here+path, strings.NewReader("once=abcdefgh&text=x"))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("X-Test-User", "3")
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set(header, value)
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			if resp.StatusCode != http.StatusForbidden {
				t.Errorf("%s with %s answers %d", path, header, resp.StatusCode)
			}
		}
	}
}
