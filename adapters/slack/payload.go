package slack

import (
	"encoding/json"
	"fmt"
)

// Kinds of payloads, as Socket Mode names them; HTTP routes map to the same.
const (
	kindEvents   = "events_api"
	kindInteract = "interactive"
	kindSlash    = "slash_commands"
)

// stored is the shape of a [adapters.Raw] payload.
type stored struct {
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload"`
}

// The structs below name only what we read. They are ours and not the
// library's, because a field of a new shape in a part that does not concern us
// must not cost an agent's message.

type callback struct {
	Type    string `json:"type"`
	TeamID  string `json:"team_id"`
	EventID string `json:"event_id"`
	Event   event  `json:"event"`
	// Authorizations name the bot the event was brought to.
	Authorizations []struct {
		UserID string `json:"user_id"`
		IsBot  bool   `json:"is_bot"`
	} `json:"authorizations"`
}

// toBot says that user is the bot the event was brought to: the message of a
// file it uploaded may name it like a person.
func (c callback) toBot(user string) bool {
	for _, a := range c.Authorizations {
		if a.IsBot && a.UserID == user {
			return true
		}
	}
	return false
}

type event struct {
	userMessage
	Channel    string       `json:"-"` // an id; other events hold an object here
	RawChannel any          `json:"channel"`
	EventTS    string       `json:"event_ts"`
	DeletedTS  string       `json:"deleted_ts"`
	Message    *userMessage `json:"message"`
	Previous   *userMessage `json:"previous_message"`
}

type userMessage struct {
	Type     string `json:"type"`
	Subtype  string `json:"subtype"`
	User     any    `json:"user"` // an id; an object in events about people
	Team     string `json:"team"`
	UserTeam string `json:"user_team"`
	BotID    string `json:"bot_id"`
	Text     string `json:"text"`
	TS       string `json:"ts"`
	ThreadTS string `json:"thread_ts"`
	Edited   *struct {
		TS string `json:"ts"`
	} `json:"edited"`
	Files []file `json:"files"`
}

type file struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Title    string `json:"title"`
	Mimetype string `json:"mimetype"`
	Size     int64  `json:"size"`
	Subtype  string `json:"subtype"`
	Mode     string `json:"mode"`
}

type interaction struct {
	Type      string      `json:"type"`
	TriggerID string      `json:"trigger_id"`
	Team      *identified `json:"team"`
	Channel   identified  `json:"channel"`
	User      struct {
		ID     string `json:"id"`
		TeamID string `json:"team_id"`
	} `json:"user"`
	Container struct {
		MessageTS string `json:"message_ts"`
		ChannelID string `json:"channel_id"`
		ThreadTS  string `json:"thread_ts"`
	} `json:"container"`
	Message *userMessage `json:"message"`
	Actions []struct {
		ActionID string `json:"action_id"`
		Value    string `json:"value"`
		ActionTS string `json:"action_ts"`
	} `json:"actions"`
	View *submission `json:"view"`
}

// submission is a form that was sent.
type submission struct {
	ID       string `json:"id"`
	Callback string `json:"callback_id"`
	Metadata string `json:"private_metadata"`
	State    struct {
		Values map[string]map[string]answer `json:"values"`
	} `json:"state"`
}

// answer is what was put into one field of a form.
type answer struct {
	Type  string `json:"type"`
	Value string `json:"value"`
	When  int64  `json:"selected_date_time"`
}

type identified struct {
	ID string `json:"id"`
}

type command struct {
	TeamID    string `json:"team_id"`
	ChannelID string `json:"channel_id"`
	UserID    string `json:"user_id"`
	TriggerID string `json:"trigger_id"`
}

func parseCallback(raw json.RawMessage) (callback, error) {
	var c callback
	if err := json.Unmarshal(raw, &c); err != nil {
		return c, fmt.Errorf("event: %s", reason(err))
	}
	c.Event.Channel = text(c.Event.RawChannel)
	return c, nil
}

func parseInteraction(raw json.RawMessage) (interaction, error) {
	var i interaction
	if err := json.Unmarshal(raw, &i); err != nil {
		return i, fmt.Errorf("interaction: %s", reason(err))
	}
	return i, nil
}

// text gives v if it is a string, and "" for the other shapes Slack uses under
// the same name.
func text(v any) string {
	s, _ := v.(string)
	return s
}

// inThread says that the message is a reply; a thread's root carries its own
// ts as thread_ts once it has replies.
func (m *userMessage) inThread() bool { return m.ThreadTS != "" && m.ThreadTS != m.TS }

// root gives the ts of the thread's first message, which is the message itself
// where there is no thread.
func (m *userMessage) root() string {
	if m.ThreadTS != "" {
		return m.ThreadTS
	}
	return m.TS
}

// channelID and messageTS prefer the container, which is there also when the
// message itself is left out (private messages).
func (i interaction) channelID() string {
	if i.Container.ChannelID != "" {
		return i.Container.ChannelID
	}
	return i.Channel.ID
}

func (i interaction) messageTS() string {
	if i.Container.MessageTS == "" && i.Message != nil {
		return i.Message.TS
	}
	return i.Container.MessageTS
}

func (i interaction) root() string {
	switch {
	case i.Message != nil && i.Message.ThreadTS != "":
		return i.Message.ThreadTS
	case i.Container.ThreadTS != "":
		return i.Container.ThreadTS
	}
	return i.messageTS()
}

func (i interaction) teamID() string {
	if i.Team != nil && i.Team.ID != "" {
		return i.Team.ID
	}
	return i.User.TeamID
}
