package console

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

func TestConfigNamesEveryMistake(t *testing.T) {
	_, err := New(Config{Lang: "de", PublicURL: "desk"})
	if err == nil {
		t.Fatal("an empty configuration is accepted")
	}
	for _, part := range []string{"Who", "Agent", "Board", "History", "Notice", "Notices", "Frame", "Lang", "PublicURL"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("nothing is said of %s: %v", part, err)
		}
	}
}

// TestSend: the same row gets the same id however often it is sent, a newer
// version keeps the id of what it replaces.
func TestSend(t *testing.T) {
	d := start(t)
	post := func(p adapters.Post) *adapters.Post { return &p }
	for _, c := range []struct {
		name string
		d    adapters.Delivery
		id   message.PlatformID
	}{
		{"card", adapters.Delivery{ID: 7, Post: post(adapters.Post{Anchor: "handoff:1:1"})}, "p7"},
		{"card again", adapters.Delivery{ID: 7, Resend: true, Post: post(adapters.Post{Anchor: "handoff:1:1"})}, "p7"},
		{"newer", adapters.Delivery{ID: 8, Target: "p7", Post: post(adapters.Post{Anchor: "handoff:1:1", Update: true})}, "p7"},
		{"newer, and the old one never arrived", adapters.Delivery{ID: 8, Post: post(adapters.Post{Anchor: "handoff:1:1", Update: true})}, "p8"},
		{"reply", adapters.Delivery{ID: 9, Thread: "p7", Post: post(adapters.Post{Thread: "handoff:1:1"})}, "p9"},
		{"mark", adapters.Delivery{ID: 10, Mark: &adapters.Mark{Message: "m1"}}, "p10"},
		{"notice", adapters.Delivery{ID: 11, Post: post(adapters.Post{Fallback: "lost"})}, "p11"},
	} {
		got, err := d.a.Send(t.Context(), c.d)
		if err != nil || got.ID != c.id || len(got.Parts) != 1 {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
	if len(d.world.noted) != 1 || d.world.noted[0] != 11 {
		t.Errorf("noted were %v", d.world.noted)
	}
	_, err := d.a.Send(t.Context(), adapters.Delivery{ID: 13, Post: post(adapters.Post{Fallback: "lost"})})
	if adapters.OutcomeOf(err) != adapters.NotSent {
		t.Errorf("a notice that was not noted: %v", err)
	}
	for _, bad := range []adapters.Delivery{{ID: 1, Say: &message.Outbound{}}, {ID: 1, Settle: &adapters.Settle{}}, {ID: 1, Amend: &adapters.Amend{}}, {ID: 1}} {
		if _, err := d.a.Send(t.Context(), bad); adapters.OutcomeOf(err) != adapters.Refused {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

func TestDecodeRefusesWhatIsNotOurs(t *testing.T) {
	a := &Adapter{}
	for _, bad := range []string{
		"", "x", "{}", "null", "[]", `{"anchor":"handoff:1:1","ref":"console:3","id":"m1","thread":"p1"}`,
		`{"anchor":"handoff:1:1","ref":"console:3","id":"m1","thread":"p1","text":"secret words","data":"take 1:1"}`,
		`{"anchor":"lost:1:1","ref":"console:3","id":"m1","thread":"p1","text":"secret words"}`,
		`{"anchor":"handoff:1:1","ref":"","id":"m1","thread":"p1","text":"secret words"}`,
		`{"anchor":"handoff:1:1","ref":"console:3","id":"m1","thread":"p1","text":"secret words","more":1}`,
		`{"anchor":"handoff:1:1","ref":"console:3","id":"m1","thread":"p1","text":"secret words"}{}`,
	} {
		if _, err := a.Decode([]byte(bad)); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"anchor":"handoff:1:1","ref":"console:3","id":"m1","thread":"p1","text":"hello","at":1}`))
	f.Add([]byte(`{"anchor":"task:1:1","ref":"console:3","id":"p1","thread":"p1","data":"done 1:1","fields":{"text":"x"}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, err := (&Adapter{}).Decode(raw)
		if err != nil {
			return
		}
		if in.From.Ref == "" || in.ID == "" || in.Thread == "" || (in.Text == "") == (in.Tap == nil) {
			t.Errorf("%s became %+v", raw, in)
		}
	})
}

// TestThread: what replaces, what is marked, and what is for somebody else.
func TestThread(t *testing.T) {
	reply := func(row int64, text string) Entry {
		return Entry{ID: row, Post: &adapters.Post{Thread: "handoff:1:1", Blocks: []adapters.Block{{Kind: adapters.Note, Text: text}}}}
	}
	words := func(id message.PlatformID) Entry {
		return Entry{Wrote: &message.Inbound{ID: id, Text: "words " + string(id)}}
	}
	mark := func(row int64, of message.PlatformID, s adapters.MarkState) Entry {
		return Entry{ID: row, Mark: &adapters.Mark{Message: of, State: s}}
	}
	late := card(3, "handoff:1:1:late", "still waiting", take)
	newLate := card(8, "handoff:1:1:late", "taken after all")
	newLate.Post.Update = true
	newer := card(9, "handoff:1:1", "Mei, taken")
	newer.Post.Update = true
	private := reply(4, "only for Ben")
	private.Post.Private = "console:4"
	history := []Entry{card(1, "handoff:1:1", "Mei waits", take), reply(2, "hello?"), late, private, mark(5, "m1", adapters.MarkSent), words("m1"),
		mark(6, "m1", adapters.MarkDelivered), words("m2"), mark(7, "m2", adapters.MarkFailed), newLate, newer}
	got, ok := fold("handoff:1:1", "console:3", history)
	if !ok || got.card.id != "p1" || got.card.Post.Title != "Mei, taken" {
		t.Fatalf("the card is %+v, %v", got.card, ok)
	}
	var lines []string
	for _, l := range got.lines {
		line := string(l.id)
		if l.mark != nil {
			line += " " + string(l.mark.State)
		}
		lines = append(lines, line)
	}
	if want := "p2 p3 m1 delivered m2 failed"; strings.Join(lines, " ") != want {
		t.Errorf("the thread is %q, not %q", strings.Join(lines, " "), want)
	}
	if got.lines[1].Post.Title != "taken after all" {
		t.Errorf("the late post still says %q", got.lines[1].Post.Title)
	}
	if ben, _ := fold("handoff:1:1", "console:4", history); len(ben.lines) != 5 {
		t.Errorf("Ben sees %d lines", len(ben.lines))
	}
	if _, ok := fold("handoff:1:2", "console:3", history); ok {
		t.Error("a card of another name was found")
	}
}

// TestNothingIsMarkup: whatever customers and colleagues write stands on the
// page as they wrote it.
func TestNothingIsMarkup(t *testing.T) {
	d := start(t)
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>{{.W}}`
	d.world.cards[0].Owner, d.world.cards[0].OwnerName = "console:4", evil
	d.world.cards[1].Text, d.world.cards[1].Case = evil, evil
	d.world.history["task:1:2"][0].Post.Gist = evil
	all := adapters.Post{Anchor: "handoff:1:1", Title: evil, Fallback: evil, Buttons: []adapters.Button{{Action: evil, Value: evil, Label: evil, Confirm: evil, Style: evil}}}
	for _, k := range []adapters.BlockKind{adapters.Paragraph, adapters.Quote, adapters.List, adapters.Fields, adapters.Note, adapters.BlockKind(evil)} {
		all.Blocks = append(all.Blocks, adapters.Block{Kind: k, Label: evil, Text: evil, Items: []string{evil, evil + ": " + evil}})
	}
	reply := all
	reply.Anchor, reply.Thread = "", "handoff:1:1"
	reply.Files = []message.Attachment{{Kind: message.Photo, Name: evil, File: evil}}
	d.world.put("handoff:1:1", Entry{ID: 8, Post: &all}, Entry{ID: 9, Post: &reply},
		Entry{Wrote: &message.Inbound{ID: evil, Text: evil, From: message.Person{Name: evil}}},
		Entry{ID: 10, Mark: &adapters.Mark{Message: evil, State: adapters.MarkFailed, Reason: evil, Buttons: all.Buttons}})
	d.world.put("notices", Entry{ID: 11, At: d.world.now, Post: &reply})
	for _, path := range []string{"/admin/desk", here} {
		page := d.get(path).body
		if strings.Contains(page, "<script>") || strings.Contains(page, "<img") || !strings.Contains(page, "&lt;script&gt;") {
			t.Errorf("%s: %s", path, page)
		}
	}
}

func TestFilesAreSavedAndNeverShown(t *testing.T) {
	d := start(t)
	d.world.files["f1"] = "<html><script>alert(1)</script></html>"
	d.world.files["f2"] = "\x89PNG\r\n\x1a\n" + strings.Repeat("x", 2000)
	d.world.put("handoff:1:1", Entry{ID: 8, Post: &adapters.Post{Thread: "handoff:1:1", Files: []message.Attachment{
		{Kind: message.Document, File: "f1", Name: `../../e"vil.html`}, {Kind: message.Photo, File: "f2"}, {Kind: message.Voice, File: "gone"},
		{Kind: message.Location, Lat: 25.03361, Lon: 121.56484},
	}}})
	page := d.get(here).body
	if !strings.Contains(page, `href="`+here+`/files/8/1" download`) || !strings.Contains(page, "25.03361, 121.56484") || strings.Contains(page, "/files/8/3") {
		t.Errorf("the page names the files so: %s", page)
	}
	for path, kind := range map[string]string{"/files/8/0": "application/octet-stream", "/files/8/1": "image/png"} {
		a := d.get(here + path)
		if a.status != http.StatusOK || a.header.Get("Content-Type") != kind || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") ||
			strings.Contains(a.header.Get("Content-Disposition"), "..") || a.header.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.HasPrefix(a.header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%s: %d %v", path, a.status, a.header)
		}
	}
	if a := d.get(here + "/files/8/1"); len(a.body) != len(d.world.files["f2"]) {
		t.Errorf("%d bytes came of %d", len(a.body), len(d.world.files["f2"]))
	}
	for _, path := range []string{"/files/8/2", "/files/8/4", "/files/8/-1", "/files/5/0", "/files/9/0", "/files/x/0"} {
		if a := d.get(here + path); a.status != http.StatusNotFound {
			t.Errorf("%s answers %d", path, a.status)
		}
	}
	if a := d.get("/admin/desk/task:1:2/files/8/0"); a.status != http.StatusNotFound {
		t.Errorf("a file of another card answers %d", a.status)
	}
}

