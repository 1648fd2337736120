package telegram

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// Channel is the name of this platform in everything that is stored.
const Channel message.Channel = "telegram"

// Adapter is one Telegram bot. All methods are safe for concurrent use, but
// only one Run at a time makes sense: Telegram allows one receiver per bot.
type Adapter struct {
	bot       string
	api       *api
	hook      *hook // nil = updates are polled
	door      door
	strangers adapters.Spell // at the webhook
	log       *zap.Logger
	menus     map[message.Lang][]Command
	timeouts  Timeouts
	now       func() time.Time
}

var (
	_ adapters.Adapter     = (*Adapter)(nil)
	_ adapters.Checker     = (*Adapter)(nil)
	_ adapters.TapAnswerer = (*Adapter)(nil)
	_ adapters.Typer       = (*Adapter)(nil)
	_ adapters.Lone        = (*Adapter)(nil)
	_ adapters.MenuSetter  = (*Adapter)(nil)
	_ adapters.Opener      = (*Adapter)(nil)
	_ adapters.Router      = (*Adapter)(nil)
	_ adapters.Rereader    = (*Adapter)(nil)
	_ adapters.Examiner    = (*Adapter)(nil)
)

// New checks c and makes an adapter. It does not dial. Errors carry a hint and
// never the token.
func New(c Config) (*Adapter, error) {
	id, err := botID(c.Token)
	if err != nil {
		return nil, err
	}
	base, err := apiBase(c.APIURL)
	if err != nil {
		return nil, err
	}
	hook, err := newHook(c, base)
	if err != nil {
		return nil, err
	}
	a := &Adapter{bot: id, hook: hook, log: c.Logger, menus: c.Menus, timeouts: c.Timeouts.withDefaults(), now: time.Now}
	if a.log == nil {
		a.log = zap.NewNop()
	}
	if a.menus == nil {
		a.menus = Menus()
	}
	a.api = newAPI(c.Token, base, a.timeouts.Connect)
	a.api.hook = c.WebhookSecret
	return a, nil
}

// Channel implements adapters.Adapter.
func (a *Adapter) Channel() message.Channel { return Channel }

// Sender implements adapters.Adapter: "telegram/<bot id>".
func (a *Adapter) Sender() string { return "telegram/" + a.bot }

// String keeps a printed adapter from showing what it holds.
func (a *Adapter) String() string { return a.Sender() }

// GoString does the same for %#v.
func (a *Adapter) GoString() string { return a.Sender() }

// Pace implements adapters.Adapter: a little below Telegram's 30 messages a
// second, and one a second in a chat.
func (a *Adapter) Pace() adapters.Pace {
	return adapters.Pace{Rate: 28, PerChat: 1, ChatBurst: 3}
}

// Check implements adapters.Checker: it asks Telegram who we are.
func (a *Adapter) Check(ctx context.Context) error {
	_, err := a.api.call(ctx, "getMe", nil, a.timeouts.Send)
	return a.refusal(err)
}

// refusal makes an error that says the token was refused wrap
// adapters.ErrRefused; others it gives back as they are.
func (a *Adapter) refusal(err error) error {
	var e *callError
	if errors.As(err, &e) && e.credentials() {
		return fmt.Errorf("%w: Telegram does not know this bot token (hint: ask @BotFather for the current one): %w", adapters.ErrRefused, err)
	}
	return err
}

// AnswerTap implements adapters.TapAnswerer. A tap that is too old to be
// answered is no error: its waiting has ended by itself.
func (a *Adapter) AnswerTap(ctx context.Context, tap message.Tap, text string) error {
	p := params{"callback_query_id": tap.CallbackID}
	if text != "" {
		p["text"] = shorten(text, 200)
	}
	_, err := a.api.call(ctx, "answerCallbackQuery", p, quickTimeout)
	var e *callError
	if errors.As(err, &e) && e.code == 400 && (e.says("query is too old") || e.says("query id is invalid")) {
		return nil
	}
	return err
}

// Typing implements adapters.Typer.
func (a *Adapter) Typing(ctx context.Context, chat message.Chat) error {
	_, err := a.api.call(ctx, "sendChatAction", params{"chat_id": string(chat), "action": "typing"}, quickTimeout)
	return err
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// shorten cuts s to at most n characters, the last being an ellipsis if
// something was cut.
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
