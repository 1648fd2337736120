package web

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// seen is one event as a page gets it.
type seen struct {
	id    string
	name  string
	entry Entry
}

// tab is one open page.
type tab struct {
	events chan seen // closed when the stream ends
	close  func()
}

// open connects a page that last saw the row `after`.
func (s *chatServer) open(t *testing.T, cookie *http.Cookie, after int64) *tab {
	t.Helper()
	return s.openAt(t, "/chat/events", cookie, after)
}

func (s *chatServer) openAt(t *testing.T, path string, cookie *http.Cookie, after int64) *tab {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	r := s.request(t, http.MethodGet, path, "", cookie).WithContext(ctx)
	if after > 0 {
		r.Header.Set("Last-Event-ID", strconv.FormatInt(after, 10))
	}
	resp, err := s.Client().Do(r)
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/event-stream; charset=utf-8" {
		cancel()
		t.Fatalf("status %d, type %q", resp.StatusCode, resp.Header.Get("Content-Type"))
	}
	p := &tab{events: make(chan seen, 1000)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer close(p.events)
		read(resp.Body, p.events)
	}()
	p.close = func() {
		cancel()
		_ = resp.Body.Close()
		<-done
	}
	t.Cleanup(p.close)
	return p
}

// read parses a stream until it ends.
func read(body io.Reader, into chan<- seen) {
	var ev seen
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		field, value, _ := strings.Cut(lines.Text(), ": ")
		switch field {
		case "id":
			ev.id = value
		case "event":
			ev.name = value
		case "data":
			if json.Unmarshal([]byte(value), &ev.entry) != nil {
				ev.name = "broken"
			}
		case "":
			if ev.name != "" {
				into <- ev
			}
			ev = seen{}
		}
	}
}

// next gives the next event.
func (p *tab) next(t *testing.T) seen {
	t.Helper()
	select {
	case ev, ok := <-p.events:
		if !ok {
			t.Fatal("the stream ended")
		}
		return ev
	case <-time.After(patience):
		t.Fatal("no event came")
	}
	return seen{}
}

// upTo gives the ids of the events before the one called name.
func (p *tab) upTo(t *testing.T, name string) []string {
	t.Helper()
	var ids []string
	for {
		ev := p.next(t)
		if ev.name == name {
			return ids
		}
		ids = append(ids, ev.id)
	}
}

// ended waits for the end of the stream.
func (p *tab) ended(t *testing.T) {
	t.Helper()
	deadline := time.After(patience)
	for {
		select {
		case _, ok := <-p.events:
			if !ok {
				return
			}
		case <-deadline:
			t.Fatal("the stream did not end")
		}
	}
}

func TestStreamShowsWhatIsSaid(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	chat := s.chat(t, cookie)
	page := s.open(t, cookie, 0)
	if before := page.upTo(t, "ready"); len(before) != 0 {
		t.Fatalf("an empty conversation began with %v", before)
	}
	said := &message.Outbound{
		Text: "Is it yes?\n\nid: 99\u2028", From: message.Agent, Lang: message.Simplified,
		Choices: []message.Choice{{ID: "yes", Label: "是"}}, Tokens: []string{"tok"}, Question: 3,
	}
	receipt, err := s.a.Send(t.Context(), adapters.Delivery{ID: 7, Chat: chat, Say: said})
	if err != nil || receipt.ID != "7" || !slices.Equal(receipt.Parts, []message.PlatformID{"7"}) {
		t.Fatalf("receipt %+v, %v", receipt, err)
	}
	got := page.next(t)
	if got.name != "entry" || got.id != "7" || got.entry.Text != said.Text || got.entry.From != message.Agent ||
		got.entry.Lang != message.Simplified || got.entry.Question != 3 || got.entry.Tokens[0] != "tok" ||
		got.entry.Choices[0].Label != "是" || !got.entry.At.Equal(noon) {
		t.Errorf("entry %+v", got)
	}

	if err := s.a.Typing(t.Context(), chat); err != nil {
		t.Fatal(err)
	}
	if got := page.next(t); got.name != "typing" || got.id != "" {
		t.Errorf("typing came as %+v", got)
	}

	settle := &adapters.Settle{Question: 3, Message: "7", Chosen: "是"}
	if _, err := s.a.Send(t.Context(), adapters.Delivery{ID: 8, Chat: chat, Settle: settle}); err != nil {
		t.Fatal(err)
	}
	got = page.next(t)
	if got.name != "settle" || got.id != "8" || got.entry.Settled != 3 || got.entry.Chosen != "是" {
		t.Errorf("settle came as %+v", got)
	}
}

