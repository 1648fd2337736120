package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/mattn/go-isatty"
)

// progress shows on a terminal how far something is, once it takes longer than
// progressAfter. In a pipe or a log it says nothing.
type progress struct {
	out   io.Writer // nil = no terminal
	what  string
	begun time.Time

	mu          sync.Mutex
	done, total int
	shown       bool
	stop        chan struct{}
	ended       chan struct{}
}

const (
	progressAfter = 2 * time.Second
	progressEvery = 200 * time.Millisecond
	progressWidth = 30 // of the bar, in characters
)

// startProgress begins to watch. total 0 means that nobody knows how long it
// takes; then the time that has gone by is shown.
func startProgress(w io.Writer, what string, total int) *progress {
	p := &progress{what: what, total: total, begun: time.Now(), stop: make(chan struct{}), ended: make(chan struct{})}
	f, ok := w.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		close(p.ended)
		return p
	}
	p.out = w
	go p.watch()
	return p
}

// at says how much is done.
func (p *progress) at(done int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done = done
}

// end takes the bar away; nothing is written after it.
func (p *progress) end() {
	close(p.stop)
	<-p.ended
	if p.out != nil && p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

func (p *progress) watch() {
	defer close(p.ended)
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for {
		select {
		case <-p.stop:
			return
		case now := <-tick.C:
			if passed := now.Sub(p.begun); passed > progressAfter {
				p.mu.Lock()
				p.shown = true
				fmt.Fprint(p.out, "\r\x1b[K"+progressLine(p.what, p.done, p.total, passed))
				p.mu.Unlock()
			}
		}
	}
}

func progressLine(what string, done, total int, passed time.Duration) string {
	if total <= 0 {
		return fmt.Sprintf("%s … %d s", what, int(passed.Seconds()))
	}
	filled := min(done, total) * progressWidth / total
	return fmt.Sprintf("%s [%s%s] %d of %d", what, strings.Repeat("#", filled), strings.Repeat(".", progressWidth-filled), done, total)
}
