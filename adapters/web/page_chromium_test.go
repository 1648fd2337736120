package web

import (
	"context"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

func TestChromium(t *testing.T) {
	b := chromium(t)
	for _, c := range []struct {
		name string
		test func(*testing.T, *browser)
	}{
		{"keyboard", byKeyboardAlone},
		{"reconnect", reconnects},
		{"restore", forgetsWhatWasRestored},
		{"languages", speaksThreeLanguages},
		{"too fast", keepsWhatIsTooFast},
		{"too long", keepsWhatIsTooLong},
		{"cut", saysThatThereWasMore},
		{"no room", saysThatThereIsNoRoom},
		{"phone", fitsAPhone},
		{"names", everythingHasAName},
		{"announcements", announcesWhatIsNew},
		{"amend", showsWhatBecameOfMessages},
		{"files", sendsAndOpensFiles},
		{"windows", leavesTheLineToNewerWindows},
		{"embed", talksInsideAnotherPage},
		{"embed refused", saysWhyItIsRefused},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, b) })
	}
}

func byKeyboardAlone(t *testing.T, b *browser) {
	s := openShop(t, Config{Files: t.TempDir()})
	w := b.window(t, look{})
	w.open(s.url() + "/chat")
	w.tab()
	for i := 0; w.focused() != "text"; i++ {
		if i > 5 {
			t.Fatalf("Tab does not lead to the field; the focus is on %q", w.focused())
		}
		w.tab()
	}
	w.run(chromedp.KeyEvent("ask"))
	w.enter()
	w.until("document.querySelectorAll('.choice:enabled:not([hidden])').length === 2")
	for i := 0; w.focused() != "choice"; i++ {
		if i > 6 {
			t.Fatalf("the buttons are not reached from the field; the focus is on %q", w.focused())
		}
		w.back()
	}
	if !eval[bool](w, "document.activeElement.matches(':focus-visible') && getComputedStyle(document.activeElement).outlineStyle !== 'none'") {
		t.Error("nobody sees which button has the focus")
	}
	w.back() // from No to Yes, please
	w.enter()
	w.shows("chosen: Yes, please")
	if got := w.focused(); !strings.HasPrefix(got, "row bot") {
		t.Errorf("after the press the focus is on %q, not where the buttons were", got)
	}
	for i := 0; w.focused() != "text"; i++ {
		if i > 6 {
			t.Fatalf("the field is not reached again; the focus is on %q", w.focused())
		}
		w.tab()
	}
	if want := []string{"ask", "Shall we send a new lamp?", "Yes, please", "chosen: Yes, please"}; !slices.Equal(w.said(), want) {
		t.Errorf("the page shows %q, want %q", w.said(), want)
	}
}

// After a restore rows get numbers the page has seen already; it forgets what it
// shows and goes on with what the restored database holds.
func forgetsWhatWasRestored(t *testing.T, b *browser) {
	var epoch atomic.Value
	epoch.Store("first")
	s := openShop(t, Config{Epoch: func(context.Context) (string, error) { return epoch.Load().(string), nil }})
	w := b.window(t, look{})
	w.open(s.url() + "/chat")
	w.says("one")
	w.shows("echo: one")
	w.says("two")
	w.shows("echo: two")
	s.stop()
	s.restore()
	epoch.Store("second")
	s.start()
	w.says("three")
	w.shows("echo: three")
	if want := []string{"three", "echo: three"}; !slices.Equal(w.said(), want) {
		t.Errorf("the page shows %q, want %q", w.said(), want)
	}
	w.until("!document.body.innerText.includes('Connecting')")
	s.stop() // and from then on as ever
	w.says("four")
	w.shows("Not sent yet, trying again")
	s.start()
	w.shows("echo: four")
	if want := []string{"three", "echo: three", "four", "echo: four"}; !slices.Equal(w.said(), want) {
		t.Errorf("the page shows %q, want %q", w.said(), want)
	}
}

