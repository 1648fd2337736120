package telegramfake

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// execute runs one method on the ledger.
func (b *Bot) execute(method string, call form) answer {
	b.mu.Lock()
	defer b.mu.Unlock()
	f := call.fields
	switch name := strings.ToLower(method); name {
	case "getme":
		return success(map[string]any{"id": b.ID, "is_bot": true, "first_name": "Accord", "username": "accord_fake_bot"})
	case "sendmessage":
		return b.sendMessage(f)
	case "editmessagetext":
		return b.editText(f)
	case "sendphoto", "sendvoice", "sendvideo", "sendaudio", "senddocument":
		return b.sendFile(strings.TrimPrefix(name, "send"), call)
	case "sendlocation":
		return b.sendLocation(f)
	case "getfile":
		return b.getFile(f)
	case "editmessagecaption":
		return b.editCaption(f)
	case "deletemessage":
		return b.deleteMessage(f)
	case "editmessagereplymarkup":
		return b.editMarkup(f)
	case "answercallbackquery":
		return b.answerTap(f)
	case "sendchataction":
		return b.chatAction(f)
	case "setmycommands":
		return b.setCommands(f)
	case "leavechat":
		return b.leaveChat(f)
	case "setwebhook":
		return b.setWebhook(f)
	case "deletewebhook":
		return b.deleteWebhook(f)
	case "getwebhookinfo":
		return b.webhookInfo()
	}
	return failure(http.StatusNotFound, "Not Found: method not found")
}

// reach finds the customer of a chat, or says why they cannot be written to.
func (b *Bot) reach(f map[string]string) (*Customer, answer) {
	id, err := strconv.ParseInt(f["chat_id"], 10, 64)
	if err != nil || f["chat_id"] == "" {
		return nil, badRequest("chat_id is empty")
	}
	c, ok := b.customers[id]
	if !ok {
		return nil, badRequest("chat not found")
	}
	if c.blocked {
		return nil, failure(http.StatusForbidden, "Forbidden: bot was blocked by the user")
	}
	return c, answer{}
}

func (b *Bot) sendMessage(f map[string]string) answer {
	c, a := b.reach(f)
	if c == nil {
		return a
	}
	text, a := checkText(f["text"])
	if !a.ok() {
		return a
	}
	rows, a := checkMarkup(f["reply_markup"])
	if !a.ok() {
		return a
	}
	if f["parse_mode"] != "" {
		b.violate("sendMessage with a parse_mode: what people wrote could turn into markup")
	}
	m := &Message{
		FromBot: true, Text: text, Rows: rows, ParseMode: f["parse_mode"],
		PreviewOff: strings.Contains(f["link_preview_options"], `"is_disabled":true`) || f["disable_web_page_preview"] == "true",
	}
	c.add(m)
	return success(c.show(m))
}

// checkText keeps Telegram's rules for the text of a message.
func checkText(text string) (string, answer) {
	if !utf8.ValidString(text) {
		return "", badRequest("strings must be encoded in UTF-8")
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return "", badRequest("message text is empty")
	}
	if len(utf16.Encode([]rune(text))) > 4096 {
		return "", badRequest("message is too long")
	}
	return text, answer{}
}

