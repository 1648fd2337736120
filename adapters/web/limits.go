package web

import (
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"go.uber.org/zap"

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
	openBurst      = 10 // streams opened by one session at once,
	openEvery      = 2 * time.Second
	nearOpenBurst  = 60 // and by one address,
	nearOpenEvery  = 250 * time.Millisecond
	nearPostBurst  = 100 // messages of one address at once,
	nearPostEvery  = 250 * time.Millisecond
	nearFastBurst  = 1 << 10 // KiB of texts of one address at once,
	nearFastEvery  = 100 * time.Millisecond
	nearDayBurst   = 32 << 10 // KiB of texts of one address in a day,
	nearDayEvery   = 24 * time.Hour / nearDayBurst
	refundBurst    = 3 // uploads of one session that did not arrive and are not counted,
	refundEvery    = time.Minute
	keysRemembered = 1 << 15 // sessions or addresses a limit remembers, at least
	idsRemembered  = 1 << 13 // messages whose repetition is known, at least
)

// Codes of refusal, by which the page finds its own words.
const (
	codePace     = "pace"     // messages come too fast
	codeSessions = "sessions" // too many new sessions from one address
	codeStreams  = "streams"  // too many open pages at one address
	codeQuota    = "quota"    // no more files today
	codeSpace    = "space"    // nothing can be stored just now
	codeTooLong  = "too_long" // a text
	codeTooLarge = "too_large"
	codeEmpty    = "empty"
)

// limits knows who did how much lately. All of it may be forgotten: a restart
// only begins the counting anew. Safe for concurrent use.
type limits struct {
	posts    *pace[message.Chat]
	fetches  *pace[message.Chat]
	opens    *pace[message.Chat]
	refunds  *pace[message.Chat]
	sessions *pace[netip.Addr]
	// Of all sessions at one address together; sessions cost nothing.
	nearOpens *pace[netip.Addr]
	nearPosts *pace[netip.Addr]
	nearFast  *pace[netip.Addr] // in KiB
	nearDay   *pace[netip.Addr] // in KiB

	mu   sync.Mutex
	done memory[postKey, time.Time] // messages that are stored
}

type postKey struct {
	chat message.Chat
	id   message.PlatformID
}

func newLimits() *limits {
	return &limits{
		posts:     newPace[message.Chat](postBurst, postEvery, keysRemembered),
		fetches:   newPace[message.Chat](fetchBurst, fetchEvery, keysRemembered),
		opens:     newPace[message.Chat](openBurst, openEvery, keysRemembered),
		refunds:   newPace[message.Chat](refundBurst, refundEvery, keysRemembered),
		sessions:  newPace[netip.Addr](sessionBurst, sessionEvery, keysRemembered),
		nearOpens: newPace[netip.Addr](nearOpenBurst, nearOpenEvery, keysRemembered),
		nearPosts: newPace[netip.Addr](nearPostBurst, nearPostEvery, keysRemembered),
		nearFast:  newPace[netip.Addr](nearFastBurst, nearFastEvery, keysRemembered),
		nearDay:   newPace[netip.Addr](nearDayBurst, nearDayEvery, keysRemembered),
		done:      newMemory[postKey, time.Time](idsRemembered),
	}
}

// open counts a stream, or says how long to wait for one.
func (l *limits) open(chat message.Chat, from netip.Addr, now time.Time) (wait time.Duration) {
	wait = max(l.opens.ask(chat, 1, now), l.nearOpens.ask(from, 1, now))
	if wait == 0 {
		l.opens.charge(chat, 1, now)
		l.nearOpens.charge(from, 1, now)
	}
	return wait
}

// post counts a message of so many bytes, or says how long to wait for it. What
// is refused costs nothing, so that whoever waits as told is let in. Besides its
// text each message costs what is stored around it.
func (l *limits) post(chat message.Chat, from netip.Addr, size int, now time.Time) (wait time.Duration) {
	kib := 1 + size>>10
	wait = max(l.posts.ask(chat, 1, now), l.nearPosts.ask(from, 1, now), l.nearFast.ask(from, kib, now), l.nearDay.ask(from, kib, now))
	if wait > 0 {
		return wait
	}
	l.posts.charge(chat, 1, now)
	l.nearPosts.charge(from, 1, now)
	l.nearFast.charge(from, kib, now)
	l.nearDay.charge(from, kib, now)
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

// admit says whether a session may post so many bytes of text now; it answers
// where not.
func (a *Adapter) admit(w http.ResponseWriter, r *http.Request, chat message.Chat, size int) bool {
	if !a.spacious() {
		w.Header().Set("Retry-After", strconv.Itoa(seconds(fullPause)))
		refuse(w, http.StatusServiceUnavailable, codeSpace, noSpace)
		return false
	}
	if wait := a.limits.post(chat, a.address(r), size, a.cfg.Now()); wait > 0 {
		tooMany(w, wait, codePace, tooFast)
		return false
	}
	return true
}

// spaceFloor is how much room must be left, so that what is on its way already,
// and what the bot and agents have to say, can still be stored.
const spaceFloor = 200 << 20 // bytes

func (a *Adapter) spacious() bool {
	if a.cfg.Free == nil {
		return true
	}
	free, err := a.cfg.Free()
	full := err == nil && free < spaceFloor
	if a.cramped.Swap(full) != full { // once a spell: the log needs room, too
		a.log.Error("room on the disk: below the floor the web chat refuses messages",
			zap.Bool("refusing", full), zap.Int64("free", free), zap.Int64("floor", spaceFloor))
	}
	return !full
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
