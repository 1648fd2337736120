package slack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"

	slackapi "github.com/slack-go/slack"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

const maxFileName = 200

// sendFile puts one file into the thread, with the post's words above it. What
// cannot be passed on at all is said there instead, and counts as delivered:
// trying again would not help. Until the last of the three calls nothing can be
// seen in Slack, so whatever fails before it was not sent.
func (a *Adapter) sendFile(ctx context.Context, d adapters.Delivery, at place, p adapters.Post) (adapters.Receipt, *adapters.SendError) {
	if len(p.Files) != 1 || d.Open == nil {
		return adapters.Receipt{}, refuse("a post takes one file, and a way to open it")
	}
	f, err := d.Open(ctx, p.Files[0])
	if err != nil {
		return a.notPassed(ctx, d, at, p, err)
	}
	defer func() { _ = f.Body.Close() }()
	up, err := newUpload(first(message.CleanFile(p.Files[0].Name), f.Name), f, wordsOf(a.cfg.Lang))
	if err != nil {
		return a.notPassed(ctx, d, at, p, err)
	}
	defer up.close()
	if d.Resend {
		ts, bad := a.lookUpFile(ctx, at, up)
		if bad != nil {
			return adapters.Receipt{}, bad
		}
		if ts != "" {
			return receipt(at.channel, ts), nil
		}
	}
	id, bad := a.upload(ctx, up)
	if err := up.failed(); err != nil {
		return a.notPassed(ctx, d, at, p, err)
	}
	if bad != nil {
		return adapters.Receipt{}, bad
	}
	return a.share(ctx, at, p, up, id)
}

var errEmpty = errors.New("the file is empty")

// notPassed says in the thread why a file is not there. Trouble that may pass is
// an attempt that sent nothing.
func (a *Adapter) notPassed(ctx context.Context, d adapters.Delivery, at place, p adapters.Post, err error) (adapters.Receipt, *adapters.SendError) {
	w := wordsOf(a.cfg.Lang)
	var why string
	switch {
	case errors.Is(err, adapters.ErrTooLarge):
		why = w.tooLarge
	case errors.Is(err, adapters.ErrUnread):
		why = w.unread
	case errors.Is(err, adapters.ErrNoFile):
		why = w.gone
	case errors.Is(err, errEmpty):
		why = w.empty
	default:
		return adapters.Receipt{}, &adapters.SendError{Outcome: adapters.NotSent, Reason: "the file could not be read"}
	}
	line := w.lost + ": " + why
	if name := message.CleanFile(p.Files[0].Name); name != "" {
		line = w.lost + " (" + name + "): " + why
	}
	note := adapters.Post{Blocks: append(p.Blocks[:len(p.Blocks):len(p.Blocks)], adapters.Block{Kind: adapters.Note, Text: line}), Fallback: line}
	options, bad := a.compose(note)
	if bad != nil {
		return adapters.Receipt{}, bad
	}
	return a.postOnce(ctx, d, at, keyOf(a.Sender(), d.ID, p), options)
}

// upload is one file on its way up. failure is what reading it ended with.
type upload struct {
	name    string
	size    int64
	body    io.Reader
	spool   *os.File // holds a file whose size nobody knew; nil otherwise
	mu      sync.Mutex
	failure error
}

// newUpload prepares a file: Slack wants to know its size beforehand, so one of
// unknown size is read into a temporary file first.
func newUpload(name string, f adapters.File, w words) (*upload, error) {
	u := &upload{name: cut(first(message.CleanFile(name), w.file), maxFileName), size: f.Size, body: f.Body}
	if f.Size < 0 {
		if err := u.spoolTo(f.Body); err != nil {
			u.close()
			return nil, err
		}
	}
	switch {
	case u.size > adapters.MaxFile:
		u.close()
		return nil, adapters.ErrTooLarge
	case u.size == 0:
		u.close()
		return nil, errEmpty
	}
	return u, nil
}

func (u *upload) spoolTo(body io.Reader) (err error) {
	if u.spool, err = os.CreateTemp("", "accord-file-*"); err != nil {
		return fmt.Errorf("keep a file of unknown size: %w", err)
	}
	if u.size, err = io.Copy(u.spool, io.LimitReader(body, adapters.MaxFile+1)); err != nil {
		return fmt.Errorf("read a file of unknown size: %w", err)
	}
	if _, err = u.spool.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("keep a file of unknown size: %w", err)
	}
	u.body = u.spool
	return nil
}

