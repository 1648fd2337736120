package telegram

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	maxCaption = 1024     // UTF-16 units
	maxPhoto   = 10 << 20 // bytes; Telegram takes larger ones as documents only
)

// extra plans what goes with a text, and gives the text that is still to be
// sent by itself before it: a short one becomes the caption. last is nil where
// nothing goes with it.
func (a *Adapter) extra(ctx context.Context, d adapters.Delivery, markup string) (text string, last step, done func(), err error) {
	text, done = d.Say.Text, func() {}
	switch list := d.Say.Attachments; {
	case len(list) == 0:
		return text, nil, done, nil
	case len(list) > 1:
		return "", nil, nil, refuse("one file a message, please")
	case list[0].Kind == message.Location:
		last, err = a.location(d, markup)
		return text, last, done, err
	}
	caption := strings.TrimSpace(strings.ToValidUTF8(text, "\uFFFD"))
	if len(utf16.Encode([]rune(caption))) <= maxCaption {
		text = ""
	} else {
		caption = ""
	}
	f := &outFile{a: a, at: d.Say.Attachments[0], open: d.Open, p: params{"chat_id": string(d.Chat)}}
	if caption != "" {
		f.p["caption"] = caption
	}
	if markup != "" {
		f.p["reply_markup"] = markup
	}
	if err := f.ready(ctx); err != nil {
		return "", nil, nil, err
	}
	return text, f.send, f.close, nil
}

func (a *Adapter) location(d adapters.Delivery, markup string) (step, error) {
	at := d.Say.Attachments[0]
	if !(math.Abs(at.Lat) <= 90 && math.Abs(at.Lon) <= 180) { // so written, NaN is refused, too
		return nil, refuse("this is no place on earth")
	}
	degrees := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	p := params{"chat_id": string(d.Chat), "latitude": degrees(at.Lat), "longitude": degrees(at.Lon)}
	if markup != "" {
		p["reply_markup"] = markup
	}
	return func(ctx context.Context) (message.PlatformID, error) { return a.sent(ctx, "sendLocation", p) }, nil
}

// outFile is a file on its way to a customer.
type outFile struct {
	a    *Adapter
	at   message.Attachment
	open adapters.OpenFunc
	p    params
	file *adapters.File // open and not yet sent; nil = to be opened
	mime string         // by our own look into it
	end  func()         // closes file
}

// ready opens the file and looks into it. It runs before any part of the
// message is out, so that a file that cannot be had costs nothing.
func (f *outFile) ready(ctx context.Context) error {
	if f.file != nil {
		return nil
	}
	if f.open == nil {
		return refuse("this file is kept where it cannot be opened")
	}
	ctx, cancel := context.WithTimeout(ctx, f.a.timeouts.File)
	file, err := f.open(ctx, f.at)
	if err != nil {
		cancel()
		return unopened(err)
	}
	body := file.Body
	closed := sync.OnceFunc(func() { _ = body.Close() }) // it was only read
	stop := context.AfterFunc(ctx, closed)               // the connection waits for a source that hangs, whatever its own limit
	f.file, f.end = &file, func() { stop(); closed(); cancel() }
	head, err := readHead(body)
	if err == nil && file.Size > adapters.MaxFile {
		err = adapters.ErrTooLarge
	}
	if err != nil {
		f.close()
		return unopened(err)
	}
	f.mime = sniff(head)
	file.Body = rejoined{io.MultiReader(bytes.NewReader(head), body), body}
	return nil
}

func (f *outFile) close() {
	if f.file != nil {
		f.end()
		f.file = nil
	}
}

// send makes the call. Telegram refuses some pictures for their measures, and
// some people refuse voice messages: as a document both go through.
func (f *outFile) send(ctx context.Context) (message.PlatformID, error) {
	if err := f.ready(ctx); err != nil {
		return "", err
	}
	method, field := f.method()
	id, err := f.upload(ctx, method, field)
	var e *callError
	if errors.As(err, &e) && e.code == http.StatusBadRequest && field != "document" && e.aboutFile() {
		if err := f.ready(ctx); err != nil {
			return "", err
		}
		method = "sendDocument"
		id, err = f.upload(ctx, method, "document")
	}
	if err != nil {
		return "", fileSendError(err)
	}
	return id, nil
}

// aboutFile says whether Telegram refused the kind of file, not the message.
func (e *callError) aboutFile() bool {
	return e.says("photo_") || e.says("image_process_failed") || e.says("voice_messages_forbidden") || e.says("wrong file")
}

func (f *outFile) upload(ctx context.Context, method, field string) (message.PlatformID, error) {
	defer f.close() // a second try must open it again
	p := f.p
	if field == "document" {
		p = params{"disable_content_type_detection": "true"}
		for k, v := range f.p {
			p[k] = v
		}
	}
	name := message.CleanFile(f.file.Name)
	if name == "" {
		name = message.CleanFile(f.at.Name)
	}
	if name == "" {
		name = string(f.at.Kind)
	}
	result, err := f.a.api.upload(ctx, method, p, part{field: field, name: name, content: f.file.Body}, f.a.timeouts.File)
	if err != nil {
		return "", err
	}
	return sentID(method, result)
}

// method chooses how the file is shown. Only what we know to be harmless and
// to be shown well is shown; all else, pages and drawings with code in them
// above all, is a plain document.
func (f *outFile) method() (method, field string) {
	switch f.at.Kind {
	case message.Photo:
		if size := f.file.Size; 0 <= size && size <= maxPhoto && (f.mime == "image/jpeg" || f.mime == "image/png" || f.mime == "image/webp") {
			return "sendPhoto", "photo"
		}
	case message.Voice:
		switch f.mime {
		case "audio/ogg":
			return "sendVoice", "voice"
		case "audio/mpeg", "audio/mp4":
			return "sendAudio", "audio"
		}
	case message.Video:
		if f.mime == "video/mp4" {
			return "sendVideo", "video"
		}
	}
	return "sendDocument", "document"
}

// unopened says how it ends when a file cannot be had: nothing was sent. The
// error's own words stay out, because they are another platform's.
func unopened(err error) *adapters.SendError {
	switch {
	case errors.Is(err, adapters.ErrTooLarge):
		return refuse("the file is too large to be passed on (20 MB at most)")
	case errors.Is(err, adapters.ErrNoFile):
		return refuse("the file is no longer there")
	}
	return &adapters.SendError{Outcome: adapters.NotSent, Reason: "telegram: the file could not be opened"}
}

// fileSendError classifies the failure of a call with a file.
func fileSendError(err error) *adapters.SendError {
	var source *sourceError
	var ready *adapters.SendError
	switch {
	case errors.As(err, &source):
		return unopened(source.cause)
	case errors.As(err, &ready):
		return ready
	}
	return sendError(err)
}
