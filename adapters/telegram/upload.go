package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/accord-chat/accord/adapters"
)

// part is a file in a call: under which field, called what.
type part struct {
	field, name string
	content     io.Reader
}

// sourceError says that the file could not be read to its end, so that the
// call was never complete and cannot have been carried out.
type sourceError struct{ cause error }

func (e *sourceError) Error() string { return "the file could not be read to its end" }
func (e *sourceError) Unwrap() error { return e.cause }

// upload makes one call with a file in it. The file is streamed: nothing of it
// is kept. The error is a *callError, or a *sourceError where the fault is not
// Telegram's.
//
// A call whose last byte was not handed over is one that was not written:
// without its end it is no call.
func (a *api) upload(ctx context.Context, method string, p params, f part, limit time.Duration) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	form, err := newForm(p, f)
	if err != nil {
		return nil, &callError{method: method, why: "the call could not be made"}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.base+"/bot"+string(a.token)+"/"+method, form)
	if err != nil {
		return nil, &callError{method: method, why: "the call could not be made"}
	}
	req.Header.Set("Content-Type", form.kind)
	b := &binding{ctx: ctx, client: a.client}
	resp, err := b.Do(req) //nolint:contextcheck // b carries it
	if err == nil {
		defer func() { _ = resp.Body.Close() }() // it was read to its end
		var result json.RawMessage
		if result, err = answerOf(resp.Body); err == nil {
			return result, nil
		}
	}
	ce := a.explain(method, b, err)
	ce.written = form.whole.Load()
	if failed := form.failed.Load(); failed != nil && ce.code == 0 {
		return nil, failed
	}
	return nil, ce
}

// answerOf reads Telegram's answer to a call that did not go through the
// library.
func answerOf(body io.Reader) (json.RawMessage, error) {
	var answer tgbotapi.APIResponse
	if err := json.NewDecoder(body).Decode(&answer); err != nil {
		return nil, err
	}
	if !answer.Ok {
		e := &tgbotapi.Error{Code: answer.ErrorCode, Message: answer.Description}
		if answer.Parameters != nil {
			e.ResponseParameters = *answer.Parameters
		}
		return nil, e
	}
	return answer.Result, nil
}

// form is the body of a call with a file: fields, the file as it is read, and
// an end. The connection's goroutine reads it.
type form struct {
	kind   string // for Content-Type
	head   io.Reader
	file   io.Reader
	tail   io.Reader
	sent   int64 // of the file
	whole  atomic.Bool
	failed atomic.Pointer[sourceError]
}

func newForm(p params, f part) (*form, error) {
	var buf bytes.Buffer
	m := multipart.NewWriter(&buf)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		if err := m.WriteField(name, p[name]); err != nil {
			return nil, err
		}
	}
	if _, err := m.CreateFormFile(f.field, f.name); err != nil {
		return nil, err
	}
	head := buf.Len()
	if err := m.Close(); err != nil {
		return nil, err
	}
	all := buf.Bytes()
	return &form{kind: m.FormDataContentType(), head: bytes.NewReader(all[:head]), file: f.content, tail: bytes.NewReader(all[head:])}, nil
}

// Read implements io.Reader. What has been read to its end says so again.
func (f *form) Read(p []byte) (int, error) {
	if n, err := f.head.Read(p); err == nil {
		return n, nil
	}
	n, err := f.file.Read(p)
	f.sent += int64(n)
	switch {
	case f.sent > adapters.MaxFile: // whoever opened it should have noticed
		return 0, f.fail(fmt.Errorf("telegram: %w", adapters.ErrTooLarge))
	case err != nil && !errors.Is(err, io.EOF):
		return 0, f.fail(err)
	case n > 0 || err == nil:
		return n, nil
	}
	f.whole.Store(true) // from here on the other side may have all it needs
	return f.tail.Read(p)
}

func (f *form) fail(err error) error {
	failed := &sourceError{err}
	f.failed.Store(failed)
	return failed
}

// Close implements io.Closer; the file belongs to the caller.
func (f *form) Close() error { return nil }
