package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

func modelRules() []rule {
	return []rule{{"random histories agree with a plain model", agreesWithModel}}
}

// model is what the store should be, written as plainly as possible. Time is a
// number that only the model moves; it lies far in the past, so that the
// store's own clock never holds anything back.
type model struct {
	e       *env
	run     string // makes names of one history its own
	time    int64
	seen    map[string]bool              // dedup keys
	pending map[message.Chat][]string    // inputs, oldest first
	state   map[message.Chat]string      // "text text "
	version map[message.Chat]int64       //
	out     map[message.Chat][]*modelOut // unsent, oldest first
	said    map[message.Chat][]string    // all rows ever, in order
	rows    int                          // rows written, for their age
	dead    int64
	unknown int64
}

type modelOut struct {
	text     string
	age      int
	rank     int
	class    store.Class
	next     int64
	id       int64
	sending  bool
	resend   bool
	attempts int
}

var classes = []store.Class{store.Reply, store.Promise, store.Once}

// agreesWithModel uses one store for all histories, because opening one costs
// more than a history; each history has chats and a sender of its own.
func agreesWithModel(e *env) {
	run := 0
	rapid.Check(e.T, func(rt *rapid.T) {
		e.drain(echo) // what a failing history left
		run++
		before := e.stats()
		m := &model{e: e, run: fmt.Sprintf("r%d", run), time: 1000,
			seen: map[string]bool{}, pending: map[message.Chat][]string{}, state: map[message.Chat]string{},
			version: map[message.Chat]int64{}, out: map[message.Chat][]*modelOut{}, said: map[message.Chat][]string{},
			dead: before.Dead, unknown: before.Unknown}
		rt.Repeat(map[string]func(*rapid.T){
			"ingest": m.ingest, "work": m.work, "take": m.take, "settle": m.settle,
			"reopen": m.reopen, "": m.check,
		})
		m.drain(rt)
	})
}

func (m *model) sender() string { return "model/" + m.run }

func (m *model) chat(rt *rapid.T) message.Chat {
	return message.Chat(fmt.Sprintf("%s-%d", m.run, rapid.IntRange(0, 3).Draw(rt, "chat")))
}

func (m *model) ingest(rt *rapid.T) {
	var batch []store.New
	for range rapid.IntRange(1, 4).Draw(rt, "inputs") {
		chat := m.chat(rt)
		text := fmt.Sprint(rapid.IntRange(0, 30).Draw(rt, "text"))
		in := input(chat, text)
		batch = append(batch, in)
		if !m.seen[in.Dedup] {
			m.seen[in.Dedup] = true
			m.pending[chat] = append(m.pending[chat], text)
		}
	}
	if err := m.e.st.Ingest(m.e.ctx, batch, nil); err != nil {
		rt.Fatal(err)
	}
}

// work lets the store choose the conversations and checks that it chose as
// many as it could, each once, with the right input.
func (m *model) work(rt *rapid.T) {
	limit := rapid.IntRange(1, 5).Draw(rt, "max")
	waiting := 0
	for _, p := range m.pending {
		if len(p) > 0 {
			waiting++
		}
	}
	outs := rapid.IntRange(0, 2).Draw(rt, "outs")
	class := rapid.IntRange(0, len(classes)-1).Draw(rt, "class")
	pause := rapid.SampledFrom([]int64{0, 0, 5, 50}).Draw(rt, "pause")
	handled := map[message.Chat]bool{}
	n, err := m.e.st.Work(m.e.ctx, limit, func(ctx context.Context, it store.Item) (store.Turn, error) {
		if handled[it.Chat] || len(m.pending[it.Chat]) == 0 || m.pending[it.Chat][0] != string(it.Payload) ||
			m.version[it.Chat] != it.Version || m.state[it.Chat] != string(it.State) {
			rt.Fatalf("unexpected item: chat %s, version %d", it.Chat, it.Version)
		}
		handled[it.Chat] = true
		m.pending[it.Chat] = m.pending[it.Chat][1:]
		m.version[it.Chat]++
		m.state[it.Chat] += string(it.Payload) + " "
		turn, err := echo(ctx, it)
		for i := range outs {
			turn.Outbox = append(turn.Outbox, m.write(it, i, class, pause))
		}
		return turn, err
	})
	if err != nil || n != min(limit, waiting) || n != len(handled) {
		rt.Fatalf("%d turns of %d handled, %d waiting, max %d, err %v", n, len(handled), waiting, limit, err)
	}
}

