package slackfake

import (
	"encoding/json"
	"net/url"
	"slices"
)

const maxMessageText = 40000

// compose checks what is to be posted and makes the message of it. Called with
// mu held.
func (s *Server) compose(q url.Values) (*Message, error) {
	c, err := s.channel(q)
	switch {
	case err != nil:
		return nil, err
	case c.Archived:
		return nil, refusal("is_archived")
	case !c.has(BotUser):
		return nil, refusal("not_in_channel")
	}
	blocks := json.RawMessage(q.Get("blocks"))
	if err := checkBlocks(blocks); err != nil {
		return nil, err
	}
	switch bs, _ := parseBlocks(blocks); {
	case q.Get("text") == "" && len(bs) == 0:
		return nil, refusal("no_text")
	case length(q.Get("text")) > maxMessageText:
		return nil, refusal("msg_too_long")
	}
	thread := q.Get("thread_ts")
	if root := s.find(c.ID, thread); thread != "" && (root == nil || root.ThreadTS != "") {
		return nil, refusal("thread_not_found")
	}
	meta := json.RawMessage(q.Get("metadata"))
	if len(meta) > 0 && !json.Valid(meta) {
		return nil, refusal("invalid_metadata_format")
	}
	m := &Message{
		Channel: c.ID, ThreadTS: thread, User: BotUser, BotID: BotID, Text: q.Get("text"), Blocks: blocks,
		Metadata: meta, ClientMsgID: q.Get("client_msg_id"), Reactions: map[string][]string{}, Form: map[string]string{},
	}
	for k := range q {
		if !slices.Contains([]string{"token", "text", "blocks", "metadata"}, k) {
			m.Form[k] = q.Get(k)
		}
	}
	return m, nil
}

func (s *Server) postMessage(q url.Values) (map[string]any, error) {
	m, err := s.compose(q)
	if err != nil {
		return nil, err
	}
	m.TS = s.newTS()
	s.keep(m)
	s.announce(m) // apps hear their own messages as well
	return map[string]any{"channel": m.Channel, "ts": m.TS, "message": s.wire(m, true)}, nil
}

func (s *Server) postEphemeral(q url.Values) (map[string]any, error) {
	m, err := s.compose(q)
	if err != nil {
		return nil, err
	}
	if !s.channels[m.Channel].has(q.Get("user")) {
		return nil, refusal("user_not_in_channel")
	}
	m.TS, m.EphemeralTo = s.newTS(), q.Get("user")
	s.keep(m)
	return map[string]any{"message_ts": m.TS}, nil
}

func (s *Server) updateMessage(q url.Values) (map[string]any, error) {
	old := s.find(q.Get("channel"), q.Get("ts"))
	switch {
	case old == nil || old.EphemeralTo != "":
		return nil, refusal("message_not_found")
	case old.BotID == "":
		return nil, refusal("cant_update_message")
	}
	m, err := s.compose(q)
	if err != nil {
		return nil, err
	}
	before := s.wire(old, false)
	old.Text, old.Blocks, old.EditedTS = m.Text, m.Blocks, s.newTS()
	s.announceChange(old, before)
	return map[string]any{"channel": old.Channel, "ts": old.TS, "text": old.Text}, nil
}

func (s *Server) deleteMessage(q url.Values) (map[string]any, error) {
	m := s.find(q.Get("channel"), q.Get("ts"))
	switch {
	case m == nil:
		return nil, refusal("message_not_found")
	case m.BotID == "":
		return nil, refusal("cant_delete_message")
	}
	s.remove(m)
	return map[string]any{"channel": m.Channel, "ts": m.TS}, nil
}

func (s *Server) addReaction(q url.Values) (map[string]any, error) {
	m := s.find(q.Get("channel"), q.Get("timestamp"))
	name := q.Get("name")
	switch {
	case m == nil:
		return nil, refusal("message_not_found")
	case name == "":
		return nil, refusal("invalid_name")
	case slices.Contains(m.Reactions[name], BotUser):
		return nil, refusal("already_reacted")
	}
	m.Reactions[name] = append(m.Reactions[name], BotUser)
	return map[string]any{}, nil
}

func (s *Server) removeReaction(q url.Values) (map[string]any, error) {
	m := s.find(q.Get("channel"), q.Get("timestamp"))
	name := q.Get("name")
	switch {
	case m == nil:
		return nil, refusal("message_not_found")
	case !slices.Contains(m.Reactions[name], BotUser):
		return nil, refusal("no_reaction")
	}
	m.Reactions[name] = slices.DeleteFunc(m.Reactions[name], func(u string) bool { return u == BotUser })
	if len(m.Reactions[name]) == 0 {
		delete(m.Reactions, name)
	}
	return map[string]any{}, nil
}

// announce sends the event of a new message to the program, if its bot is in
// the channel. Called with mu held, like the two below.
func (s *Server) announce(m *Message) {
	e := s.wire(m, false)
	e["channel"], e["channel_type"], e["event_ts"] = m.Channel, channelType(m.Channel), m.TS
	s.emitEvent(m.Channel, e)
}

func (s *Server) announceChange(m *Message, before map[string]any) {
	ts := s.newTS()
	s.emitEvent(m.Channel, map[string]any{
		"type": "message", "subtype": "message_changed", "hidden": true, "channel": m.Channel, "channel_type": channelType(m.Channel),
		"ts": ts, "event_ts": ts, "message": s.wire(m, false), "previous_message": before,
	})
}

// remove takes a message away and tells the program.
func (s *Server) remove(m *Message) {
	before := s.wire(m, false)
	m.Deleted = true
	ts := s.newTS()
	s.emitEvent(m.Channel, map[string]any{
		"type": "message", "subtype": "message_deleted", "hidden": true, "channel": m.Channel, "channel_type": channelType(m.Channel),
		"ts": ts, "event_ts": ts, "deleted_ts": m.TS, "previous_message": before,
	})
}

// channelType tells by the id: direct messages, private channels and groups,
// public channels.
func channelType(id string) string {
	switch id[:1] {
	case "D":
		return "im"
	case "G":
		return "mpim"
	}
	return "channel"
}
