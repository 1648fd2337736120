package telegram

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/dialog/message"
)

// attachmentOf gives what the adapter makes of the latest message.
func attachmentOf(t *testing.T, a *Adapter, tg *telegramfake.Server) message.Attachment {
	t.Helper()
	updates, err := a.api.getUpdates(deadline(t), 0, 0)
	if err != nil || len(updates) == 0 {
		t.Fatalf("%d updates, %v", len(updates), err)
	}
	in, err := a.Decode(updates[len(updates)-1])
	if err != nil || len(in.Attachments) != 1 {
		t.Fatalf("%+v, %v", in, err)
	}
	return in.Attachments[0]
}

func TestOpenStreamsWhatCustomersSend(t *testing.T) {
	tg := newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	svg := telegramfake.Sample("image/svg+xml", 900)
	for name, c := range map[string]struct {
		file     telegramfake.File
		mime, as string
	}{
		"photo":      {telegramfake.File{Kind: "photo", Content: telegramfake.Sample("image/jpeg", 90_000)}, "image/jpeg", ""},
		"voice":      {telegramfake.File{Kind: "voice", Content: telegramfake.Sample("audio/ogg", 8_000)}, "audio/ogg", ""},
		"video":      {telegramfake.File{Kind: "video", Content: telegramfake.Sample("video/mp4", 70_000), MIME: "video/mp4"}, "video/mp4", ""},
		"round":      {telegramfake.File{Kind: "video_note", Content: telegramfake.Sample("video/mp4", 70_000)}, "video/mp4", ""},
		"sticker":    {telegramfake.File{Kind: "sticker", Emoji: "👍", Content: telegramfake.Sample("image/webp", 3_000)}, "image/webp", ""},
		"document":   {telegramfake.File{Kind: "document", Name: "receipt.pdf", Content: telegramfake.Sample("application/pdf", 20_000)}, "application/pdf", "receipt.pdf"},
		"liar":       {telegramfake.File{Kind: "document", Name: "cat.jpg", MIME: "image/jpeg", Content: svg}, "image/svg+xml", "cat.jpg"},
		"page":       {telegramfake.File{Kind: "document", Name: "a.pdf", MIME: "application/pdf", Content: telegramfake.Sample("text/html", 600)}, "text/html", "a.pdf"},
		"odd name":   {telegramfake.File{Kind: "document", Name: "../../etc/\x00\u202epass wd?#%.txt", Content: []byte("hello")}, "text/plain", "pass wd?#%.txt"},
		"size kept":  {telegramfake.File{Kind: "document", Name: "x", Content: telegramfake.Sample("", 511)}, "application/octet-stream", "x"},
		"no size":    {telegramfake.File{Kind: "document", Claim: -1, Content: []byte("some words")}, "text/plain", ""},
		"the most":   {telegramfake.File{Kind: "document", Content: telegramfake.Sample("", adapters.MaxFile)}, "application/octet-stream", ""},
		"just a bit": {telegramfake.File{Kind: "document", Content: []byte("x")}, "text/plain", ""},
	} {
		ann.SendsFile(c.file, "")
		f, err := a.Open(deadline(t), attachmentOf(t, a, tg))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		content, err := io.ReadAll(f.Body)
		if err != nil || !bytes.Equal(content, c.file.Content) || f.MIME != c.mime || f.Name != c.as || f.Size != int64(len(content)) {
			t.Errorf("%s: %d of %d bytes, %q as %q, size %d, %v", name, len(content), len(c.file.Content), f.MIME, f.Name, f.Size, err)
		}
		if err := f.Body.Close(); err != nil {
			t.Errorf("%s: closing: %v", name, err)
		}
	}
}

