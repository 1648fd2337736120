package slack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/dialog/message"
)

var png = append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte{7}, 2000)...)

// says puts a file into a thread and gives its attachment as decoded.
func says(t *testing.T, fake *slackfake.Server, a *Adapter, f slackfake.File) message.Attachment {
	t.Helper()
	agent := fake.AddAgent("U1ANNA", "Anna")
	root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
	ts, err := agent.Says(string(root), "", f)
	if err != nil {
		t.Fatal(err)
	}
	m, _ := fake.Message(ts)
	return message.Attachment{Kind: message.Document, Held: Channel, File: m.Files[0].ID, Name: f.Name}
}

func TestOpenStreamsAndLooksInside(t *testing.T) {
	for name, c := range map[string]struct {
		file slackfake.File
		want adapters.File
	}{
		"a picture":             {slackfake.File{Name: "p.png", Mimetype: "image/png", Content: png}, adapters.File{Name: "p.png", MIME: "image/png", Size: int64(len(png))}},
		"claims to be another":  {slackfake.File{Name: "p.png", Mimetype: "image/png", Content: []byte("<html><script>")}, adapters.File{Name: "p.png", MIME: "text/html; charset=utf-8", Size: 14}},
		"a path for a name":     {slackfake.File{Name: `..\..\etc/passwd`, Content: []byte("x")}, adapters.File{Name: "passwd", MIME: "text/plain; charset=utf-8", Size: 1}},
		"of an unknown size":    {slackfake.File{Name: "z.bin", Size: 5, Stream: 3000}, adapters.File{Name: "z.bin", MIME: "application/octet-stream", Size: -1}},
		"exactly the largest":   {slackfake.File{Name: "z.bin", Size: adapters.MaxFile, Stream: adapters.MaxFile}, adapters.File{Name: "z.bin", MIME: "application/octet-stream", Size: -1}},
		"with nothing in it":    {slackfake.File{Name: "e.txt"}, adapters.File{Name: "e.txt", MIME: "text/plain; charset=utf-8", Size: 0}},
		"shorter than a header": {slackfake.File{Name: "s.gif", Content: []byte("GIF89a")}, adapters.File{Name: "s.gif", MIME: "image/gif", Size: 6}},
	} {
		t.Run(name, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{})
			a := newAdapter(t, configFor(fake))
			f, err := a.Open(within(t), says(t, fake, a, c.file))
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(f.Body)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.Body.Close(); err != nil {
				t.Fatal(err)
			}
			if c.file.Stream == 0 && !bytes.Equal(body, c.file.Content) {
				t.Error("another content")
			}
			if c.file.Stream != 0 && int64(len(body)) != c.file.Stream {
				t.Errorf("%d bytes, want %d", len(body), c.file.Stream)
			}
			if f.Body = nil; f != c.want {
				t.Errorf("got %+v, want %+v", f, c.want)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	elsewhere := make(chan string, 4)
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { elsewhere <- r.Header.Get("Authorization") }))
	t.Cleanup(other.Close)
	for name, c := range map[string]struct {
		file   slackfake.File
		change func(*slackfake.Server, *message.Attachment)
		is     error // nil = neither of the two
	}{
		"too large, as told":      {slackfake.File{Name: "x", Size: adapters.MaxFile + 1, Content: png}, nil, adapters.ErrTooLarge},
		"too large, found out":    {slackfake.File{Name: "x", Size: 5, Stream: adapters.MaxFile + 1}, nil, adapters.ErrTooLarge},
		"deleted":                 {slackfake.File{Name: "x", Content: png}, func(f *slackfake.Server, at *message.Attachment) { f.DeleteFile(at.File) }, adapters.ErrNoFile},
		"never was":               {slackfake.File{Name: "x", Content: png}, func(_ *slackfake.Server, at *message.Attachment) { at.File = "F0NONE" }, adapters.ErrNoFile},
		"not an id":               {slackfake.File{Name: "x", Content: png}, func(_ *slackfake.Server, at *message.Attachment) { at.File = "../auth.test" }, adapters.ErrNoFile},
		"gone at its address":     {slackfake.File{Name: "x", Content: png}, fail(slackfake.Fault{Method: "files.download", Status: 404}), adapters.ErrNoFile},
		"no scope":                {slackfake.File{Name: "x", Content: png}, func(f *slackfake.Server, _ *message.Attachment) { f.SetScopes("chat:write") }, nil},
		"sent to sign in":         {slackfake.File{Name: "x", Content: png}, fail(slackfake.Fault{Method: "files.download", Status: 302, Location: "/signin?redir=%2Ffiles"}), nil},
		"sent to another host":    {slackfake.File{Name: "x", Content: png}, fail(slackfake.Fault{Method: "files.download", Status: 302, Location: other.URL + "/x"}), nil},
		"sent in a circle":        {slackfake.File{Name: "x", Content: png}, fail(slackfake.Fault{Method: "files.download", Times: 9, Status: 302, Location: "/files/F1/x"}), nil},
		"Slack has trouble":       {slackfake.File{Name: "x", Content: png}, fail(slackfake.Fault{Method: "files.download", Status: 500}), nil},
		"the connection breaks":   {slackfake.File{Name: "x", Content: png}, fail(slackfake.Fault{Method: "files.download", Cut: true, Times: 9}), nil},
		"no answer to the asking": {slackfake.File{Name: "x", Content: png}, fail(slackfake.Fault{Method: "files.info", Cut: true}), nil},
	} {
		t.Run(name, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{})
			a := newAdapter(t, configFor(fake))
			at := says(t, fake, a, c.file)
			if c.change != nil {
				c.change(fake, &at)
			}
			f, err := a.Open(within(t), at)
			if err == nil {
				_, err = io.Copy(io.Discard, f.Body)
				_ = f.Body.Close()
			}
			if err == nil || errors.Is(err, adapters.ErrTooLarge) != errors.Is(c.is, adapters.ErrTooLarge) || errors.Is(err, adapters.ErrNoFile) != errors.Is(c.is, adapters.ErrNoFile) {
				t.Fatalf("err = %v, want %v", err, c.is)
			}
			if strings.Contains(err.Error(), "http://") || strings.Contains(err.Error(), fake.BotToken()) {
				t.Errorf("an address or a token in %q", err)
			}
			if len(elsewhere) != 0 {
				t.Fatalf("another host was asked, with %q", <-elsewhere)
			}
		})
	}
}

