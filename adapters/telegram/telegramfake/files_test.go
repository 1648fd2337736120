package telegramfake_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

func fetch(t *testing.T, s *telegramfake.Server, path string) (int, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(ctxOf(t), http.MethodGet, s.URL()+"/file/bot"+telegramfake.Token+"/"+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, body
	}
	return resp.StatusCode, body
}

// located gives what getFile says.
func located(t *testing.T, s *telegramfake.Server, id string) (place struct {
	Path string `json:"file_path"`
	Size int    `json:"file_size"`
}, r reply) {
	t.Helper()
	r = call(t, s, "getFile", "file_id", id)
	if r.OK {
		if err := json.Unmarshal(r.Result, &place); err != nil {
			t.Fatal(err)
		}
	}
	return place, r
}

func TestWhatCustomersSendCanBeFetched(t *testing.T) {
	s := start(t)
	ann := s.Customer(1, "Ann", "en")
	content := telegramfake.Sample("application/pdf", 9_000)
	ann.SendsFile(telegramfake.File{Kind: "document", Name: "a b/c.pdf", Content: content}, "see")
	id := ann.Chat()[0].File.ID
	place, r := located(t, s, id)
	if !r.OK || place.Size != 9_000 {
		t.Fatalf("%+v, %+v", place, r)
	}
	if code, body := fetch(t, s, place.Path); code != 200 || !bytes.Equal(body, content) {
		t.Errorf("%d, %d bytes", code, len(body))
	}
	s.Fail(telegramfake.Fault{Method: "file", Cut: true, After: true})
	if code, body := fetch(t, s, place.Path); code != 0 || len(body) != 4_500 {
		t.Errorf("cut halfway: %d, %d bytes", code, len(body))
	}
	s.Forget(id)
	if code, _ := fetch(t, s, place.Path); code != 404 {
		t.Errorf("forgotten: %d", code)
	}
	ann.SendsFile(telegramfake.File{Kind: "video", Claim: 20<<20 + 1}, "")
	if _, r := located(t, s, ann.Chat()[1].File.ID); r.Code != 400 || !strings.Contains(r.Description, "too big") {
		t.Errorf("too big: %+v", r)
	}
	if _, r := located(t, s, "nonsense"); r.Code != 400 {
		t.Errorf("nonsense: %+v", r)
	}
}

// uploads sends a file as a bot does.
func uploads(t *testing.T, s *telegramfake.Server, method, field string, content []byte, caption string) reply {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	w, err := m.CreateFormFile(field, "x.bin")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write(content)
	_ = m.WriteField("chat_id", "1")
	_ = m.WriteField("caption", caption)
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(ctxOf(t), http.MethodPost, s.URL()+"/bot"+telegramfake.Token+"/"+method, &body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", m.FormDataContentType())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var r reply
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhatBotsSendIsKeptAndChecked(t *testing.T) {
	s := start(t)
	ann := s.Customer(1, "Ann", "en")
	jpeg := telegramfake.Sample("image/jpeg", 700)
	for _, c := range []struct {
		method, field string
		content       []byte
		caption       string
		code          int
	}{
		{"sendPhoto", "photo", jpeg, "see", 0},
		{"sendDocument", "document", jpeg, strings.Repeat("😀", 512), 0},
		{"sendDocument", "document", jpeg, strings.Repeat("😀", 512) + "x", 400},
		{"sendPhoto", "photo", []byte("no picture"), "", 400},
		{"sendPhoto", "photo", telegramfake.Sample("image/jpeg", 10<<20+1), "", 400},
		{"sendPhoto", "document", jpeg, "", 400},
		{"sendVoice", "voice", nil, "", 400},
	} {
		if r := uploads(t, s, c.method, c.field, c.content, c.caption); r.Code != c.code {
			t.Errorf("%s of %d bytes: %+v", c.method, len(c.content), r)
		}
	}
	got := ann.Inbox()
	if len(got) != 2 || got[0].File.Kind != "photo" || !bytes.Equal(got[0].File.Content, jpeg) || got[0].Text != "see" {
		t.Errorf("the ledger has %d messages", len(got))
	}
}

func TestCaptionsPlacesAndTakingBack(t *testing.T) {
	s := start(t)
	ann := s.Customer(1, "Ann", "en")
	uploads(t, s, "sendPhoto", "photo", telegramfake.Sample("image/png", 700), "old")
	call(t, s, "sendLocation", "chat_id", "1", "latitude", "25.5", "longitude", "-3")
	call(t, s, "sendMessage", "chat_id", "1", "text", "words")
	inbox := ann.Inbox()
	photo, place, words := itoa(inbox[0].ID), itoa(inbox[1].ID), itoa(inbox[2].ID)
	for _, c := range []struct {
		code   int
		method string
		fields []string
	}{
		{400, "editMessageText", []string{"message_id", photo, "text", "new"}},
		{400, "editMessageCaption", []string{"message_id", words, "caption", "new"}},
		{400, "editMessageCaption", []string{"message_id", place, "caption", "new"}},
		{0, "editMessageCaption", []string{"message_id", photo, "caption", "new"}},
		{400, "editMessageCaption", []string{"message_id", photo, "caption", "new"}},
		{0, "deleteMessage", []string{"message_id", photo}},
		{400, "deleteMessage", []string{"message_id", photo}},
		{400, "editMessageCaption", []string{"message_id", photo, "caption", "newer"}},
		{400, "sendLocation", []string{"latitude", "95", "longitude", "0"}},
	} {
		if r := call(t, s, c.method, append(c.fields, "chat_id", "1")...); r.Code != c.code {
			t.Errorf("%s %v: %+v", c.method, c.fields, r)
		}
	}
	ann.Ages(inbox[2].ID, 49*time.Hour)
	if r := call(t, s, "deleteMessage", "chat_id", "1", "message_id", words); r.Code != 400 || !strings.Contains(r.Description, "can't be deleted") {
		t.Errorf("after two days: %+v", r)
	}
	m := ann.Inbox()[0]
	if !m.Deleted || m.Text != "new" || len(m.Was) != 1 || m.Was[0] != "old" || len(ann.Sees()) != 2 {
		t.Errorf("the ledger has %+v", m)
	}
}

func TestTheClockCanBeOff(t *testing.T) {
	s := start(t)
	s.Skew(time.Hour)
	req, err := http.NewRequestWithContext(ctxOf(t), http.MethodGet, s.URL()+"/bot"+telegramfake.Token+"/getMe", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	at, err := http.ParseTime(resp.Header.Get("Date"))
	if off := time.Until(at); err != nil || off < 59*time.Minute || off > 61*time.Minute {
		t.Errorf("off by %s, %v", off, err)
	}
}