func TestWhatCannotBeOpened(t *testing.T) {
	tg := newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	ctx := deadline(t)
	big := telegramfake.Sample("", adapters.MaxFile+1)
	for name, c := range map[string]struct {
		file  telegramfake.File
		alter func(*message.Attachment)
		want  error
		calls int // how many times Telegram was asked
	}{
		"known to be large": {telegramfake.File{Content: big}, nil, adapters.ErrTooLarge, 0},
		"told by getFile":   {telegramfake.File{Content: big}, func(at *message.Attachment) { at.Size = 0 }, adapters.ErrTooLarge, 1},
		"large all along":   {telegramfake.File{Content: big, Claim: -1}, nil, adapters.ErrTooLarge, 2},
		"unknown":           {telegramfake.File{Content: []byte("x")}, func(at *message.Attachment) { at.File = "other" }, adapters.ErrNoFile, 1},
		"forgotten":         {telegramfake.File{Content: []byte("x")}, func(at *message.Attachment) { tg.Forget(at.File) }, adapters.ErrNoFile, 2},
		"someone else's":    {telegramfake.File{Content: []byte("x")}, func(at *message.Attachment) { at.Held = "slack" }, adapters.ErrNoFile, 0},
		"no file":           {telegramfake.File{Content: []byte("x")}, func(at *message.Attachment) { at.File = "" }, adapters.ErrNoFile, 0},
	} {
		c.file.Kind = "document"
		ann.SendsFile(c.file, "")
		at := attachmentOf(t, a, tg)
		if c.alter != nil {
			c.alter(&at)
		}
		before := len(tg.Calls("getFile")) + len(tg.Calls("file"))
		if _, err := a.Open(ctx, at); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if n := len(tg.Calls("getFile")) + len(tg.Calls("file")) - before; n != c.calls {
			t.Errorf("%s: %d calls, want %d", name, n, c.calls)
		}
	}
}

func TestTheCapHoldsWhileReading(t *testing.T) {
	for _, size := range []int{adapters.MaxFile, adapters.MaxFile + 1, adapters.MaxFile + 70_000} {
		d := &download{api: &api{}, ctx: t.Context(), cancel: func() {}, body: io.NopCloser(bytes.NewReader(make([]byte, size))), left: adapters.MaxFile}
		n, err := io.Copy(io.Discard, d)
		if wrong := errors.Is(err, adapters.ErrTooLarge) != (size > adapters.MaxFile); wrong || n != adapters.MaxFile {
			t.Errorf("%d bytes: read %d, %v", size, n, err)
		}
	}
}

func TestTroubleWithAFileMayPass(t *testing.T) {
	for name, fault := range map[string]telegramfake.Fault{
		"getFile 500":    {Method: "getFile", Status: 500},
		"getFile HTML":   {Method: "getFile", Status: 502, Body: "<html>"},
		"getFile lost":   {Method: "getFile", Cut: true, After: true},
		"getFile no obj": {Method: "getFile", Status: 200, Body: `{"ok":true,"result":[]}`},
		"getFile bare":   {Method: "getFile", Status: 200, Body: `{"ok":true,"result":{}}`},
		"getFile escape": {Method: "getFile", Status: 200, Body: `{"ok":true,"result":{"file_path":"../../bot` + telegramfake.Token + `/close"}}`},
		"getFile local":  {Method: "getFile", Status: 200, Body: `{"ok":true,"result":{"file_path":"/var/lib/x"}}`},
		"500":            {Method: "file", Status: 500},
		"HTML":           {Method: "file", Status: 502, Body: "<html>"},
		"HTML as 200":    {Method: "file", Status: 200, Body: "<html>"},
		"redirect":       {Method: "file", Status: 302, Body: "moved"},
		"cut":            {Method: "file", Cut: true},
		"cut halfway":    {Method: "file", Cut: true, After: true},
		"hang":           {Method: "file", Hang: true},
		"hang halfway":   {Method: "file", Hang: true, After: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tg := newFake(t)
			times := brisk
			if fault.Hang {
				times.File = 200 * time.Millisecond
			}
			a, _ := newAdapter(t, tg.URL(), times)
			tg.Customer(1, "Ann", "en").SendsDocument("x.pdf", "")
			at := attachmentOf(t, a, tg)
			fault.Times = -1 // Go itself asks again where a kept connection was cut
			tg.Fail(fault)
			f, err := a.Open(deadline(t), at)
			if err == nil {
				_, err = io.ReadAll(f.Body)
				_ = f.Body.Close()
			}
			if err == nil || errors.Is(err, adapters.ErrNoFile) || errors.Is(err, adapters.ErrTooLarge) {
				t.Fatalf("%v, want an error that may pass", err)
			}
			if strings.Contains(err.Error(), "http") || strings.Contains(err.Error(), "AAFake") {
				t.Errorf("the error tells an address: %v", err)
			}
			tg.Heal()
			if f, err = a.Open(deadline(t), at); err != nil {
				t.Fatalf("and then: %v", err)
			}
			_ = f.Body.Close()
		})
	}
}
