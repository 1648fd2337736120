package dialog

import (
	"time"

	"github.com/accord-chat/accord/dialog/expect"
)

// grant settles at once what can be met, each with its promise, and what fell
// away with something settled before. What falls away only now is left for the
// next look, so that as many are settled as were counted.
func (t *turn) grant() {
	m := &t.s.Matter
	gone := map[int]*expect.Expectation{}
	for i, e := range m.Wishes {
		if o := t.fallsAway(e); o != nil && !e.Settled() {
			gone[i] = o
		}
	}
	for i := range m.Wishes {
		e := &m.Wishes[i]
		switch o := gone[i]; {
		case t.gaveUp(*e):
			t.withdraw([]int{i})
		case o != nil:
			e.Status = expect.Withdrawn
			t.add(t.line("conflict.closed", "a", t.wishText(t.s.Lang, *o), "b", t.wishText(t.s.Lang, *e)))
		case !e.Settled() && e.Verdict == expect.Meet:
			t.grantOne(e)
		case !e.Settled() && e.Bent:
			t.bendFor(e)
		}
	}
}

func (t *turn) grantOne(e *expect.Expectation) {
	if t.stillComes(*e) {
		e.Status = expect.Granted
		t.add(t.line("grant.already", "items", t.settledText(t.had(*e))))
		return
	}
	offer, ok := t.f.Catalog.Service(e.Service).Grant(t.env())
	if !ok {
		return
	}
	rest, old := t.fresh(offer.Options[0])
	if items := t.settledText(old); len(items) > 0 {
		t.add(t.line("grant.already", "items", items))
	}
	if offer.Options[0] = rest; len(rest.Terms) > 0 || len(old) == 0 {
		t.give(e, offer, "grant.")
		return
	}
	e.Status = expect.Granted
}

// bendFor grants out of goodwill. It says so: what is given by way of an
// exception must not pass for the rule.
func (t *turn) bendFor(e *expect.Expectation) {
	// Whether it may be was decided when it was counted; to weigh it again
	// behind the grants of this step could leave one more open than counted.
	if offer, ok := t.f.Catalog.Service(e.Service).Goodwill(t.envOf(e)); ok {
		t.s.Matter.Bent = true
		t.give(e, offer, "goodwill.")
	}
}

// give settles a wish with the one option of an offer and says so.
func (t *turn) give(e *expect.Expectation, offer expect.Offer, words string) {
	option := offer.Options[0]
	e.Status, e.Offered = expect.Granted, append(e.Offered, offer)
	t.promiseTerms(e.Service, option, e.Bent)
	t.s.Matter.Given += option.Paid()
	t.add(t.line(words+e.Service, "terms", t.termTexts(t.s.Lang, option), "by", lastBy(option), "pay", t.money(option.Paid()),
		"wish", t.wishHere(*e)))
}

func lastBy(o expect.Option) (by time.Time) {
	for _, term := range o.Terms {
		if term.By.After(by) {
			by = term.By
		}
	}
	return by
}
