package main

import (
	"fmt"
	"os"
	"testing"

	"github.com/accord-chat/accord/intents"
	"github.com/accord-chat/accord/intents/text"
)

// TestShelf: what was learned is found again by another program, a torn file is
// learned anew, and the folder does not grow.
func TestShelf(t *testing.T) {
	t.Parallel()
	s := shelf{t.TempDir()}
	lesson := intents.Words{"order": {"en": {"where is my order", "has it shipped"}}, "refund": {"en": {"money back please", "refund me"}}}
	first, err := (&intents.School{Shelf: s}).Learn(lesson)
	if err != nil {
		t.Fatal(err)
	}
	name := onlyFile(t, s)
	kept, ok := s.Get(name)
	if !ok {
		t.Fatal("nothing is on the shelf")
	}
	d := text.Parse("when has my order shipped")
	if a, b := first.Rank(d, 1), kept.Rank(d, 1); a.Labels[0] != b.Labels[0] {
		t.Errorf("learned %+v, kept %+v", a, b)
	}
	if err := os.WriteFile(s.file(name), []byte("torn"), 0o600); err != nil {
		t.Fatal(err)
	}
	if again, err := (&intents.School{Shelf: s}).Learn(lesson); err != nil || again.Rank(d, 1).Labels[0] != first.Rank(d, 1).Labels[0] {
		t.Errorf("after a torn file: %v, %v", again, err)
	}
	for i := range 2 * shelved {
		s.Put(fmt.Sprint(i), first)
	}
	if files, err := os.ReadDir(s.dir); err != nil || len(files) != shelved {
		t.Errorf("%d files, %v; want %d", len(files), err, shelved)
	}
}

func onlyFile(t *testing.T, s shelf) string {
	t.Helper()
	files, err := os.ReadDir(s.dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("files on the shelf: %v, %v", files, err)
	}
	return files[0].Name()
}