// TestTheBoard: what waits, whose it is, and what is overdue stand in words.
func TestTheBoard(t *testing.T) {
	d := start(t)
	d.world.cards = append(d.world.cards, Card{Anchor: "handoff:2:1", Owner: "console:3", OwnerName: "Anna"},
		Card{Anchor: "handoff:3:1", Owner: "console:4", OwnerName: "Ben"},
		Card{Anchor: "task:4:1", Due: d.world.now.Add(26 * time.Hour), Case: "A-LATER"}, Card{Anchor: "task:4:2", Due: d.world.now.Add(2 * time.Hour), Case: "A-SOON"})
	page := d.get("/admin/desk").body
	last := -1
	for _, part := range []string{"Waiting for a person: 1. Overdue: 1.", `id="group-waiting"`, "Mei needs a person", "Waiting for 12 min", `id="group-mine"`, "handoff:2:1",
		`id="group-others"`, "Ben has it", `id="group-overdue"`, "A-7K3Q", "Overdue by 1 h", `id="group-tasks"`, "A-SOON", "Due in 2 h", "A-LATER", "Due in 1 d 2 h"} {
		at := strings.Index(page, part)
		if at < last {
			t.Errorf("%q stands at %d, before what comes before it (%d)", part, at, last)
		}
		last = at
	}
}

