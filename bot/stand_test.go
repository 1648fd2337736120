package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// stand is a platform that does as the test says: it hands in what it is given
// and records what it is sent. Everything behind it is real.
type stand struct {
	channel message.Channel

	mu     sync.Mutex
	cond   *sync.Cond
	sink   adapters.Sink
	sent   []adapters.Delivery
	ids    []message.PlatformID            // what each of sent got
	refuse func(d adapters.Delivery) error // nil = everything is delivered
	files  map[string]string
	opens  func() error // nil = files can be read
	pace   adapters.Pace
	inputs int
	typed  int
	gap    chan struct{}
	read   [][]message.PlatformID // threads that were read again
	missed []message.Inbound      // what CatchUp finds
}

func newStand(ch message.Channel) *stand {
	s := &stand{channel: ch, files: map[string]string{}, gap: make(chan struct{}, 1)}
	s.cond = sync.NewCond(&s.mu)
	return s
}

func (s *stand) Channel() message.Channel { return s.channel }
func (s *stand) Sender() string           { return string(s.channel) + "/1" }
func (s *stand) Pace() adapters.Pace      { return s.pace }

func (s *stand) Run(ctx context.Context, sink adapters.Sink) error {
	s.mu.Lock()
	s.sink = sink
	s.cond.Broadcast()
	s.mu.Unlock()
	<-ctx.Done()
	return nil
}

func (*stand) Decode(b []byte) (message.Inbound, error) {
	var in message.Inbound
	if err := json.Unmarshal(b, &in); err != nil {
		return in, errors.New("not readable")
	}
	return in, nil
}

func (s *stand) Send(ctx context.Context, d adapters.Delivery) (adapters.Receipt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse != nil {
		if err := s.refuse(d); err != nil {
			return adapters.Receipt{}, err
		}
	}
	id := d.Target // a message that is replaced keeps its id
	if id == "" {
		id = message.PlatformID(fmt.Sprintf("%s-%d", s.channel, len(s.sent)+1))
	}
	s.sent, s.ids = append(s.sent, d), append(s.ids, id)
	s.cond.Broadcast()
	return adapters.Receipt{ID: id}, nil
}

func (s *stand) Authorize(_ context.Context, ref message.UserRef) (message.Person, error) {
	if strings.Contains(string(ref), "stranger") {
		return message.Person{}, fmt.Errorf("not in the channel: %w", adapters.ErrDenied)
	}
	return message.Person{Ref: ref, Name: string(ref)}, nil
}

func (s *stand) Open(_ context.Context, a message.Attachment) (adapters.File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opens != nil {
		if err := s.opens(); err != nil {
			return adapters.File{}, err
		}
	}
	text, ok := s.files[a.File]
	if !ok {
		return adapters.File{}, adapters.ErrNoFile
	}
	return adapters.File{Body: io.NopCloser(strings.NewReader(text)), Name: a.Name, Size: int64(len(text))}, nil
}

func (s *stand) Typing(context.Context, message.Chat) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.typed++
	return nil
}

// Reread makes nothing of what is no JSON, and an input of chat 7 of the rest.
func (s *stand) Reread(payload []byte) adapters.Raw {
	in, err := s.Decode(payload)
	if err != nil {
		return adapters.Raw{Payload: payload, Err: "not readable"}
	}
	return s.raw(in, "reread:"+string(in.ID))
}

func (s *stand) Examine(context.Context) []adapters.Finding {
	return []adapters.Finding{{What: string(s.channel), OK: true}}
}

func (s *stand) Gap() <-chan struct{} { return s.gap }

func (s *stand) CatchUp(ctx context.Context, sink adapters.Sink, threads []message.PlatformID) error {
	s.mu.Lock()
	s.read = append(s.read, slices.Clone(threads))
	missed := s.missed
	s.cond.Broadcast()
	s.mu.Unlock()
	var raws []adapters.Raw
	for _, in := range missed {
		raws = append(raws, s.raw(in, "caught:"+string(in.ID)))
	}
	return sink.Receive(ctx, s.channel, raws)
}

// arrives hands something in as the platform would.
func (s *stand) arrives(in message.Inbound) {
	s.mu.Lock()
	for s.sink == nil {
		s.cond.Wait()
	}
	s.inputs++
	raw, sink := s.raw(in, fmt.Sprintf("%s:%d", s.channel, s.inputs)), s.sink
	s.mu.Unlock()
	if err := sink.Receive(context.Background(), s.channel, []adapters.Raw{raw}); err != nil {
		panic(err)
	}
}

