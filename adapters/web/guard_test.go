package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

// fixedKey is the same over restarts.
func fixedKey(context.Context) ([]byte, error) { return []byte(strings.Repeat("key ", 8)), nil }

func TestSessionsOutliveARestart(t *testing.T) {
	one, two, other := idle(t, Config{Key: fixedKey}), idle(t, Config{Key: fixedKey}), idle(t, Config{})
	cookie := one.visit(t)
	if one.chat(t, cookie) != two.chat(t, cookie) {
		t.Error("after a restart it is another chat")
	}
	if _, ok := other.a.chatOf(other.request(t, http.MethodGet, "/chat", "", cookie)); ok {
		t.Error("a session is taken under another key")
	}
}

func TestAKeyThatCannotBeReadIsAskedForAgain(t *testing.T) {
	asked := 0
	s := idle(t, Config{Key: func(ctx context.Context) ([]byte, error) {
		switch asked++; asked {
		case 1:
			return nil, errors.New("locked")
		case 2:
			return []byte("short"), nil
		}
		return fixedKey(ctx)
	}})
	for range 2 {
		if resp := s.do(t, s.request(t, http.MethodHead, "/chat", "", nil)); resp.StatusCode == http.StatusOK || len(resp.Cookies()) != 0 {
			t.Errorf("without a key: status %d, %d cookies", resp.StatusCode, len(resp.Cookies()))
		}
	}
	s.visit(t)
	s.visit(t)
	if asked != 3 {
		t.Errorf("asked %d times, want 3", asked)
	}
}

// Over https browsers take the cookie from this host alone.
func TestCookieBelongsToItsHost(t *testing.T) {
	s := idle(t, Config{PublicURL: "https://shop.example", Embed: []string{"https://shop.example"}})
	for path, partitioned := range map[string]bool{"/chat": false, "/chat?embed=1": true} {
		c := s.do(t, s.request(t, http.MethodGet, path, "", nil)).Cookies()
		if len(c) != 1 || c[0].Name != secureName || c[0].Path != "/" || !c[0].Secure || !c[0].HttpOnly || c[0].Domain != "" || c[0].Partitioned != partitioned {
			t.Errorf("%s: %v", path, c)
		}
	}
	planted := &http.Cookie{Name: cookieName, Value: s.visit(t).Value} // what a sister host can set
	if _, ok := s.a.chatOf(s.request(t, http.MethodGet, "/chat", "", planted)); ok {
		t.Error("a cookie without the prefix is taken over https")
	}
	// Two jars of one browser that came apart get one session again.
	r := s.request(t, http.MethodGet, "/chat", "", s.visit(t))
	r.AddCookie(&http.Cookie{Name: secureName, Value: s.visit(t).Value})
	both := s.do(t, r).Cookies()
	if len(both) != 2 || both[0].Value != both[1].Value || both[0].Partitioned == both[1].Partitioned {
		t.Errorf("two jars get %v", both)
	}
}

func TestTwoSessionsOnPlainHTTPAreNone(t *testing.T) {
	s := idle(t, Config{})
	r := s.request(t, http.MethodGet, "/chat", "", s.visit(t))
	r.AddCookie(&http.Cookie{Name: cookieName, Value: s.visit(t).Value})
	if got := s.do(t, r).Cookies(); len(got) != 0 {
		t.Errorf("the page sets %v", got)
	}
	r = s.request(t, http.MethodGet, "/chat", "", nil)
	value := s.visit(t).Value
	r.Header.Set("Cookie", cookieName+"="+value+"; "+cookieName+"="+value)
	if _, ok := s.a.chatOf(r); !ok {
		t.Error("one session that is sent twice is refused")
	}
}

func TestStreamsAreOpenedAtAPace(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	for range openBurst {
		p := s.open(t, cookie, 0)
		p.upTo(t, "ready")
		p.close()
	}
	wantTooMany(t, s.do(t, s.request(t, http.MethodGet, "/chat/events", "", cookie)), codeStreams, 2)
	s.open(t, s.visit(t), 0).upTo(t, "ready")
}

func TestLimitsOfAnAddressHoldForItsSessionsTogether(t *testing.T) {
	l, from := newLimits(), numbered(1)
	opened, posted := 0, 0
	for i := range 1000 {
		if l.open(message.Chat(fmt.Sprint(i)), from, noon) == 0 {
			opened++
		}
		if l.post(message.Chat(fmt.Sprint(i)), from, 100, noon) == 0 {
			posted++
		}
	}
	if opened != nearOpenBurst || posted != nearPostBurst {
		t.Errorf("%d streams and %d messages at once, want %d and %d", opened, posted, nearOpenBurst, nearPostBurst)
	}
	if l.open("other", numbered(2), noon) != 0 || l.post("other", numbered(2), 100, noon) != 0 {
		t.Error("another address has to wait with it")
	}
}

// flooded gives how many bytes one address can have stored within a time, with as
// many sessions as it likes.
func flooded(during time.Duration) (sum int) {
	l, from := newLimits(), numbered(1)
	for now, i := noon, 0; now.Before(noon.Add(during)); i++ {
		wait := l.post(message.Chat(fmt.Sprint(i)), from, maxText, now)
		if wait == 0 {
			sum += maxText
		}
		now = now.Add(wait)
	}
	return sum
}

