package slackfake

import (
	"fmt"
	"regexp"
	"strings"
)

// Agent lets one user act. Threads and messages are named by their ts or by
// "<channel>:<ts>".
type Agent struct {
	s  *Server
	id string
}

// Agent gives the hands of a user, who need not be an agent or even a member:
// the fake delivers what anybody does.
func (s *Server) Agent(id string) *Agent { return &Agent{s, id} }

// ID is the user's id.
func (a *Agent) ID() string { return a.id }

// Says writes text, as typed, into a thread, perhaps with files, and gives the
// message's ts. A thread that does not exist is an error.
func (a *Agent) Says(thread, text string, files ...File) (string, error) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	root := a.s.find("", tsOf(thread))
	if root == nil {
		return "", fmt.Errorf("slackfake: no message %s to reply to", thread)
	}
	return a.write(root.Channel, root.TS, "", text, files), nil
}

// Broadcasts writes text into a thread and lets it be seen in the channel too.
func (a *Agent) Broadcasts(thread, text string) (string, error) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	root := a.s.find("", tsOf(thread))
	if root == nil {
		return "", fmt.Errorf("slackfake: no message %s to reply to", thread)
	}
	return a.write(root.Channel, root.TS, broadcast, text, nil), nil
}

// SaysInChannel writes text into a channel, outside of any thread.
func (a *Agent) SaysInChannel(channel, text string) string {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	return a.write(channel, "", "", text, nil)
}

// write adds a message and tells the program. Called with mu held.
func (a *Agent) write(channel, thread, subtype, text string, files []File) string {
	m := &Message{
		Channel: channel, TS: a.s.newTS(), ThreadTS: thread, Subtype: subtype, User: a.id, Text: encode(text),
		Files: a.s.keepFiles(a.id, files), Reactions: map[string][]string{}, Form: map[string]string{},
	}
	a.s.keep(m)
	a.s.announce(m)
	a.s.touch()
	return m.TS
}

// Edits changes one of the user's own messages.
func (a *Agent) Edits(msg, text string) error {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	m, err := a.own(msg)
	if err != nil {
		return err
	}
	before := a.s.wire(m, false)
	m.Text, m.EditedTS = encode(text), a.s.newTS()
	a.s.announceChange(m, before)
	a.s.touch()
	return nil
}

// Deletes removes one of the user's own messages.
func (a *Agent) Deletes(msg string) error {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	m, err := a.own(msg)
	if err != nil {
		return err
	}
	a.s.remove(m)
	a.s.touch()
	return nil
}

func (a *Agent) own(msg string) (*Message, error) {
	m := a.s.find("", tsOf(msg))
	if m == nil || m.User != a.id {
		return nil, fmt.Errorf("slackfake: %s has no message %s", a.id, msg)
	}
	return m, nil
}

// Clicks presses the button of a message that has this label, this action id,
// or this action ("take" finds the action id "take#0"). A question the button
// asks first is answered with yes.
func (a *Agent) Clicks(msg, button string) error {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	m := a.s.find("", tsOf(msg))
	if m == nil {
		return fmt.Errorf("slackfake: no message %s", msg)
	}
	for _, b := range m.Buttons() {
		if b.Label == button || b.ActionID == button || strings.HasPrefix(b.ActionID, button+"#") {
			a.press(m, b)
			return nil
		}
	}
	return fmt.Errorf("slackfake: message %s has no button %q", msg, button)
}

// ClicksStale presses a button that the message need not have (any more).
func (a *Agent) ClicksStale(msg string, b Button) error {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	m := a.s.find("", tsOf(msg))
	if m == nil {
		return fmt.Errorf("slackfake: no message %s", msg)
	}
	a.press(m, b)
	return nil
}

// press sends block_actions. Called with mu held.
func (a *Agent) press(m *Message, b Button) {
	container := map[string]any{
		"type": "message", "message_ts": m.TS, "channel_id": m.Channel, "is_ephemeral": m.EphemeralTo != "",
	}
	if m.ThreadTS != "" {
		container["thread_ts"] = m.ThreadTS
	}
	payload := map[string]any{
		"type": "block_actions", "api_app_id": AppID, "token": verificationToken,
		"team":      map[string]any{"id": Team, "domain": "accord"},
		"user":      map[string]any{"id": a.id, "username": a.id, "team_id": a.s.teamOf(a.id)},
		"channel":   map[string]any{"id": m.Channel, "name": "queue"},
		"container": container,
		"actions": []map[string]any{{
			"type": "button", "action_id": b.ActionID, "block_id": "b1", "value": b.Value,
			"text": map[string]any{"type": "plain_text", "text": b.Label}, "action_ts": a.s.newTS(),
		}},
		"response_url": ResponseURL,
	}
	if m.EphemeralTo == "" { // Slack leaves a private message out
		payload["message"] = a.s.wire(m, false)
	}
	a.s.emit(&pending{kind: "interactive", payload: payload, volatile: "trigger_id", user: a.id})
	a.s.touch()
}

// Reacts puts an emoji on a message.
func (a *Agent) Reacts(msg, emoji string) error {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	m := a.s.find("", tsOf(msg))
	if m == nil {
		return fmt.Errorf("slackfake: no message %s", msg)
	}
	m.Reactions[emoji] = append(m.Reactions[emoji], a.id)
	a.s.emitEvent(m.Channel, map[string]any{
		"type": "reaction_added", "user": a.id, "reaction": emoji, "item_user": m.User,
		"item": map[string]any{"type": "message", "channel": m.Channel, "ts": m.TS}, "event_ts": a.s.newTS(),
	})
	a.s.touch()
	return nil
}

// Commands types a slash command in a channel.
func (a *Agent) Commands(channel, command, text string) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	a.s.emit(&pending{kind: "slash_commands", volatile: "trigger_id", user: a.id, payload: map[string]any{
		"token": verificationToken, "team_id": Team, "channel_id": channel, "user_id": a.id, "api_app_id": AppID,
		"command": command, "text": text, "response_url": ResponseURL,
	}})
	a.s.touch()
}

// broadcast is the subtype of a reply that is shown in the channel too.
const broadcast = "thread_broadcast"

// Secrets that real payloads carry; tests look for them where they must not be.
const (
	verificationToken = "verification-canary-7c1f"
	ResponseURL       = "https://hooks.slack.example/actions/response-canary-93ab"
	VerificationToken = verificationToken
)

var (
	escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	address = regexp.MustCompile(`https?://[^\s<>|]+`)
	mail    = regexp.MustCompile(`[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+`)
)

// encode turns what was typed into Slack's encoding: escaped, with addresses
// and e-mail addresses made into links.
func encode(typed string) string {
	s := escapes.Replace(typed)
	if loc := address.FindString(s); loc != "" {
		return address.ReplaceAllString(s, "<$0>")
	}
	return mail.ReplaceAllString(s, "<mailto:$0|$0>")
}
