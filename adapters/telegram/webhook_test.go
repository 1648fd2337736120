package telegram

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/dialog/message"
)

func TestAConversationInBothModes(t *testing.T) {
	inBothModes(t, func(t *testing.T, mode string) {
		ctx, tg, sink := deadline(t), newFake(t), newSink()
		a, _ := newAdapterIn(t, mode, tg.URL(), brisk)
		run(t, a, sink)
		ann := tg.Customer(1, "Ann", "en")
		id := ann.Says("my lamp is broken")
		sink.wait(ctx, t, 1)
		d := say("1", "Shall we send a new one?")
		d.Say.Choices, d.Say.Tokens = []message.Choice{{ID: "yes", Label: "Yes"}}, []string{"tok"}
		if _, err := a.Send(ctx, d); err != nil {
			t.Fatal(err)
		}
		if _, err := ann.Taps("Yes"); err != nil {
			t.Fatal(err)
		}
		sink.wait(ctx, t, 2)
		if err := ann.Edits(id, "my lamp is broken, and the shade"); err != nil {
			t.Fatal(err)
		}
		sink.wait(ctx, t, 3)
		ann.SendsPhoto("look")
		var kinds []message.Kind
		for _, r := range sink.wait(ctx, t, 4) {
			in, err := a.Decode(r.Payload)
			if err != nil || in.Chat != "1" || a.Reread(r.Payload).Dedup != r.Dedup {
				t.Errorf("%+v, %v", in, err)
			}
			if kinds = append(kinds, in.Kind); in.Tap != nil {
				if err := a.AnswerTap(ctx, *in.Tap, ""); err != nil {
					t.Error(err)
				}
			}
		}
		if want := []message.Kind{message.KindText, message.KindTap, message.KindEdited, message.KindMedia}; !slices.Equal(kinds, want) {
			t.Errorf("kinds %v, want %v", kinds, want)
		}
		if len(tg.Unanswered()) != 0 {
			t.Error("the tap is not answered")
		}
	})
}

// hookRequest is a call as Telegram makes it.
func hookRequest(t *testing.T, body string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, HookPath, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(secretHeader, hookSecret)
	return r
}

// answered gives what the mounted handler answers.
func answered(a *Adapter, r *http.Request) *http.Response {
	mux := http.NewServeMux()
	for pattern, handler := range a.Routes() {
		mux.Handle(pattern, handler)
	}
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, r)
	return w.Result()
}

// open lets calls in without a Run.
func open(t *testing.T, a *Adapter, sink adapters.Sink) *visit {
	t.Helper()
	v := &visit{ctx: t.Context(), sink: sink, groups: make(chan string, 1), log: a.log}
	a.door.open(v)
	t.Cleanup(func() { a.door.shut(v) })
	return v
}

func TestOnlyTelegramIsLetIn(t *testing.T) {
	a, _ := newAdapterIn(t, ModeWebhook, "http://127.0.0.1:1", brisk)
	sink := newSink()
	open(t, a, sink)
	update := `{"update_id":5,"message":{"message_id":1,"text":"x","from":{"id":1},"chat":{"id":1,"type":"private"}}}`
	for name, c := range map[string]struct {
		change func(*http.Request)
		want   int
	}{
		"no secret":      {func(r *http.Request) { r.Header.Del(secretHeader); r.Body = io.NopCloser(unreadable{t}) }, 401},
		"empty secret":   {func(r *http.Request) { r.Header.Set(secretHeader, "") }, 401},
		"wrong secret":   {func(r *http.Request) { r.Header.Set(secretHeader, hookSecret+"x") }, 401},
		"half a secret":  {func(r *http.Request) { r.Header.Set(secretHeader, hookSecret[:9]) }, 401},
		"in the query":   {func(r *http.Request) { r.Header.Del(secretHeader); r.URL.RawQuery = "secret_token=" + hookSecret }, 401},
		"form":           {func(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") }, 404},
		"no type":        {func(r *http.Request) { r.Header.Del("Content-Type") }, 404},
		"text":           {func(r *http.Request) { r.Header.Set("Content-Type", "text/plain; application/json") }, 404},
		"too large":      {func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(update + strings.Repeat(" ", maxHook))) }, 413},
		"says too large": {func(r *http.Request) { r.ContentLength, r.Body = maxHook+1, io.NopCloser(unreadable{t}) }, 413},
		"cut short":      {func(r *http.Request) { r.Body = io.NopCloser(io.MultiReader(strings.NewReader(update), failing{})) }, 400},
	} {
		r := hookRequest(t, update)
		c.change(r)
		resp := answered(a, r)
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != c.want || len(body) != 0 {
			t.Errorf("%s: %d, %q, %v; want %d and nothing else", name, resp.StatusCode, body, err, c.want)
		}
	}
	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodHead, http.MethodOptions} {
		r := hookRequest(t, update)
		r.Method = method
		if resp := answered(a, r); resp.StatusCode/100 != 4 {
			t.Errorf("%s: %d", method, resp.StatusCode)
		}
		w := httptest.NewRecorder()
		if a.takeUpdate(w, r); w.Code != 404 {
			t.Errorf("%s past the mux: %d", method, w.Code)
		}
	}
	if len(sink.stored) != 0 {
		t.Errorf("stored %d updates of strangers", len(sink.stored))
	}
	r := hookRequest(t, update)
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	if resp := answered(a, r); resp.StatusCode != 200 || resp.ContentLength > 0 || len(sink.stored) != 1 {
		t.Errorf("Telegram itself: %d, %d stored", resp.StatusCode, len(sink.stored))
	}
}