func TestAnAddressCannotFillTheDisk(t *testing.T) {
	if got := flooded(time.Minute); got > 2<<20 {
		t.Errorf("%d bytes in a minute", got)
	}
	if got := flooded(24 * time.Hour); got > 65<<20 {
		t.Errorf("%d bytes in a day", got)
	}
}

func TestAFullDiskTakesNothing(t *testing.T) {
	free := int64(spaceFloor)
	s := idle(t, Config{Files: t.TempDir(), Free: func() (int64, error) {
		if free < 0 {
			return 0, errors.New("unknown")
		}
		return free, nil
	}})
	s.run(t)
	cookie := s.visit(t)
	const body = `{"id":"message-0001","text":"x"}`
	free--
	for range 2 {
		for _, r := range []*http.Request{s.post(t, cookie, body), s.upload(t, cookie, "message-0002", "x", "text")} {
			resp := s.do(t, r)
			if resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" {
				t.Errorf("%s: status %d", r.URL.Path, resp.StatusCode)
			}
			wantWords(t, resp)
		}
	}
	if n := s.logs.FilterMessageSnippet("room on the disk").Len(); n != 1 {
		t.Errorf("the log says it %d times, want once", n)
	}
	for _, now := range []int64{spaceFloor, -1} {
		free = now
		if resp := s.do(t, s.post(t, cookie, body)); resp.StatusCode != http.StatusAccepted {
			t.Errorf("with %d: status %d", now, resp.StatusCode)
		}
	}
}

func TestStoredTextsAreNotEscapedForPages(t *testing.T) {
	s := serve(t)
	s.do(t, s.post(t, s.visit(t), `{"id":"message-0001","text":"<&>"}`))
	if got := s.sink.stored(); len(got) != 1 || !strings.Contains(string(got[0].Payload), `"<&>"`) {
		t.Errorf("stored as %s", got[0].Payload)
	}
}

// A page learns that there was more than it is told.
func TestWhatIsCutIsSaid(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	chat := s.chat(t, cookie)
	s.outbox.add(chat, Entry{ID: 8, From: message.Bot, Text: "late", Cut: true})
	s.outbox.add(chat, Entry{ID: 9, From: message.Bot, Text: "later"})
	page := s.open(t, cookie, 0)
	for _, want := range []string{"cut", "entry", "entry", "ready"} {
		if got := page.next(t); got.name != want {
			t.Fatalf("%q came, want %q", got.name, want)
		}
	}
}

func TestHistoriesAreReadAFewAtATime(t *testing.T) {
	s := idle(t, Config{})
	var now, most atomic.Int64
	full, let := make(chan struct{}), make(chan struct{})
	isFull := sync.OnceFunc(func() { close(full) })
	s.outbox.reading = func() {
		n := now.Add(1)
		defer now.Add(-1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		if n == readersAtOnce {
			isFull()
		}
		<-let
	}
	s.run(t)
	done := make(chan error, 3*readersAtOnce)
	for i := range 3 * readersAtOnce {
		go func() {
			_, err := s.a.readHistory(t.Context(), message.Chat(fmt.Sprint(i)), 0)
			done <- err
		}()
	}
	receive(t, full)
	close(let)
	for range cap(done) {
		if err := receive(t, done); err != nil {
			t.Error(err)
		}
	}
	if got := most.Load(); got != readersAtOnce {
		t.Errorf("%d were read at once, want %d", got, readersAtOnce)
	}
}

// longTalk puts a conversation into the history that is told only to few at a
// time; it is more than the buffers of a line hold.
func (s *chatServer) longTalk(chat message.Chat) {
	for id := int64(1); id <= 96; id++ {
		s.outbox.add(chat, Entry{ID: id, From: message.Bot, Text: strings.Repeat("x", 256<<10)})
	}
}

// reader opens a stream over a line of its own and reads nothing but the head.
func (s *chatServer) reader(t *testing.T, cookie *http.Cookie) net.Conn {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_, err = fmt.Fprintf(conn, "GET /chat/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: %s=%s\r\n\r\n", cookie.Name, cookie.Value)
	if err != nil {
		t.Fatal(err)
	}
	head := make([]byte, len("HTTP/1.1 200"))
	if _, err := io.ReadFull(conn, head); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(string(head), " 200") {
		t.Fatalf("the stream is answered %q", head)
	}
	return conn
}

// A reader who takes nothing holds its place however many more are opened: what
// was ended counts until it has left.
func TestSlowReadersAreCounted(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	s.longTalk(s.chat(t, cookie))
	for range ownLarge {
		s.reader(t, cookie)
	}
	resp := s.do(t, s.request(t, http.MethodGet, "/chat/events", "", cookie))
	if resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("one more long history: status %d, want 503", resp.StatusCode)
	}
	// The one more has ended the oldest of the tabs, which may have left by now:
	// it leaves between two writes, and only one that waits in a write stays.
	s.a.large.mu.Lock()
	defer s.a.large.mu.Unlock()
	if n := s.a.large.taken; n != ownLarge && n != ownLarge-1 {
		t.Errorf("%d long histories are being told, want %d, or one less", n, ownLarge)
	}
}

