package telegramfake

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"time"
	"unicode/utf16"
)

// What Telegram lets a bot download and upload, in bytes.
const (
	maxDownload = 20 << 20
	maxUpload   = 50 << 20
	maxPhoto    = 10 << 20
)

// File is one file in a chat, whoever sent it.
type File struct {
	// ID is Telegram's, given when it is sent.
	ID string
	// Kind is the field of Telegram's Message that holds it: photo, voice,
	// video, document, sticker, audio, animation or video_note.
	Kind    string
	Name    string // "" = it has none
	MIME    string // what its sender says
	Emoji   string // of a sticker
	Content []byte
	// Claim is the size Telegram tells; 0 means that of Content, a negative
	// one none.
	Claim int64
	// PlainDocument: the sender asked Telegram not to guess what it is.
	PlainDocument bool

	gone bool // Telegram no longer has it
}

func (f *File) size() int64 {
	if f.Claim != 0 {
		return f.Claim
	}
	return int64(len(f.Content))
}

var extension = regexp.MustCompile(`\.[A-Za-z0-9]+$`)

// path is where getFile says the file can be fetched.
func (f *File) path() string {
	return f.Kind + "s/" + f.ID + extension.FindString(f.Name)
}

// show adds the file to a message as Telegram writes it.
func (f *File) show(out map[string]any, caption string) {
	one := map[string]any{"file_id": f.ID, "file_unique_id": "u" + f.ID}
	for name, value := range map[string]string{"file_name": f.Name, "mime_type": f.MIME, "emoji": f.Emoji} {
		if value != "" {
			one[name] = value
		}
	}
	if f.size() > 0 {
		one["file_size"] = f.size()
	}
	out[f.Kind] = one
	if f.Kind == "photo" {
		one["width"], one["height"] = 1280, 853
		small := map[string]any{"file_id": f.ID + "-small", "file_unique_id": "s" + f.ID, "file_size": 1_000, "width": 90, "height": 60}
		out[f.Kind] = []any{small, one}
	}
	if caption != "" {
		out["caption"] = caption
	}
}

// keep takes a file into the store and gives it its id.
func (b *Bot) keep(f File) *File {
	f.ID = fmt.Sprintf("%s-%d", f.Kind, len(b.files)+1)
	b.files[f.ID] = &f
	return &f
}

// Forget makes a file one that Telegram no longer has: its id is known, and
// fetching it gives 404.
func (b *Bot) Forget(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if f := b.files[id]; f != nil {
		f.gone = true
	}
}

func (b *Bot) getFile(fields map[string]string) answer {
	f := b.files[fields["file_id"]]
	switch {
	case f == nil:
		return badRequest("invalid file_id")
	case f.size() > maxDownload:
		return badRequest("file is too big")
	}
	result := map[string]any{"file_id": f.ID, "file_unique_id": "u" + f.ID, "file_path": f.path()}
	if f.size() > 0 {
		result["file_size"] = f.size()
	}
	return success(result)
}

// serveFile serves GET /file/bot<token>/<path>. Faults reach it under the
// method "file"; one with After sends half of the file first and then hangs or
// cuts the connection.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request, rest string) {
	token, path, _ := strings.Cut(rest, "/")
	s.mu.Lock()
	bot := s.bots[token]
	s.mu.Unlock()
	switch {
	case s.isDown():
		cut(w)
	case bot == nil || bot.isRevoked():
		write(w, failure(http.StatusUnauthorized, "Unauthorized"))
	default:
		bot.serveFile(w, r, path)
	}
}

func (b *Bot) serveFile(w http.ResponseWriter, r *http.Request, path string) {
	b.mu.Lock()
	var content []byte
	found := false
	for _, f := range b.files {
		if f.path() == path && !f.gone {
			content, found = f.Content, true
		}
	}
	b.mu.Unlock()
	fault := b.takeFault("file", "")
	code := 0
	if !found {
		code = http.StatusNotFound
	}
	b.record("file", form{fields: map[string]string{"path": path}}, code, fault != nil)
	switch {
	case !found:
		write(w, failure(http.StatusNotFound, "Not Found"))
	case fault == nil:
		w.Header().Set("Content-Type", "application/octet-stream")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
	case fault.After:
		w.Header().Set("Content-Length", itoa(int64(len(content))))
		_, _ = w.Write(content[:len(content)/2]) // the rest never comes
		_ = http.NewResponseController(w).Flush()
		if fault.Hang {
			fault.act(w, r, b.server.closing)
			return
		}
		cut(w)
	default:
		fault.act(w, r, b.server.closing)
	}
}

