package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/accord-chat/accord/adapters"
)

const (
	manyWaiting = 100              // updates; more are a backlog
	recently    = time.Hour        // an older failure of a delivery is over
	clockSlack  = 60 * time.Second // by so much clocks may differ
)

// Examine implements adapters.Examiner: the token, the webhook against the
// configured mode, how deliveries went, and the clock. It only asks.
func (a *Adapter) Examine(ctx context.Context) []adapters.Finding {
	before := a.now()
	me, at, err := a.api.dated(ctx, "getMe", nil, quickTimeout)
	after := a.now()
	list := []adapters.Finding{a.tokenFinding(me, err)}
	if err != nil {
		return list
	}
	if !at.IsZero() {
		list = append(list, clockFinding(before, after, at))
	}
	info, at, err := a.hookInfo(ctx)
	if err != nil {
		return append(list, adapters.Finding{What: "Telegram webhook", Says: "could not be asked for: " + err.Error(), Hint: "try again"})
	}
	if at.IsZero() {
		at = a.now()
	}
	list = append(list, a.modeFinding(info), a.backlogFinding(info))
	if a.hook != nil {
		list = append(list, a.deliveryFinding(info, at), kindsFinding(info))
	}
	return list
}

func (a *Adapter) tokenFinding(me json.RawMessage, err error) adapters.Finding {
	f := adapters.Finding{What: "Telegram bot token"}
	var e *callError
	switch {
	case err == nil:
		var who struct {
			Username string `json:"username"`
		}
		_ = json.Unmarshal(me, &who) // the name is a courtesy
		f.OK, f.Says = true, "accepted for @"+who.Username
	case errors.As(err, &e) && e.credentials():
		f.Says, f.Hint = "refused: Telegram does not know it", "ask @BotFather for the current token"
	default:
		f.Says, f.Hint = "could not be checked: "+err.Error(), "is "+host(a.api.base)+" reachable from here, and no proxy in between?"
	}
	return f
}

// clockFinding compares with the time Telegram answered, which lies between
// before and after and is given in whole seconds.
func clockFinding(before, after, telegram time.Time) adapters.Finding {
	f := adapters.Finding{What: "Clock against Telegram's", OK: true}
	var off time.Duration
	switch {
	case telegram.Add(time.Second).Before(before):
		off = before.Sub(telegram)
		f.Says = "ours is ahead by "
	case telegram.After(after):
		off = telegram.Sub(after)
		f.Says = "ours is behind by "
	}
	if off == 0 {
		f.Says = "the same"
		return f
	}
	f.Says += off.Round(time.Second).String()
	if off > clockSlack {
		f.OK, f.Hint = false, "set this machine's clock by a time service (NTP); promised times depend on it"
	}
	return f
}

func (a *Adapter) modeFinding(info hookInfo) adapters.Finding {
	f := adapters.Finding{What: "Telegram webhook"}
	switch {
	case a.hook == nil && info.URL == "":
		f.OK, f.Says = true, "none, as it must be while updates are polled"
	case a.hook == nil:
		f.Says = "one is set, at " + a.api.hide(host(info.URL)) + ", so updates cannot be polled"
		f.Hint = "start the server, which removes it and keeps what waits; or set the mode to webhook; or another program uses this token"
	case info.URL == a.hook.url:
		f.OK, f.Says = true, "set to our address"
	case info.URL == "":
		f.Says, f.Hint = "none is set, so nothing is delivered", "start the server, which sets it"
	default:
		f.Says = "set to another address, at " + a.api.hide(host(info.URL)) + ", so nothing is delivered here"
		f.Hint = "start the server, which sets ours; if it comes back, another program uses this token"
	}
	return f
}

func (a *Adapter) backlogFinding(info hookInfo) adapters.Finding {
	f := adapters.Finding{What: "Telegram updates waiting", OK: info.Pending <= manyWaiting, Says: fmt.Sprint(info.Pending)}
	if !f.OK {
		f.Hint = "is the server running, and does it keep up? Telegram forgets updates after 24 hours"
	}
	return f
}

// deliveryFinding: Telegram remembers the last failure for long, so one that
// is over is told as history.
func (a *Adapter) deliveryFinding(info hookInfo, now time.Time) adapters.Finding {
	f := adapters.Finding{What: "Telegram webhook deliveries", OK: true, Says: "no failure"}
	last, what := info.LastErrorAt, a.api.hide(info.LastError)
	if info.SyncErrorAt > last {
		last, what = info.SyncErrorAt, "Telegram could not get at the updates itself"
	}
	if last == 0 {
		return f
	}
	ago := now.Sub(time.Unix(last, 0)).Round(time.Second)
	f.Says = fmt.Sprintf("the last failure was %s ago: %s", max(ago, 0), what)
	if ago < recently {
		f.OK, f.Hint = false, deliveryHint(what)
	}
	return f
}

// deliveryHints say what to do about Telegram's words for a failed delivery.
var deliveryHints = []struct{ words, hint string }{
	{"certificate", "the certificate must be valid for that name and sent with its whole chain; a self-signed one is not accepted"},
	{"ssl", "TLS 1.2 or later must be spoken at that address"},
	{"resolve", "the name of ACCORD_PUBLIC_URL must be known in the public DNS"},
	{"ip address", "the name of ACCORD_PUBLIC_URL must lead to a public address"},
	{"refused", "nothing listens there: is the server running, and does the proxy pass the port on (443, 80, 88 or 8443)?"},
	{"timed out", "a firewall may keep Telegram out (149.154.160.0/20 and 91.108.4.0/22 must come through)"},
	{"timeout", "the answer took too long: is the proxy's way to the server open, and the disk not too slow?"},
	{"401", "the secret differs: start the server, which sets the current one; a proxy must pass the header on"},
	{"404", "the proxy must pass " + HookPath + " on to the server, as POST and with its Content-Type"},
	{"413", "the proxy must let calls of 1 MiB through"},
	{"503", "the server was not ready or could not store: see its log"},
	{"502", "the proxy does not reach the server: is it running?"},
}

func deliveryHint(what string) string {
	what = strings.ToLower(what)
	for _, h := range deliveryHints {
		if strings.Contains(what, h.words) {
			return h.hint
		}
	}
	return "call the public address from outside and see what answers"
}

func kindsFinding(info hookInfo) adapters.Finding {
	f := adapters.Finding{What: "Telegram kinds of updates", OK: true, Says: "all that are needed"}
	if missing := info.missing(); len(missing) > 0 {
		f.OK, f.Says = false, "not asked for: "+strings.Join(missing, ", ")
		f.Hint = "start the server, which asks for them"
	}
	return f
}
