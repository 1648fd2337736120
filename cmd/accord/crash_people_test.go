package main_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

// agentWord begins every line an agent writes, so that the audit finds them.
const agentWord = "from Anna, "

// begin lets people use the installation until c.over: each finishes what they
// are at and leaves. Whoever waits in vain ends the test.
func (c *crash) begin(ctx context.Context, people *errgroup.Group) {
	anna := c.slack.AddAgent("U0ANNA", "Anna")
	for i := range 3 {
		asker := c.customer(100+i, "Asker")
		people.Go(func() error { return c.asks(ctx, asker) })
	}
	people.Go(func() error { return c.visits(ctx) })
	for i := range 2 {
		buyer := c.customer(200+i, "Buyer")
		people.Go(func() error { return c.buys(ctx, buyer) })
	}
	caller := c.customer(callerID, "Caller")
	people.Go(func() error { return c.calls(ctx, caller, anna) })
	people.Go(func() error { return c.surfs(ctx) })
}

// Ids of customers: callerID talks with the agent.
const (
	callerID     = 300
	firstVisitor = 1000
)

func (c *crash) customer(id int, name string) *telegramfake.Customer {
	who := c.telegram.Customer(int64(id), fmt.Sprintf("%s%d", name, id), "en")
	c.mu.Lock()
	defer c.mu.Unlock()
	c.people = append(c.people, who)
	return who
}

// asks is a customer with small questions.
func (c *crash) asks(ctx context.Context, who *telegramfake.Customer) error {
	for n := 0; !c.over.Load(); n++ {
		sent := who.Says(fmt.Sprintf("/help %s-%d", who.Name, n))
		if err := hears(ctx, who, sent, "@side.help"); err != nil {
			return err
		}
	}
	return nil
}