func fail(f slackfake.Fault) func(*slackfake.Server, *message.Attachment) {
	return func(s *slackfake.Server, _ *message.Attachment) { s.Fail(f) }
}

func TestOursIsSlackOrConfigured(t *testing.T) {
	a, err := New(Config{BotToken: "xoxb-canary-1", AppToken: "xapp-canary-2", Channel: "C012AB", APIURL: "http://127.0.0.1:99/api/"})
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]bool{
		"https://files.slack.com/x": true, "https://slack.com/x": true, "https://team.slack.com/x": true, "http://127.0.0.1:99/files/x": true,
		"http://files.slack.com/x": false, "https://evilslack.com/x": false, "https://slack.com.evil.example/x": false,
		"https://evil.example/slack.com": false, "http://127.0.0.1:98/x": false, "https://127.0.0.1:99/x": false, "https://u:p@slack.com/x": false,
		"": false, "/x": false, "file:///etc/passwd": false,
	} {
		if got := a.ours(address); got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
}

// holds is an OpenFunc for content; size -1 is not told beforehand.
func holds(content []byte, size int64) adapters.OpenFunc {
	return func(context.Context, message.Attachment) (adapters.File, error) {
		return adapters.File{Body: io.NopCloser(bytes.NewReader(content)), Name: "theirs.bin", MIME: "application/octet-stream", Size: size}, nil
	}
}