// unreadable is the body of somebody who must not be listened to.
type unreadable struct{ t *testing.T }

func (u unreadable) Read([]byte) (int, error) {
	u.t.Error("the body was read")
	return 0, io.EOF
}

// Two thousand strangers make one line, and their connections end.
func TestStrangersDoNotFillTheLog(t *testing.T) {
	a, logs := newAdapterIn(t, ModeWebhook, "http://127.0.0.1:1", brisk)
	for range 2000 {
		r := hookRequest(t, "{}")
		r.Header.Set(secretHeader, "guessed")
		if resp := answered(a, r); resp.StatusCode != 401 || resp.Header.Get("Connection") != "close" {
			t.Fatalf("status %d, connection %q", resp.StatusCode, resp.Header.Get("Connection"))
		}
	}
	if lines := logs.FilterMessageSnippet("turned away"); lines.Len() != 1 {
		t.Errorf("%d lines", lines.Len())
	}
	if now := time.Now().Add(adapters.SpellPause); a.strangers.Over(now) != 1999 || a.strangers.Over(now) != 0 {
		t.Error("how many there were was lost")
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("gone") }

func TestPollingHasNoRoutes(t *testing.T) {
	a, _ := newAdapter(t, "http://127.0.0.1:1", brisk)
	if r := a.Routes(); len(r) != 0 {
		t.Errorf("routes %v", r)
	}
}

func TestNothingIsTakenWhileItCannotBeStored(t *testing.T) {
	a, logs := newAdapterIn(t, ModeWebhook, "http://127.0.0.1:1", brisk)
	busyAnswer := func(when string) {
		t.Helper()
		resp := answered(a, hookRequest(t, `{"update_id":5}`))
		if resp.StatusCode != 503 || resp.Header.Get("Retry-After") != retryAfter {
			t.Errorf("%s: %d, Retry-After %q", when, resp.StatusCode, resp.Header.Get("Retry-After"))
		}
	}
	busyAnswer("before Run")
	sink := newSink()
	sink.failures = 2
	v := open(t, a, sink)
	busyAnswer("while the store fails")
	busyAnswer("while the store fails")
	if resp := answered(a, hookRequest(t, `{"update_id":5}`)); resp.StatusCode != 200 {
		t.Errorf("when it is well again: %d", resp.StatusCode)
	}
	a.door.shut(v)
	busyAnswer("after Run")
	if n := logs.FilterMessageSnippet("cannot be stored").Len(); n != 1 {
		t.Errorf("noted %d times, want once", n)
	}
}

func TestRunWaitsForCallsThatAreBeingStored(t *testing.T) {
	ctx, tg, sink := deadline(t), newFake(t), newSink()
	a, _ := newAdapterIn(t, ModeWebhook, tg.URL(), brisk)
	inside, release := make(chan struct{}), make(chan struct{})
	var once sync.Once
	sink.before = func() { once.Do(func() { close(inside); <-release }) }
	runCtx, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- a.Run(runCtx, sink) }()
	tg.Customer(1, "Ann", "en").Says("hello")
	<-inside
	cancel()
	for v := a.door.enter(); v != nil; v = a.door.enter() { // until it is shut, and then somebody is still inside
		v.leave()
	}
	select {
	case err := <-done:
		t.Errorf("Run ended over a call that was being stored: %v", err)
	case <-time.After(100 * time.Millisecond): // how long it would take is not known; this much is plenty
	}
	close(release)
	if err := <-done; err != nil || len(sink.stored) != 1 {
		t.Errorf("%v, %d stored", err, len(sink.stored))
	}
}