func TestEndedStreamsCountUntilTheyHaveLeft(t *testing.T) {
	h, from := newHub(), numbered(1)
	var all []*stream
	for range tabs + leaving {
		s, full := h.join("greedy", from)
		if full != roomLeft {
			t.Fatal("too early")
		}
		all = append(all, s)
	}
	if _, full := h.join("greedy", from); full != chatFull {
		t.Error("there is no end to the pages that are on their way out")
	}
	h.publish("greedy", event{name: "entry"}) // passes over those that were ended
	for i, s := range all {
		if s.over() != (i < leaving) || len(s.events) != map[bool]int{true: 0, false: 1}[i < leaving] {
			t.Errorf("page %d: ended %v, %d events", i, s.over(), len(s.events))
		}
	}
	h.leave("greedy", all[0])
	if _, full := h.join("greedy", from); full != roomLeft {
		t.Error("one that left makes no room")
	}
}

// TestADroppedStreamStopsWhileItTells: what is ended in the middle of the past
// does not go on to its end.
func TestADroppedStreamStopsWhileItTells(t *testing.T) {
	s := serve(t)
	cookie := s.visit(t)
	s.longTalk(s.chat(t, cookie))
	conn := s.reader(t, cookie)
	s.a.hub.mu.Lock()
	for st := range s.a.hub.chats[s.chat(t, cookie)] {
		st.end()
	}
	s.a.hub.mu.Unlock()
	if err := conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(conn)
	if err != nil {
		t.Fatalf("the stream goes on: %v", err)
	}
	if strings.Contains(string(rest), "event: ready") {
		t.Error("it was told all")
	}
}

func TestUploadsAtOnceAreFew(t *testing.T) {
	p := newPlaces(ownUploads, nearUploads, uploadsAtOnce)
	var leave []func()
	for i := range nearUploads {
		l, who := p.take(message.Chat(fmt.Sprint(i/ownUploads)), numbered(1))
		if who != nobody {
			t.Fatalf("upload %d is refused", i)
		}
		leave = append(leave, l)
	}
	if _, who := p.take("0", numbered(2)); who != ownCrowd {
		t.Error("a session has too many")
	}
	if _, who := p.take("new", numbered(1)); who != ownCrowd {
		t.Error("an address has too many")
	}
	for i := nearUploads; i < uploadsAtOnce; i++ {
		l, who := p.take(message.Chat(fmt.Sprint("n", i)), numbered(i))
		if who != nobody {
			t.Fatalf("upload %d is refused", i)
		}
		leave = append(leave, l)
	}
	if _, who := p.take("new", numbered(999)); who != anyCrowd {
		t.Error("there is no end to uploads")
	}
	for _, l := range slices.Concat(leave, leave) { // the second time counts for nothing
		l()
	}
	if p.taken != 0 || len(p.sessions) != 0 || len(p.from) != 0 {
		t.Errorf("%d places, %d sessions and %d addresses are left", p.taken, len(p.sessions), len(p.from))
	}
}

func TestUploadsMustCome(t *testing.T) {
	p := &patient{began: noon}
	for _, c := range []struct {
		came       int64
		now, until time.Duration
	}{
		{0, 0, uploadPatience},
		{1, 15 * time.Second, uploadPatience}, // a byte each 15 s buys nothing
		{uploadRate * 100, 50 * time.Second, 50*time.Second + uploadPatience},
		{maxUpload, 595 * time.Second, uploadLimit},
	} {
		p.came = c.came
		if got := p.deadline(noon.Add(c.now)).Sub(noon).Truncate(10 * time.Millisecond); got != c.until {
			t.Errorf("%d bytes after %v: until %v, want %v", c.came, c.now, got, c.until)
		}
	}
}

// TestFilesThatNeverArriveAreCounted after some: they take a place, too.
func TestFilesThatNeverArriveAreCounted(t *testing.T) {
	s := idle(t, Config{Files: t.TempDir()})
	s.run(t)
	cookie := s.visit(t)
	for i := range refundBurst + 2 {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_, err = fmt.Fprintf(conn, "POST /chat/files?id=message-%04d&name=x HTTP/1.1\r\nHost: x\r\nCookie: %s=%s\r\n"+
			"Content-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\nhalf", i, cookie.Name, cookie.Value)
		if err != nil {
			t.Fatal(err)
		}
		if tcp, ok := conn.(*net.TCPConn); !ok || tcp.CloseWrite() != nil {
			t.Fatal("the line cannot be cut")
		}
		_, _ = io.Copy(io.Discard, conn) // until the server has let go
		_ = conn.Close()
	}
	s.stop()
	s.Close() // waits for the handlers
	if got := s.a.quota.total; got != (allowance{files: 2, bytes: 2000}) {
		t.Errorf("%+v is counted, want 2 files", got)
	}
}
