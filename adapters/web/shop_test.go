package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// shop is a chat with somebody behind it who answers, on one port and with one
// store over all its restarts.
type shop struct {
	t      *testing.T
	cfg    Config
	outbox fakeOutbox
	addr   string

	mu     sync.Mutex
	a      *Adapter
	ahead  time.Duration // of the real time
	frozen time.Time     // the time, when it stands still
	row    int64
	dedups map[string]bool
	wrote  []message.Inbound
	asked  map[string]message.Choice // by token
	busy   sync.WaitGroup
	stop   func()
}

func openShop(t *testing.T, cfg Config) *shop {
	t.Helper()
	s := &shop{t: t, cfg: cfg, dedups: map[string]bool{}, asked: map[string]message.Choice{}, addr: "127.0.0.1:0"}
	s.cfg.Business, s.cfg.History, s.cfg.Now = "Harbour & Sons", s.outbox.history, s.clock
	s.cfg.Key = fixedKey
	s.start()
	t.Cleanup(func() { s.stop() })
	return s
}

func (s *shop) url() string { return "http://" + s.addr }

func (s *shop) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.frozen.IsZero() {
		return s.frozen.Add(s.ahead)
	}
	return time.Now().Add(s.ahead)
}

func (s *shop) freeze() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.frozen = time.Now()
}

func (s *shop) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead += d
}

// start serves on the port it had before.
func (s *shop) start() {
	s.t.Helper()
	a, err := New(s.cfg)
	if err != nil {
		s.t.Fatal(err)
	}
	ln, err := net.Listen("tcp", s.addr)
	if err != nil {
		s.t.Fatal(err)
	}
	s.mu.Lock()
	s.a, s.addr = a, ln.Addr().String()
	s.mu.Unlock()
	ctx, cancel := context.WithCancel(context.Background())
	server := &http.Server{Handler: a.Handler(), ReadHeaderTimeout: patience}
	var done sync.WaitGroup
	done.Go(func() {
		if err := a.Run(ctx, s); err != nil {
			s.t.Errorf("Run: %v", err)
		}
	})
	done.Go(func() {
		if err := server.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			s.t.Errorf("Serve: %v", err)
		}
	})
	s.stop = sync.OnceFunc(func() {
		cancel()
		_ = server.Close()
		done.Wait()
		s.busy.Wait()
	})
}

// restore puts everything back to where nothing was said yet.
func (s *shop) restore() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.row = 0
	s.outbox.mu.Lock()
	defer s.outbox.mu.Unlock()
	s.outbox.rows = nil
}

// Receive implements adapters.Sink.
func (s *shop) Receive(_ context.Context, _ message.Channel, batch []adapters.Raw) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, raw := range batch {
		if s.dedups[raw.Dedup] {
			continue
		}
		s.dedups[raw.Dedup] = true
		in, err := s.a.Decode(raw.Payload)
		if err != nil {
			return err
		}
		s.wrote = append(s.wrote, in)
		if e, ok := Wrote(in); ok {
			s.outbox.add(in.Chat, e)
		}
		s.busy.Go(func() { s.answer(in) })
	}
	return nil
}

// answer is all this shop has to say.
func (s *shop) answer(in message.Inbound) {
	say := &message.Outbound{Text: "echo: " + in.Text, From: message.Bot, Lang: message.English}
	switch {
	case in.Tap != nil:
		s.mu.Lock()
		choice := s.asked[in.Tap.Data]
		s.mu.Unlock()
		s.send(in.Chat, adapters.Delivery{Settle: &adapters.Settle{Question: 1, Chosen: choice.Label}})
		say.Text = "chosen: " + choice.Label
	case in.Text == "ask":
		say = s.question("Shall we send a new lamp?", "Yes, please", "No")
	case in.Text == "agent":
		say.Text, say.From = "This is Mei.", message.Agent
	case len(in.Attachments) > 0:
		say.Text = "got " + in.Attachments[0].Name
	}
	s.say(in.Chat, say)
}

func (s *shop) question(text string, labels ...string) *message.Outbound {
	say := &message.Outbound{Text: text, From: message.Bot, Lang: message.English, Question: 1}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, label := range labels {
		c := message.Choice{ID: strconv.Itoa(i), Label: label}
		token := "token-" + strconv.Itoa(len(s.asked))
		s.asked[token] = c
		say.Choices, say.Tokens = append(say.Choices, c), append(say.Tokens, token)
	}
	return say
}

func (s *shop) say(chat message.Chat, say *message.Outbound) int64 {
	return s.send(chat, adapters.Delivery{Say: say})
}

// send stores a row and hands it to the adapter, which may be stopped.
func (s *shop) send(chat message.Chat, d adapters.Delivery) int64 {
	s.mu.Lock()
	s.row++
	d.ID, d.Chat = s.row, chat
	a := s.a
	s.mu.Unlock()
	e, ok := Said(d, s.clock())
	if !ok {
		s.t.Errorf("not shown to customers: %+v", d)
	}
	s.outbox.add(chat, e)
	if _, err := a.Send(context.Background(), d); err != nil {
		s.t.Errorf("send: %v", err)
	}
	return d.ID
}

// texts are what customers wrote, once for each time it was stored.
func (s *shop) texts() (list []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, in := range s.wrote {
		list = append(list, in.Text)
	}
	return list
}

// chats are the conversations there are, oldest first.
func (s *shop) chats() (list []message.Chat) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, in := range s.wrote {
		if !slices.Contains(list, in.Chat) {
			list = append(list, in.Chat)
		}
	}
	return list
}
