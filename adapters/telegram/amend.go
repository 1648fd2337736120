package telegram

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"unicode/utf16"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// An agent's words may have become several messages. Which ones is remembered
// in the id they are known by from then on ("101+102"), because nothing is
// kept here: otherwise an edit would turn the last part into the whole text.
const glue = "+"

func together(parts []message.PlatformID) message.PlatformID {
	ids := make([]string, len(parts))
	for i, p := range parts {
		ids[i] = string(p)
	}
	return message.PlatformID(strings.Join(ids, glue))
}

// amend changes or takes back words of an agent. Both can be done twice, so an
// unknown outcome does no harm.
func (a *Adapter) amend(ctx context.Context, chat message.Chat, m *adapters.Amend) (adapters.Receipt, error) {
	parts := strings.Split(string(m.Message), glue)
	var err error
	switch {
	case m.Message == "":
		return adapters.Receipt{}, refuse("what the customer has of this message is not known")
	case m.Delete:
		err = a.takeBack(ctx, chat, parts)
	case len(parts) > 1:
		err = refuse("these words went out in several messages and cannot be edited; delete them and write anew")
	default:
		err = a.reword(ctx, chat, parts[0], strings.TrimSpace(strings.ToValidUTF8(m.Text, "\uFFFD")))
	}
	if err != nil {
		return adapters.Receipt{}, err
	}
	r := adapters.Receipt{ID: m.Message}
	for _, p := range parts {
		r.Parts = append(r.Parts, message.PlatformID(p))
	}
	return r, nil
}

// takeBack deletes every part. One that is gone already is where it should be.
func (a *Adapter) takeBack(ctx context.Context, chat message.Chat, parts []string) error {
	for _, id := range parts {
		_, err := a.api.call(ctx, "deleteMessage", params{"chat_id": string(chat), "message_id": id}, a.timeouts.Send)
		var e *callError
		switch bad := errors.As(err, &e) && e.code == http.StatusBadRequest; {
		case bad && e.says("message to delete not found"), bad && e.says("message_id_invalid"):
		case bad && e.says("can't be deleted"):
			return refuse("a bot can take a message back for 48 hours only, and this one is older; the customer still sees it")
		case err != nil:
			return sendError(err)
		}
	}
	return nil
}

// reword changes a text, or a caption where the message is a file: the id does
// not tell which, and Telegram does. Nothing but a caption can become empty.
func (a *Adapter) reword(ctx context.Context, chat message.Chat, id, text string) error {
	if text == "" {
		return a.caption(ctx, chat, id, text, "nothing would be left of the message; delete it to take it back")
	}
	size := len(utf16.Encode([]rune(text)))
	if size > maxText {
		return refuse("the new text is too long for one Telegram message (4096 characters), and one that is there cannot become several")
	}
	err := a.edit(ctx, "editMessageText", params{"chat_id": string(chat), "message_id": id, "text": text, "link_preview_options": noPreview})
	var e *callError
	switch {
	case !errors.As(err, &e) || e.code != http.StatusBadRequest || !e.says("no text in the message"):
		return editOutcome(err)
	case size > maxCaption:
		return refuse("the new text is too long to stand under a file on Telegram (1024 characters)")
	}
	return a.caption(ctx, chat, id, text, "there are no words in this message that could be changed")
}

// caption changes the words under a file. none is the reason to give where the
// message can have no such words.
func (a *Adapter) caption(ctx context.Context, chat message.Chat, id, text, none string) error {
	err := a.edit(ctx, "editMessageCaption", params{"chat_id": string(chat), "message_id": id, "caption": text})
	var e *callError
	if errors.As(err, &e) && e.code == http.StatusBadRequest && e.says("no caption in the message") {
		return refuse(none)
	}
	return editOutcome(err)
}

// edit counts it as done where the message reads so already.
func (a *Adapter) edit(ctx context.Context, method string, p params) error {
	_, err := a.api.call(ctx, method, p, a.timeouts.Send)
	var e *callError
	if errors.As(err, &e) && e.code == http.StatusBadRequest && e.says("message is not modified") {
		return nil
	}
	return err
}

// editOutcome puts Telegram's refusals of an edit into words for agents.
func editOutcome(err error) error {
	var e *callError
	switch bad := errors.As(err, &e) && e.code == http.StatusBadRequest; {
	case err == nil:
		return nil
	case bad && e.says("message to edit not found"), bad && e.says("message_id_invalid"):
		return refuse("the message is no longer in the chat")
	case bad && e.says("can't be edited"):
		return refuse("Telegram does not let this message be edited any more; the customer still sees the old words")
	}
	return sendError(err)
}
