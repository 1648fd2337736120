package bot

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
)

const (
	// atOnce bounds the calls to one platform side by side.
	atOnce = 16
	// held bounds the rows taken and not settled: those being sent and those
	// waiting for their chat's turn. A waiting chat must not take the place of
	// one that could be served.
	held = 128
	// sendTimeout is a net below the adapters' own, for one that forgets.
	sendTimeout = 2 * time.Minute
	// settleTimeout bounds the last note about a send that was cut off.
	settleTimeout = 3 * time.Second
)

// sender takes one account's rows out of the outbox and has each delivered.
type sender struct {
	b       *Bot
	name    string
	deliver func(ctx context.Context, row store.OutRow) []store.Result // of the row, then of those that went with it
	kind    func(row store.OutRow) adapters.Kind                       // what call a row costs; nil = each a message
	pace    *pacer
	rest    time.Duration // how long what a dead process left waits

	places chan struct{} // rows taken
	calls  chan struct{} // calls under way
	halt   chan struct{} // closed when the account is refused
	once   sync.Once
}

func newSender(b *Bot, a adapters.Adapter) *sender {
	s := blankSender(b, a.Sender(), newPacer(a.Pace()))
	c := &courier{s: s, a: a, desk: b.cfg.Desk != nil && a.Channel() == b.cfg.Desk.Channel()}
	s.deliver = c.deliver
	if c.desk {
		s.kind = kindOfRow
	}
	return s
}

func blankSender(b *Bot, name string, pace *pacer) *sender {
	return &sender{b: b, name: name, pace: pace, rest: resendWait, places: make(chan struct{}, held),
		calls: make(chan struct{}, atOnce), halt: make(chan struct{})}
}

// lead sends whenever it is this process that sends for the account: of many
// only one may, or a chat would be answered out of order and faster than its
// platform allows. It ends with soft, or when the account is refused.
func (s *sender) lead(soft, hard context.Context) {
	_ = s.b.inTurn(soft, store.SenderLease(s.name), func(led context.Context) error { // a sender has no end of its own but refusal
		s.run(led, hard)
		return nil
	})
}

// run sends until soft ends or the account is refused, and returns when
// nothing is being sent any more. Sends are cut off with hard.
func (s *sender) run(soft, hard context.Context) {
	soft, cancel := context.WithCancel(soft)
	defer cancel()
	var wg sync.WaitGroup
	defer wg.Wait()
	if !s.recover(soft) {
		return
	}
	wg.Go(func() {
		select {
		case <-s.halt:
			cancel()
		case <-soft.Done():
		}
	})
	for {
		n := s.room(soft)
		if n == 0 {
			return
		}
		rows, err := s.take(soft, hard, n)
		if err != nil {
			s.b.log.Error("reading the outbox failed", zap.String("sender", s.name), zap.Error(err))
			pause(soft, afterTrouble)
		}
		for _, row := range rows {
			apart := s.charge(row)
			s.places <- struct{}{}
			wg.Go(func() {
				defer func() { <-s.places }()
				s.one(soft, hard, row, apart)
			})
		}
	}
}

// recover settles what a dead process left: its outcomes are unknown. It must
// come before the first row is taken.
func (s *sender) recover(soft context.Context) bool {
	for soft.Err() == nil {
		n, err := s.b.cfg.Store.RecoverOut(soft, s.name, s.b.nowMilli(), s.rest.Milliseconds())
		if err == nil {
			if n > 0 {
				s.b.log.Warn("sends were cut off by the last end; their outcome is unknown", zap.String("sender", s.name), zap.Int("rows", n))
			}
			return true
		}
		if soft.Err() == nil {
			s.b.log.Error("recovering the outbox failed", zap.String("sender", s.name), zap.Error(err))
			pause(soft, afterTrouble)
		}
	}
	return false
}

