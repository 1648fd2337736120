package bot

import (
	"cmp"
	"context"
	"errors"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
)

const (
	// workBatch is how many conversations a worker takes at once: their turns
	// share one commit.
	workBatch = 32
	// afterTrouble is the pause after the database failed as a whole.
	afterTrouble = time.Second
)

// worker handles conversations, some at a time. Its fields belong to its own
// goroutine and live for one call of Work: what shall happen once the turns
// are committed.
type worker struct {
	b     *Bot
	made  map[int64]after
	tries map[int64]int
}

// after is what follows outside the transaction from a committed turn.
type after struct {
	tap  *courtesy
	menu *courtesy
	sign *courtesy // that somebody is writing
	due  int64     // the earliest timer that was set; 0 = none

	at       int64 // the input was received
	kind     string
	promises []dialog.PromiseEvent
}

// run works until soft ends; a batch that was begun is finished under hard.
func (w *worker) run(soft, hard context.Context) {
	for soft.Err() == nil {
		w.made, w.tries = map[int64]after{}, map[int64]int{}
		n, err := w.b.cfg.Store.Work(hard, workBatch, w.handle)
		w.follow(n > 0)
		switch {
		case hard.Err() != nil:
			return
		case err != nil:
			w.b.log.Error("the store failed to work", zap.Error(err))
			pause(soft, afterTrouble)
		case n == 0:
			w.wait(soft)
		}
	}
}

func (w *worker) wait(soft context.Context) {
	err := w.b.cfg.Store.WaitWork(soft)
	if err != nil && soft.Err() == nil {
		w.b.log.Error("waiting for work failed", zap.Error(err))
		pause(soft, afterTrouble)
	}
}

// handle makes one turn. It may be called again for the same input, when the
// conversation has moved on meanwhile.
func (w *worker) handle(ctx context.Context, it store.Item) (store.Turn, error) {
	delete(w.made, it.Inbox)
	w.tries[it.Inbox]++
	if it.Attempts >= maxAttempts {
		w.b.meters.turn(it.Kind, "parked", 0)
		return w.b.park(it), nil
	}
	began := time.Now()
	turn, then, err := w.b.turn(ctx, it, w.tries[it.Inbox])
	w.count(it, turn, then, err, time.Since(began))
	if err != nil {
		w.b.log.Warn("a turn failed", zap.Int64("inbox", it.Inbox), zap.Int64("conversation", int64(it.Conv)),
			zap.Int("attempts", it.Attempts), zap.Error(err))
		return store.Turn{}, err
	}
	if turn.DelayTill > 0 { // no turn: nothing is committed for it to wait for
		w.b.queue(then.sign)
		return turn, nil
	}
	then.at = it.At
	w.made[it.Inbox] = then
	w.b.fault(FaultMade)
	return turn, nil
}

// count takes a turn into the measures. One that only asks to be looked at
// again later is none.
func (w *worker) count(it store.Item, turn store.Turn, then after, err error, took time.Duration) {
	kind, result := cmp.Or(then.kind, it.Kind), "done"
	switch {
	case err != nil:
		result = "failed"
	case turn.DelayTill > 0:
		return
	case turn.Dead != nil:
		result = "parked"
	case then.kind == "":
		result = "nothing"
	}
	w.b.meters.turn(kind, result, took)
}

// follow does what was waiting for the commit. A turn that was not committed
// after all did no harm here: a tap is answered, a timer looked for.
func (w *worker) follow(committed bool) {
	if committed {
		w.b.fault(FaultCommitted)
	}
	now := w.b.nowMilli()
	for _, a := range w.made {
		if committed {
			w.b.meters.handled(a, now)
		}
		w.b.queue(a.tap)
		w.b.queue(a.menu)
		w.b.queue(a.sign)
		if a.due > 0 {
			w.b.timers.sooner(a.due)
		}
	}
}

// errNoState says that a stored conversation cannot be read.
var errNoState = errors.New("the conversation's state cannot be read")
