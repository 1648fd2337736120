package admin_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// TestADayAtTheDeskByKeyboard: on a phone's width, without a mouse, and
// without loading the page by hand.
func TestADayAtTheDeskByKeyboard(t *testing.T) {
	r := setup(t, options{})
	s := r.chromium(360, 740)
	s.signsIn("Anna", store.RoleAgent)
	s.shows("Nobody is waiting.")
	r.waiting("Mei")
	s.shows("Mei needs a person") // the page looks by itself
	s.tabTo("a Mei needs a person")
	s.key(kb.Enter)
	s.shows("In the customer's words")
	s.tabTo("button Take")
	s.key(kb.Enter)
	s.shows("Answer to the customer")
	if got := s.focus(); got != "textarea Answer to the customer" {
		t.Errorf("after taking, the focus is on %q", got)
	}
	r.says("Mei", "are you there?")
	s.key("Yes, I am")
	s.shows("are you there?") // what is being written stays
	s.key(" here.")
	s.run(ctrlEnter())
	r.hears("Yes, I am here.")
	s.shows("Delivered")
	if left := eval[string](s, `document.getElementById('text').value`); left != "" {
		t.Errorf("the field still holds %q", left)
	}
	s.key("she is angry")
	s.tabTo("button Keep as a note")
	s.key(kb.Enter)
	s.shows("Only for colleagues")
	s.shift("summary Close")
	s.key(kb.Enter)
	s.waits(`document.activeElement.matches('details[open] textarea')`) // the form takes the focus
	s.key("All settled")
	s.run(ctrlEnter())
	s.shows("This is closed.")
	if r.street.knows("she is angry") {
		t.Error("a note reached the customer")
	}
	s.overflow(360)
}

// TestWhatIsWrittenStays: words that go out fast one after another all arrive,
// in order; a form that is being filled in is left alone by what happens
// meanwhile.
func TestWhatIsWrittenStays(t *testing.T) {
	r := setup(t, options{})
	s := r.chromium(1200, 800)
	s.enters("Anna", store.RoleAgent)
	s.open(r.waiting("Mei"))
	s.click("#acts button.primary")
	s.waits(`document.querySelector('#say[data-mode=mine]')`)
	for _, text := range []string{"one", "two", "three"} {
		s.submits(text)
	}
	s.waits(`document.querySelectorAll('.state.delivered').length === 3`)
	r.street.mu.Lock()
	var heard []string
	for _, o := range r.street.heard[len(r.street.heard)-3:] {
		heard = append(heard, o.Text)
	}
	r.street.mu.Unlock()
	if got := strings.Join(heard, " "); got != "one two three" {
		t.Errorf("the customer heard %q", got)
	}
	s.click("#acts details:last-of-type summary")
	s.waits(`document.activeElement.matches('details[open] textarea')`)
	s.key("A reason")
	r.says("Mei", "and another thing")
	s.shows("and another thing")
	if got := eval[string](s, `document.querySelector('#acts details[open] textarea').value`); got != "A reason" {
		t.Errorf("the open form holds %q", got)
	}
	s.key(kb.Escape)
	if got := s.focus(); !strings.HasPrefix(got, "summary") {
		t.Errorf("after Escape the focus is on %q", got)
	}
}

// TestLooks goes through every page for what can be measured: nothing to be
// scrolled sideways on a phone, contrast by day and by night, names, sizes. It
// draws pictures where they are wanted.
func TestLooks(t *testing.T) {
	for _, lang := range message.Langs() {
		t.Run(string(lang), func(t *testing.T) {
			r := setup(t, options{lang: lang})
			s := r.chromium(1200, 900)
			s.enters("Carla", store.RoleAdmin)
			card := r.atWork(s)
			for name, path := range map[string]string{"board": "/admin/desk", "card": card, "due": "/admin/due", "people": "/admin/people",
				"audit": "/admin/audit", "state": "/admin/state", "signin": "/admin/sign-in?t=abc", "nothing": "/admin/nothing"} {
				for _, width := range []int64{320, 768, 1200} {
					if lang != message.English && *shots == "" && (width != 320 || path != card) {
						continue // the layout is the same; only the longest page is worth the time
					}
					s.at(path, width)
					s.overflow(width)
					s.named(name)
					for _, scheme := range []string{"light", "dark"} {
						s.dark(scheme)
						s.contrast(name + " " + scheme)
						s.shoot(string(lang)+"-"+name+"-"+scheme, width, 800)
					}
				}
			}
		})
	}
}

// atWork has somebody wait, and a hand-off with words in every standing; it
// gives the card of the latter.
func (r *rig) atWork(s *screen) (card string) {
	r.t.Helper()
	card = r.waiting("Mei")
	r.says("Mei", "hello? The lamp you sent is broken, glass everywhere. My order is 48213 and it is my father's birthday on Saturday.")
	r.waiting("Ben")
	s.open(card)
	s.click("#acts button.primary")
	s.waits(`document.querySelector('#say[data-mode=mine]')`)
	s.submits("Good afternoon Mei. I have read everything: a new lamp can be with you on Friday. Shall I send it?")
	s.waits(`document.querySelector('.state.delivered')`)
	s.submits("// check stock in Riverside")
	s.waits(`document.querySelector('.state.internal')`)
	r.street.close(true)
	s.submits("One more thing")
	s.waits(`document.querySelector('.state.failed')`)
	r.street.close(false)
	r.clock.advance(10 * time.Minute)
	return card
}
