package admin_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/accord-chat/accord/bot/admin"
	"github.com/accord-chat/accord/bot/store"
)

var shots = flag.String("admin.shots", "", "write pictures of the pages into this folder")

// screen is a page in a real browser.
type screen struct {
	r   *rig
	ctx context.Context

	mu       sync.Mutex
	violated []string
}

// chromium opens a browser; it is the only thing a test of this package skips
// for, and the public workflow has it.
func (r *rig) chromium(width, height int64) *screen {
	r.t.Helper()
	found := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			found = path
			break
		}
	}
	if found == "" {
		r.t.Skip("no chromium here")
	}
	options := slices.Concat(chromedp.DefaultExecAllocatorOptions[:], []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(found), chromedp.NoSandbox, chromedp.UserDataDir(r.t.TempDir()), chromedp.WSURLReadTimeout(time.Minute)})
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	s := &screen{r: r}
	ctx, done := chromedp.NewContext(alloc, chromedp.WithListener(s.hear))
	s.ctx = ctx
	r.t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			r.t.Logf("closing chromium: %v", err)
		}
		done()
		stop()
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, v := range s.violated {
			r.t.Errorf("the browser complained: %s", v)
		}
	})
	if err := chromedp.Do(ctx); err != nil { // the browser lives as long as the context of its first step
		r.t.Fatalf("chromium does not start: %v", err)
	}
	call(s, log.Enable, cdp.Empty{})
	s.size(width, height)
	return s
}

// hear keeps what breaks the pages' policy, and what is thrown and not caught.
func (s *screen) hear(ev any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		s.violated = append(s.violated, ev.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		if ev.Entry.Source == log.EntrySourceSecurity || strings.Contains(ev.Entry.Text, "Content Security Policy") {
			s.violated = append(s.violated, ev.Entry.Text)
		}
	}
}

// call runs one command of the protocol.
func call[P, R any](s *screen, cmd cdp.Command[P, R], params P) R {
	s.r.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, patience)
	defer cancel()
	v, err := chromedp.Call(ctx, cmd, params)
	if err != nil {
		s.r.t.Fatalf("chromium: %s: %v", cmd.Method, err)
	}
	return v
}

func (s *screen) size(width, height int64) {
	s.r.t.Helper()
	call(s, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1, Mobile: width < 600})
}

func (s *screen) dark(scheme string) {
	s.r.t.Helper()
	call(s, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

// try runs an action within a limit.
func try[T any](s *screen, act chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(s.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, act)
}

func (s *screen) run(acts ...chromedp.Action[chromedp.Void]) {
	s.r.t.Helper()
	if _, err := try(s, chromedp.Steps(acts...)); err != nil {
		s.r.t.Fatalf("%v: the page reads: %s", err, s.text())
	}
}

func (s *screen) open(path string) { s.r.t.Helper(); s.run(chromedp.Navigate(s.r.server.URL + path)) }

func (s *screen) text() string {
	text, err := try(s, chromedp.Evaluate[string](`document.body ? document.body.innerText : ''`))
	if err != nil {
		return err.Error()
	}
	return strings.Join(strings.Fields(text), " ")
}

// shows waits until the page reads like this, without being loaded again.
func (s *screen) shows(part string) {
	s.r.t.Helper()
	defer func() {
		if s.r.t.Failed() {
			s.r.t.Logf("the page reads: %s", s.text())
		}
	}()
	s.r.eventually("the page never showed "+part, func() bool { return strings.Contains(s.text(), part) })
}

// eval runs an expression in the page.
func eval[T any](s *screen, expression string) T {
	s.r.t.Helper()
	v, err := try(s, chromedp.Evaluate[T](expression))
	if err != nil {
		s.r.t.Fatal(err)
	}
	return v
}

// focus is what has the focus: the name of the element and what it says.
func (s *screen) focus() string {
	s.r.t.Helper()
	return eval[string](s, `(() => { const e = document.activeElement; return e.tagName.toLowerCase() + ' ' + (e.labels?.[0]?.innerText || e.getAttribute('aria-label') || e.innerText || e.id).trim() })()`)
}

// tabTo presses Tab until something that says so has the focus, as somebody
// without a mouse does.
func (s *screen) tabTo(says string) {
	s.r.t.Helper()
	var seen []string
	for range 60 {
		s.run(chromedp.KeyEvent(kb.Tab))
		at := s.focus()
		if strings.Contains(at, says) {
			return
		}
		seen = append(seen, at)
	}
	s.r.t.Fatalf("the keyboard never reached %q; it came past %q", says, seen)
}

func (s *screen) key(key string) { s.r.t.Helper(); s.run(chromedp.KeyEvent(key)) }

// shoot takes a picture, where pictures are wanted.
func (s *screen) shoot(name string, width, height int64) {
	if *shots == "" {
		return
	}
	s.size(width, height)
	b, err := try(s, chromedp.FullScreenshot(100))
	if err != nil {
		s.r.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*shots, fmt.Sprintf("%s-%d.png", name, width)), b, 0o600); err != nil {
		s.r.t.Fatal(err)
	}
}

// signsIn follows a one-time link by keyboard.
func (s *screen) signsIn(name string, role store.Role) {
	s.r.t.Helper()
	_, token := s.r.user(name, role)
	s.open(admin.Link("", token))
	s.tabTo("button Sign in")
	s.key(kb.Enter)
	s.shows("Sign out")
}
