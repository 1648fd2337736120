package sqlite

import (
	"context"
	"fmt"
	"sync"
)

// leads are the names under which somebody of this process leads. No other
// process can: the lock file keeps it out.
type leads struct {
	mu   sync.Mutex
	held map[string]chan struct{} // closed when it is given up
}

// take gives nil where the lead is ours now, else what is closed when it is
// free again.
func (l *leads) take(name string) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if busy := l.held[name]; busy != nil {
		return busy
	}
	if l.held == nil {
		l.held = map[string]chan struct{}{}
	}
	l.held[name] = make(chan struct{})
	return nil
}

func (l *leads) give(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.held[name])
	delete(l.held, name)
}

// Lead implements store.Leader. The lead is never lost.
func (s *Store) Lead(ctx context.Context, name string, f func(context.Context) error) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	for {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("lead %q: %w", name, err)
		}
		busy := s.leads.take(name)
		if busy == nil {
			break
		}
		select {
		case <-ctx.Done():
		case <-s.closing:
			return fmt.Errorf("lead %q: %w", name, ErrClosed)
		case <-busy:
		}
	}
	defer s.leads.give(name)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stop := make(chan struct{})
	var watching sync.WaitGroup
	defer watching.Wait()
	defer close(stop)
	watching.Go(func() {
		select {
		case <-s.closing:
			cancel(ErrClosed)
		case <-stop:
		}
	})
	return wrapped(fmt.Sprintf("lead %q", name), f(ctx))
}
