package telegram

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/accord-chat/accord/dialog/message"
)

// Command is one entry of the menu beside the input field.
type Command struct {
	Name        string `json:"command"`     // 1–32 of a–z, 0–9 and _, without the slash
	Description string `json:"description"` // 1–256 characters
}

// Menus are the menus we ship, one for each language we speak.
//
// Telegram picks a menu by a two-letter code and so knows one Chinese only.
// The three languages are served like this: everybody without a better match
// and "en" read English, "zh" reads Simplified, and a chat that turns out to
// be in Traditional Chinese gets its own menu through [Adapter.SetMenu], which
// Telegram prefers over the others.
func Menus() map[message.Lang][]Command {
	return map[message.Lang][]Command{
		message.English: {
			{"start", "Start a conversation"},
			{"help", "What I can do for you"},
			{"human", "Talk to a person"},
			{"status", "See where your matter stands"},
			{"language", "Change the language"},
			{"cancel", "Drop the current matter"},
		},
		message.Simplified: {
			{"start", "开始对话"},
			{"help", "我能帮您做什么"},
			{"human", "转人工服务"},
			{"status", "查看事情的进展"},
			{"language", "切换语言"},
			{"cancel", "不再办理当前的事"},
		},
		message.Traditional: {
			{"start", "開始對話"},
			{"help", "我能為您做什麼"},
			{"human", "由專人為您服務"},
			{"status", "查詢處理進度"},
			{"language", "切換語言"},
			{"cancel", "取消目前這件事"},
		},
	}
}

// SetMenu gives one chat the menu in lang, whatever the language of the
// person's app. It is best effort: call it when a chat's language becomes
// known or changes. A language without a menu is an error.
func (a *Adapter) SetMenu(ctx context.Context, chat message.Chat, lang message.Lang) error {
	scope, err := json.Marshal(map[string]string{"type": "chat", "chat_id": string(chat)})
	if err != nil {
		return fmt.Errorf("telegram menu: %w", err)
	}
	return a.setMenu(ctx, lang, params{"scope": string(scope)})
}

// setMenus sets the menus everybody sees.
func (a *Adapter) setMenus(ctx context.Context) error {
	for _, m := range []struct {
		lang message.Lang
		code string
	}{{message.English, ""}, {message.English, "en"}, {message.Simplified, "zh"}} {
		if _, ok := a.menus[m.lang]; !ok {
			continue // a configuration may leave a language out
		}
		p := params{}
		if m.code != "" {
			p["language_code"] = m.code
		}
		if err := a.setMenu(ctx, m.lang, p); err != nil {
			return err
		}
	}
	return nil
}

func (a *Adapter) setMenu(ctx context.Context, lang message.Lang, p params) error {
	menu, ok := a.menus[lang]
	if !ok {
		return fmt.Errorf("telegram menu: no menu in language %q", lang)
	}
	commands, err := json.Marshal(menu)
	if err != nil {
		return fmt.Errorf("telegram menu: %w", err)
	}
	p["commands"] = string(commands)
	_, err = a.api.call(ctx, "setMyCommands", p, quickTimeout)
	return err
}
