package slackfake

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// method answers one call of the Web API; called with mu held.
type method func(url.Values) (map[string]any, error)

func (s *Server) methods() map[string]method {
	return map[string]method{
		"auth.test":             s.authTest,
		"apps.connections.open": s.connectionsOpen,
		"users.info":            s.usersInfo,
		"usergroups.users.list": s.groupUsers,
		"conversations.info":    s.channelInfo,
		"conversations.members": s.channelMembers,
		"conversations.history": s.history,
		"conversations.replies": s.replies,
		"chat.postMessage":      s.postMessage,
		"chat.update":           s.updateMessage,
		"chat.postEphemeral":    s.postEphemeral,
		"chat.delete":           s.deleteMessage,
		"reactions.add":         s.addReaction,
		"reactions.remove":      s.removeReaction,

		"files.info":                   s.fileInfo,
		"files.getUploadURLExternal":   s.uploadURL,
		"files.completeUploadExternal": s.completeUpload,

		"views.open":   s.viewsOpen,
		"views.update": s.viewsUpdate,
	}
}

func (s *Server) authTest(url.Values) (map[string]any, error) {
	return map[string]any{
		"url": s.url, "team": "Accord", "user": "accord",
		"team_id": Team, "user_id": BotUser, "bot_id": BotID,
	}, nil
}

func (s *Server) usersInfo(q url.Values) (map[string]any, error) {
	u := s.users[q.Get("user")]
	if u == nil {
		return nil, refusal("user_not_found")
	}
	return map[string]any{"user": map[string]any{
		"id": u.ID, "team_id": u.Team, "name": u.Name, "real_name": u.RealName, "deleted": u.Deleted,
		"is_bot": u.Bot, "is_restricted": u.Restricted || u.UltraRestricted,
		"is_ultra_restricted": u.UltraRestricted, "is_stranger": u.Stranger,
		"profile": map[string]any{"display_name": u.DisplayName, "real_name": u.RealName},
	}}, nil
}

func (s *Server) groupUsers(q url.Values) (map[string]any, error) {
	users, ok := s.groups[q.Get("usergroup")]
	if !ok {
		return nil, refusal("no_such_subteam")
	}
	return map[string]any{"users": slices.Clone(users)}, nil
}

// channel gives a channel the bot may see.
func (s *Server) channel(q url.Values) (*Channel, error) {
	c := s.channels[q.Get("channel")]
	if c == nil {
		return nil, refusal("channel_not_found")
	}
	return c, nil
}

func (c *Channel) has(user string) bool { return slices.Contains(c.Members, user) }

func (s *Server) channelInfo(q url.Values) (map[string]any, error) {
	c, err := s.channel(q)
	if err != nil {
		return nil, err
	}
	return map[string]any{"channel": map[string]any{
		"id": c.ID, "name": c.Name, "is_channel": true, "is_archived": c.Archived, "is_member": c.has(BotUser),
	}}, nil
}

func (s *Server) channelMembers(q url.Values) (map[string]any, error) {
	c, err := s.channel(q)
	if err != nil {
		return nil, err
	}
	page, next, err := paginate(c.Members, q, 100)
	if err != nil {
		return nil, err
	}
	return map[string]any{"members": page, "response_metadata": map[string]any{"next_cursor": next}}, nil
}

// history gives a channel's messages outside of threads, newest first.
func (s *Server) history(q url.Values) (map[string]any, error) {
	return s.read(q, s.messages, func(m *Message) bool { return m.ThreadTS == "" || m.Subtype == broadcast }, true)
}

// replies gives a thread, its root first.
func (s *Server) replies(q url.Values) (map[string]any, error) {
	root := q.Get("ts")
	first := s.find(q.Get("channel"), root)
	if first == nil {
		return nil, refusal("thread_not_found")
	}
	all := append([]*Message{first}, s.threads[root]...)
	return s.read(q, all, func(m *Message) bool { return m == first || m.TS > q.Get("oldest") }, false)
}

func (s *Server) read(q url.Values, all []*Message, keep func(*Message) bool, newestFirst bool) (map[string]any, error) {
	c, err := s.channel(q)
	if err != nil {
		return nil, err
	}
	if !c.has(BotUser) {
		return nil, refusal("not_in_channel")
	}
	var found []*Message
	for _, m := range all {
		if m.Channel == c.ID && !m.Deleted && m.EphemeralTo == "" && keep(m) {
			found = append(found, m)
		}
	}
	if newestFirst {
		slices.Reverse(found)
	}
	page, next, err := paginate(found, q, 100)
	if err != nil {
		return nil, err
	}
	shown := make([]map[string]any, 0, len(page))
	for _, m := range page {
		shown = append(shown, s.wire(m, q.Get("include_all_metadata") == "1"))
	}
	return map[string]any{"messages": shown, "has_more": next != "", "response_metadata": map[string]any{"next_cursor": next}}, nil
}

// paginate cuts one page out of all; a cursor is the number of the next item.
func paginate[T any](all []T, q url.Values, usual int) (page []T, next string, err error) {
	limit, start := usual, 0
	if v := q.Get("limit"); v != "" {
		if limit, err = strconv.Atoi(v); err != nil || limit < 1 || limit > 1000 {
			return nil, "", refusal("invalid_limit")
		}
	}
	if v := q.Get("cursor"); v != "" {
		if start, err = strconv.Atoi(strings.TrimPrefix(v, "at:")); err != nil || start > len(all) {
			return nil, "", refusal("invalid_cursor")
		}
	}
	end := min(start+limit, len(all))
	if end < len(all) {
		next = "at:" + strconv.Itoa(end)
	}
	return slices.Clone(all[start:end]), next, nil
}

// wire is a message as events and answers show it. Called with mu held.
func (s *Server) wire(m *Message, withMetadata bool) map[string]any {
	w := map[string]any{"type": "message", "user": m.User, "team": s.teamOf(m.User), "text": m.Text, "ts": m.TS}
	set := func(k, v string) {
		if v != "" {
			w[k] = v
		}
	}
	set("thread_ts", m.ThreadTS)
	if len(m.Files) == 0 { // what a bot uploads names its user only
		set("bot_id", m.BotID)
	}
	set("subtype", m.Subtype)
	set("client_msg_id", m.ClientMsgID)
	if s.hasReplies(m) {
		w["thread_ts"] = m.TS // a root names itself once it has replies
	}
	if len(m.Blocks) > 0 {
		w["blocks"] = m.Blocks
	}
	if withMetadata && len(m.Metadata) > 0 {
		w["metadata"] = m.Metadata
	}
	if m.EditedTS != "" {
		w["edited"] = map[string]any{"user": m.User, "ts": m.EditedTS}
	}
	if len(m.Files) > 0 {
		w["subtype"], w["files"] = "file_share", s.wireFiles(m.Files)
	}
	return w
}

func (s *Server) hasReplies(root *Message) bool { return len(s.threads[root.TS]) > 0 }