// A server that is away for a while loses nothing, and nothing comes twice.
func reconnects(t *testing.T, b *browser) {
	s := openShop(t, Config{})
	w := b.window(t, look{})
	w.open(s.url() + "/chat")
	w.says("one")
	w.shows("echo: one")
	s.stop()
	w.says("two")
	w.says("three")
	w.shows("Not sent yet, trying again")
	w.shows("Connecting…")
	s.say(s.chats()[0], &message.Outbound{Text: "said while you were away", From: message.Agent, Lang: message.English})
	s.start()
	w.shows("echo: two")
	w.shows("echo: three")
	w.shows("said while you were away")
	w.until("!document.body.innerText.includes('Connecting') && !document.body.innerText.includes('Not sent yet')")
	if want := []string{"one", "two", "three"}; !slices.Equal(s.texts(), want) {
		t.Errorf("stored %q, want %q", s.texts(), want)
	}
	check := func(when string) {
		t.Helper()
		got := w.said()
		slices.Sort(got)
		want := []string{"echo: one", "echo: three", "echo: two", "one", "said while you were away", "three", "two"}
		if !slices.Equal(got, want) {
			t.Errorf("%s the page shows %q, want %q", when, got, want)
		}
	}
	check("after the restart")
	w.open(s.url() + "/chat")
	check("after a reload")

	// What was written while the server was away survives the page, too.
	s.stop()
	w.says("four")
	w.until("Object.keys(localStorage).some((key) => key.startsWith('accord.unsent.'))")
	s.start()
	w.open(s.url() + "/chat")
	w.shows("echo: four")
	if want := []string{"one", "two", "three", "four"}; !slices.Equal(s.texts(), want) {
		t.Errorf("stored %q, want %q", s.texts(), want)
	}
}

func speaksThreeLanguages(t *testing.T, b *browser) {
	s := openShop(t, Config{})
	s.freeze()
	for _, c := range []struct{ langs, html, field, person, bot, slow string }{
		{"en-US,en", "en", "Write a message", "A person from our team", "Automatic assistant", "This was quick."},
		{"zh-CN,zh", "zh-Hans", "输入消息", "人工客服", "智能助理（自动回复）", "您发得有点快"},
		{"zh-TW,zh", "zh-Hant", "輸入訊息", "真人客服", "智慧助理（自動回覆）", "您傳得有點快"},
	} {
		w := b.window(t, look{langs: c.langs})
		w.open(s.url() + "/chat")
		if got := eval[[]string](w, "[document.documentElement.lang, document.getElementById('text').placeholder]"); !slices.Equal(got, []string{c.html, c.field}) {
			t.Errorf("%s: the page has %q", c.langs, got)
		}
		before := len(s.texts())
		flood(w, "agent", postBurst+2)
		w.shows(c.slow)
		w.shows(c.person)
		w.shows(c.bot)
		if n := len(s.texts()) - before; n != postBurst {
			t.Errorf("%s: %d messages were taken, want %d", c.langs, n, postBurst)
		}
		s.mu.Lock()
		if got := s.wrote[before].From.Lang; string(got) != c.html {
			t.Errorf("%s: the message says %q", c.langs, got)
		}
		s.mu.Unlock()
		w.run(chromedp.Navigate("about:blank"))
	}
}

// flood sends messages faster than anybody writes.
func flood(w *window, first string, n int) {
	w.t.Helper()
	w.do(fmt.Sprintf(`for (let i = 0; i < %d; i++) {
		document.getElementById('text').value = i ? 'message ' + i : %q;
		document.getElementById('write').requestSubmit();
	}`, n, first))
}

// What came too fast is kept by the page and sent when there is room again.
func keepsWhatIsTooFast(t *testing.T, b *browser) {
	s := openShop(t, Config{})
	s.freeze()
	w := b.window(t, look{})
	w.open(s.url() + "/chat")
	flood(w, "message 0", postBurst+2)
	w.shows("This was quick.")
	s.pass(time.Minute)
	w.shows(fmt.Sprintf("echo: message %d", postBurst+1))
	w.until("!document.body.innerText.includes('This was quick.')")
	var want []string
	for i := range postBurst + 2 {
		want = append(want, fmt.Sprintf("message %d", i))
	}
	if got := s.texts(); !slices.Equal(got, want) {
		t.Errorf("in the end %q were taken, want %q", got, want)
	}
}

