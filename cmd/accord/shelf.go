package main

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"

	"github.com/accord-chat/accord/intents"
	"github.com/accord-chat/accord/intents/model"
)

// shelf keeps what was learned from examples in files of the user's cache folder,
// so that a program which is started again does not learn the same again. Nothing
// depends on it: a file that is missing, torn or of another version is learned
// anew, and a folder that cannot be written to is left alone.
type shelf struct{ dir string }

// shelved is how many files it keeps; each is some megabytes.
const shelved = 8

// newSchool gives a School that remembers beyond the end of the program, where the
// user has a folder for such things.
func newSchool() *intents.School {
	dir, err := os.UserCacheDir()
	if err != nil {
		return &intents.School{}
	}
	return &intents.School{Shelf: shelf{filepath.Join(dir, "accord", "models")}}
}

func (s shelf) Get(name string) (*model.Model, bool) {
	b, err := os.ReadFile(s.file(name))
	if err != nil {
		return nil, false
	}
	m := &model.Model{}
	return m, m.UnmarshalBinary(b) == nil
}

// Put writes beside and renames, so that who reads meanwhile sees all or nothing.
func (s shelf) Put(name string, m *model.Model) {
	b, err := m.MarshalBinary()
	if err != nil || os.MkdirAll(s.dir, 0o700) != nil {
		return
	}
	f, err := os.CreateTemp(s.dir, "new-*")
	if err != nil {
		return
	}
	_, err = f.Write(b)
	if err = cmp.Or(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), s.file(name))
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	s.tidy()
}

func (s shelf) file(name string) string { return filepath.Join(s.dir, name) }

// tidy removes what was written longest ago.
func (s shelf) tidy() {
	entries, err := os.ReadDir(s.dir)
	if err != nil || len(entries) <= shelved {
		return
	}
	age := func(e os.DirEntry) int64 {
		if info, err := e.Info(); err == nil {
			return info.ModTime().UnixNano()
		}
		return 0
	}
	slices.SortFunc(entries, func(a, b os.DirEntry) int { return cmp.Compare(age(a), age(b)) })
	for _, e := range entries[:len(entries)-shelved] {
		_ = os.Remove(s.file(e.Name()))
	}
}
