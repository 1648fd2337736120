package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// RunTogether runs what several processes on one database must hold. Each call
// of open with one t gives a further hold on the same store, as another process
// would have it; they are closed by RunTogether. News must reach them by
// themselves: a hold that only polls should poll rarely here.
func RunTogether(t *testing.T, open Open) {
	for _, r := range []rule{
		{"order is kept and nothing doubled, whoever handles", manyHandle},
		{"a claim keeps others out, and lets them pass it", manyClaim},
		{"an input wakes who waits elsewhere", manyWake},
		{"timers fire once, whoever fires", manyFire},
		{"a row written elsewhere wakes its sender, and leaves in order", manySend},
		{"a row retried elsewhere comes to its sender", manyRetry},
		{"a customer who left and came back is known to their sender", manyReach},
		{"a row that ended elsewhere is not sent", manyEnded},
		{"one leads at a time, in all processes", manyLead},
		{"the next leader recovers what the last one left", manyTakeOver},
		{"who does not lead for an account sends nothing", manyOutsiders},
	} {
		t.Run(r.name, func(t *testing.T) { r.check(newEnv(t, open)) })
	}
}

// more gives a further hold.
func (e *env) more() store.Store {
	e.Helper()
	st := e.open(e.T)
	e.Cleanup(func() { e.ok(st.Close()) })
	return st
}

func manyHandle(e *env) {
	const chats, each, workers = 7, 30, 2
	holds := []store.Store{e.st, e.more(), e.more()}
	var busy sync.Map
	h := func(ctx context.Context, it store.Item) (store.Turn, error) {
		if _, other := busy.LoadOrStore(it.Conv, true); other {
			e.Errorf("conversation %d is handled by two", it.Conv)
		}
		defer busy.Delete(it.Conv)
		turn, err := echo(ctx, it)
		turn.Outbox = []store.Out{say(it.Chat, string(it.Payload))}
		return turn, err
	}
	ctx, stop := context.WithCancel(e.ctx)
	defer stop()
	var turns atomic.Int64
	var work, ingest sync.WaitGroup
	for i := range workers * len(holds) {
		st := holds[i%len(holds)]
		work.Go(func() {
			for st.WaitWork(ctx) == nil {
				n, err := st.Work(ctx, 3, h)
				if err != nil && ctx.Err() == nil {
					e.Error(err)
				}
				if turns.Add(int64(n)) == chats*each {
					stop()
				}
			}
		})
	}
	for c := range chats {
		ingest.Go(func() {
			for i := range each {
				in := input(message.Chat(fmt.Sprint(c)), fmt.Sprint(i))
				for k := range 2 { // the platform delivers twice, to different processes
					if err := holds[(i+k)%len(holds)].Ingest(e.ctx, []store.New{in}, nil); err != nil {
						e.Error(err)
					}
				}
			}
		})
	}
	ingest.Wait()
	work.Wait()
	var want strings.Builder
	for i := range each {
		fmt.Fprintf(&want, "%d ", i)
	}
	for c := range chats {
		chat := message.Chat(fmt.Sprint(c))
		same(e, "order", string(e.conv(chat).State), want.String())
		same(e, "version", e.conv(chat).Version, each)
		said, err := e.st.Sent(e.ctx, sender, chat, 0, 1000)
		e.ok(err)
		same(e, "said", strings.Join(texts(said), " ")+" ", want.String())
	}
}

func manyClaim(e *env) {
	other := e.more()
	e.ingest("a", "1", "2")
	e.work(1, func(ctx context.Context, it store.Item) (store.Turn, error) {
		same(e, "first", string(it.Payload), "1")
		n, err := other.Work(ctx, 16, echo)
		e.ok(err)
		same(e, "turns of a claimed conversation", n, 0)
		e.ok(other.Ingest(ctx, []store.New{input("b", "1"), input("a", "3")}, nil))
		n, err = other.Work(ctx, 16, echo)
		e.ok(err)
		same(e, "turns of another", n, 1)
		return echo(ctx, it)
	})
	for range 2 {
		n, err := other.Work(e.ctx, 16, echo)
		e.ok(err)
		same(e, "then", n, 1)
	}
	same(e, "order", string(e.conv("a").State), "1 2 3 ")
}

func manyWake(e *env) {
	other := e.more()
	for i := range 3 {
		e.ok(e.waits(func() error { return other.WaitWork(e.ctx) }, func() { e.ingest("a", fmt.Sprint(i)) }))
		n, err := other.Work(e.ctx, 1, echo)
		e.ok(err)
		same(e, "turns", n, 1)
	}
}

func manyFire(e *env) {
	const chats = 20
	for i := range chats {
		e.once(message.Chat(fmt.Sprint(i)), "one", store.Turn{Set: []store.Timer{{Name: "t", Due: 10}, {Name: "u", Due: 20}}})
	}
	var fired atomic.Int64
	var group sync.WaitGroup
	for _, st := range []store.Store{e.st, e.more(), e.more()} {
		group.Go(func() {
			for n := 1; n > 0; {
				var err error
				if n, _, err = st.FireTimers(e.ctx, 20, 3); err != nil {
					e.Error(err)
				}
				fired.Add(int64(n))
			}
		})
	}
	group.Wait()
	same(e, "fired", fired.Load(), 2*chats)
	same(e, "inputs", e.stats().Pending, 2*chats)
}

