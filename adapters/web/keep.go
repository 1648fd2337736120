package web

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"unicode"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// sniffed is how much of a file is looked at to know what it is.
const sniffed = 512

var _ adapters.Opener = (*Adapter)(nil)

// Open implements adapters.Opener: it opens a file that a customer sent.
func (a *Adapter) Open(ctx context.Context, file message.Attachment) (adapters.File, error) {
	if err := ctx.Err(); err != nil {
		return adapters.File{}, fmt.Errorf("web: open a file: %w", err)
	}
	if a.folder == "" || !validFile(file.File) {
		return adapters.File{}, fmt.Errorf("web: open a file: %w", adapters.ErrNoFile)
	}
	root, err := os.OpenRoot(a.folder)
	if err != nil {
		return adapters.File{}, fmt.Errorf("web: open a file: %w", missing(err))
	}
	defer func() { _ = root.Close() }()
	f, err := root.Open(file.File)
	if err != nil {
		return adapters.File{}, fmt.Errorf("web: open a file: %w", missing(err))
	}
	out, err := describe(f)
	if err != nil {
		_ = f.Close()
		return adapters.File{}, fmt.Errorf("web: open a file: %w", err)
	}
	out.Name = file.Name
	return out, nil
}

// missing tells a file that is gone from a disk that fails. The error's own
// words hold a path, which is nobody's business.
func missing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return adapters.ErrNoFile
	}
	return errors.New("the folder of files cannot be read")
}

// describe finds out what an open file is.
func describe(f *os.File) (adapters.File, error) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return adapters.File{}, adapters.ErrNoFile
	}
	if info.Size() > adapters.MaxFile {
		return adapters.File{}, adapters.ErrTooLarge
	}
	body := bufio.NewReaderSize(f, 4096)
	head, err := body.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return adapters.File{}, errors.New("the file cannot be read")
	}
	return adapters.File{Body: opened{body, f}, MIME: http.DetectContentType(head), Size: info.Size()}, nil
}

// opened is a file whose first bytes were looked at already.
type opened struct {
	io.Reader
	io.Closer
}

// keepName gives the name under which an upload is kept. It follows from the
// message, so that a second attempt at the same one leaves no second file.
func keepName(chat message.Chat, id message.PlatformID) string {
	sum := sha256.Sum256([]byte("accord web file\x00" + string(chat) + "\x00" + string(id)))
	return hex.EncodeToString(sum[:16])
}

func validFile(name string) bool {
	if len(name) != 32 {
		return false
	}
	return strings.IndexFunc(name, func(r rune) bool { return (r < '0' || r > '9') && (r < 'a' || r > 'f') }) < 0
}

// keepFile writes exactly size bytes of body under name and says what they are.
// The name appears only when all of it is on the disk. One that is there
// already stays: it is an earlier attempt of the same message.
func keepFile(folder, name string, body io.Reader, size int64) (mime string, written int64, err error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return "", 0, missing(err)
	}
	defer func() { _ = root.Close() }()
	if f, err := root.Open(name); err == nil {
		defer func() { _ = f.Close() }()
		return kind(f)
	}
	part := name + "." + rand.Text()         // two attempts at once do not write into one
	defer func() { _ = root.Remove(part) }() // gone already when all went well
	if err := writePart(root, part, body, size); err != nil {
		return "", 0, err
	}
	if err := root.Rename(part, name); err != nil {
		return "", 0, errors.New("the file cannot be put in its place")
	}
	f, err := root.Open(name)
	if err != nil {
		return "", 0, missing(err)
	}
	defer func() { _ = f.Close() }()
	return kind(f)
}

// errShort: less came than was announced, mostly because the line broke.
var errShort = errors.New("the file did not arrive whole")

// writePart writes and syncs, because the message that names the file is
// committed next and must not outlive it.
func writePart(root *os.Root, part string, body io.Reader, size int64) (err error) {
	f, err := root.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return errors.New("the file cannot be made")
	}
	n, err := io.Copy(f, io.LimitReader(body, size))
	if err == nil && n < size {
		err = errShort
	}
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil && !errors.Is(err, errShort) {
		return errors.New("the file cannot be written")
	}
	return err
}

// sweep removes what attempts left behind that a crash cut short. Only Run calls
// it, before anything is taken, so that none of them is still being written.
func sweep(folder string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return missing(err)
	}
	defer func() { _ = root.Close() }()
	list, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return missing(err)
	}
	for _, e := range list {
		name, _, part := strings.Cut(e.Name(), ".")
		if !part || !validFile(name) || !e.Type().IsRegular() {
			continue
		}
		if err := root.Remove(e.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return errors.New("what is left of a file cannot be removed")
		}
	}
	return nil
}

// kind reads what a kept file is and how large.
func kind(f *os.File) (mime string, size int64, err error) {
	d, err := describe(f)
	return d.MIME, d.Size, err
}

// cleanName makes a name fit to be shown and to be saved under: the last part of
// a path, without what is invisible, at most 120 characters.
func cleanName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, name)
	name = strings.Trim(name, ". ")
	if r := []rune(name); len(r) > 120 {
		name = string(r[:60]) + "…" + string(r[len(r)-59:])
	}
	return name
}

// picture says whether content of this type may be shown as a picture. SVG is
// none: it is a document with scripts.
func picture(mime string) bool {
	switch mime {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
		return true
	}
	return false
}