func filePost(id int64, root message.PlatformID, name string, open adapters.OpenFunc) adapters.Delivery {
	return adapters.Delivery{ID: id, Thread: root, Open: open, Post: &adapters.Post{
		Fallback: "a file", Blocks: []adapters.Block{{Kind: adapters.Quote, Text: "<!here> look"}},
		Files: []message.Attachment{{Kind: message.Photo, Held: "telegram", File: "t1", Name: name}},
	}}
}

func TestFilesGoUp(t *testing.T) {
	html := []byte("<html><script>alert(1)</script>")
	for name, c := range map[string]struct {
		name    string
		content []byte
		size    int64
		shown   string
	}{
		"a picture":          {"p.png", png, int64(len(png)), "p.png"},
		"of an unknown size": {"p.png", png, -1, "p.png"},
		"HTML":               {"x.html", html, int64(len(html)), "x.html"},
		"without a name":     {"", png, int64(len(png)), "theirs.bin"},
		"a path for a name":  {"/etc/passwd", png, int64(len(png)), "passwd"},
	} {
		t.Run(name, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{})
			a, sink := newAdapter(t, configFor(fake)), newMemory()
			run(t, a, sink)
			root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
			mustSend(t, a, filePost(2, root, c.name, holds(c.content, c.size)))
			got := fake.Thread(string(root))
			if len(got) != 1 || len(got[0].Files) != 1 || got[0].Files[0].Name != c.shown || got[0].PlainText() != "> <!here> look" {
				t.Fatalf("thread %+v", got)
			}
			f, ok := fake.File(got[0].Files[0].ID)
			if !ok || !bytes.Equal(f.Content, c.content) {
				t.Error("another content")
			}
			rows := sink.wait(t, "our own messages", func(r []adapters.Raw) bool { return len(r) == 2 })
			if n := len(heard(t, a, rows)); n != 0 {
				t.Errorf("our own file was heard as a person's")
			}
		})
	}
}

// Until the last call nothing can be seen, so nothing was sent; from there on a
// missing answer is unknown, and a second attempt looks first.
func TestFileOutcomes(t *testing.T) {
	broken := func(context.Context, message.Attachment) (adapters.File, error) {
		return adapters.File{}, errors.New("network")
	}
	for name, c := range map[string]struct {
		fault slackfake.Fault
		open  adapters.OpenFunc
		want  adapters.Outcome
		files int
	}{
		"cannot be opened now":   {slackfake.Fault{}, broken, adapters.NotSent, 0},
		"no place, cut":          {slackfake.Fault{Method: "files.getUploadURLExternal", Cut: true}, nil, adapters.NotSent, 0},
		"no place, 500":          {slackfake.Fault{Method: "files.getUploadURLExternal", Status: 500, Process: true}, nil, adapters.NotSent, 0},
		"no place, throttled":    {slackfake.Fault{Method: "files.getUploadURLExternal", Status: 429, RetryAfter: "3"}, nil, adapters.Throttled, 0},
		"no place, no scope":     {slackfake.Fault{Method: "files.getUploadURLExternal", Code: "missing_scope"}, nil, adapters.Refused, 0},
		"a place elsewhere":      {slackfake.Fault{Method: "files.getUploadURLExternal", Body: `{"ok":true,"file_id":"F9","upload_url":"http://127.0.0.1:1/x"}`}, nil, adapters.NotSent, 0},
		"upload cut":             {slackfake.Fault{Method: "files.upload", Cut: true, Process: true}, nil, adapters.NotSent, 0},
		"upload 500":             {slackfake.Fault{Method: "files.upload", Status: 500}, nil, adapters.NotSent, 0},
		"share cut, not done":    {slackfake.Fault{Method: "files.completeUploadExternal", Cut: true}, nil, adapters.Unknown, 0},
		"share cut, done":        {slackfake.Fault{Method: "files.completeUploadExternal", Cut: true, Process: true}, nil, adapters.Unknown, 1},
		"share 500, done":        {slackfake.Fault{Method: "files.completeUploadExternal", Status: 500, Process: true}, nil, adapters.Unknown, 1},
		"share names no file":    {slackfake.Fault{Method: "files.completeUploadExternal", Body: `{"ok":true,"files":[]}`, Process: true}, nil, adapters.Unknown, 1},
		"share refused":          {slackfake.Fault{Method: "files.completeUploadExternal", Code: "restricted_action"}, nil, adapters.Refused, 0},
		"shorter than announced": {slackfake.Fault{}, holds(png, int64(len(png))+5), adapters.NotSent, 0},
	} {
		t.Run(name, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{})
			a := newAdapter(t, configFor(fake))
			root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
			if c.fault.Method != "" {
				fake.Fail(c.fault)
			}
			open := c.open
			if open == nil {
				open = holds(png, int64(len(png)))
			}
			d := filePost(2, root, "p.png", open)
			if se := sendErr(t, a, d); se.Outcome != c.want {
				t.Fatalf("%+v, want %s", se, c.want)
			}
			if n := len(fake.Thread(string(root))); n != c.files {
				t.Fatalf("%d files in the thread, want %d", n, c.files)
			}
			d.Open, d.Resend = holds(png, int64(len(png))), c.want == adapters.Unknown
			mustSend(t, a, d)
			if n := len(fake.Thread(string(root))); n != 1 {
				t.Errorf("%d files after the second attempt", n)
			}
		})
	}
}

