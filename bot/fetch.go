package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// fileTries is how often a file is fetched from the platform that keeps it
// before it is given up: about a minute. It counts in memory only, so a restart
// gives a file another minute.
const fileTries = 8

// fetch watches a delivery's file, because its failure says nothing of the
// platform the file is sent to. The zero value watches nothing.
type fetch struct {
	c      *courier
	row    int64
	failed atomic.Bool
}

// watched puts a watch on the file of a delivery. One that could not be read
// too often is opened no more: the adapter is told that it is gone for good, and
// says so in its place.
func (c *courier) watched(row store.OutRow, d *adapters.Delivery) *fetch {
	if d.Open == nil {
		return &fetch{}
	}
	f := &fetch{c: c, row: row.ID}
	open := d.Open
	c.mu.Lock()
	tries := c.tries[row.ID]
	c.mu.Unlock()
	d.Open = func(ctx context.Context, a message.Attachment) (adapters.File, error) {
		if tries >= fileTries {
			return adapters.File{}, fmt.Errorf("%w: %w", adapters.ErrUnread, adapters.ErrNoFile)
		}
		file, err := open(ctx, a)
		if err != nil {
			f.note(ctx, err)
			return file, err
		}
		file.Body = &fetchedBody{ReadCloser: file.Body, fetch: f, ctx: ctx}
		return file, nil
	}
	return f
}

// note counts an error of opening or reading that may pass. What the end of an
// attempt cut off is none of the file.
func (f *fetch) note(ctx context.Context, err error) {
	if ctx.Err() == nil && !errors.Is(err, adapters.ErrNoFile) && !errors.Is(err, adapters.ErrTooLarge) {
		f.failed.Store(true)
	}
}

// settled counts the attempt, and says whether it says anything of the platform
// that was sent to.
func (f *fetch) settled(r store.Result) bool {
	if f.c == nil {
		return true
	}
	failed := f.failed.Load() && !r.Done
	f.c.mu.Lock()
	defer f.c.mu.Unlock()
	switch {
	case r.Done:
		delete(f.c.tries, f.row)
	case failed:
		if f.c.tries == nil {
			f.c.tries = map[int64]int{}
		}
		f.c.tries[f.row]++
	}
	return !failed
}

// fetchedBody notes errors of reading.
type fetchedBody struct {
	io.ReadCloser
	fetch *fetch
	ctx   context.Context //nolint:containedctx // of the attempt, which outlives no read
}

// Read implements io.Reader.
func (b *fetchedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		b.fetch.note(b.ctx, err)
	}
	return n, err
}
