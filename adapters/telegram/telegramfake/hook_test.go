package telegramfake_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

// receiver is a webhook: it keeps what it was called with and answers as told.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	got    []string // the texts, in the order in which they came
	secret string
	kind   string
	answer func(text string, w http.ResponseWriter) // nil = 200
}

func listen(t *testing.T, answer func(string, http.ResponseWriter)) *receiver {
	t.Helper()
	r := &receiver{answer: answer}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	var u struct {
		Message struct {
			Text string `json:"text"`
		} `json:"message"`
		Callback struct {
			Data string `json:"data"`
		} `json:"callback_query"`
	}
	body, err := io.ReadAll(req.Body)
	if err != nil || json.Unmarshal(body, &u) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	text := u.Message.Text + u.Callback.Data
	r.mu.Lock()
	r.got = append(r.got, text)
	r.secret, r.kind = req.Header.Get("X-Telegram-Bot-Api-Secret-Token"), req.Header.Get("Content-Type")
	r.mu.Unlock()
	if r.answer != nil {
		r.answer(text, w)
	}
}

func (r *receiver) texts() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.got...)
}

func setHook(t *testing.T, s *telegramfake.Server, address string) {
	t.Helper()
	if r := call(t, s, "setWebhook", "url", address, "secret_token", "s3cret", "max_connections", "7", "allowed_updates", `["message"]`); !r.OK {
		t.Fatalf("%+v", r)
	}
}

func confirmed(t *testing.T, s *telegramfake.Server) {
	t.Helper()
	if err := s.Await(ctxOf(t), func() bool { return s.Waiting() == 0 }); err != nil {
		t.Fatalf("%v; %d wait, deliveries %+v", err, s.Waiting(), s.HookCalls())
	}
}

func TestAWebhookIsCalledInOrderInsideAChat(t *testing.T) {
	s, hook := start(t), listen(t, nil)
	ann := s.Customer(1, "Ann", "en")
	ann.Says("a")
	setHook(t, s, hook.URL)
	for _, text := range []string{"b", "c", "d"} {
		ann.Says(text)
	}
	confirmed(t, s)
	if got := strings.Join(hook.texts(), ""); got != "abcd" || hook.secret != "s3cret" || hook.kind != "application/json" {
		t.Errorf("got %q with secret %q as %q", got, hook.secret, hook.kind)
	}
	if w := s.Webhook(); w.MaxConnections != 7 || len(w.Allowed) != 1 || len(s.Violations()) != 0 {
		t.Errorf("%+v, %v", w, s.Violations())
	}
}

func TestChatsAndTapsGoBesideOneAnother(t *testing.T) {
	s := start(t)
	release := make(chan struct{})
	hook := listen(t, func(text string, _ http.ResponseWriter) {
		if text == "stuck" {
			<-release
		}
	})
	free := sync.OnceFunc(func() { close(release) })
	defer free()
	setHook(t, s, hook.URL)
	ann, ben := s.Customer(1, "Ann", "en"), s.Customer(2, "Ben", "en")
	ann.Says("stuck")
	ann.Says("behind")
	ann.TapsData("tap")
	ben.Says("beside")
	if err := s.Await(ctxOf(t), func() bool { return s.Waiting() == 2 }); err != nil {
		t.Fatalf("%v: %v", err, hook.texts())
	}
	if got := strings.Join(hook.texts(), " "); strings.Contains(got, "behind") || !strings.Contains(got, "tap") || !strings.Contains(got, "beside") {
		t.Errorf("came: %s", got)
	}
	free()
	confirmed(t, s)
}