func (s *stand) raw(in message.Inbound, dedup string) adapters.Raw {
	b, err := json.Marshal(in)
	if err != nil {
		panic(err)
	}
	return adapters.Raw{Dedup: dedup, Chat: in.Chat, Payload: b}
}

// says is a text of a customer; id may be empty.
func (s *stand) says(chat message.Chat, id message.PlatformID, text string) {
	s.arrives(message.Inbound{Kind: message.KindText, Chat: chat, ID: id, Text: text, From: message.Person{Ref: "c", Name: "Mei", Lang: message.English}})
}

// writes is a text of an agent in a thread, presses a button on a post.
func (s *stand) writes(who message.UserRef, thread, id message.PlatformID, text string, files ...message.Attachment) {
	s.arrives(message.Inbound{Kind: message.KindAgentText, Chat: message.Chat(thread), Thread: thread, ID: id, Text: text,
		Attachments: files, From: message.Person{Ref: who}})
}

func (s *stand) presses(who message.UserRef, thread, on message.PlatformID, b adapters.Button, fields map[string]string) {
	s.arrives(message.Inbound{Kind: message.KindAgentTap, Chat: message.Chat(thread), Thread: thread, ID: on, Fields: fields,
		Tap: &message.Tap{Data: b.Action + " " + b.Value}, From: message.Person{Ref: who}})
}

// fails sets what becomes of deliveries; nil = all arrive.
func (s *stand) fails(f func(adapters.Delivery) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = f
}

// received is a delivery with the id it got.
type received struct {
	adapters.Delivery
	got message.PlatformID
}

// wait waits until a delivery matches, and gives it.
func (s *stand) wait(t *testing.T, what string, matches func(adapters.Delivery) bool) received {
	t.Helper()
	ctx := deadline(t)
	stop := context.AfterFunc(ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.cond.Broadcast()
	})
	defer stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		for i, d := range s.sent {
			if matches(d) {
				return received{d, s.ids[i]}
			}
		}
		if ctx.Err() != nil {
			var list []string
			for _, d := range s.sent {
				list = append(list, words(d))
			}
			t.Fatalf("%s: waiting for %s; got %q", s.channel, what, list)
		}
		s.cond.Wait()
	}
}

func (s *stand) waitWords(t *testing.T, part string) received {
	t.Helper()
	return s.wait(t, part, func(d adapters.Delivery) bool { return strings.Contains(words(d), part) })
}

func (s *stand) waitMark(t *testing.T, id message.PlatformID, state adapters.MarkState) received {
	t.Helper()
	return s.wait(t, fmt.Sprintf("%s on %s", state, id), func(d adapters.Delivery) bool {
		return d.Mark != nil && d.Mark.Message == id && d.Mark.State == state
	})
}

// marks are the states put on a message, in order.
func (s *stand) marks(id message.PlatformID) []adapters.MarkState {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []adapters.MarkState
	for _, d := range s.sent {
		if d.Mark != nil && d.Mark.Message == id {
			list = append(list, d.Mark.State)
		}
	}
	return list
}

func (s *stand) deliveries() []adapters.Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}

// words are what one reads of a delivery.
func words(d adapters.Delivery) string {
	switch {
	case d.Say != nil:
		return d.Say.Text
	case d.Amend != nil:
		return "amend " + d.Amend.Text
	case d.Mark != nil:
		return string(d.Mark.State) + " " + d.Mark.Reason
	case d.Post == nil:
		return ""
	}
	list := []string{d.Post.Title}
	for _, b := range d.Post.Blocks {
		list = append(list, b.Label, b.Text)
		list = append(list, b.Items...)
	}
	for _, f := range d.Post.Files {
		list = append(list, "file "+f.File)
	}
	return strings.Join(list, "\n")
}

func button(t *testing.T, buttons []adapters.Button, action string) adapters.Button {
	t.Helper()
	i := slices.IndexFunc(buttons, func(b adapters.Button) bool { return b.Action == action })
	if i < 0 {
		t.Fatalf("no button %q among %+v", action, buttons)
	}
	return buttons[i]
}
