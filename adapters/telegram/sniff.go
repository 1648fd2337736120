package telegram

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
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
