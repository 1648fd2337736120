package dialog

import (
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// maxStanding is how many promises one customer may have open before a person
// looks at the matter: each is somebody's task.
const maxStanding = 12

// enterAssess weighs what is open against the catalog: first what can be
// met, then the one that matters most of what cannot, last what is passed on.
func (t *turn) enterAssess() flow.Class {
	m := &t.s.Matter
	m.Focus, m.Proposed, m.Accepted, m.Shelving = 0, nil, nil, nil
	m.Objection, m.Countered = message.NoObjection, 0
	var met uint8
	given := m.Given
	for i := range m.Wishes {
		e := &m.Wishes[i]
		if e.Settled() {
			continue
		}
		e.Verdict = t.reserve(*e)
		if e.Verdict == expect.Meet || t.fallsAway(*e) != nil {
			met++
		}
	}
	m.Given = given
	if expect.Unsettled(m.Wishes) > 0 && len(t.standing()) >= maxStanding {
		t.cause = causeLimit
		return flow.Class{Name: flow.ToPerson}
	}
	if met > 0 {
		return flow.Class{Name: flow.Grant, N: met}
	}
	top := expect.Top(m.Wishes)
	if top < 0 {
		return flow.Class{Name: flow.AllDone}
	}
	if t.aboveAuthority(m.Wishes[top]) {
		return flow.Class{Name: flow.ToPerson}
	}
	if t.belowAdequate(&m.Wishes[top]) {
		t.holdLine("below")
		m.Shelving = []int{top}
		return flow.Class{Name: flow.ToShelve}
	}
	if i := t.nextToLower(); i >= 0 {
		m.Focus = i + 1
		return flow.Class{Name: flow.ToLower}
	}
	for i, e := range m.Wishes {
		if !e.Settled() {
			m.Shelving = append(m.Shelving, i)
		}
	}
	return flow.Class{Name: flow.ToShelve}
}

// verdict is the catalog's, made careful: a grant above the authority, or
// above what an unverified order may have, is not the bot's to give.
func (t *turn) verdict(e expect.Expectation) expect.Verdict {
	svc := t.f.Catalog.Service(e.Service)
	if svc == nil {
		return expect.Unknown
	}
	v := svc.Verdict(t.env())
	if v != expect.Meet {
		return v
	}
	if t.rival(e) != nil {
		return expect.Cannot // of two that exclude each other the less important waits
	}
	offer, ok := svc.Grant(t.env())
	if !ok || !t.offerWithin(offer) || !t.verifiedEnough(offer) {
		return expect.Unknown
	}
	return v
}

// reserve is verdict, and counts what would be granted as given, so that two
// grants together stay inside the authority too. The caller puts Given back.
func (t *turn) reserve(e expect.Expectation) expect.Verdict {
	v := t.verdict(e)
	if v == expect.Meet && t.fallsAway(e) == nil {
		if offer, ok := t.f.Catalog.Service(e.Service).Grant(t.env()); ok {
			t.s.Matter.Given += offer.Options[0].Paid()
		}
	}
	return v
}

func (t *turn) verifiedEnough(o expect.Offer) bool {
	env := t.env()
	if env.Verified {
		return true
	}
	limit, _ := t.f.Catalog.Authority.Unverified.In(env.Currency)
	for _, p := range o.Options {
		if p.Paid() > limit {
			return false
		}
	}
	return true
}

// rival is an open wish of more importance that excludes e.
func (t *turn) rival(e expect.Expectation) *expect.Expectation {
	for i := range t.s.Matter.Wishes {
		o := &t.s.Matter.Wishes[i]
		if !o.Settled() && o.Importance < e.Importance && t.conflicting(o.Service, e.Service) {
			return o
		}
	}
	return nil
}

// fallsAway is a wish that was granted or agreed and leaves no room for e.
func (t *turn) fallsAway(e expect.Expectation) *expect.Expectation {
	for i := range t.s.Matter.Wishes {
		o := &t.s.Matter.Wishes[i]
		if (o.Status == expect.Granted || o.Status == expect.Agreed) && t.conflicting(o.Service, e.Service) {
			return o
		}
	}
	return nil
}

// aboveAuthority says whether the customer asks for an amount that only a
// person may decide on.
func (t *turn) aboveAuthority(e expect.Expectation) bool {
	limit, ok := t.f.Catalog.Authority.Bot.In(t.env().Currency)
	return ok && e.Importance == 1 && e.Asked.Amount > limit && e.Asked.Currency == t.env().Currency && !t.lowerable(&e)
}

// nextToLower is the most important open wish that the ladder can still
// serve, -1 where none may be lowered singly any more.
func (t *turn) nextToLower() int {
	m := &t.s.Matter
	if !t.f.Table.Admits(t.s.Control, flow.Class{Name: flow.ToLower}) {
		return -1
	}
	best := -1
	for i := range m.Wishes {
		e := &m.Wishes[i]
		if e.Settled() || len(e.Rungs) > 0 || !t.lowerable(e) || t.rival(*e) != nil {
			continue
		}
		if best < 0 || e.Importance < m.Wishes[best].Importance {
			best = i
		}
	}
	return best
}

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
		case o != nil:
			e.Status = expect.Withdrawn
			t.add(t.line("conflict.closed", "a", t.wishText(t.s.Lang, *o), "b", t.wishText(t.s.Lang, *e)))
		case !e.Settled() && e.Verdict == expect.Meet:
			t.grantOne(e)
		}
	}
}

