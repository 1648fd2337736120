package telegram

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

// Decode implements adapters.Adapter: one update, as Telegram sent it, becomes
// one Inbound. It is pure. Errors say which part was malformed and quote none
// of it.
func (a *Adapter) Decode(payload []byte) (message.Inbound, error) { return decode(payload) }

func decode(payload []byte) (message.Inbound, error) {
	var u wireUpdate
	if err := json.Unmarshal(payload, &u); err != nil {
		return message.Inbound{}, malformed(err)
	}
	switch {
	case u.Message != nil:
		return decodeMessage(u.Message)
	case u.Edited != nil:
		return decodeEdited(u.Edited)
	case u.Callback != nil:
		return decodeTap(u.Callback)
	case u.Member != nil:
		return decodeMember(u.Member)
	}
	return message.Inbound{}, errors.New("malformed update: of a kind that was never asked for")
}

// malformed names the field that could not be read. The decoder's own words
// may quote the value, and with it what a person wrote.
func malformed(err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) && kind.Field != "" {
		return errors.New("malformed update: field " + kind.Field)
	}
	return errors.New("malformed update: not the JSON of an update")
}

// envelope fills in where, when and who. It says with ok whether the rest is
// of any concern: only people, and only in private chats, are listened to.
// Ignored things keep their chat, which orders them.
func envelope(chat *wireChat, from *wireUser, date int64) (in message.Inbound, ok bool, err error) {
	if chat == nil || chat.ID == 0 {
		return in, false, errors.New("malformed update: no chat")
	}
	in = message.Inbound{Channel: Channel, Chat: message.Chat(itoa(chat.ID)), Kind: message.KindIgnored}
	if date > 0 {
		in.At = time.Unix(date, 0).UTC()
	}
	private := chat.Type == "private" || chat.Type == "" && chat.ID > 0
	if !private {
		return in, false, nil
	}
	if from == nil || from.ID == 0 {
		return in, false, errors.New("malformed update: no sender")
	}
	in.From = message.Person{
		Ref:  message.UserRef(itoa(from.ID)),
		Name: message.CleanName(from.FirstName + " " + from.LastName),
		Lang: message.ParseLang(from.Language),
	}
	return in, !from.IsBot, nil
}

func decodeMessage(m *wireMessage) (message.Inbound, error) {
	in, ok, err := envelope(m.Chat, m.From, m.Date)
	if err != nil {
		return message.Inbound{}, err
	}
	in.ID = platformID(m.ID)
	if !ok {
		return in, nil
	}
	in.Attachments = attachments(m)
	switch {
	case m.borrowed():
		in.Kind = message.KindMedia
		in.Attachments = asForwarded(in.Attachments)
	case len(in.Attachments) > 0:
		in.Kind, in.Text = message.KindMedia, m.Caption
	case m.Text != "":
		in.Kind, in.Text = message.KindText, m.Text
		if name, rest, ok := command(m.Text); ok {
			in.Kind, in.Command, in.Text = message.KindCommand, name, rest
		}
	}
	return in, nil // nothing of the above: a service message, ignored
}

// decodeEdited: a live location "edits" its message every few seconds, which
// says nothing new; borrowed words are no more the sender's own after an edit.
func decodeEdited(m *wireMessage) (message.Inbound, error) {
	in, ok, err := envelope(m.Chat, m.From, m.Date)
	if err != nil {
		return message.Inbound{}, err
	}
	in.ID = platformID(m.ID)
	if !ok || m.borrowed() || m.Location != nil {
		return in, nil
	}
	in.Kind, in.Text, in.Attachments = message.KindEdited, m.Text, attachments(m)
	if m.Text == "" {
		in.Text = m.Caption
	}
	return in, nil
}

// borrowed says whether the words are somebody else's: forwarded, made by an
// inline bot, or sent in the name of a channel.
func (m *wireMessage) borrowed() bool {
	return m.ViaBot != nil || m.SenderChat != nil || m.ForwardOrigin != nil || m.ForwardDate != 0
}

// decodeTap: the message with the button may be missing or hollow (date 0)
// when it is old. Then the sender's id names the chat, because the id of a
// private chat is that of the person. Taps carry no time of their own.
func decodeTap(c *wireCallback) (message.Inbound, error) {
	if c.ID == "" {
		return message.Inbound{}, errors.New("malformed update: no callback id")
	}
	if c.From == nil || c.From.ID == 0 {
		return message.Inbound{}, errors.New("malformed update: no sender")
	}
	chat := &wireChat{ID: c.From.ID, Type: "private"}
	var id int64
	if c.Message != nil {
		id = c.Message.ID
		if c.Message.Chat != nil && c.Message.Chat.ID != 0 {
			chat = c.Message.Chat
		}
	}
	in, ok, err := envelope(chat, c.From, 0)
	if err != nil {
		return message.Inbound{}, err
	}
	in.ID = platformID(id)
	if ok {
		in.Kind = message.KindTap
		in.Tap = &message.Tap{Data: c.Data, CallbackID: c.ID}
	}
	return in, nil
}

// decodeMember: in a private chat this arrives only when the person blocks or
// unblocks the bot.
func decodeMember(m *wireMember) (message.Inbound, error) {
	in, ok, err := envelope(m.Chat, m.From, m.Date)
	if err != nil {
		return message.Inbound{}, err
	}
	if ok {
		switch m.New.Status {
		case "kicked":
			in.Kind = message.KindBlocked
		case "member":
			in.Kind = message.KindUnblocked
		}
	}
	return in, nil
}

func platformID(id int64) message.PlatformID {
	if id == 0 {
		return ""
	}
	return message.PlatformID(itoa(id))
}
