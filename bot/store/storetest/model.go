package storetest

import (
	"context"
	"fmt"
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
	ended   []*modelOut                  // sent or dead, in any order
	said    map[message.Chat][]string    // all rows ever, in order
	rows    int                          // rows written, for their age
	place   map[message.Chat]int         // where a chat stands among those of its class
	places  int                          // given out
	dead    int64
	unknown int64
}

type modelOut struct {
	text     string
	chat     message.Chat
	age      int
	rank     int
	class    store.Class
	next     int64
	id       int64
	sending  bool
	resend   bool
	dead     bool
	attempts int
}

var classes = []store.Class{store.Reply, store.Promise, store.Once, store.Mirror}

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
			version: map[message.Chat]int64{}, out: map[message.Chat][]*modelOut{}, said: map[message.Chat][]string{}, place: map[message.Chat]int{},
			dead: before.Dead, unknown: before.Unknown}
		rt.Repeat(map[string]func(*rapid.T){
			"ingest": m.ingest, "work": m.work, "take": m.take, "next": m.next, "settle": m.settle,
			"retry": m.retry, "reopen": m.reopen, "": m.check,
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
	o := &modelOut{text: fmt.Sprintf("%s.%d", it.Payload, i), chat: it.Chat, age: m.rows, rank: class, class: classes[class]}
	if pause > 0 {
		o.next = m.time + pause
	}
	m.wait(it.Chat)
	m.out[it.Chat] = append(m.out[it.Chat], o)
	m.said[it.Chat] = append(m.said[it.Chat], o.text)
	return store.Out{Sender: m.sender(), Chat: it.Chat, Class: o.class, NotPast: o.next, Payload: []byte(o.text)}
}

func (m *model) reopen(rt *rapid.T) {
	if rapid.IntRange(0, 3).Draw(rt, "really") > 0 {
		rt.Skip("too slow to do often") // as above: of this action only
	}
	m.e.reopen()
	m.reopened()
	lost := m.sendingNow()
	for _, o := range lost {
		m.settled(o, store.Result{Outcome: "unknown", Dead: o.class == store.Once, NextAt: m.time + 20})
	}
	n, err := m.e.st.RecoverOut(m.e.ctx, m.sender(), m.time, 20)
	if err != nil || n != len(lost) {
		rt.Fatalf("recovered %d, want %d, err %v", n, len(lost), err)
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
	m.troubledOnes(rt)
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