func TestReconnectGivesExactlyWhatWasMissed(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	chat := s.chat(t, cookie)
	first := s.open(t, cookie, 0)
	first.upTo(t, "ready")
	for id := int64(1); id <= 3; id++ {
		s.say(t, chat, id, "early")
	}
	for _, want := range []string{"1", "2", "3"} {
		if got := first.next(t); got.id != want {
			t.Fatalf("event %s, want %s", got.id, want)
		}
	}
	first.close()
	for id := int64(4); id <= 40; id++ {
		s.say(t, chat, id, "while away")
	}
	s.say(t, "somebody else", 41, "not for this page")
	back := s.open(t, cookie, 3)
	missed := back.upTo(t, "ready")
	if len(missed) != 37 {
		t.Fatalf("%d events, want 37: %v", len(missed), missed)
	}
	for i, id := range missed {
		if id != strconv.Itoa(i+4) {
			t.Fatalf("event %d is %s: %v", i, id, missed)
		}
	}
	s.say(t, chat, 42, "live again")
	if got := back.next(t); got.id != "42" {
		t.Errorf("event %s, want 42", got.id)
	}
}

func TestNothingFallsBetweenHistoryAndTheStream(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	chat := s.chat(t, cookie)
	// Said while History is being read: stored and published, so it comes both
	// ways and must be shown once.
	s.outbox.reading = func() { s.say(t, chat, 5, "in between") }
	page := s.open(t, cookie, 0)
	if got := page.upTo(t, "ready"); !slices.Equal(got, []string{"5"}) {
		t.Errorf("history gave %v, want [5]", got)
	}
	s.say(t, chat, 6, "after")
	if got := page.next(t); got.id != "6" {
		t.Errorf("then came %s, want 6", got.id)
	}
}

func TestTwoTabs(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	chat := s.chat(t, cookie)
	tabs := []*tab{s.open(t, cookie, 0), s.open(t, cookie, 0)}
	other := s.visit(t)
	stranger := s.open(t, other, 0)
	for _, p := range append(tabs, stranger) {
		p.upTo(t, "ready")
	}
	if resp := s.do(t, s.post(t, cookie, `{"id":"message-0001","text":"hello"}`)); resp.StatusCode != http.StatusAccepted {
		t.Fatalf("status %d", resp.StatusCode)
	}
	s.say(t, chat, 1, "hello to you")
	for i, p := range tabs {
		mine, answer := p.next(t), p.next(t)
		if mine.entry.From != Customer || mine.entry.Ref != "message-0001" || mine.entry.Text != "hello" || mine.id != "" {
			t.Errorf("tab %d: the customer's words came as %+v", i, mine)
		}
		if answer.id != "1" || answer.entry.Text != "hello to you" {
			t.Errorf("tab %d: the answer came as %+v", i, answer)
		}
	}
	// The stranger's own message is the first thing they see.
	s.say(t, s.chat(t, other), 2, "for the stranger")
	if got := stranger.next(t); got.id != "2" {
		t.Errorf("another customer saw %+v", got)
	}
}

func TestReloadShowsTheConversation(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	chat := s.chat(t, cookie)
	s.outbox.add(chat, Entry{ID: 1, From: message.Bot, Text: "hello"})
	s.outbox.add(chat, Entry{ID: 900, Ref: "message-0001", From: Customer, Text: "hi"})
	s.outbox.add(chat, Entry{ID: 2, From: message.Bot, Text: "what happened?"})
	page := s.open(t, cookie, 0)
	// The customer's entry has no event id: 900 would hide rows 3 to 900.
	if got := page.upTo(t, "ready"); !slices.Equal(got, []string{"1", "", "2"}) {
		t.Errorf("events %q", got)
	}
}

