package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// screen is what a command prints, and wakes whoever waits for a part of it.
type screen struct {
	mu      sync.Mutex
	text    bytes.Buffer
	changed chan struct{}
}

func newScreen() *screen { return &screen{changed: make(chan struct{})} }

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.changed)
	s.changed = make(chan struct{})
	return s.text.Write(p)
}

// await blocks until the screen shows text.
func (s *screen) await(t *testing.T, text string) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		s.mu.Lock()
		shown, changed := s.text.String(), s.changed
		s.mu.Unlock()
		if strings.Contains(shown, text) {
			return
		}
		select {
		case <-changed:
		case <-deadline:
			t.Fatalf("the screen never showed %q but:\n%s", text, shown)
		}
	}
}

// TestChatReloads talks to a flow in a folder, breaks a file, mends it with
// other words, and hears them in the next conversation.
func TestChatReloads(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "flow")
	if _, err := writeFlow(dir, "after-sales"); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "lines.en.yaml")
	before, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	in, typed := io.Pipe()
	out := newScreen()
	done := make(chan error, 1)
	go func() {
		done <- chat(context.Background(), streams{in: in, out: out, err: out}, chatOptions{flowDir: dir, zone: "UTC", business: "Fernhill"})
	}()
	typeLine := func(s string) {
		if _, err := io.WriteString(typed, s+"\n"); err != nil {
			t.Error(err)
		}
	}
	typeLine("/start")
	out.await(t, "bot: ")
	save := func(b []byte) {
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Error(err)
		}
	}
	save([]byte("lnes:\n" + string(before)))
	out.await(t, "the conversation goes on with the one before")
	i := bytes.Index(before, []byte("\n  greet.full:"))
	if i < 0 {
		t.Fatal("lines.en.yaml has no greet.full")
	}
	end := i + 1 + bytes.IndexByte(before[i+1:], '\n')
	for bytes.HasPrefix(before[end:], []byte("\n    ")) { // its variations
		end += 1 + bytes.IndexByte(before[end+1:], '\n')
	}
	save(append(append(append([]byte{}, before[:i]...), "\n  greet.full: \"Good day from the reloaded flow.\""...), before[end:]...))
	out.await(t, "the conversation begins anew")
	typeLine("/start")
	out.await(t, "Good day from the reloaded flow.")
	if err := typed.Close(); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}
