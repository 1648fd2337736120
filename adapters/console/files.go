package console

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// file names a customer's file and says where it can be had.
func (a *Adapter) file(anchor string, row int64, n int, f message.Attachment) fileView {
	v := fileView{Label: a.fileLabel(f)}
	if a.cfg.Open != nil && f.File != "" && f.Kind != message.Location {
		v.Address = fmt.Sprintf("%s/files/%d/%d", cardPath(anchor), row, n)
	}
	return v
}

func (a *Adapter) fileLabel(f message.Attachment) string {
	w := a.words
	label := first(w.kinds[f.Kind], w.kinds[message.Other])
	if name := message.CleanFile(f.Name); name != "" {
		label += w.colon + name
	}
	if f.Kind == message.Location {
		label += fmt.Sprintf("%s%.5f, %.5f", w.colon, f.Lat, f.Lon)
	}
	if f.Size > 0 {
		label += " (" + size(f.Size) + ")"
	}
	return label
}

func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d B", n)
}

// serveFile streams a file of a card that this person may see. It is always
// saved, never shown: what a customer sends is not ours to run.
func (a *Adapter) serveFile(w http.ResponseWriter, r *http.Request) {
	me, ok := a.cfg.Who(r)
	if !ok {
		http.Error(w, "sign in first", http.StatusUnauthorized)
		return
	}
	t, found, err := a.read(r.Context(), r.PathValue("anchor"), me.Ref)
	if err != nil {
		a.trouble(w, err)
		return
	}
	f, ok := t.file(r.PathValue("row"), r.PathValue("n"))
	if !found || !ok || a.cfg.Open == nil {
		a.showCard(w, r, me, flash{status: http.StatusNotFound, words: a.words.NoFile})
		return
	}
	opened, err := a.cfg.Open(r.Context(), f)
	if err != nil {
		a.log.Warn("a file could not be opened", zap.Error(err))
		status, words := http.StatusBadGateway, a.words.NotNow
		if errors.Is(err, adapters.ErrNoFile) || errors.Is(err, adapters.ErrTooLarge) {
			status, words = http.StatusNotFound, a.words.NoFile
		}
		a.showCard(w, r, me, flash{status: status, words: words})
		return
	}
	defer func() { _ = opened.Body.Close() }()
	a.stream(w, f, opened)
}

// file finds the file n of the post in that row.
func (t thread) file(row, n string) (message.Attachment, bool) {
	i, err := strconv.Atoi(n)
	if err != nil || i < 0 {
		return message.Attachment{}, false
	}
	for _, l := range t.lines {
		if l.Post != nil && strconv.FormatInt(l.ID, 10) == row && i < len(l.Post.Files) {
			return l.Post.Files[i], true
		}
	}
	return message.Attachment{}, false
}

func (a *Adapter) stream(w http.ResponseWriter, f message.Attachment, opened adapters.File) {
	head := make([]byte, 512)
	n, err := io.ReadFull(opened.Body, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		http.Error(w, a.words.NotNow, http.StatusBadGateway)
		return
	}
	kind := http.DetectContentType(head[:n])
	if strings.HasPrefix(kind, "text/") { // a page is a text with ambitions
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": first(message.CleanFile(f.Name), message.CleanFile(opened.Name), "file")}))
	body := io.MultiReader(bytes.NewReader(head[:n]), opened.Body)
	if _, err := io.Copy(w, io.LimitReader(body, adapters.MaxFile)); err != nil {
		a.log.Info("a file was not read to its end", zap.Error(err))
	}
}
