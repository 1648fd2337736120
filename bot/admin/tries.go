package admin

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

const (
	triesMax    = 5
	triesWindow = 15 * time.Minute
	// triesKept bounds the memory: beyond it the oldest address is forgotten.
	triesKept = 10_000
)

// tries counts failed sign-ins by address. It lives in memory: who waits for a
// restart to try five more out of 2^256 gains nothing.
type tries struct {
	now func() time.Time

	mu    sync.Mutex
	since map[string]attempt
}

type attempt struct {
	n     int
	until time.Time // when they are forgotten
}

func newTries(now func() time.Time) *tries {
	return &tries{now: now, since: map[string]attempt{}}
}

// left says whether from may try once more, and if not, how long to wait.
func (t *tries) left(from string) (wait time.Duration, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	a, known := t.since[from]
	now := t.now()
	if !known || !now.Before(a.until) || a.n < triesMax {
		return 0, true
	}
	return a.until.Sub(now), false
}

// failed counts a failed try.
func (t *tries) failed(from string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	a, known := t.since[from]
	if !known || !now.Before(a.until) {
		t.makeRoom(now)
		a = attempt{until: now.Add(triesWindow)}
	}
	a.n++
	t.since[from] = a
}

func (t *tries) makeRoom(now time.Time) {
	if len(t.since) < triesKept {
		return
	}
	var oldest string
	for k, a := range t.since {
		if !now.Before(a.until) {
			delete(t.since, k)
		} else if oldest == "" || a.until.Before(t.since[oldest].until) {
			oldest = k
		}
	}
	if len(t.since) >= triesKept {
		delete(t.since, oldest)
	}
}

// remote is whose tries are counted: the address itself, and of IPv6 the /64
// that one subscriber has. Only a proxy of our own is believed about others:
// one that a public address says is there, on this machine or a private net.
func (a *Admin) remote(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	if a.cfg.PublicURL != "" && (addr.IsLoopback() || addr.IsPrivate()) {
		// The right-most entry is the one our own proxy wrote.
		list := r.Header.Values("X-Forwarded-For")
		if len(list) > 0 {
			last := list[len(list)-1]
			last = strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
			if told, err := netip.ParseAddr(last); err == nil {
				addr = told
			}
		}
	}
	addr = addr.Unmap().WithZone("")
	if addr.Is6() {
		if p, err := addr.Prefix(64); err == nil {
			return p.String()
		}
	}
	return addr.String()
}