func (u *upload) close() {
	if u.spool != nil {
		_ = u.spool.Close()
		_ = os.Remove(u.spool.Name())
	}
}

// Read implements io.Reader and keeps the error: the transport would wrap it in
// words of its own.
func (u *upload) Read(p []byte) (int, error) {
	n, err := u.body.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		u.mu.Lock()
		u.failure = err
		u.mu.Unlock()
	}
	return n, err
}

// failed gives what reading ended with; the transport may still be reading.
func (u *upload) failed() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.failure
}

// upload asks for a place, streams the file there and gives its id. The type is
// left to Slack, and no snippet is made of it: HTML and SVG stay files to be
// downloaded.
func (a *Adapter) upload(ctx context.Context, u *upload) (id string, bad *adapters.SendError) {
	to, err := a.post.GetUploadURLExternalContext(ctx, slackapi.GetUploadURLExternalParameters{FileName: u.name, FileSize: int(u.size)})
	if err != nil {
		return "", a.notShared(err)
	}
	if to.FileID == "" || !a.ours(to.UploadURL) {
		return "", &adapters.SendError{Outcome: adapters.NotSent, Reason: "Slack gave no place of its own for the file"}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to.UploadURL, io.NopCloser(u))
	if err != nil {
		return "", &adapters.SendError{Outcome: adapters.NotSent, Reason: "Slack gave no address for the file"}
	}
	req.ContentLength = u.size // the address is the permission: no token goes with it
	req.Header.Set("Content-Type", "application/octet-stream")
	resp, err := a.files.Do(req)
	if err != nil {
		return "", a.notShared(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if err := statusError(resp); err != nil {
		return "", a.notShared(err)
	}
	return to.FileID, nil
}

// notShared classifies what failed before anything could be seen.
func (a *Adapter) notShared(err error) *adapters.SendError {
	e := a.failed(err, false)
	if e.Outcome == adapters.Unknown {
		e.Outcome = adapters.NotSent
	}
	e.Reason = "upload: " + e.Reason
	return e
}

// share makes the uploaded file a message. Slack does not say which; the
// receipt has no id then.
func (a *Adapter) share(ctx context.Context, at place, p adapters.Post, u *upload, id string) (adapters.Receipt, *adapters.SendError) {
	blocks, err := layout(adapters.Post{Title: p.Title, Blocks: p.Blocks, Buttons: p.Buttons}, wordsOf(a.cfg.Lang), a.callFor(p.Call))
	if err != nil {
		return adapters.Receipt{}, refuse(err.Error())
	}
	params := slackapi.CompleteUploadExternalParameters{
		Files: []slackapi.FileSummary{{ID: id, Title: u.name}}, Channel: at.channel, ThreadTimestamp: at.thread,
		Blocks: slackapi.Blocks{BlockSet: blocks},
	}
	ctx, wrote := traced(ctx)
	done, err := a.post.CompleteUploadExternalContext(ctx, params)
	if err != nil {
		return adapters.Receipt{}, a.failed(err, wrote())
	}
	if len(done.Files) == 0 {
		return adapters.Receipt{}, &adapters.SendError{Outcome: adapters.Unknown, Reason: "Slack's answer names no file"}
	}
	return adapters.Receipt{}, nil
}

// lookUpFile searches the thread for a file of ours with this name and size.
// A message with a file carries no key of ours; that the same customer sent the
// same bytes twice, and only the second failed, loses nothing.
func (a *Adapter) lookUpFile(ctx context.Context, at place, u *upload) (ts string, bad *adapters.SendError) {
	_, bot, err := a.identity(ctx)
	if err != nil {
		return "", &adapters.SendError{Outcome: adapters.NotSent, Reason: "look-up before uploading again: " + reason(err)}
	}
	return a.search(ctx, at, func(m slackapi.Message) bool {
		if m.User != bot {
			return false
		}
		for _, f := range m.Files {
			if int64(f.Size) == u.size && (f.Name == u.name || f.Title == u.name) {
				return true
			}
		}
		return false
	})
}
