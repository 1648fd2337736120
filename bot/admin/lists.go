package admin

import (
	"fmt"
	"net/http"
	"time"

	"github.com/accord-chat/accord/bot/store"
)

// listMax bounds every list of a page.
const listMax = 200

type handoffLine struct {
	Conv            int64
	Standing, Since string
	Owned           bool
}

type promiseLine struct {
	Address                string // on the desk; "" = there is no page of it
	Case, Text, Owner, Due string
	Standing               string // "due in 2 h", "overdue by 3 h"
	Overdue                bool
}

type deskPage struct {
	Where    string
	Handoffs []handoffLine
	Promises []promiseLine
	More     bool
}

type duePage struct {
	Promises []promiseLine
	More     bool
}

// serveDesk hands on to the agents' desk, or says where they work.
func (a *Admin) serveDesk(w http.ResponseWriter, r *http.Request) {
	if a.cfg.Desk != nil {
		a.cfg.Desk.ServeHTTP(w, r)
		return
	}
	if r.URL.Path != deskPath || r.Method != http.MethodGet {
		a.notFound(w, r)
		return
	}
	rows, err := a.cfg.Store.OpenHandoffs(r.Context(), listMax)
	if err != nil {
		a.trouble(w, err)
		return
	}
	promises, more, err := a.promises(r)
	if err != nil {
		a.trouble(w, err)
		return
	}
	p := deskPage{Where: a.cfg.Where, Promises: promises, More: more || len(rows) == listMax}
	for _, h := range rows {
		p.Handoffs = append(p.Handoffs, a.handoff(h))
	}
	a.show(w, r, http.StatusOK, "desk", a.words.desk, p)
}

func (a *Admin) handoff(h store.HandoffRow) handoffLine {
	line := handoffLine{Conv: int64(h.Conv), Since: a.when(h.Opened), Standing: a.words.waiting}
	if h.State == "owned" {
		line.Owned = true
		line.Standing = fmt.Sprintf(a.words.owned, or(h.Name, a.words.somebody))
	}
	return line
}

func (a *Admin) showDue(w http.ResponseWriter, r *http.Request) {
	promises, more, err := a.promises(r)
	if err != nil {
		a.trouble(w, err)
		return
	}
	a.show(w, r, http.StatusOK, "due", a.words.due, duePage{Promises: promises, More: more})
}

// promises are what is open, soonest first.
func (a *Admin) promises(r *http.Request) (list []promiseLine, more bool, err error) {
	rows, err := a.cfg.Store.OpenPromises(r.Context(), 0, listMax)
	if err != nil {
		return nil, false, err
	}
	now := a.cfg.Now()
	for _, p := range rows {
		line := promiseLine{Case: p.Case, Text: p.Text, Owner: p.Owner, Due: a.when(p.Due)}
		due := time.UnixMilli(p.Due)
		if line.Overdue = !due.After(now); line.Overdue {
			line.Standing = fmt.Sprintf(a.words.overdueBy, a.words.span(now.Sub(due)))
		} else {
			line.Standing = fmt.Sprintf(a.words.dueIn, a.words.span(due.Sub(now)))
		}
		if a.cfg.Desk != nil {
			line.Address = fmt.Sprintf("%s/task:%d:%d", deskPath, p.Conv, p.N)
		}
		list = append(list, line)
	}
	return list, len(rows) == listMax, nil
}

type auditLine struct {
	At, Who, Name, Act, About, Verdict string
	Denied                             bool
}

func (a *Admin) showAudit(w http.ResponseWriter, r *http.Request) {
	rows, err := a.cfg.Store.Audits(r.Context(), listMax)
	if err != nil {
		a.trouble(w, err)
		return
	}
	users, err := a.cfg.Store.Users(r.Context())
	if err != nil {
		a.trouble(w, err)
		return
	}
	names := map[string]string{}
	for _, u := range users {
		names[refOf(u.ID)] = u.Name
	}
	lines := make([]auditLine, 0, len(rows))
	for _, row := range rows {
		lines = append(lines, auditLine{At: a.when(row.At), Who: row.Who, Name: names[row.Who], Act: row.Act, About: row.About,
			Verdict: or(a.words.verdicts[row.Verdict], row.Verdict), Denied: row.Verdict != allowed})
	}
	a.show(w, r, http.StatusOK, "audit", a.words.Audit, lines)
}

type statePage struct {
	Known, Ready bool
	Reason       string
	Counts       []count
	Dead         int64
}

type count struct {
	Name  string
	Value int64
	Note  string
}

func (a *Admin) showState(w http.ResponseWriter, r *http.Request) {
	p := statePage{}
	if a.cfg.Ready != nil {
		p.Known, p.Ready = true, true
		if err := a.cfg.Ready(r.Context()); err != nil {
			p.Ready, p.Reason = false, err.Error()
		}
	}
	if a.cfg.Stats != nil {
		s, err := a.cfg.Stats(r.Context())
		if err != nil {
			a.trouble(w, err)
			return
		}
		p.Counts, p.Dead = a.counts(s), s.Dead
	}
	a.show(w, r, http.StatusOK, "state", a.words.State, p)
}

func (a *Admin) counts(s store.Stats) []count {
	w := a.words
	age := func(at int64) string {
		if at == 0 {
			return ""
		}
		return fmt.Sprintf(w.oldest, w.span(a.cfg.Now().Sub(time.UnixMilli(at))))
	}
	return []count{
		{Name: w.countConversations, Value: s.Conversations},
		{Name: w.countHandoffs, Value: s.Handoffs},
		{Name: w.countPromises, Value: s.Promises},
		{Name: w.countPending, Value: s.Pending, Note: age(s.OldestPending)},
		{Name: w.countUnsent, Value: s.Unsent, Note: age(s.OldestUnsent)},
		{Name: w.countTimers, Value: s.Timers},
		{Name: w.countUnknown, Value: s.Unknown},
		{Name: w.countDead, Value: s.Dead},
	}
}

// when writes an instant with its day, in the business's zone.
func (a *Admin) when(ms int64) string {
	if ms == 0 {
		return ""
	}
	at := time.UnixMilli(ms).In(a.cfg.Zone)
	return a.words.date(at) + at.Format("15:04")
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}
