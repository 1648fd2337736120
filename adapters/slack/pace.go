package slack

import (
	"math/rand/v2"
	"time"
)

// pacing decides how long to wait before the next connection. Failures back
// off from first to longest; and however well connections start, no more than
// burst of them are made in one window, because a storm of disconnects would
// otherwise become a storm of reconnects, which Slack answers with limits.
type pacing struct {
	first   time.Duration
	longest time.Duration
	window  time.Duration
	burst   int

	starts   []time.Time // of connections, the latest last, at most burst
	failures int         // in a row
}

func defaultPacing() pacing {
	return pacing{first: 500 * time.Millisecond, longest: 30 * time.Second, window: time.Minute, burst: 6}
}

// started notes that a connection is being tried.
func (p *pacing) started(at time.Time) {
	p.starts = append(p.starts, at)
	if n := len(p.starts) - p.burst; n > 0 {
		p.starts = p.starts[n:]
	}
}

// wait gives the pause before the next try. connected says whether the last
// one had come up at all; atLeast is what Slack asked for.
func (p *pacing) wait(now time.Time, connected bool, atLeast time.Duration) time.Duration {
	if connected {
		p.failures = 0
	} else {
		p.failures++
	}
	d := max(p.backoff(), atLeast)
	if len(p.starts) == p.burst {
		d = max(d, p.starts[0].Add(p.window).Sub(now))
	}
	return d
}

// backoff doubles with each failure and is spread over its upper half, so that
// replicas which lost Slack together do not return together.
func (p *pacing) backoff() time.Duration {
	if p.failures == 0 {
		return 0
	}
	d := p.longest
	if n := p.failures - 1; n < 16 {
		d = min(p.first<<n, p.longest)
	}
	return d/2 + rand.N(d/2+1) //nolint:gosec // jitter needs no secrecy
}
