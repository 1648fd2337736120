package console

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

const longest = 10 * time.Second

// world is what the desk stands in: a store of two cards, people, and a sink.
type world struct {
	mu        sync.Mutex
	cards     []Card
	history   map[string][]Entry
	noted     []int64
	got       []adapters.Raw
	refuse    error                    // of the sink
	gone      map[message.UserRef]bool // may not act any more
	files     map[string]string
	signedOut bool
	now       time.Time
}

func newWorld() *world {
	w := &world{history: map[string][]Entry{}, gone: map[message.UserRef]bool{}, files: map[string]string{},
		now: time.Date(2026, 11, 25, 15, 0, 0, 0, time.UTC)}
	w.cards = []Card{{Anchor: "handoff:1:1", Opened: w.now.Add(-12 * time.Minute)},
		{Anchor: "task:1:2", Due: w.now.Add(-time.Hour), Case: "A-7K3Q", Text: "an answer about the packing"}}
	w.history["handoff:1:1"] = []Entry{card(5, "handoff:1:1", "Mei needs a person", take)}
	w.history["task:1:2"] = []Entry{card(6, "task:1:2", "Promise A-7K3Q", adapters.Button{Action: "done", Value: "1:2", Label: "Done"})}
	return w
}

var (
	take  = adapters.Button{Action: "take", Value: "1:1", Label: "Take", Style: "primary"}
	offer = adapters.Button{Action: "offer", Value: "1:1", Label: "Offer", Form: true}
)

func card(row int64, anchor, title string, buttons ...adapters.Button) Entry {
	return Entry{ID: row, At: time.Date(2026, 11, 25, 14, 0, 0, 0, time.UTC),
		Post: &adapters.Post{Anchor: anchor, Title: title, Fallback: title, Buttons: buttons}}
}

func (w *world) put(anchor string, list ...Entry) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.history[anchor] = append(w.history[anchor], list...)
}

// Receive implements adapters.Sink; words appear in the thread as the runtime
// would bring them there.
func (w *world) Receive(_ context.Context, ch message.Channel, batch []adapters.Raw) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.refuse != nil {
		return w.refuse
	}
	if ch != Channel {
		return fmt.Errorf("channel %q", ch)
	}
	w.got = append(w.got, batch...)
	for _, r := range batch {
		in, err := (&Adapter{}).Decode(r.Payload)
		if err != nil {
			return err
		}
		if in.Kind == message.KindAgentText {
			w.history[string(in.Chat)] = append(w.history[string(in.Chat)], Entry{At: in.At, Wrote: &in})
		}
	}
	return nil
}

func (w *world) received() []adapters.Raw {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]adapters.Raw(nil), w.got...)
}

func (w *world) config() Config {
	return Config{
		Who: func(r *http.Request) (message.Person, bool) {
			name := r.Header.Get("X-Test-User")
			return message.Person{Ref: message.UserRef("console:" + name), Name: "User " + name}, name != ""
		},
		Agent: func(_ context.Context, ref message.UserRef) (message.Person, error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			if w.gone[ref] {
				return message.Person{}, adapters.ErrDenied
			}
			return message.Person{Ref: ref}, nil
		},
		Board: func(context.Context) ([]Card, error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			return append([]Card(nil), w.cards...), nil
		},
		History: func(_ context.Context, anchor string) ([]Entry, error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			return append([]Entry(nil), w.history[anchor]...), nil
		},
		Notice: func(_ context.Context, row int64) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			if row == 13 {
				return errors.New("disk full")
			}
			w.noted = append(w.noted, row)
			return nil
		},
		Notices: func(context.Context) ([]Entry, error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			return append([]Entry(nil), w.history["notices"]...), nil
		},
		Frame: func(rw http.ResponseWriter, _ *http.Request, status int, title string, head, body template.HTML) {
			rw.Header().Set("Content-Type", "text/html; charset=utf-8")
			rw.WriteHeader(status)
			_, _ = fmt.Fprintf(rw, "<title>%s</title>%s%s", template.HTMLEscapeString(title), head, body)
		},
		Forms: func(action string) (adapters.Form, bool) {
			if action != "offer" {
				return adapters.Form{}, false
			}
			return adapters.Form{Title: "An offer", Submit: "Send the offer", Fields: []adapters.Field{
				{Name: "text", Kind: adapters.FieldText, Label: "What"},
				{Name: "by", Kind: adapters.FieldWhen, Label: "By when", Value: "86400", Optional: true},
			}}, true
		},
		Open: func(_ context.Context, f message.Attachment) (adapters.File, error) {
			body, ok := w.files[f.File]
			if !ok {
				return adapters.File{}, adapters.ErrNoFile
			}
			return adapters.File{Body: io.NopCloser(strings.NewReader(body)), Size: -1}, nil
		},
		Zone: time.FixedZone("Asia/Taipei", 8*60*60),
		Now:  func() time.Time { return w.now },
	}
}

// desk is a running adapter with a server before it.
type desk struct {
	t      *testing.T
	world  *world
	a      *Adapter
	server *httptest.Server
	stop   func()
}

func start(t *testing.T) *desk {
	t.Helper()
	w := newWorld()
	a, err := New(w.config())
	if err != nil {
		t.Fatal(err)
	}
	a.patience = 20 * time.Millisecond
	d := &desk{t: t, world: w, a: a, server: httptest.NewServer(a.Handler())}
	t.Cleanup(d.server.Close)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx, w) }()
	var once sync.Once
	d.stop = func() {
		once.Do(func() {
			cancel()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(d.stop)
	d.until(func() bool {
		_, _, leave, ok := a.enter()
		if ok {
			leave()
		}
		return ok
	})
	return d
}

// until waits for ok, looking again every few milliseconds.
func (d *desk) until(ok func() bool) {
	d.t.Helper()
	look, late := time.NewTicker(5*time.Millisecond), time.After(longest)
	defer look.Stop()
	for !ok() {
		select {
		case <-look.C:
		case <-late:
			d.t.Fatal("waited too long")
		}
	}
}

// answer is what a request came to; redirects are not followed.
type answer struct {
	status   int
	location string
	body     string
	header   http.Header
}

func (d *desk) do(user, method, path string, form url.Values) answer {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), longest)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, d.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		d.t.Fatal(err)
	}
	req.Header.Set("X-Test-User", user)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header.Get("Location"), string(b), resp.Header}
}

func (d *desk) get(path string) answer { d.t.Helper(); return d.do("3", http.MethodGet, path, nil) }

func (d *desk) post(path string, pairs ...string) answer {
	d.t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return d.do("3", http.MethodPost, path, form)
}
