package telegram

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/dialog/message"
)

// source is a file an agent sends, and how often it was opened and closed.
type source struct {
	content io.Reader
	again   func() io.Reader // for a second time
	size    int64
	name    string
	err     error
	opened  int
	closed  atomic.Int32
}

func (s *source) open(context.Context, message.Attachment) (adapters.File, error) {
	if s.err != nil {
		return adapters.File{}, s.err
	}
	if s.opened++; s.opened > 1 {
		s.content = s.again()
	}
	return adapters.File{Body: s, Name: s.name, Size: s.size}, nil
}

func (s *source) Read(p []byte) (int, error) { return s.content.Read(p) }

func (s *source) Close() error {
	s.closed.Add(1)
	if c, ok := s.content.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

func fileOf(content []byte) *source {
	again := func() io.Reader { return bytes.NewReader(content) }
	return &source{content: again(), again: again, size: int64(len(content))}
}

// withFile is an agent's message with a file.
func withFile(kind message.AttachmentKind, text string, s *source) adapters.Delivery {
	d := say("1", text)
	d.Say.From = message.Agent
	d.Say.Attachments = []message.Attachment{{Kind: kind, Held: "slack", File: "F1"}}
	d.Open = s.open
	return d
}

func TestAgentsFilesArriveAsWhatTheyAre(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	for name, c := range map[string]struct {
		kind  message.AttachmentKind
		mime  string
		size  int
		want  string
		plain bool
	}{
		"jpeg":         {message.Photo, "image/jpeg", 50_000, "photo", false},
		"png":          {message.Photo, "image/png", 50_000, "photo", false},
		"webp":         {message.Photo, "image/webp", 50_000, "photo", false},
		"largest":      {message.Photo, "image/jpeg", maxPhoto, "photo", false},
		"too large":    {message.Photo, "image/jpeg", maxPhoto + 1, "document", true},
		"drawing":      {message.Photo, "image/svg+xml", 900, "document", true},
		"page":         {message.Photo, "text/html", 900, "document", true},
		"as document":  {message.Document, "image/jpeg", 900, "document", true},
		"pdf":          {message.Document, "application/pdf", 900, "document", true},
		"voice":        {message.Voice, "audio/ogg", 9_000, "voice", false},
		"mp3":          {message.Voice, "audio/mpeg", 9_000, "audio", false},
		"voice, no":    {message.Voice, "application/pdf", 9_000, "document", true},
		"video":        {message.Video, "video/mp4", 90_000, "video", false},
		"video, no":    {message.Video, "text/html", 90_000, "document", true},
		"video as pic": {message.Photo, "video/mp4", 90_000, "document", true},
		"the most":     {message.Document, "application/pdf", adapters.MaxFile, "document", true},
	} {
		content := telegramfake.Sample(c.mime, c.size)
		src := fileOf(content)
		src.name = `in/the "box".bin`
		r, err := a.Send(ctx, withFile(c.kind, "here it is", src))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		m, err := ann.Next(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if m.File == nil || m.File.Kind != c.want || !bytes.Equal(m.File.Content, content) || m.Text != "here it is" || m.File.PlainDocument != c.plain {
			t.Errorf("%s: sent as %+v", name, m.File.Kind)
		}
		if m.File.Name != "the box.bin" || r.ID != platformID(m.ID) || m.ParseMode != "" || src.opened != 1 || src.closed.Load() != 1 {
			t.Errorf("%s: name %q, receipt %+v, opened %d, closed %d", name, m.File.Name, r, src.opened, src.closed.Load())
		}
	}
}

func TestAFileOfUnknownSizeIsADocument(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	src := fileOf(telegramfake.Sample("image/jpeg", 9_000))
	src.size = -1
	if _, err := a.Send(ctx, withFile(message.Photo, "", src)); err != nil || ann.Inbox()[0].File.Kind != "document" {
		t.Errorf("%+v, %v", ann.Inbox(), err)
	}
	if name := ann.Inbox()[0].File.Name; name != "photo" {
		t.Errorf("called %q", name)
	}
}

func TestALongTextGoesBeforeItsFile(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	for _, c := range []struct {
		text     string
		messages int
	}{{strings.Repeat("😀", 512), 1}, {strings.Repeat("😀", 512) + "x", 2}, {strings.Repeat("word ", 1000), 3}} {
		before := len(ann.Inbox())
		d := withFile(message.Photo, c.text, fileOf(telegramfake.Sample("image/png", 900)))
		d.Say.Choices, d.Say.Tokens = []message.Choice{{ID: "ok", Label: "OK"}}, []string{"t"}
		r, err := a.Send(ctx, d)
		got := ann.Inbox()[before:]
		if err != nil || len(got) != c.messages || len(r.Parts) != c.messages {
			t.Fatalf("%d messages, receipt %+v, %v", len(got), r, err)
		}
		last := got[len(got)-1]
		if last.File == nil || len(last.Rows) != 1 || (c.messages > 1) == (last.Text != "") || r.ID != platformID(last.ID) {
			t.Errorf("last is %q with %d rows, receipt %+v", last.Text, len(last.Rows), r)
		}
	}
}

func TestAPlaceIsSent(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	d := say("1", "We are here:")
	d.Say.Attachments = []message.Attachment{{Kind: message.Location, Lat: 25.033964, Lon: -121.5}}
	if _, err := a.Send(ctx, d); err != nil {
		t.Fatal(err)
	}
	got := ann.Inbox()
	if len(got) != 2 || got[0].Text != "We are here:" || !got[1].Place || got[1].Lat != 25.033964 || got[1].Lon != -121.5 {
		t.Errorf("sent %+v", got)
	}
	for _, at := range []message.Attachment{{Lat: 91}, {Lon: -181}, {Lat: math.NaN()}, {Lon: math.Inf(1)}} {
		at.Kind = message.Location
		d.Say.Attachments = []message.Attachment{at}
		if _, err := a.Send(ctx, d); adapters.OutcomeOf(err) != adapters.Refused {
			t.Errorf("%+v: %v", at, err)
		}
	}
}

func TestWhatIsRefusedAsItIsGoesAsADocument(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	ann.NoVoice()
	a, _ := newAdapter(t, tg.URL(), brisk)
	src := fileOf(telegramfake.Sample("audio/ogg", 9_000))
	if _, err := a.Send(ctx, withFile(message.Voice, "listen", src)); err != nil {
		t.Fatal(err)
	}
	if m := ann.Inbox()[0]; m.File.Kind != "document" || m.Text != "listen" || len(m.File.Content) != 9_000 || src.opened != 2 || src.closed.Load() != 2 {
		t.Errorf("%s, opened %d, closed %d", m.File.Kind, src.opened, src.closed.Load())
	}
}

func TestAFileThatCannotBeHadSendsNothing(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	broken := errors.New("reset while reading https://files.example.org/" + canaryKey)
	some := func(n int) io.Reader { return bytes.NewReader(telegramfake.Sample("image/jpeg", n)) }
	long := strings.Repeat("words ", 300) // to be sent before the file
	for name, c := range map[string]struct {
		src  *source
		want adapters.SendError
	}{
		"too large":      {&source{err: adapters.ErrTooLarge}, adapters.SendError{Outcome: adapters.Refused}},
		"no file":        {&source{err: adapters.ErrNoFile}, adapters.SendError{Outcome: adapters.Refused}},
		"not now":        {&source{err: broken}, adapters.SendError{Outcome: adapters.NotSent}},
		"said too large": {&source{content: some(100), size: adapters.MaxFile + 1}, adapters.SendError{Outcome: adapters.Refused}},
		"broken head":    {&source{content: iotest.ErrReader(broken), size: 9}, adapters.SendError{Outcome: adapters.NotSent}},
	} {
		_, err := a.Send(ctx, withFile(message.Photo, long, c.src))
		checkSendError(t, err, c.want)
		checkError(t, err)
		if n := len(ann.Inbox()); n != 0 {
			t.Fatalf("%s: %d messages are out", name, n)
		}
		if c.src.opened != int(c.src.closed.Load()) {
			t.Errorf("%s: opened %d times, closed %d times", name, c.src.opened, c.src.closed.Load())
		}
	}
	for name, c := range map[string]struct {
		src  *source
		want adapters.SendError
	}{
		"broken midway":   {&source{content: io.MultiReader(some(300_000), iotest.ErrReader(broken)), size: -1}, adapters.SendError{Outcome: adapters.NotSent}},
		"gone midway":     {&source{content: io.MultiReader(some(300_000), iotest.ErrReader(adapters.ErrNoFile)), size: -1}, adapters.SendError{Outcome: adapters.Refused}},
		"larger than all": {&source{content: io.MultiReader(some(adapters.MaxFile), some(20)), size: -1}, adapters.SendError{Outcome: adapters.Refused}},
	} {
		_, err := a.Send(ctx, withFile(message.Photo, "short", c.src))
		checkSendError(t, err, c.want)
		checkError(t, err)
		if n := len(ann.Inbox()); n != 0 {
			t.Fatalf("%s: %d messages are out", name, n)
		}
	}
	d := withFile(message.Photo, "", fileOf([]byte("x")))
	d.Open = nil
	if _, err := a.Send(ctx, d); adapters.OutcomeOf(err) != adapters.Refused {
		t.Errorf("nothing to open it with: %v", err)
	}
	d = withFile(message.Photo, "", fileOf([]byte("x")))
	d.Say.Attachments = append(d.Say.Attachments, d.Say.Attachments[0])
	if _, err := a.Send(ctx, d); adapters.OutcomeOf(err) != adapters.Refused || len(ann.Inbox()) != 0 {
		t.Errorf("two files: %v", err)
	}
}

func TestOutcomesOfFiles(t *testing.T) {
	for _, c := range outcomes {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ctx, tg := deadline(t), newFake(t)
			ann := tg.Customer(1, "Ann", "en")
			times := brisk
			if c.fault.Hang {
				times.File = 300 * time.Millisecond
			}
			a, _ := newAdapter(t, tg.URL(), times)
			c.fault.Method = "sendDocument"
			tg.Fail(c.fault)
			_, err := a.Send(ctx, withFile(message.Document, "hello", fileOf(telegramfake.Sample("application/pdf", 30_000))))
			checkSendError(t, err, c.want)
			if n := len(ann.Inbox()); n != c.landed {
				t.Errorf("%d messages landed, want %d", n, c.landed)
			}
		})
	}
}

func TestACallCutInTheMiddleOfAFileIsNotSent(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_ = conn.Close() // most of the file is still to come
		}
	}))
	defer server.Close()
	a, _ := newAdapter(t, server.URL, brisk)
	_, err := a.Send(deadline(t), withFile(message.Document, "", fileOf(make([]byte, adapters.MaxFile))))
	checkSendError(t, err, adapters.SendError{Outcome: adapters.NotSent})
}

func TestAFileThatStopsInTheMiddleIsNotSent(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	times := brisk
	times.File = 300 * time.Millisecond
	a, _ := newAdapter(t, tg.URL(), times)
	r, w := io.Pipe()
	defer func() { _ = w.Close() }()
	fed := make(chan struct{})
	go func() {
		defer close(fed)
		_, _ = w.Write(make([]byte, 300_000)) // and then nothing more
	}()
	_, err := a.Send(ctx, withFile(message.Document, "", &source{content: r, size: -1}))
	checkSendError(t, err, adapters.SendError{Outcome: adapters.NotSent})
	<-fed
	if n := len(ann.Inbox()); n != 0 {
		t.Errorf("%d messages landed", n)
	}
}
