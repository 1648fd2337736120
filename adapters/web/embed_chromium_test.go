package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/accord-chat/accord/dialog/message"
)

// site is somebody's page with the one script tag, under another host name and
// so of another site, and with as strict a policy as can be.
func site(t *testing.T) *httptest.Server {
	t.Helper()
	var chat string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		chat = r.URL.Query().Get("chat")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", fmt.Sprintf("default-src 'none'; script-src %s; frame-src %s; img-src data:; require-trusted-types-for 'script'", chat, chat))
		_, _ = fmt.Fprintf(w, `<!doctype html><html lang="zh-TW"><title>shop</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
			<h1>Lamps</h1><button id="before">before</button><script src="%s/chat/embed.js" async></script></html>`, chat)
	}))
	t.Cleanup(s.Close)
	return s
}

// elsewhere gives the address of a test server under the other name of this
// machine: browsers take the two for different sites.
func elsewhere(s *httptest.Server) string {
	return strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
}

const (
	embedRoot   = "document.getElementById('accord-chat')?.shadowRoot"
	embedButton = embedRoot + "?.querySelector('.launch')"
	embedPanel  = embedRoot + "?.querySelector('dialog')"
)

func talksInsideAnotherPage(t *testing.T, b *browser) {
	host := site(t)
	s := openShop(t, Config{Embed: []string{elsewhere(host)}})
	w := b.window(t, look{})
	address := elsewhere(host) + "/?chat=" + s.url()
	w.run(chromedp.Navigate(address))
	w.until(embedButton)
	if got := eval[string](w, embedButton+".innerText"); !strings.Contains(got, "線上諮詢") {
		t.Errorf("the button says %q", got)
	}
	if eval[bool](w, embedRoot+".querySelector('iframe').src !== ''") {
		t.Error("the chat is loaded before anybody opened it")
	}
	w.do("document.getElementById('before').focus()")
	w.tab()
	w.enter()
	w.until(embedPanel + ".open")
	inner := w.frame()
	inner.until("document.getElementById('log')?.ariaLive === 'polite' && document.activeElement.id === 'text'")
	if got := eval[string](inner, "document.documentElement.lang"); got != "zh-Hant" {
		t.Errorf("the chat speaks %q, the page around it zh-TW", got)
	}
	inner.says("hello")
	inner.shows("echo: hello")
	inner.escape()
	w.until("!" + embedPanel + ".open")
	w.until(embedRoot + ".activeElement === " + embedButton)
	s.say(s.chats()[0], &message.Outbound{Text: "Are you still there?", From: message.Agent})
	w.until(embedRoot + "?.querySelector('.unread').textContent === '1'")
	if got := eval[string](w, embedButton+".ariaLabel"); !strings.Contains(got, "1 則未讀") {
		t.Errorf("the badge is named %q", got)
	}

	w.run(chromedp.Navigate(address)) // the next page of the shop: the badge is there, unopened
	w.until(embedRoot + "?.querySelector('.unread').textContent === '1'")
	w.do(embedButton + ".click()")
	inner = w.frame()
	inner.shows("Are you still there?")
	w.until(embedRoot + "?.querySelector('.unread').textContent === ''")
	inner.says("yes")
	inner.shows("echo: yes")
	if want := []string{"hello", "echo: hello", "Are you still there?", "yes", "echo: yes"}; !slices.Equal(inner.said(), want) {
		t.Errorf("the chat shows %q, want %q", inner.said(), want)
	}
	if n := len(s.chats()); n != 1 {
		t.Errorf("%d conversations, want one", n)
	}
	w.do(embedRoot + ".querySelector('.close').click()")
	w.until("!" + embedPanel + ".open")
	phone := b.window(t, look{width: 375, height: 667, phone: true})
	phone.run(chromedp.Navigate(address))
	phone.until(embedButton)
	phone.do(embedButton + ".click()")
	phone.until(embedPanel + ".matches(':modal')")
	phone.until("(() => { const r = " + embedPanel + ".getBoundingClientRect(); return r.left === 0 && r.top === 0 && r.right === innerWidth && r.bottom === innerHeight; })()")
}

func saysWhyItIsRefused(t *testing.T, b *browser) {
	host := site(t)
	s := openShop(t, Config{Embed: []string{"https://shop.example"}})
	w := b.window(t, look{})
	w.run(chromedp.Navigate(elsewhere(host) + "/?chat=" + s.url()))
	said := func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		return slices.ContainsFunc(w.console, func(line string) bool {
			return strings.Contains(line, elsewhere(host)+" may not embed the chat of "+s.url())
		})
	}
	w.waitFor(said, "a word in the console")
	if eval[bool](w, "document.getElementById('accord-chat') !== null") {
		t.Error("a button is there all the same")
	}
}
