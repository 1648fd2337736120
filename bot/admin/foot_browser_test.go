package admin_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// onTop says whether the middle of the first visible element of selector is on
// the screen with nothing in front of it.
func (s *screen) onTop(where, selector string) {
	s.r.t.Helper()
	ok := eval[bool](s, `(() => {
		const e = [...document.querySelectorAll('`+selector+`')].find((e) => e.checkVisibility());
		if (!e) return false;
		const b = e.getBoundingClientRect();
		const at = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2);
		return !!at && (e === at || e.contains(at)) && b.bottom <= innerHeight;
	})()`)
	if !ok {
		s.r.t.Errorf("%s: %s is not in sight", where, selector)
	}
}

// view takes a picture of what is on the screen, where pictures are wanted.
func (s *screen) view(name string) {
	s.r.t.Helper()
	if *shots == "" {
		return
	}
	b, err := try(s, chromedp.CaptureScreenshot())
	if err != nil {
		s.r.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*shots, name+".png"), b, 0o600); err != nil {
		s.r.t.Fatal(err)
	}
}

// TestNothingHidesBehindTheFoot: on every size, what is due can be pressed
// without scrolling: Take while somebody waits, and the own button of a form
// that is open, which is then the only green one.
func TestNothingHidesBehindTheFoot(t *testing.T) {
	for _, lang := range message.Langs() {
		t.Run(string(lang), func(t *testing.T) {
			r := setup(t, options{lang: lang})
			s := r.chromium(1200, 800)
			s.enters("Carla", store.RoleAgent)
			sizes := [][2]int64{{1200, 800}, {375, 740}, {320, 640}}
			card := r.waiting("Mei")
			r.says("Mei", "hello? The lamp you sent is broken, glass everywhere. My order is 48213 and it is my father's birthday on Saturday.")
			for _, z := range sizes {
				s.size(z[0], z[1])
				s.open(card)
				where := fmt.Sprintf("%s-%dx%d", lang, z[0], z[1])
				s.onTop(where, "#acts button.primary")
				s.view(where + "-waiting")
			}
			s.click("#acts button.primary")
			s.waits(`document.querySelector('#say[data-mode=mine]')`)
			for _, z := range sizes {
				s.size(z[0], z[1])
				s.open(card)
				where := fmt.Sprintf("%s-%dx%d", lang, z[0], z[1])
				s.onTop(where, "#sayform button.primary")
				s.view(where + "-mine")
				for i := 1; i <= 5; i++ {
					form := fmt.Sprintf("#acts > details:nth-of-type(%d)", i)
					s.click(form + " > summary")
					s.waits(`document.querySelector('` + form + `').open`)
					s.onTop(where, form+" form button")
					s.overflow(z[0])
					if n := eval[int](s, `[...document.querySelectorAll('.side button.primary')].filter((e) => e.checkVisibility()).length`); n > 1 {
						t.Errorf("%s: %d green buttons at once", where, n)
					}
					if i < 3 {
						s.view(fmt.Sprintf("%s-form%d", where, i))
					}
					s.click(form + " > summary")
				}
			}
		})
	}
}

// TestTheSamePageCountsAgain: a page that stays open sends two promises, though
// nothing on it was drawn anew; a double click is one.
func TestTheSamePageCountsAgain(t *testing.T) {
	r := setup(t, options{})
	s := r.chromium(1200, 800)
	s.enters("Anna", store.RoleAgent)
	s.open(r.waiting("Mei"))
	s.click("#acts button.primary")
	s.waits(`document.querySelector('#say[data-mode=mine]')`)
	promises := func(text string, want int) {
		t.Helper()
		s.waits(`document.querySelector('#acts > details:nth-of-type(2) > summary')`)
		s.run(chromedp.Evaluate[chromedp.Void](`document.querySelector('#acts > details:nth-of-type(2) > summary').click()`))
		s.waits(`document.activeElement.matches('details[open] textarea')`)
		s.key(text)
		s.run(chromedp.Evaluate[chromedp.Void](`(() => { const b = document.querySelector('#acts details[open] form button'); b.click(); b.click() })()`))
		r.eventually("a promise is missing", func() bool {
			rows, err := r.store.OpenPromises(t.Context(), 0, 10)
			return err == nil && len(rows) >= want
		})
		// The promise stands before the page has heard so; until then the form is
		// still the one that was sent.
		s.waits(`!document.querySelector('#acts details[open], #acts form[data-sending]')`)
	}
	promises("a van on Tuesday", 1)
	promises("the old pair is taken back", 2)
	rows, err := r.store.OpenPromises(t.Context(), 0, 10)
	if err != nil || len(rows) != 2 {
		t.Errorf("%d promises stand, %v", len(rows), err)
	}
}