func TestSlowPageIsDroppedAndCatchesUp(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	chat := s.chat(t, cookie)
	slow, _ := s.a.hub.join(chat, numbered(1)) // a page that reads nothing
	for id := int64(1); id <= streamRoom; id++ {
		s.say(t, chat, id, "x")
	}
	if err := s.a.Typing(t.Context(), chat); err != nil {
		t.Fatal(err)
	}
	select {
	case <-slow.dropped:
		t.Fatal("dropped for a sign that somebody types")
	default:
	}
	s.say(t, chat, streamRoom+1, "one too many")
	select {
	case <-slow.dropped:
	default:
		t.Fatal("a full page was not dropped")
	}
	s.say(t, chat, streamRoom+2, "nobody is there")
	page := s.open(t, cookie, streamRoom)
	want := []string{fmt.Sprint(streamRoom + 1), fmt.Sprint(streamRoom + 2)}
	if got := page.upTo(t, "ready"); !slices.Equal(got, want) {
		t.Errorf("caught up with %v, want %v", got, want)
	}
}

func TestDroppedStreamEnds(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	page := s.open(t, cookie, 0)
	page.upTo(t, "ready")
	s.a.hub.mu.Lock()
	for _, streams := range s.a.hub.chats {
		for st := range streams {
			close(st.dropped)
		}
	}
	s.a.hub.mu.Unlock()
	page.ended(t)
}

func TestStreamsEndWithRun(t *testing.T) {
	s := serve(t)
	page := s.open(t, s.visit(t), 0)
	page.upTo(t, "ready")
	s.stop()
	page.ended(t)
	if resp := s.do(t, s.request(t, http.MethodGet, "/chat/events", "", s.visit(t))); resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("after Run: status %d, want 503", resp.StatusCode)
	}
	s.a.hub.mu.Lock()
	defer s.a.hub.mu.Unlock()
	if n := len(s.a.hub.chats); n != 0 {
		t.Errorf("%d chats still have streams", n)
	}
}

func TestStreamBeats(t *testing.T) {
	s := idle(t, Config{})
	s.a.beat = time.Millisecond
	s.run(t)
	page := s.open(t, s.visit(t), 0)
	page.upTo(t, "ready")
	if got := page.next(t); got.name != "beat" || got.id != "" {
		t.Errorf("an idle stream sent %+v", got)
	}
}

func TestStreamRefusals(t *testing.T) {
	s := serve(t)
	if resp := s.do(t, s.request(t, http.MethodGet, "/chat/events", "", nil)); resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("without a session: status %d, want 401", resp.StatusCode)
	}
	s.outbox.fail(errors.New("locked"))
	resp := s.do(t, s.request(t, http.MethodGet, "/chat/events", "", s.visit(t)))
	if resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("with a failing store: status %d, want 503", resp.StatusCode)
	}
	wantWords(t, resp)
}

func TestLastSeen(t *testing.T) {
	s := idle(t, Config{})
	cases := []struct {
		header, query string
		want          int64
	}{
		{"", "", 0}, {"7", "", 7}, {"", "?after=5", 5}, {"7", "?after=5", 7},
		{"-7", "", 0}, {"seven", "?after=5", 0}, {"99999999999999999999", "", 0},
	}
	for _, c := range cases {
		r := s.request(t, http.MethodGet, "/chat/events"+c.query, "", nil)
		r.Header.Set("Last-Event-ID", c.header)
		if got := lastSeen(r); got != c.want {
			t.Errorf("header %q, query %q: %d, want %d", c.header, c.query, got, c.want)
		}
	}
}

// A page that saw rows of another database has seen nothing of this one: after a
// restore, numbers are given again.
func TestAnotherEpochIsToldFromTheBeginning(t *testing.T) {
	epoch := "first"
	s := idle(t, Config{Epoch: func(context.Context) (string, error) { return epoch, nil }})
	s.run(t)
	cookie := s.visit(t)
	chat := s.chat(t, cookie)
	s.say(t, chat, 7, "before")
	for _, c := range []struct {
		now, known string
		after      int64
		want       int
	}{{"first", "", 0, 2}, {"first", "first", 7, 1}, {"second", "first", 7, 2}, {"second", "", 7, 1}} {
		epoch = c.now
		page := s.openAt(t, "/chat/events?epoch="+c.known, cookie, c.after)
		if got := page.upTo(t, "ready"); len(got) != c.want {
			t.Errorf("in %s, known %q after %d: events %q, want %d with the epoch", c.now, c.known, c.after, got, c.want)
		}
		page.close()
	}
}
