package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// filesFolder is where what customers sent in the web chat is kept. A file
// appears there whole, is in the folder before a message names it, and never
// changes.
func filesFolder(data string) string { return filepath.Join(data, "files") }

// copied counts the files of a backup.
type copied struct{ files, bytes int64 }

// copyFiles copies what customers sent from one data folder to another. It
// comes after the database: every file that is named there is there by then.
func copyFiles(ctx context.Context, from, to string) (c copied, err error) {
	src, err := os.OpenRoot(filesFolder(from))
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil // nobody sent any
	}
	if err != nil {
		return c, fmt.Errorf("files: %w", err)
	}
	defer func() { err = errors.Join(err, src.Close()) }()
	if err := os.Mkdir(filesFolder(to), 0o700); err != nil {
		return c, err
	}
	list, err := fs.ReadDir(src.FS(), ".")
	if err != nil {
		return c, fmt.Errorf("files: %w", err)
	}
	for _, e := range list {
		if !e.Type().IsRegular() || strings.Contains(e.Name(), ".") {
			continue // with a dot: one that is still arriving
		}
		if err := ctx.Err(); err != nil {
			return c, err
		}
		n, err := copyFile(src, e.Name(), filepath.Join(filesFolder(to), e.Name()))
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed since it was listed
		}
		if err != nil {
			return c, fmt.Errorf("files: %w", err)
		}
		c.files, c.bytes = c.files+1, c.bytes+n
	}
	return c, flush(filesFolder(to))
}

func copyFile(src *os.Root, name, to string) (n int64, err error) {
	in, err := src.Open(name)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // inside a folder we made
	if err != nil {
		return 0, err
	}
	n, err = io.Copy(out, in)
	return n, errors.Join(err, out.Sync(), out.Close())
}