// TestNotices: posts outside of every card stand on the first page, for whom
// they are, and not for ever.
func TestNotices(t *testing.T) {
	d := start(t)
	notice := func(row int64, text string, to message.UserRef, age time.Duration) Entry {
		return Entry{ID: row, At: d.world.now.Add(-age), Post: &adapters.Post{Fallback: text, Private: to}}
	}
	d.world.put("notices", notice(1, "old news", "", 8*24*time.Hour), notice(2, "lost message", "", time.Hour), notice(3, "for Ben", "console:4", 0), notice(4, "for me", "console:3", 0))
	page := d.get("/admin/desk").body
	if strings.Contains(page, "old news") || strings.Contains(page, "for Ben") || strings.Index(page, "for me") > strings.Index(page, "lost message") || !strings.Contains(page, "for me") {
		t.Errorf("the page shows %s", page)
	}
}

// events opens the stream of somebody and gives its lines; the channel closes
// with the stream.
func (d *desk) events(user string) <-chan string {
	d.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	d.t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.server.URL+"/admin/desk/events", nil)
	if err != nil {
		d.t.Fatal(err)
	}
	req.Header.Set("X-Test-User", user)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		defer func() { _ = resp.Body.Close() }()
		for s := bufio.NewScanner(resp.Body); s.Scan(); {
			if name, ok := strings.CutPrefix(s.Text(), "event: "); ok {
				lines <- name
			}
		}
	}()
	return lines
}

func (d *desk) event(lines <-chan string) string {
	d.t.Helper()
	select {
	case name, ok := <-lines:
		if !ok {
			return "end"
		}
		return name
	case <-time.After(longest):
		d.t.Fatal("no event came")
		return ""
	}
}

