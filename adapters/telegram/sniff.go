package telegram

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"path"
	"strings"
	"unicode"
)

// headSize is how much of a file is looked at to tell what it is.
const headSize = 512

// readHead reads the beginning of a file, all of it where it is short.
func readHead(r io.Reader) ([]byte, error) {
	head := make([]byte, headSize)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return head[:n], nil
}

// sniff tells from the beginning of a file what it is; names and claims are
// not asked, because they are the sender's.
func sniff(head []byte) string {
	lower := bytes.ToLower(head)
	switch {
	case bytes.Contains(lower, []byte("<svg")):
		return "image/svg+xml"
	case bytes.HasPrefix(head, []byte("OggS")) && bytes.Contains(head, []byte("OpusHead")):
		return "audio/ogg"
	case len(head) >= 12 && string(head[4:11]) == "ftypM4A":
		return "audio/mp4"
	}
	kind, _, _ := strings.Cut(http.DetectContentType(head), ";")
	return kind
}

// fileName makes a name that can be passed on of what a sender called a file:
// no path, nothing invisible, not endless. It may come out empty.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '"' {
			return -1
		}
		return r
	}, name)
	name = strings.TrimSpace(strings.TrimLeft(name, "."))
	const longest = 120
	if runes := []rune(name); len(runes) > longest { // the end tells the kind of file
		name = string(runes[:longest/2]) + "…" + string(runes[len(runes)-longest/2+1:])
	}
	if name == "/" {
		return ""
	}
	return name
}
