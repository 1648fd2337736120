package slackfake

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Message is one message as the workspace holds it. Slices and maps are copies.
type Message struct {
	Channel     string
	TS          string
	ThreadTS    string // "" = not in a thread
	Subtype     string // "thread_broadcast" or ""
	User        string
	BotID       string // set for what the program posted
	Text        string // in Slack's encoding
	Blocks      json.RawMessage
	Metadata    json.RawMessage
	ClientMsgID string
	EphemeralTo string // shown to this user only
	EditedTS    string
	Deleted     bool
	Files       []File
	Reactions   map[string][]string // by emoji name: who
	Form        map[string]string   // the other parameters it was posted with
}

// ID is the message's id as the adapter writes it: "<channel>:<ts>".
func (m Message) ID() string { return m.Channel + ":" + m.TS }

func (m *Message) copy() Message {
	c := *m
	c.Files, c.Form, c.Reactions = slices.Clone(m.Files), maps.Clone(m.Form), map[string][]string{}
	for name, who := range m.Reactions {
		c.Reactions[name] = slices.Clone(who)
	}
	return c
}

// tsOf takes "<channel>:<ts>" or a plain ts.
func tsOf(id string) string { return id[strings.IndexByte(id, ':')+1:] }

// Messages gives what stands in a channel outside of threads, oldest first,
// deleted and private messages left out.
func (s *Server) Messages(channel string) []Message {
	return s.filter(func(m *Message) bool {
		return m.Channel == channel && m.ThreadTS == "" && m.EphemeralTo == ""
	})
}

// Thread gives the replies in a thread, oldest first, its root left out. id is
// the root's ts or "<channel>:<ts>".
func (s *Server) Thread(id string) []Message {
	return s.filter(func(m *Message) bool { return m.ThreadTS == tsOf(id) && m.EphemeralTo == "" })
}

// Private gives what was shown to one user only, oldest first.
func (s *Server) Private(user string) []Message {
	return s.filter(func(m *Message) bool { return m.EphemeralTo == user })
}

// Posted gives everything the program posted anywhere, deleted or not.
func (s *Server) Posted() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	for _, m := range s.messages {
		if m.BotID != "" {
			out = append(out, m.copy())
		}
	}
	return out
}

func (s *Server) filter(keep func(*Message) bool) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	for _, m := range s.messages {
		if !m.Deleted && keep(m) {
			out = append(out, m.copy())
		}
	}
	return out
}

// Message gives one message by its ts or "<channel>:<ts>".
func (s *Server) Message(id string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.find("", tsOf(id)); m != nil {
		return m.copy(), true
	}
	return Message{}, false
}

// Reactions gives the names of the emoji on a message, sorted.
func (s *Server) Reactions(id string) []string {
	m, _ := s.Message(id)
	return slices.Sorted(maps.Keys(m.Reactions))
}

// WaitMessage waits for the first message, in a channel or any of its threads,
// that pred accepts; private ones count.
func (s *Server) WaitMessage(ctx context.Context, channel string, pred func(Message) bool) (Message, error) {
	var found Message
	err := s.Wait(ctx, func(s *Server) bool {
		for _, m := range s.filter(func(m *Message) bool { return m.Channel == channel }) {
			if pred(m) {
				found = m
				return true
			}
		}
		return false
	})
	return found, err
}

// keep adds a message to the ledger. Called with mu held.
func (s *Server) keep(m *Message) {
	s.messages = append(s.messages, m)
	s.byTS[m.TS] = m
	if m.ThreadTS != "" {
		s.threads[m.ThreadTS] = append(s.threads[m.ThreadTS], m)
	}
}

// find gives a message that is not deleted; channel "" = anywhere. Called with
// mu held.
func (s *Server) find(channel, ts string) *Message {
	if m := s.byTS[ts]; m != nil && !m.Deleted && (channel == "" || m.Channel == channel) {
		return m
	}
	return nil
}
