package storetest

import (
	"context"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

func conflictRules() []rule {
	return []rule{
		{"a taken case number conflicts: nothing is written, the input comes again at once", caseTaken},
		{"a conversation may name its own case number again", caseOwn},
		{"a conflicting turn does not lose its neighbours", conflictNeighbours},
		{"conflicts without end become a failure", conflictForEver},
	}
}

func caseTaken(e *env) {
	e.once("a", "one", store.Turn{Cases: []string{"C1"}})
	e.ingest("b", "one")
	calls := 0
	h := func(_ context.Context, it store.Item) (store.Turn, error) {
		calls++
		same(e, "attempts", it.Attempts, 0)
		same(e, "version", it.Version, 0)
		return store.Turn{
			State: []byte(fmt.Sprint(calls)), Cases: []string{fmt.Sprintf("C%d", calls)},
			Events: []store.Event{{Kind: "try", Payload: []byte(fmt.Sprint(calls))}},
			Outbox: []store.Out{say("b", fmt.Sprint(calls))},
			Set:    []store.Timer{{Name: fmt.Sprint(calls), Due: 1}},
			Inputs: []store.New{input("c", fmt.Sprint(calls))},
		}, nil
	}
	for e.conv("b").Version == 0 {
		e.ok(e.st.WaitWork(e.ctx))
		_, err := e.st.Work(e.ctx, 1, h)
		e.ok(err)
	}
	same(e, "calls", calls, 2)
	list(e, "journal", e.journal("b"), "1.0 try 2")
	list(e, "said", texts(e.take(now(), 9)), "2")
	same(e, "timers", e.stats().Timers, 1)
	same(e, "inputs", e.stats().Pending, 1)
}

func caseOwn(e *env) {
	e.once("a", "one", store.Turn{Cases: []string{"C1"}})
	e.once("a", "two", store.Turn{Cases: []string{"C1", "C2"}})
	same(e, "version", e.conv("a").Version, 2)
}

// conflictNeighbours handles several conversations in one batch, half of which
// want the same case number.
func conflictNeighbours(e *env) {
	const n = 12
	for i := range n {
		e.ingest(message.Chat(fmt.Sprint(i)), "one")
	}
	tries := map[message.Chat]int{}
	h := func(_ context.Context, it store.Item) (store.Turn, error) {
		number := "mine " + string(it.Chat)
		if tries[it.Chat] == 0 && len(tries)%2 == 0 {
			number = "everybody's"
		}
		tries[it.Chat]++
		return store.Turn{State: []byte("s"), Cases: []string{number},
			Outbox: []store.Out{say(it.Chat, "hello "+string(it.Chat))}}, nil
	}
	e.drain(h)
	for i := range n {
		same(e, "version", e.conv(message.Chat(fmt.Sprint(i))).Version, 1)
	}
	same(e, "rows", len(e.take(now(), 2*n)), n)
	again := 0
	for _, k := range tries {
		again += k - 1
	}
	same(e, "handled again", again, n/2-1)
}

func conflictForEver(e *env) {
	e.once("a", "one", store.Turn{Cases: []string{"C1"}})
	e.ingest("b", "one")
	calls, failed := 0, false
	for e.conv("b").Version == 0 {
		e.ok(e.st.WaitWork(e.ctx))
		_, err := e.st.Work(e.ctx, 1, func(_ context.Context, it store.Item) (store.Turn, error) {
			if failed = it.Attempts == 1; failed {
				return store.Turn{State: []byte("s"), Cases: []string{"C2"}}, nil
			}
			calls++
			return store.Turn{State: []byte("s"), Cases: []string{"C1"}}, nil
		})
		e.ok(err)
	}
	same(e, "became a failure", failed, true)
	same(e, "calls", calls, 100)
}
