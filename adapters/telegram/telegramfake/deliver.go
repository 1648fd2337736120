package telegramfake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	hookPatience = 20 * time.Second // for an answer
	retryCap     = 60               // seconds, however often it failed
	retryAsked   = 3600             // seconds that Retry-After can ask for at most
	goneLimit    = 5                // answers 410 in a row end a webhook; Telegram takes a day
)

// lane is a queue of updates that are delivered one after another: those of a
// chat, and the taps of a chat beside it.
type lane struct {
	busy  bool
	tries int
	next  time.Time // not before
}

// laneOf tells which queue an update is in.
func laneOf(raw json.RawMessage) string {
	type inChat struct {
		Chat struct {
			ID int64 `json:"id"`
		} `json:"chat"`
	}
	var u struct {
		Message  *inChat `json:"message"`
		Edited   *inChat `json:"edited_message"`
		Member   *inChat `json:"my_chat_member"`
		Callback *struct {
			From struct {
				ID int64 `json:"id"`
			} `json:"from"`
		} `json:"callback_query"`
	}
	if json.Unmarshal(raw, &u) != nil {
		return "odd"
	}
	for _, m := range []*inChat{u.Message, u.Edited, u.Member} {
		if m != nil {
			return "chat " + itoa(m.Chat.ID)
		}
	}
	if u.Callback != nil {
		return "taps " + itoa(u.Callback.From.ID)
	}
	return "odd"
}

// deliverAll delivers until the webhook or the server ends: lanes beside one
// another, each in order.
func (b *Bot) deliverAll(h *hook) {
	defer h.end()
	client := hookClient()
	defer client.CloseIdleConnections()
	for {
		again, pause := b.takeOff(h, client)
		timer := time.NewTimer(pause)
		select {
		case <-again:
		case <-timer.C:
		case <-h.ctx.Done():
		case <-b.server.closing:
			h.end()
		}
		timer.Stop()
		if h.ctx.Err() != nil {
			return
		}
	}
}

// takeOff starts all deliveries that are due, and says what to wait for: a
// change, or the end of the shortest pause.
func (b *Bot) takeOff(h *hook, client *http.Client) (again <-chan struct{}, pause time.Duration) {
	down := b.server.isDown()
	b.mu.Lock()
	defer b.mu.Unlock()
	pause = time.Hour
	again = b.moved.wait()
	address, err := url.Parse(h.url)
	if down || h.ctx.Err() != nil || err != nil || !loopback(address) {
		return again, pause
	}
	now := time.Now()
	passed := make(map[string]bool) // lanes whose first update was looked at
	for _, u := range slices.Concat(b.forced, b.queue) {
		name := laneOf(u.raw)
		if passed[name] || h.flying >= h.most {
			continue
		}
		passed[name] = true
		l := h.lanes[name]
		if l == nil {
			l = &lane{}
			h.lanes[name] = l
		}
		switch {
		case l.busy:
		case l.next.After(now):
			pause = min(pause, l.next.Sub(now))
		default:
			l.busy = true
			h.flying++
			b.server.start(func() { b.fly(h, client, l, name, u) })
		}
	}
	return again, pause
}

// fly makes one delivery and notes how it ended.
func (b *Bot) fly(h *hook, client *http.Client, l *lane, name string, u update) {
	start := time.Now()
	status, after, words := post(h, client, u)
	b.mu.Lock()
	defer b.mu.Unlock()
	defer b.moved.fire()
	c := HookCall{Update: u.id, Lane: name, Status: status, At: start, Took: time.Since(start)}
	if b.loseAnswers > 0 && status != 0 {
		b.loseAnswers--
		c.Lost, status, words = true, 0, "Read timeout expired"
	}
	if len(b.deliveries) >= keptCalls {
		b.deliveries = append([]HookCall(nil), b.deliveries[keptCalls/2:]...)
	}
	b.deliveries = append(b.deliveries, c)
	l.busy = false
	h.flying--
	switch {
	case status/100 == 2:
		l.tries, l.next, h.gone = 0, time.Time{}, 0
		b.confirm(u)
		if words != "" {
			b.violate("the answer to a webhook call is not empty: Telegram would carry out a call found in it")
		}
		return
	case h.ctx.Err() != nil:
		return // not its fault
	}
	b.failedAt, b.failedWith = b.server.now(), words
	l.next = time.Now().Add(b.pauseOf(l, after))
	l.tries++
	if h.gone++; status != http.StatusGone {
		h.gone = 0
	}
	if h.gone >= goneLimit && b.hook == h {
		b.dropHook()
	}
}

// pauseOf: at once, then 2, 4, 8 … seconds, unless we were told when.
func (b *Bot) pauseOf(l *lane, after int) time.Duration {
	seconds := 0
	switch {
	case after > 0:
		seconds = min(after, retryAsked)
	case l.tries > 0:
		seconds = min(1<<min(l.tries, 10), retryCap)
	}
	return time.Duration(seconds) * b.haste
}

// confirm takes one copy of an update out of those that wait.
func (b *Bot) confirm(u update) {
	for _, list := range []*[]update{&b.forced, &b.queue} {
		for i := range *list {
			if (*list)[i].id == u.id {
				*list = append((*list)[:i:i], (*list)[i+1:]...)
				return
			}
		}
	}
}

// post calls the webhook. status is 0 where no answer came; words are what
// Telegram tells of a failure, or with 2xx the body that should not be there.
func post(h *hook, client *http.Client, u update) (status, after int, words string) {
	req, err := http.NewRequestWithContext(h.ctx, http.MethodPost, h.url, bytes.NewReader(u.raw))
	if err != nil {
		return 0, 0, "bad webhook"
	}
	req.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, 0, reason(err)
	}
	defer func() { _ = resp.Body.Close() }() // what was wanted of it was read
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return 0, 0, "Read timeout expired"
	}
	if resp.StatusCode/100 == 2 {
		return resp.StatusCode, 0, string(body)
	}
	if resp.StatusCode == http.StatusServiceUnavailable {
		after, _ = strconv.Atoi(resp.Header.Get("Retry-After"))
	}
	return resp.StatusCode, after, fmt.Sprintf("Wrong response from the webhook: %d %s", resp.StatusCode, http.StatusText(resp.StatusCode))
}

// reason puts an error of the connection into Telegram's words.
func reason(err error) string {
	text := err.Error()
	switch {
	case strings.Contains(text, "refused"):
		return "Connection refused"
	case strings.Contains(text, "certificate"):
		return "SSL error {error:0A000086:SSL routines::certificate verify failed}"
	case strings.Contains(text, "deadline") || strings.Contains(text, "Timeout"):
		return "Read timeout expired"
	}
	return "Connection reset by peer"
}