// room waits until something may be sent and says how much; 0 = the end.
func (s *sender) room(soft context.Context) int {
	for soft.Err() == nil {
		select { // the loop alone takes places, so one that is free stays free
		case s.places <- struct{}{}:
			<-s.places
		case <-soft.Done():
			return 0
		}
		n, wait := s.pace.room(time.Now())
		if n > 0 {
			return min(n, cap(s.places)-len(s.places))
		}
		pause(soft, wait)
	}
	return 0
}

// take waits for rows. Once it has begun to mark rows as being sent it is not
// cut off by soft: a row that was marked must reach its courier.
func (s *sender) take(soft, hard context.Context, n int) ([]store.OutRow, error) {
	rows, _, err := s.b.cfg.Store.TakeOut(hard, s.name, s.b.nowMilli(), n)
	if err != nil || len(rows) > 0 {
		return rows, err
	}
	if err := s.b.cfg.Store.WaitOut(soft, s.name); err != nil && soft.Err() == nil {
		return nil, err
	}
	return nil, nil
}

// charge counts a row that was taken, and says whether it is counted apart.
func (s *sender) charge(row store.OutRow) (apart bool) {
	kind := adapters.KindPost
	if s.kind != nil {
		kind = s.kind(row)
	}
	return s.pace.used(time.Now(), kind)
}

func kindOfRow(row store.OutRow) adapters.Kind {
	env, err := decodeEnvelope(row.Payload)
	if err != nil {
		return adapters.KindPost
	}
	return kindOf(env)
}

// one sees a row from taken to settled. A chat that is faster than its
// platform allows waits here; at a soft stop it is put back unsent.
func (s *sender) one(soft, hard context.Context, row store.OutRow, apart bool) {
	s.b.fault(FaultTaken)
	wait := time.Duration(0)
	if !apart {
		wait = s.pace.turnOf(row.Chat, time.Now())
	}
	if wait > 0 {
		pause(soft, wait)
		if soft.Err() != nil {
			s.settle(hard, []store.Result{{ID: row.ID, Outcome: string(adapters.NotSent), Reason: "stopped before it was sent",
				NextAt: s.b.nowMilli(), At: s.b.nowMilli()}})
			return
		}
	}
	s.calls <- struct{}{}
	ctx, cancel := context.WithTimeout(hard, sendTimeout)
	results := s.deliver(ctx, row)
	cancel()
	<-s.calls
	s.b.fault(FaultSent)
	s.settle(hard, results)
	s.b.fault(FaultSettled)
}

// settle notes how an attempt ended, and keeps trying: until it is noted, the
// chat waits. What could not be noted before the end is unknown at the next
// start.
func (s *sender) settle(hard context.Context, results []store.Result) {
	for try := 0; ; try++ {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(hard), settleTimeout)
		err := s.b.cfg.Store.SettleOut(ctx, results)
		cancel()
		if err == nil {
			return
		}
		if errors.Is(err, store.ErrLost) { // whoever sends now has found it under way, and calls it unknown
			s.b.log.Warn("a send's outcome came too late to be noted", zap.String("sender", s.name), zap.Int64("row", results[0].ID))
			return
		}
		s.b.log.Error("noting a send's outcome failed", zap.String("sender", s.name), zap.Int64("row", results[0].ID), zap.Error(err))
		if hard.Err() != nil {
			return
		}
		pause(hard, backoff(try, rand.Float64())) //nolint:gosec // jitter needs no secrecy
	}
}

// heldUp says whether what is written for an account now has to wait for more
// than its turn, in whatever chat.
func (b *Bot) heldUp(sender string) bool {
	for _, s := range b.senders {
		if s.name != sender {
			continue
		}
		select {
		case <-s.halt:
			return true
		default:
			return s.pace.resting(time.Now())
		}
	}
	return false
}

// refuse ends the sender: its account is not accepted any more. The rows stay.
func (s *sender) refuse(reason string) {
	s.once.Do(func() {
		s.b.alarm(s.name, reason)
		s.b.log.Error("the platform refuses this account; its messages wait", zap.String("sender", s.name), zap.String("reason", reason))
		close(s.halt)
	})
}
