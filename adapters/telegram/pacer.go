package telegram

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"

	"go.uber.org/zap"
)

// pacer spaces the calls that receiving makes over and over, and keeps the log
// quiet about them. It belongs to one goroutine.
type pacer struct {
	refusal  func(error) error
	log      *zap.Logger
	min, max time.Duration
	trouble  trouble
	tries    int // failures in a row
}

func (a *Adapter) pacer() pacer {
	return pacer{refusal: a.refusal, log: a.log, min: a.timeouts.RetryMin, max: a.timeouts.RetryMax}
}

// well notes that a call went through.
func (p *pacer) well() {
	p.tries = 0
	p.trouble.over(p.log)
}

// failed deals with a call that did not go through: it has paused when it
// returns, except where ctx ended or the token is refused. The error it gives
// is err, and wraps adapters.ErrRefused where there is no point in going on.
func (p *pacer) failed(ctx context.Context, err error) error {
	var e *callError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case !errors.As(err, &e):
		// Nothing of Telegram's; pause and go on.
	case e.credentials():
		return p.refusal(err)
	case e.code == http.StatusTooManyRequests:
		p.trouble.begin(p.log, "telegram asks to call less often", err)
		wait(ctx, e.pause())
		return err
	}
	p.trouble.begin(p.log, "telegram cannot be reached; trying again", err)
	p.pause(ctx)
	return err
}

// pause waits before the next try: doubling, bounded, jittered so that many
// processes do not come back at once.
func (p *pacer) pause(ctx context.Context) {
	d := min(p.min<<min(p.tries, 10), p.max)
	p.tries++
	wait(ctx, d/2+rand.N(d/2+1)) //nolint:gosec // jitter needs no secrecy
}