// checkMarkup reads an inline keyboard and keeps Telegram's rules for it.
func checkMarkup(markup string) ([][]Button, answer) {
	if markup == "" {
		return nil, answer{}
	}
	var k struct {
		Rows [][]struct {
			Text string `json:"text"`
			Data string `json:"callback_data"`
		} `json:"inline_keyboard"`
	}
	if json.Unmarshal([]byte(markup), &k) != nil {
		return nil, badRequest("can't parse reply keyboard markup JSON object")
	}
	var rows [][]Button
	for _, r := range k.Rows {
		var row []Button
		for _, button := range r {
			switch {
			case strings.TrimSpace(button.Text) == "":
				return nil, badRequest("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
			case button.Data == "" || len(button.Data) > 64:
				return nil, badRequest("BUTTON_DATA_INVALID")
			}
			row = append(row, Button{Label: button.Text, Data: button.Data})
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	return rows, answer{}
}

// editable finds the message an edit is about.
func (b *Bot) editable(f map[string]string) (*Customer, *Message, answer) {
	c, a := b.reach(f)
	if c == nil {
		return nil, nil, a
	}
	id, _ := strconv.ParseInt(f["message_id"], 10, 64)
	m := c.find(id)
	if m == nil || m.Deleted {
		return nil, nil, badRequest("message to edit not found")
	}
	if !m.FromBot {
		return nil, nil, badRequest("message can't be edited")
	}
	return c, m, answer{}
}

func (b *Bot) editText(f map[string]string) answer {
	c, m, a := b.editable(f)
	if !a.ok() {
		return a
	}
	if m.File != nil || m.Place {
		return badRequest("there is no text in the message to edit")
	}
	text, a := checkText(f["text"])
	if !a.ok() {
		return a
	}
	return b.edit(c, m, text, f)
}

func (b *Bot) editMarkup(f map[string]string) answer {
	c, m, a := b.editable(f)
	if !a.ok() {
		return a
	}
	return b.edit(c, m, m.Text, f)
}

func (b *Bot) edit(c *Customer, m *Message, text string, f map[string]string) answer {
	rows, a := checkMarkup(f["reply_markup"])
	if !a.ok() {
		return a
	}
	if text == m.Text && reflect.DeepEqual(rows, m.Rows) {
		return badRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	if text != m.Text {
		m.Was = append(m.Was, m.Text)
	}
	m.Text, m.Rows = text, rows
	m.Edits++
	c.offer(m)
	c.news.fire()
	return success(c.show(m))
}

func (b *Bot) answerTap(f map[string]string) answer {
	tap, ok := b.taps[f["callback_query_id"]]
	if !ok || tap.Expired || tap.Answered {
		if ok && tap.Answered {
			b.violate("answerCallbackQuery twice for one tap")
		}
		return badRequest("query is too old and response timeout expired or query ID is invalid")
	}
	tap.Answered, tap.Answer = true, f["text"]
	return success(true)
}

func (b *Bot) chatAction(f map[string]string) answer {
	c, a := b.reach(f)
	if c == nil {
		return a
	}
	if f["action"] != "typing" {
		return badRequest("wrong parameter action in request")
	}
	c.typing++
	c.news.fire()
	return success(true)
}

func (b *Bot) setCommands(f map[string]string) answer {
	var commands []Command
	if json.Unmarshal([]byte(f["commands"]), &commands) != nil || len(commands) == 0 {
		return badRequest("can't parse commands")
	}
	for _, c := range commands {
		if c.Name == "" || len(c.Name) > 32 || c.Name != strings.ToLower(c.Name) || c.Description == "" {
			return badRequest("BOT_COMMAND_INVALID")
		}
	}
	if code := f["language_code"]; code != "" && len(code) != 2 {
		return badRequest("LANG_CODE_INVALID")
	}
	var scope struct {
		Type string          `json:"type"`
		Chat json.RawMessage `json:"chat_id"` // a number, or one in quotes
	}
	if s := f["scope"]; s != "" && json.Unmarshal([]byte(s), &scope) != nil {
		return badRequest("can't parse BotCommandScope")
	}
	chat := ""
	if scope.Type == "chat" {
		chat = strings.Trim(string(scope.Chat), `"`)
	}
	b.commands[chat+"/"+f["language_code"]] = commands
	return success(true)
}

func (b *Bot) leaveChat(f map[string]string) answer {
	id, err := strconv.ParseInt(f["chat_id"], 10, 64)
	if err != nil || id >= 0 {
		return badRequest("chat not found")
	}
	b.left[id] = true
	return success(true)
}

// show is a message as Telegram writes it.
func (c *Customer) show(m *Message) map[string]any {
	out := map[string]any{
		"message_id": m.ID,
		"date":       m.At.Unix(),
		"chat":       c.chat(),
	}
	if m.FromBot {
		out["from"] = map[string]any{"id": c.bot.ID, "is_bot": true, "first_name": "Accord"}
	} else {
		out["from"] = c.user()
	}
	switch {
	case m.File != nil:
		m.File.show(out, m.Text)
	case m.Place:
		out["location"] = map[string]any{"latitude": m.Lat, "longitude": m.Lon}
	case m.Text != "":
		out["text"] = m.Text
	}
	if m.Edits > 0 {
		out["edit_date"] = time.Now().Unix()
	}
	return out
}
