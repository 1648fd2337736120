package web

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/page"

	"github.com/accord-chat/accord/dialog/message"
)

func fitsAPhone(t *testing.T, b *browser) {
	s := openShop(t, Config{Files: t.TempDir()})
	w := b.window(t, look{width: 320, height: 568, phone: true})
	w.open(s.url() + "/chat")
	w.says("hello")
	w.shows("echo: hello")
	chat := s.chats()[0]
	s.say(chat, &message.Outbound{Text: strings.Repeat("Donaudampfschifffahrt", 12) + " https://shop.example/" + strings.Repeat("a", 200), From: message.Agent})
	s.say(chat, &message.Outbound{
		Text: strings.Repeat("您的订单已经寄出。", 30), From: message.Bot, Lang: message.Simplified,
		Attachments: []message.Attachment{{Kind: message.Document, Name: strings.Repeat("receipt", 20) + ".pdf", Size: 1234567}},
	})
	s.say(chat, s.question("Which one?", "A new lamp, delivered by Thursday at the latest", "Money", "Repair", "Person", strings.Repeat("Else", 30)))
	w.until("document.querySelectorAll('.choices .choice').length === 5")
	check := func(when string) {
		t.Helper()
		const problems = `[...document.querySelectorAll('button:not([hidden]), textarea, .said, .files, h1')].filter((n) => {
			const r = n.getBoundingClientRect();
			return r.width > 0 && (r.left < 0 || r.right > innerWidth + 0.5 || (n.matches('button') && (r.height < 44 || r.width < 44)));
		}).map((n) => (n.id || n.className || n.localName) + ' ' + JSON.stringify(n.getBoundingClientRect()))`
		if got := eval[[]string](w, problems); len(got) != 0 {
			t.Errorf("%s these do not fit or are too small to hit: %v", when, got)
		}
		if got := eval[bool](w, "document.documentElement.scrollWidth > innerWidth || document.getElementById('log').scrollWidth > document.getElementById('log').clientWidth"); got {
			t.Errorf("%s one has to scroll sideways", when)
		}
		if got := eval[bool](w, "document.getElementById('write').getBoundingClientRect().bottom > innerHeight + 0.5"); got {
			t.Errorf("%s the field is below the screen", when)
		}
		w.until("(() => { const l = document.getElementById('log'); return l.scrollHeight - l.scrollTop - l.clientHeight < 80; })()")
	}
	check("at 320 px")
	w.do("document.documentElement.style.fontSize = '200%'")
	check("with text twice as large")
	w.do("document.documentElement.style.fontSize = ''; document.body.style.height = '300px'") // as with a keyboard on the screen
	check("with half the height")
	w.do("document.body.style.height = ''")
	s.say(chat, s.question("From 1 to 9, how was it?", "1", "2", "3", "4", "5", "6", "7", "8", "9"))
	w.until("document.querySelectorAll('.choices .choice').length === 9")
	check("with nine scores")
	if got := eval[int](w, "new Set([...document.querySelectorAll('.choices .choice')].map((n) => n.getBoundingClientRect().top)).size"); got > 3 {
		t.Errorf("nine scores take %d rows", got)
	}
}

// named are the roles whose elements can be reached or looked for.
var named = []string{"button", "link", "textbox", "log", "group", "image", "img", "heading", "dialog", "Iframe"}

func everythingHasAName(t *testing.T, b *browser) {
	s := openShop(t, Config{Files: t.TempDir()})
	w := b.window(t, look{})
	w.open(s.url() + "/chat")
	w.says("ask")
	w.until("document.querySelector('.choices')")
	s.say(s.chats()[0], &message.Outbound{Text: "Here it is", From: message.Agent, Attachments: []message.Attachment{
		{Kind: message.Document, Name: "receipt.pdf"}, {Kind: message.Voice}, {Kind: message.Location, Lat: 1, Lon: 2},
	}})
	w.until("document.querySelectorAll('.file').length === 3")
	roles := map[string]int{}
	for _, n := range call(w, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{}).Nodes {
		if n.Ignored || n.Role == nil {
			continue
		}
		role := strings.Trim(string(n.Role.Value), `"`)
		roles[role]++
		name := ""
		if n.Name != nil {
			name = strings.Trim(string(n.Name.Value), `" `)
		}
		if slices.Contains(named, role) && name == "" {
			t.Errorf("a %s has no name", role)
		}
	}
	for role, least := range map[string]int{"button": 4, "textbox": 1, "log": 1, "group": 1, "link": 3, "heading": 1} {
		if roles[role] < least {
			t.Errorf("the tree has %d of %s, want %d: %v", roles[role], role, least, roles)
		}
	}
}

// spy writes down what a screen reader would say: what is added to the log
// while it is live.
const spy = `addEventListener('DOMContentLoaded', () => {
	window.heard = [];
	const log = document.getElementById('log');
	new MutationObserver((list) => list.forEach((m) => m.addedNodes.forEach((n) => {
		if (n.nodeType === 1 && n.matches('.row')) heard.push(log.ariaLive + ': ' + n.querySelector('.who').textContent + ': ' + n.querySelector('.said').textContent);
	}))).observe(log, {childList: true});
});`

func announcesWhatIsNew(t *testing.T, b *browser) {
	s := openShop(t, Config{})
	w := b.window(t, look{})
	call(w, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: spy})
	w.open(s.url() + "/chat")
	w.says("hello")
	w.shows("echo: hello")
	w.open(s.url() + "/chat")
	s.say(s.chats()[0], &message.Outbound{Text: "This is Mei.", From: message.Agent})
	w.shows("This is Mei.")
	want := []string{
		"off: You: hello", "off: Automatic assistant: echo: hello", // what was said before is not read out again
		"polite: A person from our team: This is Mei.",
	}
	if got := eval[[]string](w, "heard"); !slices.Equal(got, want) {
		t.Errorf("announced %q, want %q", got, want)
	}
	if err := s.a.Typing(t.Context(), s.chats()[0]); err != nil {
		t.Fatal(err)
	}
	w.until("document.getElementById('typing').role === 'status' && document.getElementById('typing').textContent === 'Writing an answer…'")
	s.say(s.chats()[0], &message.Outbound{Text: "Done.", From: message.Agent})
	w.until("document.getElementById('typing').textContent === ''")
}
