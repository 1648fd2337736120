package dialog

import (
	"cmp"
	"slices"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// open says what goes before the first offer: what raised the wish, and that
// it is fair to ask. Where the standard says otherwise, that is not called
// reasonable, but met with patience all the same, and the standard is said
// once, unless the ladder has its words.
func (t *turn) open(e *expect.Expectation, offer expect.Offer) {
	more := []any{"wish", t.wishHere(*e)}
	if e.Source != "" {
		t.add(t.line("source."+string(e.Source), more...))
	}
	switch {
	case e.Reasonable == expect.NotReasonable:
		t.add(t.first([]string{"patient." + e.Service, "fair." + e.Service, "patient"}, more...))
		if !t.ladderSaysStandard(e.Service) {
			t.add(t.first([]string{"standard." + e.Service}, more...))
		}
	case e.Source == expect.OurPromise && t.recovers(e.Service, offer.Rung): // sorry, and made good: nothing to weigh
	default:
		t.add(t.first([]string{"fair." + e.Service, "fair"}, more...))
	}
}

func (t *turn) ladderSaysStandard(service string) bool {
	svc := t.f.Catalog.Service(service)
	return svc != nil && slices.ContainsFunc(svc.Ladder, func(r flow.Rung) bool { return r.Uses(expect.Standard) })
}

// recovers says whether a rung makes a broken promise good.
func (t *turn) recovers(service, rung string) bool {
	svc := t.f.Catalog.Service(service)
	return svc != nil && slices.ContainsFunc(svc.Ladder, func(r flow.Rung) bool { return r.ID == rung && r.Recovers })
}

// wishHere words a wish for use in another line. It draws nothing: whether a
// line has use for it must not decide how the lines after it are worded.
func (t *turn) wishHere(e expect.Expectation) string {
	defer func(drawn uint64) { t.drawn = drawn }(t.drawn)
	return t.wishText(t.s.Lang, e)
}

// topText words what matters most to the customer of what is still open.
func (t *turn) topText() string {
	if top := expect.Top(t.s.Matter.Wishes); top >= 0 {
		return t.wishHere(t.s.Matter.Wishes[top])
	}
	return ""
}

// candid says, once and before anything is lowered, what cannot be had as it
// was asked for. One such wish needs no list: its first offer has the reason.
func (t *turn) candid() {
	m := &t.s.Matter
	if m.Candid {
		return
	}
	m.Candid = true
	var harder []string
	for _, i := range t.byImportance() {
		switch e := m.Wishes[i]; e.Verdict {
		case expect.Part, expect.Later, expect.Cannot:
			if t.rival(e) != nil { // that was named when they were ranked
				continue
			}
			harder = append(harder, t.wishHere(e))
		}
	}
	if len(harder) > 1 {
		t.add(t.line("assess.candid", "wishes", harder))
	}
}

// sayBelow says that the best that may be offered is less than the least that
// will do, or comes after the last day.
func (t *turn) sayBelow(e expect.Expectation) {
	key := "below"
	if !e.Adequate.By.IsZero() {
		key = "below.day"
	}
	t.holdLine(key)
}

// byImportance lists the open wishes, what matters most first.
func (t *turn) byImportance() []int {
	open := t.unsettled()
	slices.SortStableFunc(open, func(a, b int) int {
		return cmp.Compare(t.s.Matter.Wishes[a].Importance, t.s.Matter.Wishes[b].Importance)
	})
	return open
}

// objectionName is how lines and catalogs name a kind of objection.
func objectionName(o message.Objection) string { return cmp.Or(string(o), "none") }

// method is how an objection against what is on the table is met.
func (t *turn) method(o message.Objection) expect.Method {
	var svc *flow.Service
	e := t.focus()
	if e != nil {
		svc = t.f.Catalog.Service(e.Service)
	}
	return t.f.Catalog.Method(svc, o, t.envOf(e))
}

// meet takes up an objection by its method, before the next offer.
func (t *turn) meet(o message.Objection) {
	key := "objection." + objectionName(o)
	keys := []string{key}
	if m := t.method(o); m != expect.AskWhy { // asked already, and answered
		keys = []string{key + "." + string(m), key}
	}
	t.add(t.first(keys, "wish", t.topText()))
}

// wondersWhy says whether a refusal is to be met with the question what is
// behind it: where the catalog has that for it, once a matter, and as long as
// the flow has room for a side turn.
func (t *turn) wondersWhy() bool {
	k := t.kind()
	if k != flow.Lower && k != flow.Propose || t.s.Matter.Why || t.method(t.s.Matter.Objection) != expect.AskWhy {
		return false
	}
	_, edge, err := t.f.Table.Next(t.s.Control, flow.Class{Name: flow.Idea})
	t.asksWhy = err == nil && edge.Stay
	return t.asksWhy
}

// putIdea asks what the customer has in mind, or why an offer does not suit.
func (t *turn) putIdea() {
	if !t.asksWhy {
		t.askFreely("ask.idea")
		return
	}
	t.s.Matter.Why = true
	key := "objection." + objectionName(t.s.Matter.Objection) + ".question"
	if !t.f.Has(t.s.Lang, key) {
		key = "objection.question"
	}
	t.askFreely(key)
}

// askFreely puts a question in the middle of another that has no buttons, and
// keeps its key, so that a digression leads back to it.
func (t *turn) askFreely(key string) {
	t.ask(t.line(key, "wish", t.topText()), nil, "")
	t.s.Ask.Key = key
}