func TestFailedDeliveriesComeAgainAfterGrowingPauses(t *testing.T) {
	s := start(t)
	s.Haste(10 * time.Millisecond)
	var mu sync.Mutex
	left := 4
	hook := listen(t, func(_ string, w http.ResponseWriter) {
		mu.Lock()
		defer mu.Unlock()
		if left--; left >= 0 {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	s.Customer(1, "Ann", "en").Says("again")
	setHook(t, s, hook.URL)
	confirmed(t, s)
	calls := s.HookCalls()
	if len(calls) != 5 {
		t.Fatalf("%d deliveries", len(calls))
	}
	for i, seconds := range []int{0, 2, 4, 8} {
		if gap := calls[i+1].At.Sub(calls[i].At); gap < time.Duration(seconds)*10*time.Millisecond {
			t.Errorf("pause %d was %s", i, gap)
		}
	}
	if r := call(t, s, "getWebhookInfo"); !strings.Contains(string(r.Result), "Wrong response from the webhook: 500 Internal Server Error") {
		t.Errorf("%s", r.Result)
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	s := start(t)
	s.Haste(10 * time.Millisecond)
	var once sync.Once
	hook := listen(t, func(_ string, w http.ResponseWriter) {
		once.Do(func() {
			w.Header().Set("Retry-After", "20")
			w.WriteHeader(http.StatusServiceUnavailable)
		})
	})
	s.Customer(1, "Ann", "en").Says("later")
	setHook(t, s, hook.URL)
	confirmed(t, s)
	calls := s.HookCalls()
	if gap := calls[1].At.Sub(calls[0].At); len(calls) != 2 || gap < 200*time.Millisecond {
		t.Errorf("came again after %s: %+v", gap, calls)
	}
}

func TestGoneForLongEndsAWebhook(t *testing.T) {
	s := start(t)
	s.Haste(time.Millisecond)
	hook := listen(t, func(_ string, w http.ResponseWriter) { w.WriteHeader(http.StatusGone) })
	s.Customer(1, "Ann", "en").Says("kept")
	setHook(t, s, hook.URL)
	if err := s.Await(ctxOf(t), func() bool { return s.Webhook().URL == "" }); err != nil {
		t.Fatal(err)
	}
	if got := ids(t, call(t, s, "getUpdates")); len(got) != 1 {
		t.Errorf("what waited is lost: %v", got)
	}
}

func TestLostAnswersAndRedeliveriesBringCopies(t *testing.T) {
	s, hook := start(t), listen(t, nil)
	s.LoseHookAnswers(1)
	s.Customer(1, "Ann", "en").Says("x")
	setHook(t, s, hook.URL)
	confirmed(t, s)
	if calls := s.HookCalls(); len(calls) != 2 || !calls[0].Lost || calls[1].Lost || calls[0].Update != calls[1].Update {
		t.Errorf("%+v", calls)
	}
	s.Redeliver(1)
	if err := s.Await(ctxOf(t), func() bool { return len(s.HookCalls()) == 3 }); err != nil {
		t.Error(err)
	}
}

func TestWhatAWebhookMustNotDo(t *testing.T) {
	s := start(t)
	hook := listen(t, func(_ string, w http.ResponseWriter) { _, _ = io.WriteString(w, `{"method":"sendMessage"}`) })
	s.Customer(1, "Ann", "en").Says("x")
	setHook(t, s, hook.URL)
	confirmed(t, s)
	if v := s.Violations(); len(v) != 1 || !strings.Contains(v[0], "not empty") {
		t.Errorf("violations %v", v)
	}
	for i, fields := range [][]string{{"url", hook.URL}, {"url", hook.URL, "secret_token", "x", "drop_pending_updates", "true"}} {
		if r := call(t, s, "setWebhook", fields...); !r.OK || len(s.Violations()) != i+2 {
			t.Errorf("%v: %+v, violations %v", fields, r, s.Violations())
		}
	}
	for _, fields := range [][]string{{"url", "http://example.org/x"}, {"url", "://"}, {"url", hook.URL, "secret_token", "a b"}, {"url", hook.URL, "allowed_updates", "{"}} {
		if r := call(t, s, "setWebhook", fields...); r.Code != 400 {
			t.Errorf("%v: %+v", fields, r)
		}
	}
}

func TestNothingIsDeliveredWhereItShouldNot(t *testing.T) {
	s, hook := start(t), listen(t, nil)
	ann := s.Customer(1, "Ann", "en")
	setHook(t, s, hook.URL)
	s.Down(true)
	ann.Says("while down")
	s.Down(false)
	confirmed(t, s)
	if r := call(t, s, "getUpdates"); r.Code != http.StatusConflict {
		t.Errorf("polled beside a webhook: %+v", r)
	}
	call(t, s, "deleteWebhook")
	ann.Says("polled")
	if got := ids(t, call(t, s, "getUpdates")); len(got) != 1 || len(hook.texts()) != 1 {
		t.Errorf("polled %v, delivered %v", got, hook.texts())
	}
	s.SetWebhook("https://telegram.invalid/hook")
	if r := call(t, s, "getWebhookInfo"); !strings.Contains(string(r.Result), `"pending_update_count":1`) {
		t.Errorf("%s", r.Result)
	}
}
