package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// params are the fields of one call; composite values are JSON.
type params = map[string]string

// api makes calls to one bot's API. It is the only place that knows the
// library, of which just the plainest part is used: its polling loops lose
// updates and its helpers leak the token or panic on odd input. Safe for
// concurrent use: bot is copied for each call and never changed.
type api struct {
	token  Secret
	hook   Secret // the webhook's, "" = none
	base   string
	bot    tgbotapi.BotAPI
	client *http.Client
}

// newAPI does not use the library's constructor because that dials (getMe),
// which belongs to Check.
func newAPI(token Secret, base string, connect time.Duration) *api {
	a := &api{token: token, base: base, client: newHTTPClient(connect), bot: tgbotapi.BotAPI{Token: string(token)}}
	a.bot.SetAPIEndpoint(strings.ReplaceAll(base, "%", "%%") + "/bot%s/%s")
	return a
}

// call makes one call and gives the raw result. Any error is a *callError.
func (a *api) call(ctx context.Context, method string, p params, limit time.Duration) (json.RawMessage, error) {
	result, _, err := a.dated(ctx, method, p, limit)
	return result, err
}

// dated is call that also tells what time it is at Telegram; zero where the
// answer does not say.
func (a *api) dated(ctx context.Context, method string, p params, limit time.Duration) (json.RawMessage, time.Time, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	b := &binding{ctx: ctx, client: a.client}
	bot := a.bot
	bot.Client = b
	resp, err := bot.MakeRequest(method, p)
	if err != nil {
		return nil, time.Time{}, a.explain(method, b, err)
	}
	return resp.Result, b.date, nil
}

// explain turns whatever the library returned into a *callError without any
// secret in it.
func (a *api) explain(method string, b *binding, err error) *callError {
	ce := &callError{method: method, status: int(b.status.Load()), written: b.written.Load()}
	var te *tgbotapi.Error
	switch {
	case errors.As(err, &te):
		ce.code = te.Code
		if ce.code == 0 && ce.status >= http.StatusBadRequest {
			ce.code = ce.status
		}
		ce.retryAfter = time.Duration(te.RetryAfter) * time.Second
		ce.movedTo = te.MigrateToChatID
		ce.why = a.hide(te.Message)
	case ce.status != 0 && b.ctx.Err() == nil && isDecoding(err):
		ce.why = "the answer is not what Telegram sends"
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(b.ctx.Err(), context.DeadlineExceeded):
		ce.why, ce.cause = "timed out", context.DeadlineExceeded
	case b.ctx.Err() != nil:
		ce.why, ce.cause = "cancelled", b.ctx.Err()
	default:
		ce.why = a.hide(stripURL(err).Error())
	}
	return ce
}

// hide takes both secrets out of words that are not ours, and then shortens
// them: the other way round half a secret could be left at the end.
func (a *api) hide(text string) string {
	text = a.token.redact(text)
	if a.hook != "" {
		text = strings.ReplaceAll(text, string(a.hook), mask)
	}
	return shorten(text, 200)
}

// isDecoding says whether the answer arrived whole and could not be read.
func isDecoding(err error) bool {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &kind) || strings.Contains(err.Error(), "EOF")
}

// allowedUpdates is what is asked for in either mode, and nothing else.
const allowedUpdates = `["message","edited_message","callback_query","my_chat_member"]`

// getUpdates asks for what has not been confirmed yet, as raw JSON. An offset
// above 0 confirms everything below it; it is never negative, because that
// would drop updates unseen.
func (a *api) getUpdates(ctx context.Context, offset int64, hold time.Duration) ([]json.RawMessage, error) {
	p := params{
		"timeout":         itoa(int64(hold / time.Second)),
		"limit":           "100",
		"allowed_updates": allowedUpdates,
	}
	if offset > 0 {
		p["offset"] = itoa(offset)
	}
	result, err := a.call(ctx, "getUpdates", p, hold+pollSlack)
	if err != nil {
		return nil, err
	}
	var updates []json.RawMessage
	if err := json.Unmarshal(result, &updates); err != nil {
		return nil, &callError{method: "getUpdates", status: http.StatusOK, written: true, why: "the answer is not a list"}
	}
	return updates, nil
}
