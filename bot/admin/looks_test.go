package admin_test

import (
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/accord-chat/accord/bot/admin"
	"github.com/accord-chat/accord/bot/store"
)

// ctrlEnter sends what is being written.
func ctrlEnter() chromedp.Action[chromedp.Void] {
	return chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl))
}

// shift goes backwards until something that says so has the focus.
func (s *screen) shift(says string) {
	s.r.t.Helper()
	for range 60 {
		s.run(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
		if strings.Contains(s.focus(), says) {
			return
		}
	}
	s.r.t.Fatalf("the keyboard never came back to %q", says)
}

// enters signs in whatever the language is.
func (s *screen) enters(name string, role store.Role) {
	s.r.t.Helper()
	_, token := s.r.user(name, role)
	s.open(admin.Link("", token))
	s.click("main button")
	s.waits(`document.querySelector('#board')`)
}

func (s *screen) click(selector string) {
	s.r.t.Helper()
	s.run(chromedp.Click(chromedp.CSS(selector)))
}

// waits until an expression holds in the page.
func (s *screen) waits(expression string) {
	s.r.t.Helper()
	s.r.eventually(expression, func() bool {
		ok, err := try(s, chromedp.Evaluate[bool](`!!(`+expression+`)`))
		return err == nil && ok
	})
}

func (s *screen) submits(text string) {
	s.r.t.Helper()
	s.run(chromedp.SetValue(chromedp.CSS("#text"), text), chromedp.Focus(chromedp.CSS("#text")), ctrlEnter())
}

// at opens a page at a width.
func (s *screen) at(path string, width int64) {
	s.r.t.Helper()
	s.size(width, 800)
	s.open(path)
}

// overflow checks that nothing has to be scrolled sideways.
func (s *screen) overflow(width int64) {
	s.r.t.Helper()
	if wide := eval[int64](s, `document.documentElement.scrollWidth`); wide > width {
		s.r.t.Errorf("the page is %d wide on a screen of %d", wide, width)
	}
}

// contrast checks every text against what it stands on: 4.5 to 1.
func (s *screen) contrast(where string) {
	s.r.t.Helper()
	bad := eval[[]string](s, contrastScript)
	for _, b := range bad {
		s.r.t.Errorf("%s: %s", where, b)
	}
}

const contrastScript = `(() => {
	const lum = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 }); return 0.2126 * r + 0.7152 * g + 0.0722 * b };
	const parse = (s) => { const m = s.match(/[\d.]+/g).map(Number); return {rgb: m.slice(0, 3), a: m[3] ?? 1} };
	const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.a > 0.99) return c.rgb } return [255, 255, 255] };
	const bad = new Set(); let seen = 0;
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) {
		const e = walk.currentNode.parentElement;
		if (!walk.currentNode.data.trim() || !e.checkVisibility() || e.closest('script,noscript,.unseen,.skip')) continue;
		seen++;
		const a = lum(parse(getComputedStyle(e).color).rgb), b = lum(ground(e));
		const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (ratio < 4.5) bad.add(ratio.toFixed(2) + ' ' + e.tagName + '.' + e.className + ': ' + walk.currentNode.data.trim().slice(0, 30));
	}
	if (seen < 4) bad.add('only ' + seen + ' texts were looked at');
	return [...bad];
})()`

// named checks that everything that can be operated has a name, that there is
// one main heading and one main part, and that ids are unique.
func (s *screen) named(where string) {
	s.r.t.Helper()
	for _, b := range eval[[]string](s, namedScript) {
		s.r.t.Errorf("%s: %s", where, b)
	}
}

const namedScript = `(() => {
	const bad = [];
	for (const e of document.querySelectorAll('button, a[href], input:not([type=hidden]), select, textarea, summary')) {
		const name = e.getAttribute('aria-label') || [...(e.labels || [])].map((l) => l.textContent).join('') || e.textContent;
		if (!name.trim()) bad.push('without a name: ' + e.outerHTML.slice(0, 80));
		const box = e.getBoundingClientRect();
		if (e.matches('button, summary, select, textarea') && e.checkVisibility() && box.height < 40) bad.push('too small to hit: ' + e.textContent + ' ' + box.height);
	}
	const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
	for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) bad.push('twice: #' + id);
	if (document.querySelectorAll('h1').length !== 1) bad.push(document.querySelectorAll('h1').length + ' main headings');
	if (document.querySelectorAll('main').length !== 1) bad.push('no main part');
	if (!document.documentElement.lang) bad.push('no language');
	for (const e of document.querySelectorAll('[aria-labelledby], [aria-describedby]'))
		for (const a of ['aria-labelledby', 'aria-describedby'])
			for (const id of (e.getAttribute(a) || '').split(' ').filter(Boolean)) if (!document.getElementById(id)) bad.push(a + ' leads nowhere: ' + id);
	if (document.querySelector('[style]') || document.querySelector('script:not([src])') || document.querySelector('style')) bad.push('styles or scripts inside the page');
	return bad;
})()`
