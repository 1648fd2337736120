package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// png is the smallest that looks like one.
const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR and the rest"

// oneFile opens the same file for everybody.
func oneFile(t *testing.T, name, content string) OpenFileFunc {
	t.Helper()
	return func(context.Context, message.Chat, int64, int) (adapters.File, error) {
		return adapters.File{Body: io.NopCloser(strings.NewReader(content)), Name: name, Size: int64(len(content))}, nil
	}
}

// upload builds what the page sends.
func (s *chatServer) upload(t *testing.T, cookie *http.Cookie, id, name, content string) *http.Request {
	t.Helper()
	r := s.request(t, http.MethodPost, "/chat/files?id="+id+"&name="+name, content, cookie)
	r.Header.Set("Content-Type", "application/octet-stream")
	r.Header.Set("Origin", s.URL)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

func TestUploadIsKeptAndOpened(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "files")
	s := idle(t, Config{Files: folder})
	s.run(t)
	cookie := s.visit(t)
	for range 2 { // a second attempt is the same message
		resp := s.do(t, s.upload(t, cookie, "message-0001", "..%2F%E7%81%AF%0A.png", png))
		if resp.StatusCode != http.StatusAccepted {
			t.Fatalf("status %d", resp.StatusCode)
		}
	}
	rows := s.sink.stored()
	if len(rows) != 1 {
		t.Fatalf("%d rows", len(rows))
	}
	in, err := s.a.Decode(rows[0].Payload)
	if err != nil {
		t.Fatal(err)
	}
	want := []message.Attachment{{Kind: message.Photo, Held: Channel, File: keepName(in.Chat, in.ID), Name: "灯.png", MIME: "image/png", Size: int64(len(png))}}
	if diff := cmp.Diff(want, in.Attachments); diff != "" || in.Kind != message.KindMedia || in.Text != "" {
		t.Errorf("kind %q, text %q\n%s", in.Kind, in.Text, diff)
	}
	list, err := os.ReadDir(folder)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d files in the folder, %v", len(list), err)
	}
	if info, err := list[0].Info(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v", info.Mode(), err)
	}
	f, err := s.a.Open(t.Context(), in.Attachments[0])
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Body.Close() }()
	body, err := io.ReadAll(f.Body)
	if err != nil || string(body) != png || f.Name != "灯.png" || f.MIME != "image/png" || f.Size != int64(len(png)) {
		t.Errorf("opened %q as %+v, %v", body, f, err)
	}
}

// A store that fails keeps the file for the next attempt, and does not count it.
func TestUploadIsTriedAgain(t *testing.T) {
	s := idle(t, Config{Files: t.TempDir()})
	s.run(t)
	s.sink.fails = 1
	cookie := s.visit(t)
	if resp := s.do(t, s.upload(t, cookie, "message-0001", "x", "text")); resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("status %d, want 503", resp.StatusCode)
	}
	if got := s.a.quota.total; got != (allowance{}) {
		t.Errorf("%+v is counted for nothing", got)
	}
	if resp := s.do(t, s.upload(t, cookie, "message-0001", "x", "text")); resp.StatusCode != http.StatusAccepted {
		t.Errorf("status %d, want 202", resp.StatusCode)
	}
	if got := s.a.quota.total; got != (allowance{files: 1, bytes: 4}) {
		t.Errorf("%+v is counted", got)
	}
}