// A text that is too long stays in the field, and the page says so before it is
// sent; should the server refuse one all the same, the words come back.
func keepsWhatIsTooLong(t *testing.T, b *browser) {
	s := openShop(t, Config{})
	w := b.window(t, look{})
	w.open(s.url() + "/chat")
	field := func(js string) {
		t.Helper()
		w.do("(() => { const t = document.getElementById('text'); t.value = " + js + "; t.dispatchEvent(new Event('input')); })()")
	}
	field("'x'.repeat(7900)")
	w.shows("Room for 100 more characters.")
	field("'长'.repeat(5500)") // fewer characters, more bytes
	w.shows("Too long by 39 characters.")
	field("'<'.repeat(8010)")
	w.shows("Too long by 10 characters.")
	w.run(chromedp.Focus(chromedp.CSS("#text")))
	w.enter()
	if got := eval[int](w, "document.getElementById('text').value.length"); got != 8010 || len(s.texts()) != 0 {
		t.Errorf("%d characters are left in the field, %d messages were taken", got, len(s.texts()))
	}
	field("'<'.repeat(8000)")
	w.enter()
	w.shows("echo: <<<")
	w.until("!document.getElementById('room').textContent && !document.getElementById('text').value")

	w.do("localStorage.setItem('accord.unsent.0123456789', JSON.stringify({id: '0123456789', at: 1, text: 'y'.repeat(9000)}))")
	w.open(s.url() + "/chat") // kept by an earlier page that knew no limit
	w.shows("This was too long and was not sent.")
	w.until("document.getElementById('text').value.length === 9000")
	w.shows("Too long by 1000 characters.")
}

func saysThatThereWasMore(t *testing.T, b *browser) {
	s := openShop(t, Config{})
	w := b.window(t, look{langs: "zh-TW"})
	w.open(s.url() + "/chat")
	w.says("hello")
	w.shows("echo: hello")
	chat := s.chats()[0]
	s.outbox.mu.Lock()
	s.outbox.rows[chat] = slices.Clone(s.outbox.rows[chat])
	s.outbox.rows[chat][0].Cut = true
	s.outbox.mu.Unlock()
	w.open(s.url() + "/chat")
	w.shows("更早的訊息不在這裡顯示。")
	if got := eval[bool](w, "document.querySelector('.row .cut') === document.getElementById('log').firstElementChild.firstElementChild"); !got {
		t.Error("it does not stand above the first message")
	}
}

// Where no session can be begun the page comes all the same, says so, and keeps
// what is written.
func saysThatThereIsNoRoom(t *testing.T, b *browser) {
	s := openShop(t, Config{})
	s.freeze()
	for s.a.limits.sessions.take(netip.MustParseAddr("127.0.0.1"), s.clock()) == 0 { // as many others
	}
	w := b.window(t, look{langs: "zh-TW"})
	w.run(chromedp.Navigate(s.url() + "/chat"))
	w.shows("您的網路目前對話較多")
	w.says("hello")
	w.until("document.querySelector('.customer .note')?.textContent.includes('您的網路目前對話較多')")
	s.pass(time.Hour)
	w.open(s.url() + "/chat")
	w.shows("echo: hello")
}

func showsWhatBecameOfMessages(t *testing.T, b *browser) {
	s := openShop(t, Config{})
	w := b.window(t, look{})
	w.open(s.url() + "/chat")
	w.says("hello")
	w.shows("echo: hello")
	chat := s.chats()[0]
	agent := func(text string) message.PlatformID {
		return message.PlatformID(fmt.Sprint(s.say(chat, &message.Outbound{Text: text, From: message.Agent})))
	}
	edited, gone := agent("You get it on Monday"), agent("wrong window, sorry")
	offer := s.question("Shall I?", "Yes", "No")
	offer.From = message.Agent
	asked := message.PlatformID(fmt.Sprint(s.say(chat, offer)))
	w.until("document.querySelector('.choices')")
	s.send(chat, adapters.Delivery{Amend: &adapters.Amend{Message: edited, Text: "You get it on Tuesday"}})
	s.send(chat, adapters.Delivery{Amend: &adapters.Amend{Message: gone, Delete: true}})
	s.send(chat, adapters.Delivery{Amend: &adapters.Amend{Message: asked, Delete: true}})
	check := func(when string) {
		t.Helper()
		w.until("document.querySelectorAll('.withdrawn').length === 2")
		want := []string{"hello", "echo: hello", "You get it on Tuesday", "This message was withdrawn.", "This message was withdrawn."}
		if !slices.Equal(w.said(), want) {
			t.Errorf("%s the page shows %q, want %q", when, w.said(), want)
		}
		if got := eval[[]string](w, "[...document.querySelectorAll('.changed')].map((n) => n.textContent)"); !slices.Equal(got, []string{"", "", "edited", "", ""}) {
			t.Errorf("%s the changes are told as %q", when, got)
		}
		if eval[bool](w, "document.querySelector('.choices') !== null") {
			t.Errorf("%s a question that was taken back can still be answered", when)
		}
	}
	check("while it is open")
	w.open(s.url() + "/chat")
	check("after a reload")
}

