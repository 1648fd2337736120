package telegramfake

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// hook is a webhook that is set, and what delivers to it. Guarded by Bot.mu.
type hook struct {
	url     string
	secret  string
	allowed []string
	most    int // deliveries at the same time
	ctx     context.Context
	end     context.CancelFunc
	lanes   map[string]*lane
	flying  int
	gone    int // answers 410 in a row
}

// Webhook is what is set, as setWebhook was called.
type Webhook struct {
	URL            string // "" = none is set
	Secret         string
	Allowed        []string
	MaxConnections int
}

// Webhook tells what is set now.
func (b *Bot) Webhook() Webhook {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.hook == nil {
		return Webhook{}
	}
	return Webhook{URL: b.hook.url, Secret: b.hook.secret, Allowed: b.hook.allowed, MaxConnections: b.hook.most}
}

// SetWebhook sets a webhook without a secret, as another program with the same
// token might have done: polls get 409 until deleteWebhook. An address that is
// not on loopback is never called.
func (b *Bot) SetWebhook(address string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.startHook(&hook{url: address, most: 40})
}

// DropWebhook takes the webhook off, as another program might.
func (b *Bot) DropWebhook() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dropHook()
	b.moved.fire()
}

// Haste says how long a second of the webhook's pauses lasts (20 ms unless
// said): those between retries and those that Retry-After asks for.
func (b *Bot) Haste(second time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.haste = second
}

// HookTrouble makes getWebhookInfo tell of a failed delivery.
func (b *Bot) HookTrouble(words string, at time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.failedWith, b.failedAt = words, at
}

var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

func (b *Bot) setWebhook(f map[string]string) answer {
	b.noDrop("setWebhook", f)
	if f["url"] == "" {
		b.dropHook()
		b.moved.fire()
		return success(true)
	}
	u, err := url.Parse(f["url"])
	switch {
	case err != nil || u.Host == "":
		return badRequest("bad webhook: invalid URL")
	case u.Scheme != "https" && !loopback(u):
		return badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	case f["secret_token"] != "" && !secretForm.MatchString(f["secret_token"]):
		return badRequest("secret token contains unallowed characters")
	}
	h := &hook{url: f["url"], secret: f["secret_token"], most: 40}
	if n, err := strconv.Atoi(f["max_connections"]); err == nil {
		h.most = min(max(n, 1), 100)
	}
	if list := f["allowed_updates"]; list != "" && json.Unmarshal([]byte(list), &h.allowed) != nil {
		return badRequest("can't parse allowed updates")
	}
	if h.secret == "" {
		b.violate("setWebhook without a secret: anybody could write in the name of Telegram")
	}
	b.startHook(h)
	return success(true)
}

func (b *Bot) deleteWebhook(f map[string]string) answer {
	b.noDrop("deleteWebhook", f)
	b.dropHook()
	return success(true)
}

func (b *Bot) noDrop(method string, f map[string]string) {
	if drop := strings.ToLower(f["drop_pending_updates"]); drop == "true" || drop == "1" {
		b.violate(method + " with drop_pending_updates loses updates")
		b.queue = nil
	}
}

func (b *Bot) webhookInfo() answer {
	info := map[string]any{"url": "", "has_custom_certificate": false, "pending_update_count": len(b.queue)}
	if b.hook != nil {
		info["url"], info["max_connections"] = b.hook.url, b.hook.most
		if len(b.hook.allowed) > 0 {
			info["allowed_updates"] = b.hook.allowed
		}
	}
	if b.failedWith != "" {
		info["last_error_message"], info["last_error_date"] = b.failedWith, b.failedAt.Unix()
	}
	return success(info)
}

// startHook puts h in the place of what is set. A poll that is held ends.
func (b *Bot) startHook(h *hook) {
	b.dropHook()
	h.lanes = make(map[string]*lane)
	h.ctx, h.end = context.WithCancel(context.Background())
	b.hook = h
	b.moved.fire()
	b.server.start(func() { b.deliverAll(h) })
}

// dropHook ends the webhook; what waits stays.
func (b *Bot) dropHook() {
	if b.hook != nil {
		b.hook.end()
		b.hook = nil
	}
}

// loopback: nothing else is ever called from a test.
func loopback(u *url.URL) bool {
	return u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback()
}

// HookCall is one delivery to a webhook and how it ended.
type HookCall struct {
	Update int64
	Lane   string // updates of one lane come one after another
	Status int    // 0 = no answer
	Lost   bool   // an answer came, and Telegram did not get it
	At     time.Time
	Took   time.Duration
}

// HookCalls lists the latest deliveries, in the order in which they ended.
func (b *Bot) HookCalls() []HookCall {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]HookCall(nil), b.deliveries...)
}

// LoseHookAnswers makes the answers to the next n deliveries be lost on their
// way: each comes again.
func (b *Bot) LoseHookAnswers(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.loseAnswers = n
}

// hookClient calls webhooks: no proxy, no redirect, nothing kept open.
func hookClient() *http.Client {
	return &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       hookPatience,
	}
}
