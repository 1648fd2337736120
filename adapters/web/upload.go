package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/dialog/message"
)

const (
	maxUpload = 10 << 20 // bytes
	// How many files may be on their way in, of one session, from one address
	// and in all, because each holds a connection for as long as a slow phone
	// takes.
	ownUploads    = 2
	nearUploads   = 4
	uploadsAtOnce = 32
	// uploadPatience is how long the next piece of a file may take, and
	// uploadLimit all of it.
	uploadPatience = 20 * time.Second
	uploadLimit    = 10 * time.Minute
	// uploadRate is how many bytes a second must come, once uploadPatience is
	// over: a trickle would keep a place from others for all of uploadLimit.
	uploadRate = 8 << 10
)

// Words of refusal for files.
const (
	noFiles   = "this chat takes no files"
	notBytes  = "send the bytes of one file as application/octet-stream, with ?id= as for messages and ?name="
	noLength  = "the size of the file must be given"
	fileLarge = "the file is larger than 10 MB"
	fileEmpty = "the file is empty"
	fileQuota = "no more files can be taken from you today"
	fileMany  = "other files are still on their way; please wait and try again with the same id"
	fileShort = "the file did not arrive whole; please try again with the same id"
)

// serveUpload takes one file: its bytes go to the folder as they come, and when
// they are all on the disk the message that names them is committed. The same
// id again is the same message, as with texts.
func (a *Adapter) serveUpload(w http.ResponseWriter, r *http.Request) {
	chat, ok := a.chatOf(r)
	if !ok {
		answer(w, http.StatusUnauthorized, noSession)
		return
	}
	id := r.URL.Query().Get("id")
	if !a.uploadable(w, r, id) || a.answered(w, chat, id) || !a.admit(w, r, chat, 0) {
		return
	}
	from, now := a.address(r), a.cfg.Now()
	leave, who := a.uploads.take(chat, from)
	switch who {
	case ownCrowd:
		tooMany(w, 5*time.Second, codePace, fileMany)
		return
	case anyCrowd:
		later(w)
		return
	case nobody:
	}
	defer leave()
	if wait := a.quota.take(chat, from, r.ContentLength, now); wait > 0 {
		tooMany(w, wait, codeQuota, fileQuota)
		return
	}
	arrived := a.upload(w, r, payload{Chat: chat, ID: message.PlatformID(id)}) //nolint:contextcheck // the run ends it, too
	// A line that breaks costs the customer nothing; one that breaks again and
	// again is counted as if the files had come.
	if !arrived && a.limits.refunds.take(chat, now) == 0 {
		a.quota.giveBack(chat, from, r.ContentLength)
	}
}

// uploadable checks what can be known before a byte is read; it answers where
// something is wrong.
func (a *Adapter) uploadable(w http.ResponseWriter, r *http.Request, id string) bool {
	switch {
	case a.folder == "":
		answer(w, http.StatusNotFound, noFiles)
	case r.Header.Get("Content-Type") != "application/octet-stream":
		answer(w, http.StatusUnsupportedMediaType, notBytes)
	case !validID(id):
		answer(w, http.StatusBadRequest, notBytes)
	case r.ContentLength < 0:
		answer(w, http.StatusLengthRequired, noLength)
	case r.ContentLength == 0:
		refuse(w, http.StatusBadRequest, codeEmpty, fileEmpty)
	case r.ContentLength > maxUpload:
		refuse(w, http.StatusRequestEntityTooLarge, codeTooLarge, fileLarge)
	default:
		return true
	}
	return false
}

// upload reads the file and commits its message.
func (a *Adapter) upload(w http.ResponseWriter, r *http.Request, p payload) bool {
	body, ok := a.incoming(w, r)
	if !ok {
		later(w)
		return false
	}
	name := keepName(p.Chat, p.ID)
	mime, size, err := keepFile(a.folder, name, body, r.ContentLength)
	body.stop()
	if err != nil {
		body.giveUp(w)
	}
	switch {
	case errors.Is(err, errShort):
		answer(w, http.StatusServiceUnavailable, fileShort)
		return false
	case err != nil:
		a.log.Warn("a file was not stored; the page will try again", zap.Error(err))
		later(w)
		return false
	}
	p.File = &kept{Kind: message.Document, ID: name, Name: cleanName(r.URL.Query().Get("name")), MIME: mime, Size: size}
	if picture(mime) {
		p.File.Kind = message.Photo
	}
	return a.accept(w, r, p)
}

// incoming gives the body of a request with patience for each piece of it,
// instead of the server's for all. It ends with Run, which an upload must not
// hold up.
func (a *Adapter) incoming(w http.ResponseWriter, r *http.Request) (body *patient, ok bool) {
	_, run, leave, ok := a.enter()
	if !ok {
		return nil, false
	}
	leave()
	in := &patient{r: r.Body, rc: http.NewResponseController(w), run: run, began: time.Now()}
	in.stop = context.AfterFunc(run, func() { _ = in.rc.SetReadDeadline(time.Now()) })
	return in, true
}

// patient reads with a deadline for each piece.
type patient struct {
	r   io.Reader
	rc  *http.ResponseController
	run context.Context
	// began and came, the bytes since, say how long it may take further.
	began time.Time
	came  int64
	// stop lets go of run. The deadline stays: the server sets its own for the
	// next request.
	stop func() bool
}

// giveUp keeps the server from waiting for the rest before it answers.
func (p *patient) giveUp(w http.ResponseWriter) {
	w.Header().Set("Connection", "close")
	_ = p.rc.SetReadDeadline(time.Now())
}

// Read implements io.Reader. It looks at run after it has set its deadline:
// before, the deadline that the end of run sets could be lost.
func (p *patient) Read(b []byte) (int, error) {
	if err := supported(p.rc.SetReadDeadline(p.deadline(time.Now()))); err != nil || p.run.Err() != nil {
		return 0, errShort
	}
	n, err := p.r.Read(b)
	p.came += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		err = errShort // the network's own words hold addresses
	}
	return n, err
}

// deadline is when the next piece must have come.
func (p *patient) deadline(now time.Time) time.Time {
	until := now.Add(uploadPatience)
	for _, t := range []time.Time{p.began.Add(uploadLimit), p.began.Add(uploadPatience + time.Duration(p.came)*time.Second/uploadRate)} {
		if t.Before(until) {
			until = t
		}
	}
	return until
}