func sendsAndOpensFiles(t *testing.T, b *browser) {
	folder := filepath.Join(t.TempDir(), "files")
	s := openShop(t, Config{Files: folder, OpenFile: oneFile(t, "receipt.txt", "paid")})
	w := b.window(t, look{})
	w.open(s.url() + "/chat")
	path := filepath.Join(t.TempDir(), "broken lamp.png")
	if err := os.WriteFile(path, []byte(png), 0o600); err != nil {
		t.Fatal(err)
	}
	w.run(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{path}))
	w.shows("got broken lamp.png")
	w.until("!document.querySelector('.customer .note').textContent")
	if eval[bool](w, "document.querySelector('.customer img, .customer a') !== null") {
		t.Error("what was uploaded is shown inline")
	}
	w.do(`(() => {
		const transfer = new DataTransfer();
		transfer.items.add(new File(['notes'], 'pasted.txt'));
		transfer.items.add(new File([new Uint8Array(10485761)], 'huge.bin'));
		document.getElementById('text').dispatchEvent(new ClipboardEvent('paste', {clipboardData: transfer, bubbles: true, cancelable: true}));
	})()`)
	w.shows("got pasted.txt")
	w.shows("Files can have 10 MB at most.")
	s.say(s.chats()[0], &message.Outbound{Text: "the receipt", From: message.Agent, Attachments: []message.Attachment{{Kind: message.Document, Name: "receipt.txt", Size: 4}}})
	w.until("document.querySelector('.agent a')")
	got := eval[string](w, "document.querySelector('.agent a').getAttribute('href')")
	if !strings.HasPrefix(got, "/chat/files/") || !strings.HasSuffix(got, "/0") {
		t.Errorf("the file is at %q", got)
	}
	if got := eval[string](w, "document.querySelector('.agent .file').innerText"); !strings.Contains(got, "receipt.txt") || !strings.Contains(got, "4 byte") {
		t.Errorf("the file is shown as %q", got)
	}
	w.open(s.url() + "/chat")
	w.shows("broken lamp.png")
}

// lines keeps the streams a page opens.
const lines = `window.lines = [];
window.EventSource = class extends EventSource {
	constructor(...all) { super(...all); lines.push(this); }
};`

// One customer with many windows: the newest have the line, an older one says
// so and takes it back when it is asked to.
func leavesTheLineToNewerWindows(t *testing.T, b *browser) {
	s := openShop(t, Config{})
	w := b.window(t, look{})
	call(w, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: lines})
	w.open(s.url() + "/chat")
	w.says("hello")
	w.shows("echo: hello")
	chat := s.chats()[0]
	for range tabs { // as many newer windows
		st, full := s.a.hub.join(chat, numbered(1))
		if full != roomLeft {
			t.Fatal("a newer window was refused")
		}
		t.Cleanup(func() { s.a.hub.leave(chat, st) })
	}
	w.shows("This chat is open in other windows.")
	if got := eval[int](w, "lines.at(-1).readyState"); got != 2 {
		t.Errorf("the line has state %d, want 2: it would come back and end another window's", got)
	}
	w.run(chromedp.Click(chromedp.CSS("#here")))
	w.until("!document.body.innerText.includes('open in other windows')")
	w.says("again")
	w.shows("echo: again")
}
