package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// secretKeys are taken out of a payload before it is stored: the verification
// token, and the addresses and tickets with which one may answer in our name.
// Only a live payload's trigger_id is used, for opening a form.
var secretKeys = []string{"token", "response_url", "response_urls", "trigger_id", "bot_access_token"}

// newRaw makes the stored form of one payload: what it is, where it belongs and
// the key under which a second copy is recognised. Pure. A payload that cannot
// be placed comes with Err set and is kept aside.
func newRaw(kind string, payload json.RawMessage) adapters.Raw {
	clean := scrub(payload)
	raw := adapters.Raw{Payload: wrap(kind, clean)}
	var err string
	switch kind {
	case kindEvents:
		raw.Dedup, raw.Chat, err = placeEvent(clean)
	case kindInteract:
		raw.Dedup, raw.Chat, err = placeInteraction(clean)
	case kindSlash:
		raw.Dedup, raw.Chat, err = placeCommand(payload) // with its trigger id
	default:
		err = "an unknown type of envelope"
	}
	if err != "" {
		raw.Dedup, raw.Chat, raw.Err = digest("bad", clean), "", err
	}
	return raw
}

// badRaw handles an envelope that the library could not parse and therefore
// will not acknowledge. If it is something we act on after all, nothing is lost
// over the library's doubts; otherwise it is kept aside. envelope is "" where
// there is nothing to acknowledge.
func badRaw(msg json.RawMessage) (envelope string, raw adapters.Raw) {
	var env struct {
		stored
		EnvelopeID string `json:"envelope_id"`
	}
	if json.Unmarshal(msg, &env) != nil { // a member of an unexpected shape
		return envelopeOf(msg), adapters.Raw{Dedup: digest("bad", msg), Payload: wrap("", scrub(msg)), Err: "not an envelope"}
	}
	raw = newRaw(env.Type, env.Payload)
	if in, err := decode(raw.Payload, ""); raw.Err == "" && (err != nil || in.Kind == message.KindIgnored) {
		raw.Chat, raw.Err = "", "not understood by the library"
	}
	return env.EnvelopeID, raw
}

// envelopeOf finds the id where the rest of the envelope has a wrong shape.
func envelopeOf(msg json.RawMessage) string {
	var env struct {
		EnvelopeID string `json:"envelope_id"`
	}
	_ = json.Unmarshal(msg, &env) // "" is the answer where there is none
	return env.EnvelopeID
}

func wrap(kind string, payload json.RawMessage) []byte {
	if len(payload) == 0 {
		payload = json.RawMessage("null")
	}
	b, err := json.Marshal(stored{kind, payload})
	if err != nil { // payload is no JSON; keep it as a string
		b, _ = json.Marshal(map[string]string{"type": kind, "payload": string(payload)})
	}
	return b
}

// scrub removes the secrets from the top level of a payload (and of the payload
// inside a whole envelope). Everything else stays as it came.
func scrub(payload json.RawMessage) json.RawMessage {
	var m map[string]json.RawMessage
	if json.Unmarshal(payload, &m) != nil || m == nil {
		return payload
	}
	for _, k := range secretKeys {
		delete(m, k)
	}
	if inner, ok := m["payload"]; ok {
		m["payload"] = scrub(inner)
	}
	b, err := json.Marshal(m)
	if err != nil {
		return payload
	}
	return b
}

// placeEvent keys a message by where and when it was written, because Slack
// sends it again under a new event id. Only events of type "message" are keyed
// so: a mention arrives a second time as "app_mention" with the same ts, and
// must not swallow the message.
func placeEvent(payload json.RawMessage) (dedup string, chat message.Chat, problem string) {
	c, err := parseCallback(payload)
	switch {
	case err != nil:
		return "", "", err.Error()
	case c.Event.Type != "message":
		return placeOther(c)
	case c.TeamID == "" || c.Event.Channel == "":
		return "", "", "a message without a place"
	}
	e := &c.Event
	ts, root, suffix := e.TS, e.root(), ""
	switch e.Subtype {
	case "message_changed":
		if e.Message == nil {
			return "", "", "a change without its message"
		}
		ts, root, suffix = e.Message.TS, e.Message.root(), e.TS
		if e.Message.Edited != nil {
			suffix = e.Message.Edited.TS
		}
	case "message_deleted":
		ts, root, suffix = e.DeletedTS, e.DeletedTS, "deleted"
		if e.Previous != nil && e.Previous.ThreadTS != "" {
			root = e.Previous.ThreadTS
		}
	}
	if ts == "" {
		return "", "", "a message without a ts"
	}
	return key(c.TeamID, e.Channel, ts, suffix), chatKey(e.Channel, root), ""
}

