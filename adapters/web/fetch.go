package web

import (
	"bufio"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
)

// filePolicy stands on every file: should a browser show one in spite of all,
// it runs nothing, loads nothing and belongs to no origin.
const filePolicy = "sandbox; default-src 'none'; frame-ancestors 'none'"

const (
	noSuchFile = "there is no such file in this chat"
	openSoon   = "the file cannot be opened just now; please try again"
	openFast   = "files are opened too fast; please wait"
)

// serveFile streams a file that was sent to this customer. Whose it is is
// decided by Config.OpenFile, which is asked with the chat of the session.
func (a *Adapter) serveFile(w http.ResponseWriter, r *http.Request) {
	chat, ok := a.chatOf(r)
	row, n, named := fileOf(r)
	if !ok || !named || a.cfg.OpenFile == nil {
		answer(w, http.StatusNotFound, noSuchFile)
		return
	}
	if wait := a.limits.fetches.take(chat, a.cfg.Now()); wait > 0 {
		tooMany(w, wait, codePace, openFast)
		return
	}
	_, run, leave, ok := a.enter()
	if !ok {
		later(w)
		return
	}
	defer leave()
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(run, cancel)() //nolint:contextcheck // both contexts end it, the request's and the run's
	f, err := a.cfg.OpenFile(ctx, chat, row, n)
	if err != nil {
		a.noFile(w, row, err)
		return
	}
	defer func() { _ = f.Body.Close() }()
	// A read that hangs ends when its body is closed.
	defer context.AfterFunc(ctx, func() { _ = f.Body.Close() })()
	a.pour(w, r, f, row)
}

func fileOf(r *http.Request) (row int64, n int, ok bool) {
	row, err := strconv.ParseInt(r.PathValue("row"), 10, 64)
	if err != nil || row <= 0 {
		return 0, 0, false
	}
	n, err = strconv.Atoi(r.PathValue("n"))
	return row, n, err == nil && n >= 0
}

func (a *Adapter) noFile(w http.ResponseWriter, row int64, err error) {
	switch {
	case errors.Is(err, adapters.ErrNoFile):
		answer(w, http.StatusNotFound, noSuchFile)
	case errors.Is(err, adapters.ErrTooLarge):
		refuse(w, http.StatusRequestEntityTooLarge, codeTooLarge, adapters.ErrTooLarge.Error())
	default:
		a.log.Warn("a file could not be opened for a customer", zap.Int64("row", row), zap.Error(err))
		w.Header().Set("Retry-After", "5")
		answer(w, http.StatusServiceUnavailable, openSoon)
	}
}

// pour writes a file as a download. Its type is what its first bytes say, and
// nothing a browser would run.
func (a *Adapter) pour(w http.ResponseWriter, r *http.Request, f adapters.File, row int64) {
	body := bufio.NewReaderSize(f.Body, 32<<10)
	head, err := body.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		a.noFile(w, row, err)
		return
	}
	set := w.Header().Set
	set("Content-Type", harmless(http.DetectContentType(head)))
	set("Content-Disposition", disposition(f.Name))
	set("Content-Security-Policy", filePolicy)
	set("Cache-Control", "private, max-age=600")
	if 0 <= f.Size && f.Size <= adapters.MaxFile {
		set("Content-Length", strconv.FormatInt(f.Size, 10))
	}
	if r.Method == http.MethodHead {
		return
	}
	out := slow{w, http.NewResponseController(w)}
	if _, err := io.Copy(out, io.LimitReader(body, adapters.MaxFile)); err != nil {
		// The head is sent; only a broken connection tells the browser that
		// the file is not whole.
		panic(http.ErrAbortHandler)
	}
}

// slow writes with a deadline for each piece, as long as the reader keeps up.
type slow struct {
	w  io.Writer
	rc *http.ResponseController
}

// Write implements io.Writer.
func (s slow) Write(b []byte) (int, error) {
	if err := supported(s.rc.SetWriteDeadline(time.Now().Add(3 * writePatience))); err != nil {
		return 0, err
	}
	return s.w.Write(b)
}

// harmless gives the type to say for content that was found to be of a type:
// markup and unknown things are bytes.
func harmless(found string) string {
	kind, _, _ := strings.Cut(found, ";")
	switch {
	case picture(kind), strings.HasPrefix(kind, "audio/"), strings.HasPrefix(kind, "video/"), kind == "application/pdf", kind == "text/plain":
		return found
	}
	return "application/octet-stream"
}

func disposition(name string) string {
	name = cleanName(name)
	if name == "" {
		name = "file"
	}
	if d := mime.FormatMediaType("attachment", map[string]string{"filename": name}); d != "" {
		return d
	}
	return "attachment"
}
