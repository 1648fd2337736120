package telegramfake_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

type reply struct {
	OK          bool            `json:"ok"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Result      json.RawMessage `json:"result"`
	Parameters  struct {
		RetryAfter int `json:"retry_after"`
	} `json:"parameters"`
}

func ctxOf(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func start(t *testing.T) *telegramfake.Server {
	t.Helper()
	s := telegramfake.New()
	t.Cleanup(s.Close)
	return s
}

// try makes a call with fields as pairs of name and value.
func try(ctx context.Context, s *telegramfake.Server, token, method string, pairs ...string) (reply, error) {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL()+"/bot"+token+"/"+method, strings.NewReader(form.Encode()))
	if err != nil {
		return reply{}, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return reply{}, err
	}
	var r reply
	return r, json.Unmarshal(body, &r)
}

func call(t *testing.T, s *telegramfake.Server, method string, pairs ...string) reply {
	t.Helper()
	r, err := try(ctxOf(t), s, telegramfake.Token, method, pairs...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// ids gives the update ids of an answer to getUpdates.
func ids(t *testing.T, r reply) []int64 {
	t.Helper()
	var updates []struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(r.Result, &updates); err != nil {
		t.Fatal(err)
	}
	var out []int64
	for _, u := range updates {
		out = append(out, u.ID)
	}
	return out
}

func TestTheOffsetConfirms(t *testing.T) {
	s := start(t)
	ann := s.Customer(1, "Ann", "en")
	ann.Says("one")
	ann.Says("two")
	for range 2 { // unconfirmed updates come again
		if got := ids(t, call(t, s, "getUpdates")); len(got) != 2 || got[0] != 1001 {
			t.Errorf("updates %v", got)
		}
	}
	if got := ids(t, call(t, s, "getUpdates", "limit", "1")); len(got) != 1 {
		t.Errorf("limit 1: %v", got)
	}
	if got := ids(t, call(t, s, "getUpdates", "offset", "1002")); len(got) != 1 || got[0] != 1002 {
		t.Errorf("offset 1002: %v", got)
	}
	if got := ids(t, call(t, s, "getUpdates", "offset", "1003")); len(got) != 0 || s.Waiting() != 0 {
		t.Errorf("offset 1003: %v", got)
	}
	s.Redeliver(1)
	if got := ids(t, call(t, s, "getUpdates", "offset", "1003")); len(got) != 1 || got[0] != 1002 {
		t.Errorf("redelivered: %v", got)
	}
	if len(s.Violations()) != 0 {
		t.Errorf("violations: %v", s.Violations())
	}
	call(t, s, "getUpdates", "offset", "-1")
	if len(s.Violations()) != 1 {
		t.Error("a negative offset passes unnoticed")
	}
}

func TestALongPollEndsWithAnUpdateOrAnotherPoller(t *testing.T) {
	s, ctx := start(t), ctxOf(t)
	results := make(chan reply, 2)
	poll := func() {
		r, err := try(ctx, s, telegramfake.Token, "getUpdates", "timeout", "50")
		if err != nil {
			t.Error(err)
		}
		results <- r
	}
	go poll()
	if err := s.Await(ctx, s.Polling); err != nil {
		t.Fatal(err)
	}
	go poll()
	if r := <-results; r.Code != http.StatusConflict {
		t.Errorf("the first poller got %+v", r)
	}
	s.Customer(1, "Ann", "en").Says("hello")
	if r := <-results; len(ids(t, r)) != 1 {
		t.Errorf("the second poller got %+v", r)
	}
}

func TestAPollerThatDiesFreesItsPlace(t *testing.T) {
	s := start(t)
	ctx, kill := context.WithCancel(ctxOf(t))
	done := make(chan struct{})
	go func() {
		defer close(done)
		if _, err := try(ctx, s, telegramfake.Token, "getUpdates", "timeout", "50"); err == nil {
			t.Error("a killed poll was answered")
		}
	}()
	if err := s.Await(ctxOf(t), s.Polling); err != nil {
		t.Fatal(err)
	}
	kill()
	<-done
	if err := s.Await(ctxOf(t), func() bool { return !s.Polling() }); err != nil {
		t.Error(err)
	}
}

func TestWhatTelegramRefuses(t *testing.T) {
	s := start(t)
	ann := s.Customer(1, "Ann", "en")
	own := ann.Says("mine")
	longest := strings.Repeat("😀", 2048)
	button := func(data string) string {
		return `{"inline_keyboard":[[{"text":"Yes","callback_data":"` + data + `"}]]}`
	}
	call(t, s, "sendMessage", "chat_id", "1", "text", longest, "reply_markup", button(strings.Repeat("x", 64)))
	sent := ann.Inbox()[0]
	for name, c := range map[string]struct {
		code   int
		method string
		fields []string
	}{
		"empty text":    {400, "sendMessage", []string{"chat_id", "1", "text", " "}},
		"long text":     {400, "sendMessage", []string{"chat_id", "1", "text", longest + "x"}},
		"not UTF-8":     {400, "sendMessage", []string{"chat_id", "1", "text", "\xff"}},
		"no chat":       {400, "sendMessage", []string{"text", "x"}},
		"unknown chat":  {400, "sendMessage", []string{"chat_id", "2", "text", "x"}},
		"long data":     {400, "sendMessage", []string{"chat_id", "1", "text", "x", "reply_markup", button(strings.Repeat("x", 65))}},
		"broken markup": {400, "sendMessage", []string{"chat_id", "1", "text", "x", "reply_markup", "{"}},
		"not modified":  {400, "editMessageReplyMarkup", []string{"chat_id", "1", "message_id", itoa(sent.ID), "reply_markup", button(strings.Repeat("x", 64))}},
		"not ours":      {400, "editMessageText", []string{"chat_id", "1", "message_id", itoa(own), "text", "x"}},
		"no message":    {400, "editMessageText", []string{"chat_id", "1", "message_id", "5", "text", "x"}},
		"no tap":        {400, "answerCallbackQuery", []string{"callback_query_id", "5"}},
		"odd action":    {400, "sendChatAction", []string{"chat_id", "1", "action", "dancing"}},
		"odd command":   {400, "setMyCommands", []string{"commands", `[{"command":"Start","description":"x"}]`}},
		"long language": {400, "setMyCommands", []string{"commands", `[{"command":"start","description":"x"}]`, "language_code", "zh-hant"}},
		"no method":     {404, "sendRocket", nil},
	} {
		if r := call(t, s, c.method, c.fields...); r.OK || r.Code != c.code {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if r, err := try(ctxOf(t), s, "99:unknown", "getMe"); err != nil || r.Code != 401 {
		t.Errorf("unknown token: %+v, %v", r, err)
	}
	if r, err := try(ctxOf(t), s, "nonsense", "getMe"); err != nil || r.Code != 404 {
		t.Errorf("no token: %+v, %v", r, err)
	}
	if len(ann.Inbox()) != 1 {
		t.Error("something refused was delivered")
	}
}

func itoa(n int64) string { b, _ := json.Marshal(n); return string(b) }

func TestButtonsLiveOnAfterTheyAreGone(t *testing.T) {
	s, ctx := start(t), ctxOf(t)
	ann := s.Customer(1, "Ann", "en")
	call(t, s, "sendMessage", "chat_id", "1", "text", "ok?", "parse_mode", "HTML", "reply_markup", `{"inline_keyboard":[[{"text":"Yes","callback_data":"y"}]]}`)
	m, err := ann.Next(ctx)
	if err != nil || m.ParseMode != "HTML" || len(s.Violations()) != 1 {
		t.Errorf("%+v, %v, %v", m, s.Violations(), err)
	}
	id, err := ann.Taps("Yes")
	if err != nil {
		t.Fatal(err)
	}
	if r := call(t, s, "answerCallbackQuery", "callback_query_id", id); !r.OK {
		t.Errorf("%+v", r)
	}
	if r := call(t, s, "answerCallbackQuery", "callback_query_id", id); r.OK || len(s.Violations()) != 2 {
		t.Errorf("answered twice: %+v, %v", r, s.Violations())
	}
	call(t, s, "editMessageReplyMarkup", "chat_id", "1", "message_id", itoa(m.ID))
	if _, err := ann.Taps("Yes"); err == nil {
		t.Error("pressed a button that is not there")
	}
	if _, err := ann.TapsMessage(m.ID, "Yes"); err != nil {
		t.Errorf("an old button: %v", err)
	}
	if left := s.Unanswered(); len(left) != 1 || left[0].Data != "y" || left[0].Message != m.ID {
		t.Errorf("unanswered: %+v", left)
	}
}

func TestWaitSeesEditsAndGivesUp(t *testing.T) {
	s, ctx := start(t), ctxOf(t)
	ann := s.Customer(1, "Ann", "en")
	call(t, s, "sendMessage", "chat_id", "1", "text", "first")
	id := itoa(ann.Inbox()[0].ID)
	found := make(chan error, 1)
	go func() { _, err := ann.WaitText(ctx, "second"); found <- err }()
	call(t, s, "editMessageText", "chat_id", "1", "message_id", id, "text", "second")
	if err := <-found; err != nil {
		t.Error(err)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := ann.WaitText(ended, "third"); err == nil {
		t.Error("found what was never sent")
	}
}

func TestFaults(t *testing.T) {
	s := start(t)
	ann, ben := s.Customer(1, "Ann", "en"), s.Customer(2, "Ben", "en")
	send := func(chat string) (reply, error) {
		return try(ctxOf(t), s, telegramfake.Token, "sendMessage", "chat_id", chat, "text", "x")
	}
	s.Throttle(2, 9)
	for range 2 {
		if r, err := send("1"); err != nil || r.Code != 429 || r.Parameters.RetryAfter != 9 {
			t.Errorf("%+v, %v", r, err)
		}
	}
	s.LoseAnswers(1)
	if _, err := send("1"); err == nil || len(ann.Inbox()) != 1 {
		t.Errorf("lost answer: %v, %d messages", err, len(ann.Inbox()))
	}
	s.HTML(1)
	if _, err := send("1"); err == nil {
		t.Error("HTML was read as JSON")
	}
	s.Fail(telegramfake.Fault{Chat: 1, Status: 500, Times: -1})
	if r, err := send("2"); err != nil || !r.OK || len(ben.Inbox()) != 1 {
		t.Errorf("another chat: %+v, %v", r, err)
	}
	if r, err := send("1"); err != nil || r.Code != 500 {
		t.Errorf("%+v, %v", r, err)
	}
	s.Heal()
	if r, err := send("1"); err != nil || !r.OK {
		t.Errorf("healed: %+v, %v", r, err)
	}
	s.Down(true)
	if _, err := send("1"); err == nil {
		t.Error("answered while down")
	}
	s.Down(false)
	if len(ann.Inbox()) != 2 {
		t.Errorf("%d messages", len(ann.Inbox()))
	}
}

func TestBotsAndCustomersDoNotMixUp(t *testing.T) {
	s := start(t)
	other := s.AddBot("99:another-key")
	var group sync.WaitGroup
	for i := range int64(20) {
		group.Go(func() {
			s.Customer(i+1, "Ann", "en").Says("to the first")
			other.Customer(i+1, "Ann", "en").Says("to the other")
			chat := itoa(i + 1)
			if r, err := try(ctxOf(t), s, "99:another-key", "sendMessage", "chat_id", chat, "text", chat); err != nil || !r.OK {
				t.Errorf("%+v, %v", r, err)
			}
		})
	}
	group.Wait()
	if s.Waiting() != 20 || other.Waiting() != 20 {
		t.Errorf("%d and %d updates", s.Waiting(), other.Waiting())
	}
	for i := range int64(20) {
		if inbox := other.Customer(i+1, "", "").Inbox(); len(inbox) != 1 || inbox[0].Text != itoa(i+1) {
			t.Errorf("customer %d has %+v", i+1, inbox)
		}
		if n := len(s.Customer(i+1, "", "").Inbox()); n != 0 {
			t.Errorf("the first bot's customer has %d messages", n)
		}
	}
}