// placeOther places what is not a message. None of it concerns a conversation,
// so the team is place enough.
func placeOther(c callback) (dedup string, chat message.Chat, problem string) {
	if c.EventID == "" || c.TeamID == "" {
		return "", "", "an event without an id"
	}
	if c.Event.Channel != "" {
		return key(c.EventID), message.Chat(c.Event.Channel), ""
	}
	return key(c.EventID), message.Chat(c.TeamID), ""
}

// placeInteraction keys a press by button, message and moment; its trigger id
// differs from copy to copy.
func placeInteraction(payload json.RawMessage) (dedup string, chat message.Chat, problem string) {
	i, err := parseInteraction(payload)
	switch {
	case err != nil:
		return "", "", err.Error()
	case i.teamID() == "":
		return "", "", "an interaction without a team"
	case i.Type == "view_submission":
		return placeSubmission(i, payload)
	case i.Type != "block_actions" || len(i.Actions) == 0 || i.channelID() == "" || i.messageTS() == "":
		return digest(i.Type, payload), message.Chat(i.teamID()), ""
	}
	act := i.Actions[0]
	return key(i.teamID(), i.channelID(), i.messageTS(), act.ActionID, act.ActionTS), chatKey(i.channelID(), i.root()), ""
}

// placeSubmission keys a form by its window, which can be sent once, and puts
// it into the thread of the message it was opened from.
func placeSubmission(i interaction, payload json.RawMessage) (dedup string, chat message.Chat, problem string) {
	o, ok := i.origin()
	if !ok || i.View.ID == "" {
		return digest(i.Type, payload), message.Chat(i.teamID()), ""
	}
	return key(i.teamID(), "view", i.View.ID), chatKey(o.Channel, o.Root), ""
}

// placeCommand keys a slash command by its trigger id: the same words typed
// twice are two commands. The id itself is not kept.
func placeCommand(payload json.RawMessage) (dedup string, chat message.Chat, problem string) {
	var c command
	if err := json.Unmarshal(payload, &c); err != nil || c.TeamID == "" {
		return "", "", "a command without a team"
	}
	chat = message.Chat(c.TeamID)
	if c.ChannelID != "" {
		chat = message.Chat(c.ChannelID)
	}
	if c.TriggerID == "" {
		return digest("command", payload), chat, ""
	}
	sum := sha256.Sum256([]byte(c.TriggerID))
	return key(c.TeamID, "command", hex.EncodeToString(sum[:16])), chat, ""
}

// key joins the parts that are there.
func key(parts ...string) string {
	k := string(Channel)
	for _, p := range parts {
		if p != "" {
			k += ":" + p
		}
	}
	return k
}

func chatKey(channel, root string) message.Chat { return message.Chat(channel + ":" + root) }

// digest keys a payload by its content, for want of anything better, and
// leaves out what differs from one delivery to the next.
func digest(what string, payload []byte) string {
	var m map[string]json.RawMessage
	if json.Unmarshal(payload, &m) == nil {
		for _, k := range append([]string{"event_id", "event_context", "envelope_id", "retry_attempt", "retry_reason"}, secretKeys...) {
			delete(m, k)
		}
		if b, err := json.Marshal(m); err == nil {
			payload = b
		}
	}
	sum := sha256.Sum256(payload)
	return key(strings.ToLower(what), hex.EncodeToString(sum[:16]))
}

// Reread implements adapters.Rereader. Pure.
func (a *Adapter) Reread(payload []byte) adapters.Raw {
	var s stored
	if err := json.Unmarshal(payload, &s); err != nil {
		return adapters.Raw{Dedup: digest("bad", payload), Payload: payload, Err: "not what was stored"}
	}
	if s.Type == "" { // a whole envelope was kept
		_, raw := badRaw(s.Payload)
		return raw
	}
	return newRaw(s.Type, s.Payload)
}