func (t *turn) grantOne(e *expect.Expectation) {
	offer, ok := t.f.Catalog.Service(e.Service).Grant(t.env())
	if !ok {
		return
	}
	option := offer.Options[0]
	e.Status, e.Offered = expect.Granted, append(e.Offered, offer)
	t.promiseTerms(e.Service, option)
	t.s.Matter.Given += option.Paid()
	t.add(t.line("grant."+e.Service, "terms", t.termTexts(t.s.Lang, option), "by", lastBy(option), "pay", t.money(option.Paid())))
}

func lastBy(o expect.Option) (by time.Time) {
	for _, term := range o.Terms {
		if term.By.After(by) {
			by = term.By
		}
	}
	return by
}

func (t *turn) enterLower() flow.Class {
	e := t.focus()
	if e == nil || !t.lowerable(e) {
		return flow.Class{Name: flow.Exhausted}
	}
	return flow.Class{Name: flow.Offer}
}

// putOffer makes the next offer: it takes up what was just said against the
// last one, or, the first time, says that the wish is fair.
func (t *turn) putOffer() {
	m := &t.s.Matter
	e := t.focus()
	offer, _ := t.nextRung(e)
	if len(e.Rungs) == 0 {
		t.add(t.first([]string{"fair." + e.Service, "fair"}))
		t.sayImplicit()
	} else {
		t.acknowledge()
	}
	e.Rungs, e.Offered = append(e.Rungs, offer.Rung), append(e.Offered, offer)
	m.Proposed, m.Objection = nil, message.NoObjection
	more := []any{"wish", t.wishText(t.s.Lang, *e)}
	if len(offer.Options) > 0 {
		first := offer.Options[0]
		more = append(more, "pay", t.money(first.Paid()), "by", lastBy(first))
	}
	for _, o := range offer.Options {
		for _, term := range o.Terms {
			more = append(more, "pay."+term.Do, t.money(term.Pay), "by."+term.Do, term.By)
		}
	}
	t.ask(t.line("rung."+e.Service+"."+offer.Rung, more...), t.choices(flow.Lower), "")
}

// acknowledge takes up what the customer said against the last offer, or how
// they said it.
func (t *turn) acknowledge() {
	m := t.s.Matter
	switch {
	case t.in.Reading.Anger >= angry:
		t.add(t.line("soothe.mild"))
	case m.Objection != message.NoObjection:
		t.add(t.line("objection." + string(m.Objection)))
	default:
		t.add(t.line("objection.none"))
	}
}

// sayImplicit grants along what is taken for granted with the incident.
func (t *turn) sayImplicit() {
	m := t.s.Matter
	inc := t.f.Catalog.Incident(m.Incident)
	if inc == nil || t.s.Control.Lowered > 1 {
		return
	}
	for _, name := range inc.Implicit {
		t.add(t.first([]string{"implicit." + name}))
	}
}

// putProposal puts one commitment as a question: the most that may be paid,
// or what an unclear answer may have meant.
func (t *turn) putProposal(cl flow.Class) {
	m := &t.s.Matter
	if m.Proposed == nil {
		if offer, ok := t.table(); ok && len(offer.Options) == 1 {
			o := offer.Options[0]
			m.Proposed = &o
		}
	}
	if m.Proposed == nil {
		t.ask(t.line("propose.which"), t.choices(flow.Propose), "")
		return
	}
	terms := t.termTexts(t.s.Lang, *m.Proposed)
	if cl.Name == flow.Beyond {
		t.ask(t.line("propose.beyond", "asked", t.money(m.Countered), "limit", t.money(m.Limit), "terms", terms), t.choices(flow.Propose), "")
		return
	}
	t.ask(t.line("propose", "terms", terms), t.choices(flow.Propose), "")
}

