package admin_test

import (
	"context"
	"encoding/json"
	"errors"
	"html/template"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/console"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/admin"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

const patience = 20 * time.Second

// rig is a whole installation without Slack: engine, store, console and its
// desk, with one customers' platform that exists only here.
type rig struct {
	t      *testing.T
	store  *sqlite.Store
	bot    *bot.Bot
	frame  *admin.Admin
	server *httptest.Server
	street *street
	clock  *clock
}

// clock is the real one, moved ahead at will.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time          { return time.Now().Add(time.Duration(c.ahead.Load())) }
func (c *clock) advance(d time.Duration) { c.ahead.Add(int64(d)) }

type options struct {
	lang   message.Lang
	noDesk bool
	public string
}

func setup(t *testing.T, o options) *rig {
	t.Helper()
	if o.lang == "" {
		o.lang = message.English
	}
	r := &rig{t: t, street: newStreet(), clock: &clock{}}
	log := zaptest.NewLogger(t, zaptest.Level(zap.ErrorLevel))
	var err error
	if r.store, err = sqlite.Open(t.Context(), sqlite.Config{Dir: t.TempDir(), Logger: log, Now: r.clock.now}); err != nil {
		t.Fatal(err)
	}
	agents := r.desk(o, log)
	r.bot = r.build(o, agents, log)
	cfg := admin.Config{Store: r.store, Where: "Slack channel C0QUEUE", Business: "Lamps & Co", Lang: o.lang, PublicURL: o.public,
		Now: r.clock.now, Logger: log, Stats: r.store.Stats, Ready: r.bot.Ready}
	if !o.noDesk {
		cfg.Desk = agents.Handler()
	}
	if r.frame, err = admin.New(cfg); err != nil {
		t.Fatal(err)
	}
	r.run()
	return r
}

// desk wires the console's desk as the program does.
func (r *rig) desk(o options, log *zap.Logger) *console.Adapter {
	entries := func(list []bot.DeskEntry, err error) ([]console.Entry, error) {
		out := make([]console.Entry, 0, len(list))
		for _, e := range list {
			out = append(out, console.Entry(e))
		}
		return out, err
	}
	a, err := console.New(console.Config{
		Who:      func(req *http.Request) (message.Person, bool) { return r.frame.Who(req) },
		SignedIn: func(req *http.Request) (bool, error) { return r.frame.SignedIn(req) },
		Agent:    func(ctx context.Context, ref message.UserRef) (message.Person, error) { return r.frame.Agent(ctx, ref) },
		Board: func(ctx context.Context) ([]console.Card, error) {
			list, err := r.bot.DeskBoard(ctx, 200)
			out := make([]console.Card, 0, len(list))
			for _, c := range list {
				out = append(out, console.Card(c))
			}
			return out, err
		},
		History: func(ctx context.Context, anchor string) ([]console.Entry, error) {
			return entries(r.bot.DeskHistory(ctx, anchor))
		},
		Whispers: func(ctx context.Context, who message.UserRef, anchor string) ([]console.Entry, error) {
			return entries(r.bot.DeskWhispers(ctx, who, anchor))
		},
		Notice:  func(ctx context.Context, row int64) error { return r.bot.DeskNotice(ctx, row) },
		Notices: func(ctx context.Context) ([]console.Entry, error) { return entries(r.bot.DeskNotices(ctx)) },
		Frame: func(w http.ResponseWriter, req *http.Request, status int, title string, head, body template.HTML) {
			r.frame.Frame(w, req, status, title, head, body)
		},
		Open: func(context.Context, message.Attachment) (adapters.File, error) {
			return adapters.File{}, adapters.ErrNoFile
		},
		Held: func(text string) bool { return dialog.HeldBack(text, 0) != "" },
		Lang: o.lang, Now: r.clock.now, Logger: log, Forms: desk.Forms(o.lang), PublicURL: o.public,
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return a
}

func (r *rig) build(o options, agents adapters.Adapter, log *zap.Logger) *bot.Bot {
	r.t.Helper()
	files := flowtest.Minimal()
	files["flow.yaml"] = []byte(strings.Replace(string(files["flow.yaml"]), "quiet: 3s", "quiet: 5ms", 1))
	f, err := flow.Parse(files)
	if err != nil {
		r.t.Fatal(err)
	}
	words, err := intents.New(intents.Words(f.Words), intents.Options{})
	if err != nil {
		r.t.Fatal(err)
	}
	b, err := bot.New(bot.Config{Store: r.store, Adapters: []adapters.Adapter{r.street}, Desk: agents, Flow: f, Understand: words.Understand,
		Settings: dialog.Settings{Business: "Lamps & Co", Zone: time.UTC, AgentLang: o.lang}, Logger: log, Now: r.clock.now, Grace: 5 * time.Second})
	if err != nil {
		r.t.Fatal(err)
	}
	return b
}

func (r *rig) run() {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.bot.Run(ctx) }()
	mux := http.NewServeMux()
	mux.Handle("/admin", r.frame.Handler())
	mux.Handle("/admin/", r.frame.Handler())
	r.server = httptest.NewServer(mux)
	r.t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			r.t.Errorf("Run: %v", err)
		}
		r.server.Close()
		if err := r.store.Close(); err != nil {
			r.t.Errorf("Close: %v", err)
		}
	})
}

