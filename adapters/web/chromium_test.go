package web

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is one Chromium for all tests below it.
type browser struct{ ctx context.Context }

// chromium starts the browser. The tests with it are the only ones that may be
// skipped, and only where there is none; CI installs one.
func chromium(t *testing.T) *browser {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless-shell"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no chromium on this machine")
	}
	options := slices.Concat(chromedp.DefaultExecAllocatorOptions[:], []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()), chromedp.WSURLReadTimeout(time.Minute),
		// As browsers are going to be: no cookies of other sites but partitioned ones.
		chromedp.Flag("test-third-party-cookie-phaseout", true),
	})
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeBrowser := chromedp.NewContext(alloc, quiet)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Logf("closing chromium: %v", err)
		}
		closeBrowser()
		stop()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("chromium does not start: %v", err)
	}
	return &browser{ctx: ctx}
}

// quiet passes over what chromedp says of events that come too late for it.
var quiet = chromedp.WithErrorf(func(string, ...any) {})

// window is one page in a browser context of its own: no other one's cookies.
type window struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	console  []string
	violated []string
}

// look is how a window differs from the usual.
type look struct {
	langs         string // Accept-Language
	width, height int64
	phone         bool
	dark          bool
}

func (b *browser) window(t *testing.T, l look) *window {
	t.Helper()
	w := &window{t: t}
	ctx, closeIt := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(w.hear))
	t.Cleanup(closeIt)
	w.ctx = ctx
	if err := chromedp.Do(ctx); err != nil { // the tab lives as long as the context of its first step
		t.Fatal(err)
	}
	if l.langs == "" {
		l.langs = "en-GB,en"
	}
	if l.width == 0 {
		l.width, l.height = 1000, 700
	}
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	call(w, log.Enable, cdp.Empty{})
	call(w, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{
		UserAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36", AcceptLanguage: l.langs,
	})
	call(w, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: l.width, Height: l.height, DeviceScaleFactor: 1, Mobile: l.phone,
	})
	call(w, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: l.phone})
	call(w, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	t.Cleanup(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		for _, v := range w.violated {
			t.Errorf("the browser complained: %s", v)
		}
	})
	return w
}

// hear keeps what is written to the console, and what breaks a policy or is
// thrown and not caught.
func (w *window) hear(ev any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch ev := ev.(type) {
	case *runtime.EventConsoleAPICalled:
		for _, a := range ev.Args {
			w.console = append(w.console, string(a.Value))
		}
	case *runtime.EventExceptionThrown:
		w.violated = append(w.violated, ev.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		if ev.Entry.Source == log.EntrySourceSecurity || strings.Contains(ev.Entry.Text, "Content Security Policy") {
			w.violated = append(w.violated, ev.Entry.Text)
		}
	}
}

// call runs one command of the protocol.
func call[P, R any](w *window, cmd cdp.Command[P, R], params P) R {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	r, err := chromedp.Call(ctx, cmd, params)
	if err != nil {
		w.t.Fatalf("chromium: %s: %v", cmd.Method, err)
	}
	return r
}

func (w *window) run(steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		w.t.Fatalf("chromium: %v", err)
	}
}

// eval gives the value of an expression in the page.
func eval[T any](w *window, expression string) T {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		w.t.Fatalf("chromium: %s: %v", expression, err)
	}
	return v
}

// do runs a statement in the page.
func (w *window) do(statement string) {
	w.t.Helper()
	w.run(chromedp.Evaluate[chromedp.Void](statement))
}

// until waits for an expression to become true. It asks from outside: the
// page's policy lets nothing be evaluated in it.
func (w *window) until(expression string) {
	w.t.Helper()
	w.waitFor(func() bool {
		ctx, cancel := context.WithTimeout(w.ctx, patience)
		defer cancel()
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		return err == nil && ok // an error: the page is just being left
	}, expression)
}

// waitFor waits for something to become true, and says what where it does not.
func (w *window) waitFor(ok func() bool, what string) {
	w.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); <-tick.C {
		if ok() {
			return
		}
	}
	w.t.Fatalf("never came: %s\nthe page shows:\n%s", what, eval[string](w, "document.body.innerText"))
}

// shows waits for a message or a note with this text.
func (w *window) shows(text string) {
	w.t.Helper()
	w.until(fmt.Sprintf("document.body.innerText.includes(%q)", text))
}

// says types a message and sends it with Enter.
func (w *window) says(text string) {
	w.t.Helper()
	w.run(chromedp.Focus(chromedp.CSS("#text")), chromedp.KeyEvent(text))
	w.enter()
}

// press presses and lets go one key as a person does: a page that handles it
// keeps the browser from doing so, too. with 8 is Shift.
func (w *window) press(key string, code int64, text string, with int64) {
	w.t.Helper()
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		call(w, input.DispatchKeyEvent, input.DispatchKeyEventParams{
			Type: kind, Key: key, Code: key, WindowsVirtualKeyCode: code, Text: text, Modifiers: with,
		})
		text = ""
	}
}

func (w *window) enter()  { w.t.Helper(); w.press("Enter", 13, "\r", 0) }
func (w *window) tab()    { w.t.Helper(); w.press("Tab", 9, "", 0) }
func (w *window) back()   { w.t.Helper(); w.press("Tab", 9, "", 8) }
func (w *window) escape() { w.t.Helper(); w.press("Escape", 27, "", 0) }

// focused gives what describes the element that has the focus.
func (w *window) focused() string {
	w.t.Helper()
	return eval[string](w, "document.activeElement.id || document.activeElement.className || document.activeElement.localName")
}

// open opens the chat and waits for its line.
func (w *window) open(address string) {
	w.t.Helper()
	w.run(chromedp.Navigate(address))
	w.until("document.getElementById('log').ariaLive === 'polite'")
}

// said gives what stands in the bubbles, in order.
func (w *window) said() []string {
	w.t.Helper()
	return eval[[]string](w, "[...document.querySelectorAll('.said')].map((n) => n.textContent)")
}

// frame waits for the chat inside a page of another site and looks into it.
func (w *window) frame() *window {
	w.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		list, err := chromedp.Targets(w.ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, info := range list {
			if info.Type == "iframe" && strings.Contains(info.URL, "embed=1") {
				inner := &window{t: w.t}
				ctx, closeIt := chromedp.NewContext(w.ctx, chromedp.WithTargetID(info.TargetID), chromedp.WithListener(inner.hear))
				w.t.Cleanup(closeIt)
				inner.ctx = ctx
				if err := chromedp.Do(ctx); err != nil {
					w.t.Fatal(err)
				}
				return inner
			}
		}
		<-tick.C
	}
	w.t.Fatal("there is no frame")
	return nil
}
