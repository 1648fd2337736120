package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
)

// hookConnections is how many updates Telegram may deliver at the same time.
// It is their default, said so that nobody else's setting stays.
const hookConnections = "40"

// listen receives by webhook until ctx ends or the token is refused. The door
// opens before the webhook is set, because Telegram delivers at once. At the
// end the webhook stays: what comes meanwhile waits at Telegram.
func (a *Adapter) listen(ctx context.Context, sink adapters.Sink, groups chan string) error {
	v := &visit{ctx: ctx, sink: sink, groups: groups, log: a.log}
	a.door.open(v)
	defer a.door.shut(v)
	k := &keeper{a: a, pacer: a.pacer()}
	for ctx.Err() == nil {
		if err := k.once(ctx); errors.Is(err, adapters.ErrRefused) {
			return err
		}
	}
	return nil
}

// keeper sees to it that the webhook stands; used by one goroutine.
type keeper struct {
	a       *Adapter
	pacer             // of our calls
	health  trouble   // of Telegram's calls
	stands  bool      // set, and not known to have been changed since
	checked bool      // failed is known
	failed  time.Time // when a delivery last failed, by Telegram's account
}

// once sets the webhook where that is due, and otherwise waits and looks
// whether it still stands.
func (k *keeper) once(ctx context.Context) error {
	if !k.stands {
		if err := k.a.setHook(ctx); err != nil {
			return k.notSet(ctx, err)
		}
		k.well()
		k.stands = true
	} else if wait(ctx, k.a.timeouts.HookCheck); ctx.Err() != nil {
		return nil
	}
	info, _, err := k.a.hookInfo(ctx)
	if err != nil {
		return k.pacer.failed(ctx, err)
	}
	k.well()
	k.look(info)
	return nil
}

// look compares what Telegram says with what should be. A failure from before
// the first look is history: we may just not have been running.
func (k *keeper) look(info hookInfo) {
	news := k.checked && info.failedAt().After(k.failed)
	k.checked, k.failed = true, info.failedAt()
	waiting := zap.Int("waiting", info.Pending)
	switch {
	case info.URL != k.a.hook.url, len(info.missing()) > 0:
		k.stands = false
		k.health.begin(k.log.With(waiting), "telegram: the webhook of this bot was changed or removed by somebody else; setting it again", nil)
	case news:
		k.stands = false // setting it anew also ends Telegram's pause
		k.health.begin(k.log.With(waiting), "telegram could not deliver an update to the webhook; setting it again", errors.New(k.a.api.hide(info.LastError)))
	default:
		k.health.over(k.log)
		k.log.Debug("telegram: the webhook stands", waiting)
	}
}

// notSet deals with a webhook that could not be set. What Telegram has against
// it only a person can change, so that is an alarm; but it may also be that a
// name or a certificate is still on its way, so it is tried again.
func (k *keeper) notSet(ctx context.Context, err error) error {
	var e *callError
	if ctx.Err() == nil && errors.As(err, &e) && e.code == http.StatusBadRequest {
		k.trouble.alarm(k.log, "telegram does not accept the webhook address; nothing is received until it does (hint: ACCORD_PUBLIC_URL must be https and reachable from outside)", err)
		k.pause(ctx)
		return err
	}
	return k.pacer.failed(ctx, err)
}

// setHook tells Telegram where to deliver. What waits there is kept:
// drop_pending_updates is never set.
func (a *Adapter) setHook(ctx context.Context) error {
	_, err := a.api.call(ctx, "setWebhook", params{
		"url":             a.hook.url,
		"secret_token":    string(a.hook.secret),
		"allowed_updates": allowedUpdates,
		"max_connections": hookConnections,
	}, quickTimeout)
	return err
}

// hookInfo is what Telegram says of the webhook. URL is empty where none is
// set.
type hookInfo struct {
	URL         string   `json:"url"`
	Pending     int      `json:"pending_update_count"`
	LastError   string   `json:"last_error_message"`
	LastErrorAt int64    `json:"last_error_date"`
	SyncErrorAt int64    `json:"last_synchronization_error_date"`
	Allowed     []string `json:"allowed_updates"`
}

func (i hookInfo) failedAt() time.Time { return time.Unix(i.LastErrorAt, 0) }

// missing lists what we need to be told of and are not. Nothing listed means
// Telegram's default, which holds all of ours.
func (i hookInfo) missing() (kinds []string) {
	var needed []string
	if len(i.Allowed) == 0 || json.Unmarshal([]byte(allowedUpdates), &needed) != nil {
		return nil
	}
	for _, kind := range needed {
		if !slices.Contains(i.Allowed, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// hookInfo asks, and tells what time it is at Telegram.
func (a *Adapter) hookInfo(ctx context.Context) (info hookInfo, at time.Time, err error) {
	result, at, err := a.api.dated(ctx, "getWebhookInfo", nil, quickTimeout)
	if err != nil {
		return info, at, err
	}
	if json.Unmarshal(result, &info) != nil {
		return info, at, &callError{method: "getWebhookInfo", status: http.StatusOK, written: true, why: "the answer is not what Telegram sends"}
	}
	return info, at, nil
}