func (m *model) write(it store.Item, i, class int, pause int64) store.Out {
	m.rows++
	o := &modelOut{text: fmt.Sprintf("%s.%d", it.Payload, i), age: m.rows, rank: class, class: classes[class]}
	if pause > 0 {
		o.next = m.time + pause
	}
	m.out[it.Chat] = append(m.out[it.Chat], o)
	m.said[it.Chat] = append(m.said[it.Chat], o.text)
	return store.Out{Sender: m.sender(), Chat: it.Chat, Class: o.class, NotPast: o.next, Payload: []byte(o.text)}
}

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
		case len(q) == 0 || q[0].sending:
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
		return a.age - b.age
	})
	if len(ready) > limit {
		ready, wantNext = ready[:limit], m.time
	}
	if len(rows) != len(ready) || next != wantNext {
		rt.Fatalf("took %v, next %d; want %d rows, next %d", texts(rows), next, len(ready), wantNext)
	}
	for i, o := range ready {
		r := rows[i]
		if string(r.Payload) != o.text || r.Resend != o.resend || r.Attempts != o.attempts || r.Class != o.class {
			rt.Fatalf("row %d: got %+v, want %+v", i, r, *o)
		}
		o.sending, o.id, o.attempts = true, r.ID, o.attempts+1
	}
}

// settle ends one row under way in one of all the ways there are.
func (m *model) settle(rt *rapid.T) {
	chat, o := m.underWay()
	if o == nil {
		rt.Skip("nothing under way") // rapid draws another action; the test goes on
	}
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
	m.ended(chat, o, r)
}

// underWay picks the oldest row being sent; which one does not matter, since
// chats are alike.
func (m *model) underWay() (message.Chat, *modelOut) {
	var chat message.Chat
	var found *modelOut
	for c, q := range m.out {
		if len(q) > 0 && q[0].sending && (found == nil || q[0].age < found.age) {
			chat, found = c, q[0]
		}
	}
	return chat, found
}

// ended is what a result does to the model.
func (m *model) ended(chat message.Chat, o *modelOut, r store.Result) {
	o.sending, o.next = false, r.NextAt
	if r.Outcome == "unknown" {
		if !o.resend {
			m.unknown++
		}
		o.resend = true
	}
	if r.Dead {
		m.dead++
	}
	if r.Done || r.Dead {
		m.out[chat] = m.out[chat][1:]
	}
}

func (m *model) reopen(rt *rapid.T) {
	if rapid.IntRange(0, 3).Draw(rt, "really") > 0 {
		rt.Skip("too slow to do often") // as above: of this action only
	}
	m.e.reopen()
	want := 0
	for chat, o := m.underWay(); o != nil; chat, o = m.underWay() {
		want++
		m.ended(chat, o, store.Result{Outcome: "unknown", Dead: o.class == store.Once, NextAt: m.time + 20})
	}
	n, err := m.e.st.RecoverOut(m.e.ctx, m.sender(), m.time, 20)
	if err != nil || n != want {
		rt.Fatalf("recovered %d, want %d, err %v", n, want, err)
	}
}

// check compares what can be seen after every step.
func (m *model) check(rt *rapid.T) {
	st, err := m.e.st.Stats(m.e.ctx)
	if err != nil {
		rt.Fatal(err)
	}
	var pending int64
	for _, p := range m.pending {
		pending += int64(len(p))
	}
	if st.Pending != pending || st.Dead != m.dead || st.Unknown != m.unknown {
		rt.Fatalf("stats %+v; want pending %d, dead %d, unknown %d", st, pending, m.dead, m.unknown)
	}
	for chat, want := range m.said {
		rows, err := m.e.st.Sent(m.e.ctx, m.sender(), chat, 0, 1000)
		if err != nil {
			rt.Fatal(err)
		}
		if got := strings.Join(texts(rows), " "); got != strings.Join(want, " ") {
			rt.Fatalf("chat %s has rows %q, want %q", chat, got, want)
		}
	}
}

// drain handles what is left, so that the next history starts clean.
func (m *model) drain(rt *rapid.T) {
	m.e.drain(echo)
	for chat, p := range m.pending {
		for _, text := range p {
			m.state[chat] += text + " "
		}
		if m.state[chat] != "" && string(m.e.conv(chat).State) != m.state[chat] {
			rt.Fatalf("chat %s ended as %q, want %q", chat, m.e.conv(chat).State, m.state[chat])
		}
	}
}
