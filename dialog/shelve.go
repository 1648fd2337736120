package dialog

import (
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
)

// putShelve asks whether an answer by a named time will do: for the wish whose
// ladder is at its end, or, once two were taken singly, for all that is left.
func (t *turn) putShelve() {
	m := &t.s.Matter
	switch {
	case t.s.Control.Rest():
		m.Shelving = t.unsettled()
	case len(m.Shelving) == 0 && m.Focus > 0:
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
		return t.legible(by)
	}
	y, mo, day := by.Date()
	hour := time.Date(y, mo, day, by.Hour(), 0, 0, 0, t.set.Zone)
	if hour.Before(by) {
		hour = hour.Add(time.Hour)
	}
	return t.legible(hour)
}

// legible is an instant as people are to read it: where they are, and midnight
// as the end of the day before. Written without an hour, "by Saturday" means
// that Saturday ends, not that it begins.
func (t *turn) legible(at time.Time) time.Time {
	at = t.local(at)
	if h, m, s := at.Clock(); h == 0 && m == 0 && s == 0 {
		return at.Add(-time.Minute)
	}
	return at
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
		t.promise(expect.Promise{Kind: expect.ToAnswer, Service: e.Service, Text: text, Owner: t.ownerOf(e.Service), Due: m.ShelveBy})
	}
}

// shelveRest is for a customer who went silent over the question: the
// promise stands all the same, for everything that is open, and it is said.
func (t *turn) shelveRest() {
	m := &t.s.Matter
	m.Shelving = t.unsettled()
	m.ShelveBy = t.answerBy()
	t.shelve()
	t.add(t.line("shelved", "by", m.ShelveBy))
}

// putClose sums up and asks for anything else.
func (t *turn) putClose(cl flow.Class) {
	m := &t.s.Matter
	if cl.Name == flow.Returned { // the person who gave them back has summed up
		t.ask(t.line("close.returned"), t.choices(flow.Close), "")
		return
	}
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
