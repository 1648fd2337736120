package migrations

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

//go:embed *.sql postgres/*.sql
var files embed.FS

// Dialect is what the tokens of the files become.
type Dialect struct {
	ID        string // @id: a number the database hands out, never twice
	Int       string // @int: 64 bits
	Bytes     string // @bytes: any bytes, also NUL
	Clustered string // @clustered: rows are kept in the order of their key
	Own       string // folder of files that only this dialect has; "" = none
}

// SQLite is the dialect of the embedded database. AUTOINCREMENT costs a small
// write and is needed: an outbox id is an idempotency key outside, so the id of
// a deleted row must never come back.
func SQLite() Dialect {
	return Dialect{
		ID:        "INTEGER PRIMARY KEY AUTOINCREMENT",
		Int:       "INTEGER",
		Bytes:     "BLOB",
		Clustered: "WITHOUT ROWID",
	}
}

// PostgreSQL is the dialect of the scaled-out database.
func PostgreSQL() Dialect {
	return Dialect{
		ID:    "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
		Int:   "BIGINT",
		Bytes: "BYTEA",
		Own:   "postgres",
	}
}

// For gives the migrations in the words of d, its own among them, as a file
// system that only reads. It is safe for concurrent use.
func For(d Dialect) fs.FS {
	return dialectFS{own: d.Own, words: strings.NewReplacer(
		"@id", d.ID, "@int", d.Int, "@bytes", d.Bytes, "@clustered", d.Clustered,
	)}
}

type dialectFS struct {
	own   string
	words *strings.Replacer
}

// ReadDir implements fs.ReadDirFS: the dialect's own files stand beside the
// others, and the numbers of both make one order.
func (f dialectFS) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := files.ReadDir(name)
	if err != nil || f.own == "" || name != "." {
		return list, err
	}
	own, err := files.ReadDir(f.own)
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	list = append(list, own...)
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, nil
}

// Open implements fs.FS.
func (f dialectFS) Open(name string) (fs.File, error) {
	if !strings.HasSuffix(name, ".sql") {
		return files.Open(name)
	}
	raw, err := files.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && f.own != "" {
		raw, err = files.ReadFile(path.Join(f.own, name))
	}
	if err != nil {
		return nil, fmt.Errorf("migration: %w", err)
	}
	text := f.words.Replace(string(raw))
	return &file{Reader: bytes.NewReader([]byte(text)), name: name}, nil
}

// file is a rendered migration; it is its own FileInfo.
type file struct {
	*bytes.Reader
	name string
}

func (f *file) Stat() (fs.FileInfo, error) { return f, nil }
func (f *file) Close() error               { return nil }
func (f *file) Name() string               { return f.name }
func (f *file) Size() int64                { return f.Reader.Size() }
func (f *file) Mode() fs.FileMode          { return 0o444 }
func (f *file) ModTime() time.Time         { return time.Time{} }
func (f *file) IsDir() bool                { return false }
func (f *file) Sys() any                   { return nil }