func TestUploadRefusals(t *testing.T) {
	s := idle(t, Config{Files: t.TempDir()})
	s.run(t)
	cookie := s.visit(t)
	for name, c := range map[string]struct {
		edit func(*http.Request)
		want int
	}{
		"no session":     {func(r *http.Request) { r.Header.Del("Cookie") }, 401},
		"another site":   {func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		"a form":         {func(r *http.Request) { r.Header.Set("Content-Type", "multipart/form-data") }, 415},
		"no id":          {func(r *http.Request) { r.URL.RawQuery = "name=x" }, 400},
		"an id as path":  {func(r *http.Request) { r.URL.RawQuery = "id=../../../../x" }, 400},
		"without length": {func(r *http.Request) { r.ContentLength = -1 }, 411},
		"empty":          {func(r *http.Request) { r.Body, r.ContentLength = http.NoBody, 0 }, 400},
		"too large":      {func(r *http.Request) { r.Body, r.ContentLength = io.NopCloser(zeros(maxUpload+1)), maxUpload+1 }, 413},
	} {
		r := s.upload(t, cookie, "message-0001", "x", "text")
		c.edit(r)
		resp := s.do(t, r)
		if resp.StatusCode != c.want {
			t.Errorf("%s: status %d, want %d", name, resp.StatusCode, c.want)
		}
		wantWords(t, resp)
	}
	if n := len(s.sink.stored()); n != 0 {
		t.Errorf("%d stored", n)
	}
	off := idle(t, Config{})
	off.run(t)
	if resp := off.do(t, off.upload(t, off.visit(t), "message-0001", "x", "text")); resp.StatusCode != http.StatusNotFound {
		t.Errorf("a chat without a folder: status %d, want 404", resp.StatusCode)
	}
}

func zeros(n int64) io.Reader { return io.LimitReader(zero{}, n) }

type zero struct{}

func (zero) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestUploadsOfADayAreLimited(t *testing.T) {
	now := noon
	s := idle(t, Config{Files: t.TempDir()})
	s.a.cfg.Now = func() time.Time { return now }
	s.run(t)
	cookie := s.visit(t)
	send := func(i int) *http.Response {
		now = now.Add(postEvery) // the pace of messages is another limit
		return s.do(t, s.upload(t, cookie, fmt.Sprintf("message-%04d", i), "x", "text"))
	}
	for i := range sessionQuota.files {
		if resp := send(i); resp.StatusCode != http.StatusAccepted {
			t.Fatalf("file %d: status %d", i, resp.StatusCode)
		}
	}
	wantTooMany(t, send(100), codeQuota, 24*60*60)
	now = now.Add(12 * time.Hour) // past midnight
	if resp := send(101); resp.StatusCode != http.StatusAccepted {
		t.Errorf("on the next day: status %d", resp.StatusCode)
	}
}

func TestQuota(t *testing.T) {
	var q quota
	from := numbered(1)
	for i := range 5 {
		if wait := q.take("a", from, 10<<20, noon); wait != 0 {
			t.Fatalf("file %d of 10 MB is refused", i)
		}
	}
	if wait := q.take("a", from, 1, noon); wait != 12*time.Hour {
		t.Errorf("one byte more: wait %v, want until midnight", wait)
	}
	q.giveBack("a", from, 10<<20)
	if wait := q.take("a", from, 10<<20, noon); wait != 0 {
		t.Error("what was given back is not to be had")
	}
	sessions := 0
	for i := range 1000 {
		if q.take(message.Chat(fmt.Sprint(i)), from, 10<<20, noon) == 0 {
			sessions++
		}
	}
	if most := int(addressQuota.bytes / (10 << 20)); sessions != most-5 {
		t.Errorf("one address sent %d more files of 10 MB, want %d", sessions, most-5)
	}
	for i := range 2000 {
		q.take(message.Chat(fmt.Sprint("b", i)), numbered(i+2), 10<<20, noon)
	}
	if q.total.beyond(totalQuota) {
		t.Errorf("all together sent %+v", q.total)
	}
	q.giveBack("a", from, 1<<40)
	if q.total.bytes < 0 || q.from[from].bytes < 0 {
		t.Error("less than nothing is counted")
	}
}

// TestCutUploadLeavesNothing holds that a broken line leaves no part of a file
// and no message.
func TestCutUploadLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	_, _, err := keepFile(folder, keepName("c", "message-0001"), strings.NewReader("half"), 8)
	if !errors.Is(err, errShort) {
		t.Errorf("error %v", err)
	}
	if list, err := os.ReadDir(folder); err != nil || len(list) != 0 {
		t.Errorf("%v is left, %v", list, err)
	}
	whole, part := keepName("c", "message-0002"), keepName("c", "message-0003")+".ABC"
	for _, name := range []string{whole, part, "somebody's.file"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := idle(t, Config{Files: folder})
	s.run(t)
	list, err := os.ReadDir(folder)
	if err != nil || len(list) != 2 {
		t.Errorf("after a start there are %v, %v", list, err)
	}
}

// An upload that hangs does not hold up the end, and leaves nothing.
func TestUploadEndsWithRun(t *testing.T) {
	folder := t.TempDir()
	s := idle(t, Config{Files: folder})
	s.run(t)
	r := s.upload(t, s.visit(t), "message-0001", "x", "")
	body, half := io.Pipe()
	r.Body, r.ContentLength = body, 1000
	code := make(chan int, 1)
	go func() {
		resp, err := s.Client().Do(r)
		if err != nil {
			code <- 0
			return
		}
		_ = resp.Body.Close()
		code <- resp.StatusCode
	}()
	if _, err := half.Write([]byte("half")); err != nil {
		t.Fatal(err)
	}
	s.waitForPart(t, folder)
	s.stop()
	if got := receive(t, code); got != http.StatusServiceUnavailable {
		t.Errorf("status %d, want 503", got)
	}
	_ = half.Close()
	s.Close() // waits for the handler
	if list, err := os.ReadDir(folder); err != nil || len(list) != 0 {
		t.Errorf("%v is left, %v", list, err)
	}
	if got := s.a.quota.total; got != (allowance{}) {
		t.Errorf("%+v is counted for nothing", got)
	}
}

// waitForPart waits until a file is being written.
func (s *chatServer) waitForPart(t *testing.T, folder string) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); <-tick.C {
		if list, err := os.ReadDir(folder); err == nil && len(list) > 0 {
			return
		}
	}
	t.Fatal("nothing is being written")
}