// note settles what was agreed on and says it back, word for word, with the
// case number.
func (t *turn) note() {
	m := &t.s.Matter
	e := t.focus()
	if e == nil || m.Accepted == nil {
		return
	}
	option := *m.Accepted
	e.Status = expect.Agreed
	t.promiseTerms(e.Service, option)
	m.Given += option.Paid()
	terms := t.termTexts(t.s.Lang, option)
	if m.Countered > 0 {
		t.add(t.line("agree.counter", "amount", t.money(m.Countered), "terms", terms))
	} else {
		t.add(t.line("agree", "terms", terms))
	}
	t.as = string(flow.Agree)
	t.flush()
}

// putShelve asks whether an answer by a named time will do.
func (t *turn) putShelve() {
	m := &t.s.Matter
	if len(m.Shelving) == 0 && m.Focus > 0 {
		m.Shelving = []int{m.Focus - 1}
	}
	m.ShelveBy = t.answerBy()
	var wishes []string
	owner := ""
	for _, i := range m.Shelving {
		wishes = append(wishes, t.wishText(t.s.Lang, m.Wishes[i]))
		owner = m.Wishes[i].Service
	}
	more := []any{"wishes", wishes, "by", m.ShelveBy, "owner", t.ownerName(t.s.Lang, t.ownerOf(owner))}
	if len(wishes) == 1 {
		more = append(more, "wish", wishes[0])
		t.ask(t.first([]string{"shelve." + owner, "shelve"}, more...), t.choices(flow.Shelve), "")
		return
	}
	t.ask(t.line("shelve.many", more...), t.choices(flow.Shelve), "")
}

// ownerOf is the department that answers for a service.
func (t *turn) ownerOf(service string) string {
	if svc := t.f.Catalog.Service(service); svc != nil {
		return svc.Owner
	}
	return ""
}

// answerBy is when a shelved matter is answered: a round hour, so that people
// can remember it.
func (t *turn) answerBy() time.Time { return t.answerAfter(t.in.At) }

func (t *turn) answerAfter(from time.Time) time.Time {
	d := time.Duration(t.f.Promises.Answer)
	by := t.local(from.Add(d))
	if d < time.Hour {
		return by
	}
	y, mo, day := by.Date()
	hour := time.Date(y, mo, day, by.Hour(), 0, 0, 0, t.set.Zone)
	if hour.Before(by) {
		hour = hour.Add(time.Hour)
	}
	return hour
}

// shelve puts aside what was asked about, with a promise of an answer each.
func (t *turn) shelve() {
	m := &t.s.Matter
	for _, i := range m.Shelving {
		e := &m.Wishes[i]
		if e.Settled() {
			continue
		}
		e.Status = expect.Shelved
		text := t.line("promised.answer", "wish", t.wishText(t.s.Lang, *e), "by", m.ShelveBy)
		t.promise(expect.ToAnswer, e.Service, text, t.ownerOf(e.Service), m.ShelveBy)
	}
}

// shelveRest is for a customer who went silent over the question: the
// promise stands all the same, for everything that is open, and it is said.
func (t *turn) shelveRest() {
	m := &t.s.Matter
	m.Shelving = nil
	for i, e := range m.Wishes {
		if !e.Settled() {
			m.Shelving = append(m.Shelving, i)
		}
	}
	m.ShelveBy = t.answerBy()
	t.shelve()
	t.add(t.line("shelved", "by", m.ShelveBy))
}

// putClose sums up and asks for anything else.
func (t *turn) putClose() {
	m := t.s.Matter
	items := t.madeTexts()
	key := "close"
	var later []string
	for _, name := range m.Later {
		later = append(later, t.line("label."+name))
	}
	switch {
	case len(later) > 0:
		key = "close.later"
	case len(items) == 0:
		key = "close.nothing"
	case t.made == len(items):
		key = "close.said" // all of it was said in this very turn
	}
	t.ask(t.line(key, "items", items, "wishes", later), t.choices(flow.Close), "")
}
