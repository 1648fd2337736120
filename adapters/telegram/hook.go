package telegram

import (
	"cmp"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net"
	"net/url"
	"strings"
)

// Modes of receiving, for [Config.Mode].
const (
	ModePoll    = "poll"
	ModeWebhook = "webhook"
)

// HookPath is where webhook mode is served, and what [Config.WebhookURL] must
// lead to from outside.
const HookPath = "/telegram/webhook"

// hook is what webhook mode is configured with.
type hook struct {
	secret Secret
	url    string
}

// newHook checks what c says about the mode; nil is polling. Errors quote
// neither the secret nor the address.
func newHook(c Config, api string) (*hook, error) {
	switch cmp.Or(c.Mode, ModePoll) {
	case ModePoll:
		return nil, nil
	case ModeWebhook:
	default:
		return nil, errors.New(`telegram: the mode is not known (hint: "poll" or "webhook")`)
	}
	if err := checkSecret(c.WebhookSecret); err != nil {
		return nil, err
	}
	if err := checkHookURL(c.WebhookURL, api); err != nil {
		return nil, err
	}
	return &hook{secret: c.WebhookSecret, url: c.WebhookURL}, nil
}

func checkSecret(s Secret) error {
	if s == "" {
		return errors.New("telegram: webhook mode needs a secret, or anybody could write in the name of Telegram (hint: any 32 letters and digits)")
	}
	odd := func(r rune) bool { return !isWord(r) && r != '-' }
	if len(s) > 256 || strings.ContainsFunc(string(s), odd) {
		return errors.New("telegram: the webhook secret has the wrong form (hint: 1 to 256 letters, digits, - and _)")
	}
	return nil
}

func checkHookURL(address, api string) error {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return errors.New("telegram: webhook mode needs the address Telegram reaches us under (hint: https://<your host>" + HookPath + ")")
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("telegram: the webhook address must hold neither credentials nor a query (hint: https://<your host>" + HookPath + ")")
	}
	a, err := url.Parse(api)
	testing := err == nil && isLoopback(a.Hostname())
	if u.Scheme != "https" && (!testing || u.Scheme != "http") {
		return errors.New("telegram: the webhook address must be https, because Telegram calls no other (hint: put a proxy with a certificate in front)")
	}
	return nil
}

func isLoopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

// knows compares in a time that depends on neither the given secret nor its
// length.
func (h *hook) knows(given string) bool {
	want, got := sha256.Sum256([]byte(h.secret)), sha256.Sum256([]byte(given))
	return subtle.ConstantTimeCompare(want[:], got[:]) == 1
}

// host is what of an address may be shown: others put tokens into the path.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "an address that cannot be read"
	}
	return u.Host
}
