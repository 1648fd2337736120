package storetest

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// take compares a whole TakeOut: which rows, in which order, and when next.
func (m *model) take(rt *rapid.T) {
	m.time += rapid.Int64Range(0, 30).Draw(rt, "later")
	limit := rapid.IntRange(1, 4).Draw(rt, "max")
	rows, next, err := m.e.st.TakeOut(m.e.ctx, m.sender(), m.time, limit)
	if err != nil {
		rt.Fatal(err)
	}
	var ready []*modelOut
	var wantNext int64
	for _, q := range m.out {
		switch {
		case len(q) == 0 || slices.ContainsFunc(q, underWay):
		case q[0].next <= m.time:
			ready = append(ready, q[0])
		case wantNext == 0 || q[0].next < wantNext:
			wantNext = q[0].next
		}
	}
	slices.SortFunc(ready, func(a, b *modelOut) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return m.place[a.chat] - m.place[b.chat]
	})
	if len(ready) > limit {
		ready, wantNext = ready[:limit], m.time
	}
	if next != wantNext {
		rt.Fatalf("took %v, next %d; want next %d", texts(rows), next, wantNext)
	}
	m.took(rt, rows, ready)
}

// next has further rows join what is under way in some chat, while a drawn
// number of them says yes.
func (m *model) next(rt *rapid.T) {
	after := m.pick(rt, "after", m.sendingNow())
	m.time += rapid.Int64Range(0, 5).Draw(rt, "later")
	limit := rapid.IntRange(0, 4).Draw(rt, "max")
	yes := rapid.IntRange(0, 4).Draw(rt, "yes")
	var asked []string
	rows, err := m.e.st.TakeNext(m.e.ctx, m.sender(), after.chat, after.id, m.time, limit, func(o store.OutRow) bool {
		asked = append(asked, string(o.Payload))
		return len(asked) <= yes
	})
	if err != nil {
		rt.Fatal(err)
	}
	willing := m.following(after, limit)
	if want := min(len(willing), yes+1); len(asked) != want {
		rt.Fatalf("asked %v, want the first %d of %d", asked, want, len(willing))
	}
	for i, text := range asked {
		if willing[i].text != text {
			rt.Fatalf("asked %v at %d, want %q", asked, i, willing[i].text)
		}
	}
	m.took(rt, rows, willing[:min(len(willing), yes)])
}

// following are the rows that may join after.
func (m *model) following(after *modelOut, limit int) (list []*modelOut) {
	for _, o := range m.out[after.chat] {
		switch {
		case o.sending && o.age > after.age:
			return nil // after is not the last one
		case o.sending:
		case o.age < after.age || o.next > m.time || len(list) == limit:
			return list
		default:
			list = append(list, o)
		}
	}
	return list
}

// took compares rows with what should have been taken, and marks it.
func (m *model) took(rt *rapid.T, rows []store.OutRow, want []*modelOut) {
	if len(rows) != len(want) {
		rt.Fatalf("took %v, want %d rows", texts(rows), len(want))
	}
	for i, o := range want {
		r := rows[i]
		if string(r.Payload) != o.text || r.Chat != o.chat || r.Resend != o.resend ||
			r.Attempts != o.attempts || r.Class != o.class {
			rt.Fatalf("row %d: got %+v, want %+v", i, r, *o)
		}
		o.sending, o.id, o.attempts = true, r.ID, o.attempts+1
	}
}

// settle ends one row under way in one of all the ways there are.
func (m *model) settle(rt *rapid.T) {
	o := m.pick(rt, "row", m.sendingNow())
	r := store.Result{ID: o.id, At: m.time, NextAt: m.time + 10}
	switch rapid.SampledFrom([]string{"delivered", "throttled", "unknown", "dead"}).Draw(rt, "outcome") {
	case "delivered":
		r.Outcome, r.Done = "delivered", true
	case "throttled":
		r.Outcome = "throttled"
	case "unknown":
		r.Outcome = "unknown"
	case "dead":
		r.Outcome, r.Dead = "refused", true
	}
	if err := m.e.st.SettleOut(m.e.ctx, []store.Result{r}); err != nil {
		rt.Fatal(err)
	}
	m.settled(o, r)
}

