package telegram

import (
	"cmp"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/dialog/message"
)

// DefaultAPIURL is where Telegram's own Bot API lives.
const DefaultAPIURL = "https://api.telegram.org"

// Config is what [New] needs. Only Token has no default.
type Config struct {
	// Token is the bot token from @BotFather, "<bot id>:<key>".
	Token Secret
	// APIURL is the base of the Bot API, without the token; empty means
	// DefaultAPIURL.
	APIURL string
	// Mode is how updates arrive: ModePoll, which empty means too, or
	// ModeWebhook.
	Mode string
	// WebhookSecret is what Telegram sends along with every update in webhook
	// mode: 1–256 of A–Z a–z 0–9 _ and -. Without it anybody could write in
	// the name of Telegram, so webhook mode does not start.
	WebhookSecret Secret
	// WebhookURL is the address Telegram reaches [HookPath] under in webhook
	// mode. It must be https, except where the API is on loopback, as in tests.
	WebhookURL string
	// Logger takes notes of trouble; nil means silence.
	Logger *zap.Logger
	// Menus are the command menus by language; nil means [Menus].
	Menus map[message.Lang][]Command
	// Timeouts bound every call; zero fields take the defaults.
	Timeouts Timeouts
}

// Timeouts bound the calls to Telegram.
type Timeouts struct {
	Connect  time.Duration // to connect and shake hands (5 s)
	Send     time.Duration // for a whole sending call (60 s)
	LongPoll time.Duration // how long Telegram may hold a poll open, whole seconds from 1 s to 50 s (50 s)
	// RetryMin and RetryMax bound the pause after a failed poll, which
	// doubles and is jittered (500 ms, 15 s). Taps expire after 150 s, so
	// the longest pause must stay far below that.
	RetryMin, RetryMax time.Duration
	File               time.Duration // for passing a whole file on, either way (110 s)
	// HookCheck is how often, in webhook mode, Telegram is asked whether the
	// webhook still stands and works (3 min).
	HookCheck time.Duration
}

const (
	pollSlack    = 15 * time.Second // what a poll may take beyond the time Telegram holds it
	quickTimeout = 10 * time.Second // for calls that are best effort
)

func (t Timeouts) withDefaults() Timeouts {
	t.Connect = cmp.Or(t.Connect, 5*time.Second)
	t.Send = cmp.Or(t.Send, 60*time.Second)
	t.LongPoll = min(max(cmp.Or(t.LongPoll, 50*time.Second), time.Second), 50*time.Second)
	t.RetryMin = cmp.Or(t.RetryMin, 500*time.Millisecond)
	t.RetryMax = max(cmp.Or(t.RetryMax, 15*time.Second), t.RetryMin)
	t.File = cmp.Or(t.File, 110*time.Second)
	t.HookCheck = cmp.Or(t.HookCheck, 3*time.Minute)
	return t
}

// botID checks the form of a token and gives the number before its colon. The
// error never quotes the token: a mistyped one is still mostly the real one.
func botID(token Secret) (string, error) {
	wrong := errors.New("telegram: the bot token has the wrong form (hint: copy it whole from @BotFather; it is a number, a colon and a key of letters, digits, - and _)")
	id, key, ok := strings.Cut(string(token), ":")
	if !ok || len(key) < 3 {
		return "", wrong
	}
	if n, err := strconv.ParseInt(id, 10, 64); err != nil || n <= 0 || strconv.FormatInt(n, 10) != id {
		return "", wrong
	}
	for _, r := range key {
		if !isWord(r) && r != '-' {
			return "", wrong
		}
	}
	return id, nil
}

// isWord says whether r may be part of a command or a key: ASCII letters,
// digits and the underscore.
func isWord(r rune) bool {
	return r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// apiBase checks the configured address. It is not quoted in errors either:
// people paste whole call addresses, with the token in them.
func apiBase(address string) (string, error) {
	address = cmp.Or(address, DefaultAPIURL)
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", errors.New("telegram: the API address is not an http(s) address (hint: " + DefaultAPIURL + ")")
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.Contains(u.Path, "/bot") {
		return "", errors.New("telegram: the API address must hold neither credentials nor a query (hint: only the base, as in " + DefaultAPIURL + ")")
	}
	return strings.TrimRight(address, "/"), nil
}