// A file that breaks off on its way is not taken for a whole one.
func TestCutFileIsSeenToBeCut(t *testing.T) {
	for _, size := range []int64{-1, 200_000} {
		s := idle(t, Config{OpenFile: func(context.Context, message.Chat, int64, int) (adapters.File, error) {
			broken := io.MultiReader(strings.NewReader(strings.Repeat("x", 100_000)), brokenReader{})
			return adapters.File{Body: io.NopCloser(broken), Size: size}, nil
		}})
		s.run(t)
		resp, err := s.Client().Do(s.request(t, http.MethodGet, "/chat/files/1/0", "", s.visit(t)))
		if err != nil {
			continue // not even the head came
		}
		_, err = io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err == nil {
			t.Errorf("size %d: half a file was read as a whole one, status %d", size, resp.StatusCode)
		}
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("the line broke") }

func TestOpenRefusals(t *testing.T) {
	folder := t.TempDir()
	secret := filepath.Join(filepath.Dir(folder), "secret")
	if err := os.WriteFile(secret, []byte("canary"), 0o600); err != nil {
		t.Fatal(err)
	}
	link := keepName("c", "a-link-out")
	if err := os.Symlink(secret, filepath.Join(folder, link)); err != nil {
		t.Fatal(err)
	}
	s := idle(t, Config{Files: folder})
	for _, name := range []string{"", "../secret", link, keepName("c", "never-sent"), strings.Repeat("g", 32), strings.Repeat(".", 32)} {
		f, err := s.a.Open(t.Context(), message.Attachment{File: name})
		if err == nil {
			_ = f.Body.Close()
			t.Errorf("%q was opened", name)
		} else if strings.Contains(err.Error(), folder) {
			t.Errorf("the error names the folder: %v", err)
		}
	}
	if _, err := s.a.Open(t.Context(), message.Attachment{File: keepName("c", "never-sent")}); !errors.Is(err, adapters.ErrNoFile) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestCleanName(t *testing.T) {
	for in, want := range map[string]string{
		"lamp.png": "lamp.png", "../../etc/passwd": "passwd", `C:\tmp\灯.png`: "灯.png", ".bashrc": "bashrc", "..": "",
		"a\u202egnp.exe": "agnp.exe", "a\r\nb\x00.txt": "ab.txt", "\xff.txt": "txt", " x ": "x",
		strings.Repeat("长", 200) + ".pdf": strings.Repeat("长", 60) + "…" + strings.Repeat("长", 55) + ".pdf",
	} {
		if got := cleanName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestFilesBelongToTheirCustomer(t *testing.T) {
	var asked []string
	s := idle(t, Config{OpenFile: func(_ context.Context, chat message.Chat, row int64, n int) (adapters.File, error) {
		asked = append(asked, fmt.Sprintf("%s %d %d", chat, row, n))
		switch {
		case row == 404:
			return adapters.File{}, fmt.Errorf("not yours: %w", adapters.ErrNoFile)
		case row == 413:
			return adapters.File{}, adapters.ErrTooLarge
		case row == 503:
			return adapters.File{}, errors.New("canary")
		}
		return oneFile(t, "收据 \"a\".html", "<script>alert(1)</script>")(t.Context(), chat, row, n)
	}})
	s.run(t)
	cookie := s.visit(t)
	get := func(path string, c *http.Cookie) *http.Response {
		return s.do(t, s.request(t, http.MethodGet, "/chat/files/"+path, "", c))
	}
	resp := get("7/2", cookie)
	body, err := io.ReadAll(resp.Body)
	if err != nil || string(body) != "<script>alert(1)</script>" || resp.StatusCode != http.StatusOK {
		t.Errorf("status %d, %q, %v", resp.StatusCode, body, err)
	}
	if want := string(s.chat(t, cookie)) + " 7 2"; len(asked) != 1 || asked[0] != want {
		t.Errorf("asked for %q, want %q", asked, want)
	}
	for name, want := range map[string]string{
		"Content-Type":            "application/octet-stream",
		"Content-Disposition":     "attachment; filename*=utf-8''%E6%94%B6%E6%8D%AE%20%22a%22.html",
		"Content-Security-Policy": filePolicy,
		"X-Content-Type-Options":  "nosniff",
		"Content-Length":          "25",
	} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for path, want := range map[string]int{"404/0": 404, "413/0": 413, "503/0": 503, "0/0": 404, "-1/0": 404, "7/-1": 404, "x/0": 404, "7/x": 404} {
		resp := get(path, cookie)
		if resp.StatusCode != want {
			t.Errorf("%s: status %d, want %d", path, resp.StatusCode, want)
		}
		wantWords(t, resp)
	}
	before := len(asked)
	if resp := get("7/0", nil); resp.StatusCode != http.StatusNotFound || len(asked) != before {
		t.Errorf("without a session: status %d", resp.StatusCode)
	}
}

func TestHarmless(t *testing.T) {
	for content, want := range map[string]string{
		png: "image/png", "GIF89a": "image/gif", "%PDF-1.7": "application/pdf", "words": "text/plain; charset=utf-8",
		"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'>": "text/plain; charset=utf-8",
		"<?xml version='1.0'?><svg/>":                           "application/octet-stream",
		"<html>":                                                "application/octet-stream", "\x00\x01": "application/octet-stream",
	} {
		if got := harmless(http.DetectContentType([]byte(content))); got != want {
			t.Errorf("%q: %s, want %s", content, got, want)
		}
	}
}