func TestALostAnswerBringsACopyWithTheSameKey(t *testing.T) {
	ctx, tg, sink := deadline(t), newFake(t), newSink()
	tg.LoseHookAnswers(2)
	a, _ := newAdapterIn(t, ModeWebhook, tg.URL(), brisk)
	run(t, a, sink)
	tg.Customer(1, "Ann", "en").Says("once")
	raws := sink.wait(ctx, t, 3)
	if err := tg.Await(ctx, func() bool { return tg.Waiting() == 0 }); err != nil {
		t.Fatal(err)
	}
	for _, r := range raws {
		if r.Dedup != "telegram/4711:1001" {
			t.Errorf("a copy came as %s", r.Dedup)
		}
	}
}

func TestOrderInsideAChatIsKept(t *testing.T) {
	ctx, tg, sink := deadline(t), newFake(t), newSink()
	sink.failures = 7
	a, _ := newAdapterIn(t, ModeWebhook, tg.URL(), brisk)
	run(t, a, sink)
	const each = 20
	for i := range each {
		for c := range int64(5) {
			tg.Customer(c+1, "Ann", "en").Says(strings.Repeat("x", i+1))
		}
	}
	last := make(map[message.Chat]int)
	for _, r := range sink.wait(ctx, t, 5*each) {
		in, err := a.Decode(r.Payload)
		if err != nil || len(in.Text) != last[r.Chat]+1 {
			t.Fatalf("chat %s: %d after %d, %v", r.Chat, len(in.Text), last[r.Chat], err)
		}
		last[r.Chat]++
	}
}

func TestAStoreThatHangsHoldsUpItsOwnChatOnly(t *testing.T) {
	ctx, tg, sink := deadline(t), newFake(t), newSink()
	entered, release := make(chan struct{}), make(chan struct{})
	var first atomic.Bool
	sink.before = func() {
		if first.CompareAndSwap(false, true) {
			close(entered)
			<-release
		}
	}
	a, _ := newAdapterIn(t, ModeWebhook, tg.URL(), brisk)
	run(t, a, sink)
	ann, ben := tg.Customer(1, "Ann", "en"), tg.Customer(2, "Ben", "en")
	ann.Says("stuck")
	<-entered
	ben.Says("through")
	if raws := sink.wait(ctx, t, 1); raws[0].Chat != "2" {
		t.Errorf("first stored: chat %s", raws[0].Chat)
	}
	close(release)
	sink.wait(ctx, t, 2)
}

func FuzzTakeUpdate(f *testing.F) {
	f.Add(`{"update_id":5,"message":{"message_id":1,"text":"x","from":{"id":1},"chat":{"id":1,"type":"private"}}}`)
	f.Add(`{"update_id":5,"callback_query":{"id":"q","from":{"id":1}}}`)
	f.Add(`[{"update_id":5}]`)
	f.Add(``)
	a, err := New(Config{Token: telegramfake.Token, Mode: ModeWebhook, WebhookSecret: hookSecret, WebhookURL: "https://chat.example.org" + HookPath})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		sink := newSink()
		v := open(t, a, sink)
		defer a.door.shut(v)
		if resp := answered(a, hookRequest(t, body)); resp.StatusCode != 200 || resp.ContentLength > 0 {
			t.Fatalf("answered %d", resp.StatusCode)
		}
		if len(sink.stored) != 1 {
			t.Fatalf("%d stored", len(sink.stored))
		}
		r := sink.stored[0]
		if string(r.Payload) != body || r.Dedup == "" || (r.Chat == "") != (r.Err != "") {
			t.Errorf("raw of %q: dedup %q, chat %q, err %q", body, r.Dedup, r.Chat, r.Err)
		}
		if again := a.Reread(r.Payload); again.Dedup != r.Dedup || again.Chat != r.Chat || again.Err != r.Err {
			t.Errorf("reread differs: %+v", again)
		}
	})
}
