package telegramfake

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"
)

// keptCalls bounds the ledger of calls, so that a long benchmark does not
// grow without end. Messages and taps are all kept.
const keptCalls = 10_000

// Bot is one bot of the server: its queue of updates, its customers and the
// ledger of what it did.
type Bot struct {
	ID     int64
	server *Server

	mu          sync.Mutex
	moved       signal // fired when anything of the bot changes
	queue       []update
	forced      []update // handed out once more, whatever the offset
	past        []update // the latest ones, for Redeliver
	lastUpdate  int64
	lastMessage int64
	double      int
	poller      *poller
	customers   map[int64]*Customer
	taps        map[string]*Tap
	tapOrder    []string
	commands    map[string][]Command
	left        map[int64]bool
	calls       []Call
	faults      []*Fault
	violations  []string
	hook        *hook // nil = none is set
	failedAt    time.Time
	failedWith  string
	haste       time.Duration // how long a second of a webhook's pauses lasts
	loseAnswers int
	deliveries  []HookCall
	files       map[string]*File
	revoked     bool
}

func newBot(id int64, s *Server) *Bot {
	return &Bot{
		ID: id, server: s,
		lastUpdate: 1000, lastMessage: 100,
		customers: make(map[int64]*Customer),
		taps:      make(map[string]*Tap),
		commands:  make(map[string][]Command),
		left:      make(map[int64]bool),
		files:     make(map[string]*File),
		haste:     20 * time.Millisecond,
	}
}

// Call is one call a bot made, in the order in which they ended.
type Call struct {
	Method string
	Fields map[string]string
	Files  []string // the fields that held a file
	Code   int      // Telegram's error code; 0 = fine
	Fault  bool     // it met a Fault
	At     time.Time
}

// signal wakes all who wait for a change. Guarded by Bot.mu.
type signal struct{ c chan struct{} }

func (s *signal) wait() <-chan struct{} {
	if s.c == nil {
		s.c = make(chan struct{})
	}
	return s.c
}

func (s *signal) fire() {
	if s.c != nil {
		close(s.c)
		s.c = nil
	}
}

func (b *Bot) changed() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.moved.fire()
}

// Await blocks until check holds or ctx ends. check runs after every change of
// the bot's ledger and may call any method.
func (b *Bot) Await(ctx context.Context, check func() bool) error {
	for {
		b.mu.Lock()
		again := b.moved.wait()
		b.mu.Unlock()
		if check() {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-again:
		}
	}
}

// Calls lists the latest calls of method, oldest first; "" lists all.
func (b *Bot) Calls(method string) []Call {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []Call
	for _, c := range b.calls {
		if method == "" || strings.EqualFold(method, c.Method) {
			out = append(out, c)
		}
	}
	return out
}

// Violations lists the rules of good behaviour the client broke, in words:
// things Telegram accepts and a careful bot never does.
func (b *Bot) Violations() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.violations...)
}

func (b *Bot) violate(what string) { b.violations = append(b.violations, what) }

// Revoke makes the token invalid, as @BotFather would: every further call gets
// 401, and a poll that is held open ends with it.
func (b *Bot) Revoke() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.revoked = true
	b.dropHook()
	b.moved.fire()
}

// Left says whether the bot has left that group.
func (b *Bot) Left(chat int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.left[chat]
}

// serve answers one call: by a fault where one is due, else by the method.
func (b *Bot) serve(w http.ResponseWriter, r *http.Request, method string, f form) {
	if b.isRevoked() {
		write(w, failure(http.StatusUnauthorized, "Unauthorized"))
		return
	}
	fault := b.takeFault(method, f.fields["chat_id"])
	if fault != nil && !fault.After {
		b.record(method, f, fault.Status, true)
		fault.act(w, r, b.server.closing)
		return
	}
	var a answer
	if strings.EqualFold(method, "getUpdates") {
		var answered bool
		if a, answered = b.getUpdates(w, r, f.fields); !answered {
			return
		}
	} else {
		a = b.execute(method, f)
	}
	b.record(method, f, a.code, fault != nil)
	if fault != nil {
		fault.act(w, r, b.server.closing)
		return
	}
	write(w, a)
}

func (b *Bot) isRevoked() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.revoked
}

func (b *Bot) record(method string, f form, code int, fault bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.calls) >= keptCalls {
		b.calls = append([]Call(nil), b.calls[keptCalls/2:]...)
	}
	var files []string
	for name := range f.files {
		files = append(files, name)
	}
	b.calls = append(b.calls, Call{Method: method, Fields: f.fields, Files: files, Code: code, Fault: fault, At: time.Now()})
	b.moved.fire()
}
