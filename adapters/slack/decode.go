package slack

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// spoken are the subtypes under which people's own words arrive: plain,
// with files, said in a thread and shown in the channel too, and /me.
var spoken = []string{"", "file_share", "thread_broadcast", "me_message"}

// Decode implements adapters.Adapter: it reads what Run stored. Pure. What is
// outside the queue's channel, or not said by a person in a thread, is
// KindIgnored. Who the person is, is not checked here: see Authorize.
func (a *Adapter) Decode(payload []byte) (message.Inbound, error) {
	return decode(payload, a.cfg.Channel)
}

// decode is Decode for one channel; "" lets every channel through.
func decode(payload []byte, channel string) (message.Inbound, error) {
	var s stored
	if err := json.Unmarshal(payload, &s); err != nil {
		return message.Inbound{}, fmt.Errorf("slack payload: %s", reason(err))
	}
	raw := newRaw(s.Type, s.Payload)
	if raw.Err != "" {
		return message.Inbound{}, fmt.Errorf("slack payload: %s", raw.Err)
	}
	in := message.Inbound{Channel: Channel, Chat: raw.Chat, Kind: message.KindIgnored}
	switch s.Type {
	case kindEvents:
		return decodeEvent(s.Payload, in, channel)
	case kindInteract:
		return decodeInteraction(s.Payload, in, channel)
	}
	return in, nil // slash commands do not work in threads, so we offer none
}

func decodeEvent(payload json.RawMessage, in message.Inbound, channel string) (message.Inbound, error) {
	c, err := parseCallback(payload)
	if err != nil {
		return in, err
	}
	e := &c.Event
	in.At = moment(e.TS)
	if e.Type != "message" || (channel != "" && e.Channel != channel) {
		return in, nil
	}
	switch {
	case slices.Contains(spoken, e.Subtype):
		fill(&in, message.KindAgentText, &e.userMessage, c)
	case e.Subtype == "message_changed" && e.Message != nil && changedWords(e):
		fill(&in, message.KindEdited, e.Message, c)
		if e.Message.Edited != nil {
			in.At = moment(e.Message.Edited.TS)
		}
	case e.Subtype == "message_deleted" && e.Previous != nil:
		e.Previous.TS = e.DeletedTS
		fill(&in, message.KindDeleted, e.Previous, c)
		in.Text, in.Attachments = "", nil
	}
	return in, nil
}

// changedWords leaves out the changes Slack makes by itself, such as a preview
// under a link or the stone in place of a deleted message.
func changedWords(e *event) bool {
	if !slices.Contains(spoken, e.Message.Subtype) {
		return false
	}
	return e.Previous == nil || e.Previous.Text != e.Message.Text
}

// fill puts m into in as kind, if a person wrote it in a thread; otherwise in
// stays ignored.
func fill(in *message.Inbound, kind message.Kind, m *userMessage, c callback) {
	user := text(m.User)
	if m.BotID != "" || user == "" || c.toBot(user) || !m.inThread() {
		return
	}
	in.Kind = kind
	in.From.Ref = userRef(first(m.UserTeam, m.Team, c.TeamID), user)
	in.ID = platformID(c.Event.Channel, m.TS)
	in.Thread = platformID(c.Event.Channel, m.ThreadTS)
	in.Text = plain(m.Text)
	in.Attachments = attachments(m.Files)
}

func attachments(files []file) []message.Attachment {
	var out []message.Attachment
	for _, f := range files {
		if f.ID == "" || f.Mode == "tombstone" {
			continue // deleted meanwhile
		}
		out = append(out, message.Attachment{
			Kind: fileKind(f), Held: Channel, File: f.ID, Name: message.CleanFile(first(f.Name, f.Title)), MIME: f.Mimetype, Size: f.Size,
		})
	}
	return out
}

func fileKind(f file) message.AttachmentKind {
	switch major, _, _ := strings.Cut(f.Mimetype, "/"); {
	case f.Subtype == "slack_audio", major == "audio":
		return message.Voice // recorded clips come as audio in a video container
	case major == "image":
		return message.Photo
	case major == "video":
		return message.Video
	}
	return message.Document
}

func decodeInteraction(payload json.RawMessage, in message.Inbound, channel string) (message.Inbound, error) {
	i, err := parseInteraction(payload)
	if err != nil {
		return in, err
	}
	if i.Type == "view_submission" {
		return decodeSubmission(i, in, channel), nil
	}
	if i.Type != "block_actions" || len(i.Actions) == 0 || i.User.ID == "" || i.messageTS() == "" ||
		(channel != "" && i.channelID() != channel) {
		return in, nil
	}
	if i.opensForm() {
		return in, nil // the form that is sent counts, not the press that opens it
	}
	act := i.Actions[0]
	in.Kind = message.KindAgentTap
	in.From.Ref = userRef(first(i.User.TeamID, i.teamID()), i.User.ID)
	in.ID = platformID(i.channelID(), i.messageTS())
	in.Thread = platformID(i.channelID(), i.root())
	in.Tap = &message.Tap{Data: tapData(act.ActionID, act.Value)}
	in.At = moment(act.ActionTS)
	return in, nil
}

// ordinal is what keeps the action ids of one message apart; a letter behind it
// says that the button opens a form.
var (
	ordinal = regexp.MustCompile(`#[0-9]+f?$`)
	formEnd = regexp.MustCompile(`#[0-9]+f$`)
)

func actionID(b adapters.Button, n int) string {
	id := b.Action + "#" + strconv.Itoa(n)
	if b.Form {
		id += "f"
	}
	return id
}

func tapData(id, value string) string {
	data := ordinal.ReplaceAllString(id, "")
	if value != "" {
		data += " " + value
	}
	return data
}

func userRef(team, user string) message.UserRef { return message.UserRef(team + "/" + user) }

// splitRef takes a UserRef apart.
func splitRef(ref message.UserRef) (team, user string, ok bool) {
	team, user, ok = strings.Cut(string(ref), "/")
	return team, user, ok && team != "" && user != ""
}

func platformID(channel, ts string) message.PlatformID { return message.PlatformID(channel + ":" + ts) }

// splitID takes a PlatformID apart.
func splitID(id message.PlatformID) (channel, ts string, ok bool) {
	channel, ts, ok = strings.Cut(string(id), ":")
	return channel, ts, ok && channel != "" && ts != ""
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// moment reads a ts ("1700000000.000100", seconds and microseconds) as a time;
// the zero time where it is none.
func moment(ts string) time.Time {
	secs, frac, _ := strings.Cut(ts, ".")
	s, err := strconv.ParseInt(secs, 10, 64)
	if err != nil || s <= 0 {
		return time.Time{}
	}
	us, err := strconv.ParseInt((frac + "000000")[:6], 10, 64)
	if err != nil {
		us = 0
	}
	return time.Unix(s, us*1000).UTC()
}
