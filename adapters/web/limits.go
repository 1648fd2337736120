package web

import (
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

// How much one customer, one address and all together may do. They stop a
// flood; a person who writes quickly never meets them.
const (
	postBurst      = 10 // messages of one session at once,
	postEvery      = 2 * time.Second
	sessionBurst   = 20 // new sessions of one address at once,
	sessionEvery   = 10 * time.Second
	fetchBurst     = 60 // files opened by one session at once,
	fetchEvery     = time.Second
	keysRemembered = 1 << 15 // sessions or addresses a limit remembers, at least
	idsRemembered  = 1 << 13 // messages whose repetition is known, at least
)

// Codes of refusal, by which the page finds its own words.
const (
	codePace     = "pace"     // messages come too fast
	codeSessions = "sessions" // too many new sessions from one address
	codeStreams  = "streams"  // too many open pages at one address
	codeQuota    = "quota"    // no more files today
	codeTooLarge = "too_large"
	codeEmpty    = "empty"
)

// limits knows who did how much lately. All of it may be forgotten: a restart
// only begins the counting anew. Safe for concurrent use.
type limits struct {
	posts    *pace[message.Chat]
	fetches  *pace[message.Chat]
	sessions *pace[netip.Addr]

	mu    sync.Mutex
	known memory[message.Chat, struct{}] // sessions that were counted
	done  memory[postKey, time.Time]     // messages that are stored
}

type postKey struct {
	chat message.Chat
	id   message.PlatformID
}

func newLimits() *limits {
	return &limits{
		posts:    newPace[message.Chat](postBurst, postEvery, keysRemembered),
		fetches:  newPace[message.Chat](fetchBurst, fetchEvery, keysRemembered),
		sessions: newPace[netip.Addr](sessionBurst, sessionEvery, keysRemembered),
		known:    newMemory[message.Chat, struct{}](keysRemembered),
		done:     newMemory[postKey, time.Time](idsRemembered),
	}
}

// begin counts a session that was not seen before against its address. That
// holds for one that came out of nowhere, too: a session is 130 bits that
// anybody can make up, and must not be a way around the limit.
func (l *limits) begin(chat message.Chat, from netip.Addr, now time.Time) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.known.get(chat); ok {
		return 0
	}
	if wait = l.sessions.take(from, now); wait > 0 {
		return wait
	}
	l.known.put(chat, struct{}{})
	return 0
}

// stored says when a message was stored, if that is remembered. A page that saw
// no answer sends it again, and is answered without asking the store.
func (l *limits) stored(k postKey) (time.Time, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.done.get(k)
}

func (l *limits) store(k postKey, at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.done.put(k, at)
}

// admit says whether a session may post now; it answers where not.
func (a *Adapter) admit(w http.ResponseWriter, r *http.Request, chat message.Chat) bool {
	now := a.cfg.Now()
	if wait := a.limits.begin(chat, a.address(r), now); wait > 0 {
		tooMany(w, wait, codeSessions, manySessions)
		return false
	}
	if wait := a.limits.posts.take(chat, now); wait > 0 {
		tooMany(w, wait, codePace, tooFast)
		return false
	}
	return true
}

// address gives the address a request counts against.
func (a *Adapter) address(r *http.Request) netip.Addr { return addressOf(r, a.cfg.PublicURL != "") }

// tooMany answers that something has to wait.
func tooMany(w http.ResponseWriter, wait time.Duration, code, words string) {
	w.Header().Set("Retry-After", strconv.Itoa(seconds(wait)))
	refuse(w, http.StatusTooManyRequests, code, words)
}

// seconds rounds up, because a second too early is refused again.
func seconds(wait time.Duration) int {
	return max(1, int((wait+time.Second-1)/time.Second))
}