// retry puts a dead row back, or tries to with one that was sent.
func (m *model) retry(rt *rapid.T) {
	o := m.pick(rt, "row", m.ended)
	err := m.e.st.RetryOut(m.e.ctx, o.id, m.time)
	if (err == nil) != o.dead {
		rt.Fatalf("retried %+v: %v", *o, err)
	}
	if !o.dead {
		return
	}
	m.dead--
	m.ended = slices.DeleteFunc(m.ended, func(e *modelOut) bool { return e == o })
	m.wait(o.chat)
	o.dead, o.attempts, o.next = false, 0, m.time
	q := append(m.out[o.chat], o)
	slices.SortFunc(q, older)
	m.out[o.chat] = q
}

// wait is called before a row comes to chat: one that has none begins to wait,
// behind all others.
func (m *model) wait(chat message.Chat) {
	if len(m.out[chat]) == 0 {
		m.queue(chat)
	}
}

func (m *model) queue(chat message.Chat) {
	m.places++
	m.place[chat] = m.places
}

// reopened gives the chats their places anew, by their oldest rows.
func (m *model) reopened() {
	var heads []*modelOut
	for _, q := range m.out {
		if len(q) > 0 {
			heads = append(heads, q[0])
		}
	}
	slices.SortFunc(heads, older)
	for _, o := range heads {
		m.queue(o.chat)
	}
}

func older(a, b *modelOut) int    { return a.age - b.age }
func underWay(o *modelOut) bool   { return o.sending }
func isTroubled(o *modelOut) bool { return o.dead || o.resend }

// sendingNow is what is under way, oldest first.
func (m *model) sendingNow() []*modelOut { return m.where(underWay) }

// where gives the rows of any state for which is says yes, oldest first.
func (m *model) where(is func(*modelOut) bool) (list []*modelOut) {
	for _, q := range m.out {
		list = append(list, q...)
	}
	list = slices.DeleteFunc(append(list, m.ended...), func(o *modelOut) bool { return !is(o) })
	slices.SortFunc(list, older)
	return list
}

// pick draws one row; where there is none rapid draws another action, and the
// test goes on.
func (m *model) pick(rt *rapid.T, what string, list []*modelOut) *modelOut {
	if len(list) == 0 {
		rt.Skip("no such row")
	}
	return list[rapid.IntRange(0, len(list)-1).Draw(rt, what)]
}

// settled is what a result does to the model.
func (m *model) settled(o *modelOut, r store.Result) {
	o.sending, o.next = false, r.NextAt
	if r.Outcome == "unknown" {
		if !o.resend {
			m.unknown++
		}
		o.resend = true
	}
	if o.dead = r.Dead; r.Dead {
		m.dead++
	}
	if r.Done || r.Dead {
		m.out[o.chat] = slices.DeleteFunc(m.out[o.chat], func(q *modelOut) bool { return q == o })
		m.ended = append(m.ended, o)
	}
	if !slices.ContainsFunc(m.out[o.chat], underWay) {
		m.queue(o.chat) // it had its turn
	}
}

// troubledOnes compares the list of operators. The newest are of this history.
func (m *model) troubledOnes(rt *rapid.T) {
	want := m.where(isTroubled)
	slices.Reverse(want)
	rows, err := m.e.st.TroubledOuts(m.e.ctx, len(want))
	if err != nil || len(rows) != len(want) {
		rt.Fatalf("%d troubled rows, want %d, err %v", len(rows), len(want), err)
	}
	for i, o := range want {
		r := rows[i]
		if r.ID != o.id || r.Dead != o.dead || r.Unknown != o.resend || r.Sender != m.sender() || r.Chat != o.chat {
			rt.Fatalf("troubled row %d: got %+v, want %+v", i, r, *o)
		}
	}
}
