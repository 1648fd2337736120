package telegram

import (
	"context"
	"errors"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
)

// Run implements adapters.Adapter: it receives in the configured mode until
// ctx ends and then returns nil. It returns an error (wrapping
// adapters.ErrRefused) only when Telegram refuses the token. Anything else is
// waited out and noted in the log once: an unreachable network, a store that
// fails, and a second poller with the same token, where giving up would let a
// stray process silence a live bot.
func (a *Adapter) Run(ctx context.Context, sink adapters.Sink) error {
	ctx, cancel := context.WithCancel(ctx)
	var helpers sync.WaitGroup
	defer a.api.client.CloseIdleConnections()
	defer helpers.Wait() // after cancel: deferred calls run last in, first out
	defer cancel()
	groups := make(chan string, 16)
	helpers.Go(func() { a.leaveGroups(ctx, groups) })
	helpers.Go(func() { a.showMenus(ctx) })
	receive := a.poll
	if a.hook != nil {
		receive = a.listen
	}
	err := receive(ctx, sink, groups)
	if errors.Is(err, adapters.ErrRefused) {
		a.log.Error("telegram refuses the bot token; receiving has stopped", zap.String("sender", a.Sender()))
	}
	return err
}

// Alone implements adapters.Lone: Telegram ends one poll for another, and an
// update that two have is confirmed by whoever asks next. A webhook has no such
// end.
func (a *Adapter) Alone() bool { return a.hook == nil }

// showMenus sets the menus beside receiving. It tries for a while, so that a
// network that is down at the start does not leave the bot without menus, and
// then lets it be: the commands work without being listed.
func (a *Adapter) showMenus(ctx context.Context) {
	var err error
	for range 20 {
		if err = a.setMenus(ctx); err == nil || ctx.Err() != nil {
			return
		}
		wait(ctx, a.timeouts.RetryMax)
	}
	a.log.Warn("telegram: the command menus could not be set", zap.Error(err))
}

func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