// What can never be passed on is said in the thread, with what came with it,
// and once only.
func TestFilesThatCannotBePassedOn(t *testing.T) {
	grows := func(context.Context, message.Attachment) (adapters.File, error) {
		return adapters.File{Body: io.NopCloser(io.MultiReader(bytes.NewReader(png), tooLarge{})), Size: 1 << 20}, nil
	}
	for name, c := range map[string]struct {
		open adapters.OpenFunc
		says string
	}{
		"too large":            {opens(adapters.ErrTooLarge), "(p.png): too large"},
		"given up":             {opens(fmt.Errorf("%w: %w", adapters.ErrUnread, adapters.ErrNoFile)), "(p.png): it could not be fetched"},
		"gone":                 {opens(adapters.ErrNoFile), "(p.png): it is no longer there"},
		"empty":                {holds(nil, 0), "(p.png): it is empty"},
		"empty, found out":     {holds(nil, -1), "(p.png): it is empty"},
		"larger than told":     {holds(nil, adapters.MaxFile+1), "(p.png): too large"},
		"too large on the way": {grows, "(p.png): too large"},
	} {
		t.Run(name, func(t *testing.T) {
			fake := newFake(t, slackfake.Options{})
			a := newAdapter(t, configFor(fake))
			root := mustSend(t, a, adapters.Delivery{ID: 1, Post: card()})
			d := filePost(2, root, "p.png", c.open)
			mustSend(t, a, d)
			d.Resend = true
			mustSend(t, a, d)
			got := fake.Thread(string(root))
			if len(got) != 1 || !strings.Contains(got[0].PlainText(), c.says) || !strings.HasPrefix(got[0].PlainText(), "> <!here> look\n") {
				t.Fatalf("thread %+v", got)
			}
		})
	}
	fake := newFake(t, slackfake.Options{})
	a := newAdapter(t, configFor(fake))
	two := filePost(2, "", "p.png", holds(png, 1))
	two.Post.Files = append(two.Post.Files, two.Post.Files...)
	for name, d := range map[string]adapters.Delivery{"two files": two, "no way to open": filePost(3, "", "p.png", nil)} {
		if se := sendErr(t, a, d); se.Outcome != adapters.Refused {
			t.Errorf("%s: %+v", name, se)
		}
	}
}

type tooLarge struct{}

func (tooLarge) Read([]byte) (int, error) { return 0, adapters.ErrTooLarge }

func opens(err error) adapters.OpenFunc {
	return func(context.Context, message.Attachment) (adapters.File, error) { return adapters.File{}, err }
}