// user makes a user and gives the token of a link of theirs.
func (r *rig) user(name string, role store.Role) (id int64, token string) {
	r.t.Helper()
	id, err := r.store.AddUser(r.t.Context(), store.User{Name: name, Display: name, Role: role, Created: r.clock.now().UnixMilli()})
	if err != nil {
		r.t.Fatal(err)
	}
	token, err = admin.NewLink(r.t.Context(), r.store, id, r.clock.now())
	if err != nil {
		r.t.Fatal(err)
	}
	return id, token
}

// eventually waits until ok, looking again every few milliseconds.
func (r *rig) eventually(what string, ok func() bool) {
	r.t.Helper()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	late := time.After(patience)
	for !ok() {
		select {
		case <-look.C:
		case <-late:
			r.t.Fatalf("waited too long: %s", what)
		}
	}
}

// street is a customers' platform.
type street struct {
	mu    sync.Mutex
	sink  adapters.Sink
	ready chan struct{}
	n     int
	heard []message.Outbound
	shut  bool // refuses everything
}

func newStreet() *street { return &street{ready: make(chan struct{})} }

type shout struct {
	ID, Who, Text string
}

func (*street) Channel() message.Channel { return "street" }
func (*street) Sender() string           { return "street/1" }
func (*street) Pace() adapters.Pace      { return adapters.Pace{} }

func (s *street) Run(ctx context.Context, sink adapters.Sink) error {
	s.sink = sink
	close(s.ready)
	<-ctx.Done()
	return nil
}

func (*street) Decode(raw []byte) (message.Inbound, error) {
	var m shout
	if err := json.Unmarshal(raw, &m); err != nil {
		return message.Inbound{}, errors.New("not a shout")
	}
	return message.Inbound{Channel: "street", Chat: message.Chat(m.Who), Kind: message.KindText, ID: message.PlatformID(m.ID), Text: m.Text,
		From: message.Person{Ref: message.UserRef(m.Who), Name: m.Who, Lang: message.English}}, nil
}

func (s *street) Send(_ context.Context, d adapters.Delivery) (adapters.Receipt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shut {
		return adapters.Receipt{}, &adapters.SendError{Outcome: adapters.Refused, Reason: "the street is shut"}
	}
	if d.Say != nil {
		s.heard = append(s.heard, *d.Say)
	}
	id := message.PlatformID("s" + time.Now().Format("150405.000000000"))
	return adapters.Receipt{ID: id, Parts: []message.PlatformID{id}}, nil
}

func (s *street) close(shut bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shut = shut
}

// says has a customer say something.
func (r *rig) says(who, text string) {
	r.t.Helper()
	<-r.street.ready
	r.street.mu.Lock()
	r.street.n++
	id := who + "-" + time.Now().Format("150405.000000000")
	r.street.mu.Unlock()
	raw, err := json.Marshal(shout{ID: id, Who: who, Text: text})
	if err != nil {
		r.t.Fatal(err)
	}
	err = r.street.sink.Receive(r.t.Context(), "street", []adapters.Raw{{Dedup: id, Chat: message.Chat(who), Payload: raw}})
	if err != nil {
		r.t.Fatal(err)
	}
}

// hears waits until some customer has heard part.
func (r *rig) hears(part string) {
	r.t.Helper()
	r.eventually("nobody heard "+part, func() bool { return r.street.knows(part) })
}

func (s *street) knows(part string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.heard, func(o message.Outbound) bool { return strings.Contains(o.Text, part) })
}

// waiting takes a customer to a hand-off and gives the address of its card.
func (r *rig) waiting(who string) string {
	r.t.Helper()
	r.says(who, "I want to talk to a person")
	anchor := ""
	r.eventually("no hand-off of "+who, func() bool {
		conv, err := r.store.FindConversation(r.t.Context(), "street", message.Chat(who))
		if err != nil {
			return false
		}
		anchor = desk.HandoffAnchor(conv, 1)
		_, err = r.store.FindAnchor(r.t.Context(), console.Sender, anchor)
		return err == nil
	})
	return "/admin/desk/" + anchor
}
