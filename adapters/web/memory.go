package web

import (
	"sync"
	"time"
)

// memory is a map that forgets: it keeps at least the newest max keys and at
// most twice as many, so that nobody fills the service by inventing names. Not
// safe for concurrent use; whoever owns one locks it.
type memory[K comparable, V any] struct {
	max        int
	young, old map[K]V
}

func newMemory[K comparable, V any](most int) memory[K, V] {
	return memory[K, V]{max: most, young: make(map[K]V)}
}

func (m *memory[K, V]) get(k K) (v V, ok bool) {
	if v, ok = m.young[k]; ok {
		return v, true
	}
	v, ok = m.old[k]
	return v, ok
}

// put keeps v. A full generation becomes the old one, and the one that was old
// is forgotten: that costs no search for the oldest key.
func (m *memory[K, V]) put(k K, v V) {
	if _, known := m.young[k]; !known && len(m.young) >= m.max {
		m.old, m.young = m.young, make(map[K]V)
	}
	m.young[k] = v
}

// pace is one token bucket for each key: burst at once, then one each every.
// It keeps one instant a key, the one at which the bucket is full again. Safe
// for concurrent use.
type pace[K comparable] struct {
	every time.Duration
	burst int

	mu   sync.Mutex
	full memory[K, time.Time]
}

func newPace[K comparable](burst int, every time.Duration, keys int) *pace[K] {
	return &pace[K]{every: every, burst: burst, full: newMemory[K, time.Time](keys)}
}

// take takes one token, or says how long to wait for one; 0 = taken.
func (p *pace[K]) take(key K, now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	full, wait := p.after(key, 1, now)
	if wait == 0 {
		p.full.put(key, full)
	}
	return wait
}

// ask says how long to wait for n tokens and takes none. More than burst are
// never to be had.
func (p *pace[K]) ask(key K, n int, now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, wait := p.after(key, n, now)
	return wait
}

// charge takes n tokens, whether they are there or not.
func (p *pace[K]) charge(key K, n int, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	full, _ := p.after(key, n, now)
	p.full.put(key, full)
}

// after says when the bucket is full again once n tokens are taken, and how
// long to wait for them.
func (p *pace[K]) after(key K, n int, now time.Time) (full time.Time, wait time.Duration) {
	room := time.Duration(p.burst) * p.every
	full, _ = p.full.get(key)
	if full.Before(now) {
		full = now
	}
	if full.Sub(now) > room { // a clock that was set back must shut nobody out
		full = now.Add(room)
	}
	full = full.Add(time.Duration(n) * p.every)
	return full, max(0, full.Sub(now)-room)
}
