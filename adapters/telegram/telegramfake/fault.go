package telegramfake

import (
	"io"
	"net/http"
	"strings"
)

// Fault makes calls go wrong. The zero value of a field means what its comment
// says first.
type Fault struct {
	// Method is sendMessage unless set; "*" is every method.
	Method string
	// Chat is any, or the chat the call is about.
	Chat int64
	// Times is once; a negative number is until Heal.
	Times int
	// Skip lets so many calls that fit pass before the first that fails.
	Skip int
	// After: the call is not carried out, or (true) it is, and only then goes
	// wrong, so that its caller cannot know.
	After bool

	// What goes wrong: exactly one of Cut, Hang and Status.

	// Cut ends the connection without an answer.
	Cut bool
	// Hang keeps silent until the caller gives up.
	Hang bool
	// Status answers with this HTTP status.
	Status int

	// What goes with Status: Body is sent instead of Telegram's JSON (as HTML,
	// or half an answer); RetryAfter in seconds; MigrateTo as the new id.
	Body       string
	RetryAfter int
	MigrateTo  int64
}

// Fail adds a fault. Of several that fit a call the oldest acts.
func (b *Bot) Fail(f Fault) {
	if f.Method == "" {
		f.Method = "sendMessage"
	}
	if f.Times == 0 {
		f.Times = 1
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults = append(b.faults, &f)
}

// Heal takes away all faults.
func (b *Bot) Heal() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults = nil
}

// Faults that are wanted often, for sendMessage.

// Throttle answers the next n sends with 429.
func (b *Bot) Throttle(n, retryAfter int) {
	b.Fail(Fault{Times: n, Status: http.StatusTooManyRequests, RetryAfter: retryAfter})
}

// ServerErrors answers the next n sends with 500.
func (b *Bot) ServerErrors(n int) {
	b.Fail(Fault{Times: n, Status: http.StatusInternalServerError})
}

// HTML answers the next n sends with the error page of a gateway.
func (b *Bot) HTML(n int) {
	b.Fail(Fault{Times: n, Status: http.StatusBadGateway, Body: "<html><body>502 Bad Gateway</body></html>"})
}

// LoseAnswers carries out the next n sends and cuts the connection instead of
// answering.
func (b *Bot) LoseAnswers(n int) { b.Fail(Fault{Times: n, After: true, Cut: true}) }

// takeFault finds the fault that is due for a call, a copy of it.
func (b *Bot) takeFault(method, chat string) *Fault {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, f := range b.faults {
		if f.Method != "*" && !strings.EqualFold(f.Method, method) || f.Chat != 0 && itoa(f.Chat) != chat {
			continue
		}
		if f.Skip > 0 {
			f.Skip--
			continue
		}
		due := *f
		if f.Times > 0 {
			if f.Times--; f.Times == 0 {
				b.faults = append(b.faults[:i:i], b.faults[i+1:]...)
			}
		}
		return &due
	}
	return nil
}

// act does what the fault says to the caller.
func (f *Fault) act(w http.ResponseWriter, r *http.Request, closing <-chan struct{}) {
	switch {
	case f.Cut:
		cut(w)
	case f.Hang:
		select {
		case <-r.Context().Done():
		case <-closing:
		}
	case f.Body != "":
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Status)
		_, _ = io.WriteString(w, f.Body)
	default:
		write(w, answer{code: f.Status, what: f.words(), retryAfter: f.RetryAfter, migrateTo: f.MigrateTo})
	}
}

// words are Telegram's own for a status.
func (f *Fault) words() string {
	switch {
	case f.Status == http.StatusTooManyRequests:
		return "Too Many Requests: retry after " + itoa(int64(f.RetryAfter))
	case f.MigrateTo != 0:
		return "Bad Request: group chat was upgraded to a supergroup chat"
	}
	return http.StatusText(f.Status)
}