// TestOpenPagesHear: of every post; and a stream ends with the person's right
// to it and with the desk.
func TestOpenPagesHear(t *testing.T) {
	d := start(t)
	lines := d.events("3")
	if got := d.event(lines); got != "changed" {
		t.Fatalf("a stream begins with %q", got)
	}
	for i := range 3 {
		if _, err := d.a.Send(t.Context(), adapters.Delivery{ID: int64(20 + i), Post: &adapters.Post{Thread: "handoff:9:1"}}); err != nil {
			t.Fatal(err)
		}
		if got := d.event(lines); got != "changed" {
			t.Fatalf("event %q", got)
		}
	}
	d.stop()
	if got := d.event(lines); got != "end" {
		t.Errorf("after the end came %q", got)
	}
}

func TestAStreamEndsWithTheRight(t *testing.T) {
	d := start(t)
	d.a.beat = 10 * time.Millisecond
	lines := d.events("3")
	for d.event(lines) != "beat" {
	}
	d.world.mu.Lock()
	d.world.gone["console:3"] = true
	d.world.mu.Unlock()
	d.until(func() bool { return d.event(lines) == "end" })
	if _, err := d.a.Authorize(t.Context(), "console:3"); err == nil {
		t.Error("somebody shut out is let in")
	}
}

// TestAStreamEndsWithTheSession: also where its person may still act.
func TestAStreamEndsWithTheSession(t *testing.T) {
	d := start(t)
	d.a.beat = 10 * time.Millisecond
	d.a.cfg.SignedIn = func(*http.Request) (bool, error) {
		d.world.mu.Lock()
		defer d.world.mu.Unlock()
		return !d.world.signedOut, d.world.refuse
	}
	lines := d.events("3")
	d.world.mu.Lock()
	d.world.refuse = errors.New("the store is in trouble")
	d.world.mu.Unlock()
	for range 3 { // a store in trouble ends nothing
		d.until(func() bool { return d.event(lines) == "beat" })
	}
	d.world.mu.Lock()
	d.world.refuse, d.world.signedOut = nil, true
	d.world.mu.Unlock()
	d.until(func() bool { return d.event(lines) == "end" })
}

// TestOnePersonsStreams: nobody holds more than eight, and what ends is the
// oldest of one's own.
func TestOnePersonsStreams(t *testing.T) {
	d := start(t)
	other := d.events("4")
	var mine []<-chan string
	for range maxOwn + 2 {
		lines := d.events("3")
		if got := d.event(lines); got != "changed" {
			t.Fatalf("a stream begins with %q", got)
		}
		mine = append(mine, lines)
	}
	for _, lines := range mine[:2] {
		if got := d.event(lines); got != "end" {
			t.Errorf("an old stream goes on with %q", got)
		}
	}
	if got := d.event(other); got != "changed" {
		t.Fatalf("the other's stream begins with %q", got)
	}
	if _, err := d.a.Send(t.Context(), adapters.Delivery{ID: 30, Post: &adapters.Post{Thread: "handoff:9:1"}}); err != nil {
		t.Fatal(err)
	}
	for _, lines := range append(mine[2:], other) {
		if got := d.event(lines); got != "changed" {
			t.Errorf("a stream that should live gives %q", got)
		}
	}
}

func TestRunTwice(t *testing.T) {
	d := start(t)
	if err := d.a.Run(t.Context(), d.world); err == nil {
		t.Error("a second Run was accepted")
	}
	if err := d.a.Run(t.Context(), nil); err == nil {
		t.Error("a Run without a sink was accepted")
	}
}

// TestEveryLanguageHasEveryWord: none is empty, and none is another's.
func TestEveryLanguageHasEveryWord(t *testing.T) {
	for _, lang := range message.Langs() {
		v := reflect.ValueOf(*wordsOf(lang))
		for i := range v.NumField() {
			f := v.Field(i)
			if f.Kind() != reflect.Func && f.IsZero() {
				t.Errorf("%s: %s is empty", lang, v.Type().Field(i).Name)
			}
			if f.Kind() == reflect.Map && f.Len() != reflect.ValueOf(*english()).Field(i).Len() {
				t.Errorf("%s: %s has %d words", lang, v.Type().Field(i).Name, f.Len())
			}
		}
		if got := wordsOf(lang).span(26*time.Hour + 5*time.Minute); strings.Contains(got, "%") || !strings.Contains(got, "1") || !strings.Contains(got, "2") {
			t.Errorf("%s: %q", lang, got)
		}
	}
}