// upload is a file in a call.
type upload struct {
	name    string
	content []byte
}

// form is what a call holds.
type form struct {
	fields map[string]string
	files  map[string]upload
}

func readUploads(r *http.Request) (map[string]upload, error) {
	if r.MultipartForm == nil {
		return nil, nil
	}
	files := make(map[string]upload)
	for field, headers := range r.MultipartForm.File {
		file, err := headers[0].Open()
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(file)
		_ = file.Close() // it was only read
		if err != nil {
			return nil, err
		}
		files[field] = upload{name: headers[0].Filename, content: content}
	}
	return files, r.MultipartForm.RemoveAll()
}

// sendFile is sendPhoto and its like.
func (b *Bot) sendFile(kind string, call form) answer {
	c, a := b.reach(call.fields)
	if c == nil {
		return a
	}
	caption, a := checkCaption(call.fields["caption"])
	if !a.ok() {
		return a
	}
	rows, a := checkMarkup(call.fields["reply_markup"])
	if !a.ok() {
		return a
	}
	up, ok := call.files[kind]
	if !ok {
		return badRequest("there is no " + kind + " in the request")
	}
	if a := c.checkFile(kind, up.content); !a.ok() {
		return a
	}
	f := b.keep(File{
		Kind: kind, Name: up.name, Content: up.content, MIME: http.DetectContentType(up.content),
		PlainDocument: call.fields["disable_content_type_detection"] == "true",
	})
	m := &Message{FromBot: true, Text: caption, File: f, Rows: rows, ParseMode: call.fields["parse_mode"]}
	c.add(m)
	return success(c.show(m))
}

// checkFile keeps Telegram's rules for what can be shown as what.
func (c *Customer) checkFile(kind string, content []byte) answer {
	switch {
	case len(content) == 0:
		return badRequest("file must be non-empty")
	case len(content) > maxUpload:
		return failure(http.StatusRequestEntityTooLarge, "Request Entity Too Large")
	case kind == "photo" && len(content) > maxPhoto:
		return badRequest("file is too big")
	case kind == "photo" && !strings.HasPrefix(http.DetectContentType(content), "image/"):
		return badRequest("IMAGE_PROCESS_FAILED")
	case kind == "voice" && c.noVoice:
		return badRequest("VOICE_MESSAGES_FORBIDDEN")
	}
	return answer{}
}

// NoVoice makes the customer one who does not accept voice messages.
func (c *Customer) NoVoice() {
	c.bot.mu.Lock()
	defer c.bot.mu.Unlock()
	c.noVoice = true
}

func checkCaption(text string) (string, answer) {
	text = strings.TrimSpace(text)
	if len(utf16.Encode([]rune(text))) > 1024 {
		return "", badRequest("message caption is too long")
	}
	return text, answer{}
}

// Sample is content that begins like a real file of that kind of MIME and is
// size bytes long.
func Sample(mime string, size int) []byte {
	head := map[string]string{
		"image/jpeg": "\xff\xd8\xff\xe0\x00\x10JFIF\x00", "image/png": "\x89PNG\r\n\x1a\n", "image/webp": "RIFF\x00\x00\x00\x00WEBPVP8 ",
		"audio/ogg": "OggS\x00\x02" + strings.Repeat("\x00", 20) + "\x01\x13OpusHead\x01", "audio/mpeg": "ID3\x04\x00",
		"video/mp4":       "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
		"application/pdf": "%PDF-1.7\n", "text/html": "<!DOCTYPE html><html><script>", "image/svg+xml": "<?xml version=\"1.0\"?><svg onload=",
	}[mime]
	content := make([]byte, max(size, len(head)))
	for i := range content {
		content[i] = byte(i * 31)
	}
	copy(content, head)
	return content
}