// arrives waits until a row comes to st's sender, and settles it.
func (e *env) arrives(st store.Store, want string) {
	e.Helper()
	for {
		rows, _, err := st.TakeOut(e.ctx, sender, now(), 10)
		e.ok(err)
		if len(rows) == 0 {
			e.ok(st.WaitOut(e.ctx, sender))
			continue
		}
		list(e, "arrived", texts(rows), want)
		r := delivered()
		r.ID = rows[0].ID
		e.ok(st.SettleOut(e.ctx, []store.Result{r}))
		return
	}
}

func manySend(e *env) {
	other := e.more()
	e.ok(other.Lead(e.ctx, store.SenderLease(sender), func(ctx context.Context) error {
		for i := range 3 {
			text := fmt.Sprint(i)
			e.ok(e.waits(func() error { return other.WaitOut(ctx, sender) }, func() { e.once("a", text, says("a", text+"a", text+"b")) }))
			e.arrives(other, text+"a")
			e.arrives(other, text+"b")
		}
		return nil
	}))
}

func manyRetry(e *env) {
	other := e.more()
	e.once("a", "1", says("a", "a1"))
	rows, _, err := other.TakeOut(e.ctx, sender, now(), 1)
	e.ok(err)
	e.ok(other.SettleOut(e.ctx, []store.Result{{ID: rows[0].ID, Outcome: "refused", Dead: true, At: 1000}}))
	e.ok(e.waits(func() error { return other.WaitOut(e.ctx, sender) }, func() { e.ok(e.st.RetryOut(e.ctx, rows[0].ID, 1000)) }))
	e.arrives(other, "a1")
}

func manyReach(e *env) {
	other := e.more()
	e.once("a", "1", says("a", "a1"))
	e.arrives(other, "a1")
	e.once("a", "2", away(true, say("a", "a2"), say("queue", "left")))
	e.arrives(other, "left") // and nothing else
	e.ok(e.waits(func() error { return other.WaitOut(e.ctx, sender) }, func() { e.once("a", "3", away(false)) }))
	e.arrives(other, "a2")
}

func manyEnded(e *env) {
	other := e.more()
	e.once("a", "1", says("a", "a1", "a2"))
	e.ok(other.WaitOut(e.ctx, sender)) // it knows them now
	turn := away(true)
	turn.Ending = toldOf("a1", "a2")
	e.once("a", "2", turn)
	e.once("a", "3", away(false, say("a", "a3")))
	var got []string
	for len(got) < 3 {
		rows, _, err := other.TakeOut(e.ctx, sender, now(), 10)
		e.ok(err)
		for _, row := range rows {
			got = append(got, string(row.Payload))
			r := delivered()
			r.ID = row.ID
			e.ok(other.SettleOut(e.ctx, []store.Result{r}))
		}
		if len(rows) == 0 {
			e.ok(other.WaitOut(e.ctx, sender))
		}
	}
	for _, lost := range []string{"a1", "a2"} {
		same(e, lost, slices.Contains(got, lost), false)
	}
	same(e, "unsent", e.stats().Unsent, 0)
	same(e, "dead", e.stats().Dead, 2)
}

func manyLead(e *env) {
	st := e.more()
	e.lead(4, e.st, st, st, e.more())
}

func manyTakeOver(e *env) {
	other := e.more()
	e.once("a", "1", says("a", "a1", "a2"))
	e.ok(e.st.Lead(e.ctx, store.SenderLease(sender), func(context.Context) error {
		list(e, "under way", texts(e.take(1000, 10)), "a1")
		return nil // as one that was killed: it is never settled
	}))
	e.ok(other.Lead(e.ctx, store.SenderLease(sender), func(ctx context.Context) error {
		n, err := other.RecoverOut(ctx, sender, 1000, 0)
		e.ok(err)
		same(e, "recovered", n, 1)
		e.arrives(other, "a1")
		e.arrives(other, "a2")
		return nil
	}))
	same(e, "unknown", e.stats().Unknown, 1)
}

func manyOutsiders(e *env) {
	other := e.more()
	e.once("a", "1", says("a", "a1", "a2"))
	row := e.take(1000, 1)[0] // while nobody leads it is anybody's
	e.ok(other.Lead(e.ctx, store.SenderLease(sender), func(ctx context.Context) error {
		r := delivered()
		r.ID = row.ID
		settle := e.st.SettleOut(ctx, []store.Result{r})
		e.once("b", "1", says("b", "b1"))
		_, _, take := e.st.TakeOut(ctx, sender, 1000, 10)
		_, next := e.st.TakeNext(ctx, sender, "a", row.ID, 1000, 10, yes)
		_, recover := e.st.RecoverOut(ctx, sender, 1000, 0)
		for what, err := range map[string]error{"SettleOut": settle, "TakeOut": take, "TakeNext": next, "RecoverOut": recover} {
			if !errors.Is(err, store.ErrLost) {
				e.Errorf("%s: got %v", what, err)
			}
		}
		same(e, "nothing was written", e.stats().Unsent, 3)
		return nil
	}))
	e.settle(delivered(), row)
	same(e, "unsent", e.stats().Unsent, 2)
}