// visits are customers who come once each. They never wait for a message of
// unknown outcome, so something always happens.
func (c *crash) visits(ctx context.Context) error {
	next := time.NewTicker(50 * time.Millisecond)
	defer next.Stop()
	var inside errgroup.Group
	for n := 0; !c.over.Load(); n++ {
		who := c.customer(firstVisitor+n, "Visitor")
		inside.Go(func() error {
			if n%3 == 0 { // words wait for the quiet after them, which is a timer
				return hears(ctx, who, who.Says("hello"), "")
			}
			return hears(ctx, who, who.Says("/help "+who.Name), "@side.help")
		})
		select {
		case <-next.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return inside.Wait()
}

// buys is a customer who comes to an agreement, again and again. What comes
// twice is passed over, as a person would.
func (c *crash) buys(ctx context.Context, who *telegramfake.Customer) error {
	last, known := int64(0), map[string]bool{}
	for n := 0; ; n++ {
		last = who.Says(fmt.Sprintf("My lamp arrived broken, order 48213. I want an explanation of how this could happen. (%s)", letters(n)))
		for done := false; !done; {
			m, err := after(ctx, who, last, func(telegramfake.Message) bool { return true })
			if err != nil {
				return err
			}
			last = m.ID
			done = holds(m.Text, "@end")
			if known[m.Text] || done {
				continue
			}
			known[m.Text] = true
			if err := answers(who, m); err != nil {
				return err
			}
		}
		if clear(known); c.over.Load() {
			return nil
		}
	}
}

// answers presses the first button of a message, or says something where it is
// a question without any.
func answers(who *telegramfake.Customer, m telegramfake.Message) error {
	if b := m.Labels(); len(b) > 0 {
		_, err := who.TapsMessage(m.ID, b[0])
		return err
	}
	if strings.HasSuffix(m.Text, "?") {
		who.Says("no hurry")
	}
	return nil
}

// calls is a customer who wants a person, and the agent who takes over.
func (c *crash) calls(ctx context.Context, who *telegramfake.Customer, agent *slackfake.Agent) error {
	for n := 0; !c.over.Load(); n++ {
		if err := c.call(ctx, who, agent, n); err != nil {
			return fmt.Errorf("hand-off %d: %w", n, err)
		}
	}
	return nil
}

func (c *crash) call(ctx context.Context, who *telegramfake.Customer, agent *slackfake.Agent, n int) error {
	sent := who.Says(fmt.Sprintf("/human %s-%d", who.Name, n))
	if err := hears(ctx, who, sent, "@hand.asked"); err != nil {
		return err
	}
	card, err := c.finds(ctx, func(m slackfake.Message) bool { return offers(m, "Take") && strings.Contains(m.PlainText(), who.Name) })
	if err != nil {
		return err
	}
	if err := agent.Clicks(card.TS, "Take"); err != nil {
		return err
	}
	if err := hears(ctx, who, sent, "@owned.taken"); err != nil {
		return err
	}
	word := fmt.Sprintf("%shand-off %d", agentWord, n)
	if _, err := agent.Says(card.TS, word); err != nil {
		return err
	}
	if err := hears(ctx, who, sent, word); err != nil {
		return err
	}
	thanks := fmt.Sprintf("thank you for %s-%d.", who.Name, n)
	sent = who.Says(thanks)
	if _, err := c.finds(ctx, func(m slackfake.Message) bool { return strings.Contains(m.PlainText(), thanks) }); err != nil {
		return err
	}
	if _, err := c.finds(ctx, func(m slackfake.Message) bool { return m.TS == card.TS && offers(m, "Close") }); err != nil {
		return err
	}
	if err := c.closes(ctx, agent, card); err != nil {
		return err
	}
	return hears(ctx, who, sent, "@owned.closed")
}

// closes presses Close until its form opens, because a press dies with the
// process that was to open it, and sends the form.
func (c *crash) closes(ctx context.Context, agent *slackfake.Agent, card slackfake.Message) error {
	for {
		if err := agent.Clicks(card.TS, "Close"); err != nil {
			return err
		}
		waiting, cancel := context.WithTimeout(ctx, 5*time.Second)
		_, err := agent.WaitView(waiting)
		cancel()
		switch {
		case err == nil:
			return agent.Submits(map[string]string{"text": "done"})
		case ctx.Err() != nil:
			return fmt.Errorf("no form opens: %w", err)
		}
	}
}

func offers(m slackfake.Message, label string) bool {
	for _, b := range m.Buttons() {
		if b.Label == label {
			return true
		}
	}
	return false
}

// surfs is a page of the web chat, which posts under one id until that is
// acknowledged.
func (c *crash) surfs(ctx context.Context) error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	page := &http.Client{Jar: jar, Timeout: 5 * time.Second}
	for n := 0; !c.over.Load(); n++ {
		body := fmt.Sprintf(`{"id":"surfer-%06d","text":"/help Surfer-%d"}`, n, n)
		for stored := false; !stored; {
			if stored, err = c.posts(ctx, page, body); err != nil {
				return err
			}
		}
		c.surfed.Add(1)
	}
	return nil
}

// posts opens the page, if that was never done, and posts to it. false means
// that it is to be tried again.
func (c *crash) posts(ctx context.Context, page *http.Client, body string) (bool, error) {
	again := time.NewTimer(100 * time.Millisecond)
	defer again.Stop()
	select {
	case <-again.C:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	base, ok := c.base.Load().(string)
	if !ok {
		return false, nil
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/chat/messages", strings.NewReader(body))
	if err != nil {
		return false, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := page.Do(req)
	if err != nil {
		return false, nil // it is dead just now
	}
	_ = resp.Body.Close()
	if resp.StatusCode == http.StatusUnauthorized {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/chat", nil)
		if err != nil {
			return false, err
		}
		if resp, err := page.Do(req); err == nil {
			_ = resp.Body.Close()
		}
		return false, nil
	}
	return resp.StatusCode == http.StatusAccepted, nil
}

// vain is how long somebody waits for an answer before the test gives up:
// longer than the pause before a message of unknown outcome is sent again.
const vain = 90 * time.Second

// hears waits for a message to a customer after one they sent.
func hears(ctx context.Context, who *telegramfake.Customer, sent int64, part string) error {
	_, err := after(ctx, who, sent, func(m telegramfake.Message) bool { return holds(m.Text, part) })
	if err != nil {
		return fmt.Errorf("%s waits for %q: %w\n%s", who.Name, part, err, tail(transcript(who)))
	}
	return nil
}

// after waits for a customer's first message after that with an id that match
// accepts.
func after(ctx context.Context, who *telegramfake.Customer, id int64, match func(telegramfake.Message) bool) (telegramfake.Message, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, vain, errors.New("in vain"))
	defer cancel()
	m, err := who.Wait(ctx, func(m telegramfake.Message) bool { return m.ID > id && match(m) })
	if err != nil {
		return m, fmt.Errorf("%w (%w)\n%s", err, context.Cause(ctx), tail(transcript(who)))
	}
	return m, nil
}

// finds waits for a post in the queue's channel.
func (c *crash) finds(ctx context.Context, match func(slackfake.Message) bool) (slackfake.Message, error) {
	ctx, cancel := context.WithTimeout(ctx, vain)
	defer cancel()
	return c.slack.WaitMessage(ctx, slackfake.Queue, func(m slackfake.Message) bool { return m.BotID != "" && match(m) })
}

func tail(s string) string { return s[max(0, len(s)-3000):] }

// letters writes a number without digits, which would be read as something.
func letters(n int) string {
	s := ""
	for ; ; n = n/20 - 1 {
		s = string("bcdfghjklmnpqrstvwxz"[n%20]) + s
		if n < 20 {
			return s
		}
	}
}
