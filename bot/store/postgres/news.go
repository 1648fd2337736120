package postgres

import (
	"context"
	"strings"
	"sync"
	"time"

	"go.uber.org/zap"
)

// newsChannel is where processes tell each other that there is something to
// look at. What it is stands in the tables.
const newsChannel = "accord"

const (
	sqlListen = `LISTEN ` + newsChannel
	sqlTell   = `SELECT pg_notify('` + newsChannel + `', $1)`
)

// Kinds of news; that of outs is followed by the account.
const (
	newsOfWork   = "work"
	newsOfLeases = "lease"
	newsOfOuts   = "out:"
)

const (
	// callPause is the least time between two notifications: what happens within
	// it is told once.
	callPause = 5 * time.Millisecond
	listenTry = 500 * time.Millisecond // between attempts to listen again
)

// caller gathers news for the other processes.
type caller struct {
	mu   sync.Mutex
	news map[string]bool
	wake chan struct{}
}

func (c *caller) init() { c.news, c.wake = map[string]bool{}, make(chan struct{}, 1) }

// tell has the other processes told, soon.
func (s *Store) tell(news string) {
	c := &s.caller
	c.mu.Lock()
	c.news[news] = true
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// drain gives what is to be told.
func (c *caller) drain() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := make([]string, 0, len(c.news))
	for one := range c.news {
		list = append(list, one)
	}
	clear(c.news)
	return list
}

// call tells the others until ctx ends. What cannot be told is found by their
// polling.
func (s *Store) call(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.caller.wake:
		}
		for _, news := range s.caller.drain() {
			if _, err := s.pool.Exec(ctx, sqlTell, s.self+" "+news); err != nil && ctx.Err() == nil {
				s.log.Debug("other processes could not be told", zap.Error(err))
			}
		}
		pause := time.NewTimer(callPause)
		select {
		case <-ctx.Done():
			pause.Stop()
			return
		case <-pause.C:
		}
	}
}

// listen hears the others until ctx ends. After each new connection everything
// may be news: what was told in between is lost.
func (s *Store) listen(ctx context.Context) {
	for ctx.Err() == nil {
		err := s.hearUntil(ctx)
		if ctx.Err() != nil {
			return
		}
		s.log.Warn("listening to other processes was cut off; it is taken up again", zap.Error(err))
		pause := time.NewTimer(listenTry)
		select {
		case <-ctx.Done():
		case <-pause.C:
		}
		pause.Stop()
	}
}

// hearUntil listens on one connection until it breaks.
func (s *Store) hearUntil(ctx context.Context) error {
	conn, err := s.conn(ctx)
	if err != nil {
		return err
	}
	defer func() {
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = conn.Close(within) // it is broken, or not needed any more
	}()
	if _, err := conn.Exec(ctx, sqlListen); err != nil {
		return err
	}
	s.hear(newsOfWork)
	s.hear(newsOfLeases)
	for _, q := range s.queues.all() {
		s.hear(newsOfOuts + q.name)
	}
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		if from, news, _ := strings.Cut(n.Payload, " "); from != s.self {
			s.hear(news)
		}
	}
}

// hear wakes whoever waits for such news.
func (s *Store) hear(news string) {
	switch account, isOut := strings.CutPrefix(news, newsOfOuts); {
	case isOut:
		s.heard(account)
	case news == newsOfWork:
		s.claims.ring()
	case news == newsOfLeases:
		s.leases.ring()
	}
}
