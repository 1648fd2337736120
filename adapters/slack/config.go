package slack

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// DefaultAPIURL is the base of Slack's Web API.
const DefaultAPIURL = "https://slack.com/api/"

// Ways in which Slack brings what happens there.
const (
	ModeSocket = "socket" // over a connection we open; no public address is needed
	ModeHTTP   = "http"   // by requests to [Adapter.Routes]
)

// Token is a secret. However it is printed, logged or encoded, it shows as
// "***"; only this package's requests hold it in the clear.
type Token string

// hidden is what every secret looks like from outside.
const hidden = "***"

// String implements fmt.Stringer.
func (Token) String() string { return hidden }

// GoString implements fmt.GoStringer.
func (Token) GoString() string { return hidden }

// Format implements fmt.Formatter, so that %s, %q and %x are covered as well.
func (Token) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }

// MarshalText implements encoding.TextMarshaler, which JSON and YAML use.
func (Token) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// Config is what [New] needs.
type Config struct {
	Mode     string // ModeSocket or ModeHTTP; empty = ModeSocket
	BotToken Token  // "xoxb-…", for the Web API
	AppToken Token  // "xapp-…", needed for ModeSocket only
	// SigningSecret proves that a request is Slack's; needed for ModeHTTP.
	SigningSecret Token
	APIURL        string // base of the Web API; empty = DefaultAPIURL
	Channel       string // id of the queue's channel ("C…" or "G…")
	// Agents narrows who may act: user ids ("U…", "W…") and user-group ids
	// ("S…"). Empty = every full member of the team who is in Channel.
	Agents []string
	// Supervisors are called by name when a post asks for it: ids as in
	// Agents. Empty = whoever is in the channel.
	Supervisors []string
	// Forms gives the forms that buttons open; nil = no button opens one.
	Forms adapters.Forms
	// Lang is the language of the few words the adapter says by itself;
	// empty = English.
	Lang message.Lang
	// Timeout bounds one call of the Web API; 0 = 30 s.
	Timeout time.Duration
	// Now is the clock of the agents' cache, of forms and of what Examine
	// compares with Slack's; nil = time.Now. Signatures go by the real one.
	Now    func() time.Time
	Logger *zap.Logger // nil = silent
}

// ConfigError is one mistake in a [Config]. It never holds the value of a
// secret.
type ConfigError struct {
	Setting string // the variable's name
	Problem string
	Advice  string
}

// Error implements error.
func (e *ConfigError) Error() string { return e.Setting + ": " + e.Problem }

// Hint says what to do about it.
func (e *ConfigError) Hint() string { return e.Advice }

var (
	channelForm = regexp.MustCompile(`^[CG][A-Z0-9]{2,}$`)
	agentForm   = regexp.MustCompile(`^[UWS][A-Z0-9]{2,}$`)
)

// check reports every mistake at once, so that an operator mends them in one
// go; the result joins *ConfigError values.
func (c Config) check() error {
	errs := []error{
		c.checkToken("ACCORD_SLACK_BOT_TOKEN", c.BotToken, "xoxb-", "a bot token", "copy it from OAuth & Permissions of the Slack app"),
		c.checkMode(),
		checkURL(c.APIURL),
		checkChannel(c.Channel),
	}
	errs = append(errs, checkPeople("ACCORD_SLACK_AGENTS", c.Agents)...)
	errs = append(errs, checkPeople("ACCORD_SLACK_SUPERVISORS", c.Supervisors)...)
	return errors.Join(errs...)
}

// checkMode wants the secret of the way that was chosen; without one nothing
// that arrives could be trusted.
func (c Config) checkMode() error {
	switch c.Mode {
	case "", ModeSocket:
		return c.checkToken("ACCORD_SLACK_APP_TOKEN", c.AppToken, "xapp-", "an app-level token",
			"make one with the scope connections:write under Basic Information of the Slack app")
	case ModeHTTP:
		return checkSecret(c.SigningSecret)
	}
	return &ConfigError{"ACCORD_SLACK_MODE", fmt.Sprintf("%q is neither %q nor %q", c.Mode, ModeSocket, ModeHTTP),
		"leave it empty for " + ModeSocket + ", which needs no public address"}
}

func checkSecret(t Token) error {
	const setting, advice = "ACCORD_SLACK_SIGNING_SECRET", "copy it from Basic Information of the Slack app"
	switch s := string(t); {
	case s == "":
		return &ConfigError{setting, "is not set, and the mode is " + ModeHTTP, advice}
	case strings.HasPrefix(s, "xoxb-"), strings.HasPrefix(s, "xapp-"):
		return &ConfigError{setting, "holds a token, not the signing secret", advice}
	case strings.ContainsAny(s, " \t\r\n"):
		return &ConfigError{setting, "is not a signing secret", advice}
	}
	return nil
}

func checkPeople(setting string, ids []string) (errs []error) {
	for _, id := range ids {
		if !agentForm.MatchString(id) {
			errs = append(errs, &ConfigError{setting, fmt.Sprintf("%q is not a user or user-group id", id),
				"use ids (U… or S…), not names: open the profile or group and copy its id"})
		}
	}
	return errs
}

func (c Config) checkToken(setting string, t Token, prefix, what, advice string) error {
	switch s := string(t); {
	case s == "":
		return &ConfigError{setting, "is not set", advice}
	case strings.HasPrefix(s, "xoxb-") && prefix == "xapp-", strings.HasPrefix(s, "xapp-") && prefix == "xoxb-":
		return &ConfigError{setting, "holds the other token", "the bot token (xoxb-) and the app token (xapp-) are swapped"}
	case !strings.HasPrefix(s, prefix) || len(s) < len(prefix)+4 || strings.ContainsAny(s, " \t\r\n"):
		return &ConfigError{setting, "is not " + what + " (" + prefix + "…)", advice}
	}
	return nil
}

func checkURL(raw string) error {
	if raw == "" {
		return nil
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.RawQuery != "" || u.User != nil {
		return &ConfigError{"ACCORD_SLACK_API_URL", "is not an http(s) address", "leave it empty to use " + DefaultAPIURL}
	}
	return nil
}

func checkChannel(id string) error {
	switch {
	case id == "":
		return &ConfigError{"ACCORD_SLACK_CHANNEL", "is not set", "the channel's id is at the end of its details in Slack"}
	case !channelForm.MatchString(id):
		return &ConfigError{"ACCORD_SLACK_CHANNEL", fmt.Sprintf("%q is not a channel id", id),
			"use the id (C… or G…), not the name: it is at the end of the channel's details in Slack"}
	}
	return nil
}

// withDefaults fills in what was left empty.
func (c Config) withDefaults() Config {
	if c.Mode == "" {
		c.Mode = ModeSocket
	}
	if c.APIURL == "" {
		c.APIURL = DefaultAPIURL
	}
	if !strings.HasSuffix(c.APIURL, "/") {
		c.APIURL += "/" // the library joins the method's name by plain concatenation
	}
	if c.Timeout <= 0 {
		c.Timeout = 30 * time.Second
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = zap.NewNop()
	}
	return c
}
