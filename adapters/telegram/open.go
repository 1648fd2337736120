package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// Open implements adapters.Opener: it streams a file that a customer sent.
// What is known to be too large is not even asked for. The address of a file
// holds the token, so it is used here and never leaves.
func (a *Adapter) Open(ctx context.Context, at message.Attachment) (adapters.File, error) {
	if at.Held != Channel || at.File == "" {
		return adapters.File{}, fmt.Errorf("telegram: %w", adapters.ErrNoFile)
	}
	if at.Size > adapters.MaxFile {
		return adapters.File{}, fmt.Errorf("telegram: %w", adapters.ErrTooLarge)
	}
	found, err := a.locate(ctx, at.File)
	if err != nil {
		return adapters.File{}, err
	}
	body, size, err := a.api.download(ctx, found.Path, a.timeouts.File)
	if err != nil {
		return adapters.File{}, err
	}
	if size >= 0 && found.Size > 0 && size != found.Size {
		_ = body.Close() // nothing of it was wanted
		return adapters.File{}, errors.New("telegram file: what came is not the file")
	}
	if size < 0 && found.Size > 0 {
		size = found.Size
	}
	return a.look(body, at, size)
}

// place is where Telegram keeps a file for the next hour.
type place struct {
	Path string `json:"file_path"`
	Size int64  `json:"file_size"`
}

func (a *Adapter) locate(ctx context.Context, id string) (place, error) {
	var found place
	result, err := a.api.call(ctx, "getFile", params{"file_id": id}, quickTimeout)
	var e *callError
	switch {
	case errors.As(err, &e) && e.code == http.StatusBadRequest && e.says("too big"):
		return found, fmt.Errorf("telegram: %w", adapters.ErrTooLarge)
	case errors.As(err, &e) && e.code == http.StatusBadRequest:
		return found, fmt.Errorf("telegram: %w", adapters.ErrNoFile)
	case err != nil:
		return found, err
	case json.Unmarshal(result, &found) != nil:
		return found, errors.New("telegram getFile: the answer is not what Telegram sends")
	case found.Size > adapters.MaxFile:
		return found, fmt.Errorf("telegram: %w", adapters.ErrTooLarge)
	}
	return found, nil
}

// look finds out what is in the stream that was opened. On an error it closes
// body.
func (a *Adapter) look(body io.ReadCloser, at message.Attachment, size int64) (adapters.File, error) {
	head, err := readHead(body)
	if err != nil {
		_ = body.Close() // the error of reading says more
		return adapters.File{}, err
	}
	f := adapters.File{MIME: sniff(head), Size: size, Body: rejoined{io.MultiReader(bytes.NewReader(head), body), body}}
	if at.Kind != message.Sticker { // a sticker's name is its emoji
		f.Name = message.CleanFile(at.Name)
	}
	return f, nil
}

// rejoined is a stream whose head was read ahead.
type rejoined struct {
	io.Reader
	io.Closer
}

// download opens the file at a path that getFile gave. Reading it fails beyond
// adapters.MaxFile and when limit is over. size is -1 where it is not said.
func (a *api) download(ctx context.Context, at string, limit time.Duration) (body io.ReadCloser, size int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	req, err := a.fileRequest(ctx, at)
	if err != nil {
		return nil, 0, err
	}
	resp, err := a.client.Do(req)
	if err != nil {
		return nil, 0, a.fileError(ctx, err)
	}
	if resp.StatusCode != http.StatusOK {
		_ = resp.Body.Close() // nothing of it was wanted
		if resp.StatusCode == http.StatusNotFound {
			return nil, 0, fmt.Errorf("telegram: %w", adapters.ErrNoFile)
		}
		return nil, 0, fmt.Errorf("telegram file: answered with status %d", resp.StatusCode)
	}
	if resp.ContentLength > adapters.MaxFile {
		_ = resp.Body.Close()
		return nil, 0, fmt.Errorf("telegram: %w", adapters.ErrTooLarge)
	}
	return &download{api: a, ctx: ctx, cancel: cancel, body: resp.Body, left: adapters.MaxFile}, resp.ContentLength, nil
}

// fileRequest makes the address of a file. A path that leads elsewhere is not
// followed: a Bot API server of one's own can give paths on its disk.
func (a *api) fileRequest(ctx context.Context, at string) (*http.Request, error) {
	if at == "" || strings.HasPrefix(at, "/") || path.Clean(at) != at || strings.HasPrefix(at, "..") {
		return nil, errors.New("telegram getFile: the path is not one that can be fetched")
	}
	u, err := url.Parse(a.base)
	if err != nil {
		return nil, errors.New("telegram file: the API address cannot be used")
	}
	u = u.JoinPath("file", "bot"+string(a.token))
	u.Path, u.RawPath = u.Path+"/"+at, "" // escaped anew, whatever is in it
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, errors.New("telegram file: the address cannot be used")
	}
	return req, nil
}

// fileError takes address and token out of an error of fetching.
func (a *api) fileError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("telegram file: %w", context.Cause(ctx))
	}
	return errors.New("telegram file: " + a.hide(stripURL(err).Error()))
}

// download is a file on its way here, with a cap.
type download struct {
	api    *api
	ctx    context.Context
	cancel context.CancelFunc
	body   io.ReadCloser
	left   int64
}

// Read implements io.Reader. The cap is noticed by the first byte beyond it,
// so a file of exactly that size passes.
func (d *download) Read(p []byte) (int, error) {
	if int64(len(p)) > d.left+1 {
		p = p[:d.left+1]
	}
	n, err := d.body.Read(p)
	if int64(n) > d.left {
		return int(d.left), fmt.Errorf("telegram: %w", adapters.ErrTooLarge)
	}
	d.left -= int64(n)
	if err != nil && err != io.EOF { //nolint:errorlint // Read gives io.EOF bare
		err = d.api.fileError(d.ctx, err)
	}
	return n, err
}

// Close implements io.Closer.
func (d *download) Close() error {
	d.cancel()
	if err := d.body.Close(); err != nil {
		return errors.New("telegram file: closing failed")
	}
	return nil
}
