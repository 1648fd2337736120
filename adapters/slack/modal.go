package slack

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	slackapi "github.com/slack-go/slack"
	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	formBudget = 2500 * time.Millisecond // a trigger lives three seconds
	askBudget  = time.Second             // of which this much may go into who it is
	hintBudget = 5 * time.Second
	formSlots  = 8    // forms being opened at once
	formMemory = 1024 // presses that are remembered
)

// press is a press on a button with a form, as it is known while its payload is
// alive: the trigger that opens a window is not stored.
type press struct {
	dedup   string
	trigger string
	user    message.UserRef
	at      origin
}

// livePress reads a press that asks for a form out of a payload as it came; nil
// where it is anything else, or outside the queue's channel.
func livePress(raw adapters.Raw, payload json.RawMessage, channel string) *press {
	i, err := parseInteraction(payload)
	if err != nil || raw.Err != "" || !i.opensForm() || i.channelID() != channel || i.User.ID == "" || i.messageTS() == "" {
		return nil
	}
	act := i.Actions[0]
	return &press{
		dedup: raw.Dedup, trigger: i.TriggerID, user: userRef(first(i.User.TeamID, i.teamID()), i.User.ID),
		at: origin{Channel: channel, Message: i.messageTS(), Root: i.root(), Action: tapData(act.ActionID, ""), Value: act.Value},
	}
}

// modals opens forms, each in a goroutine of its own, because neither the
// reader of a socket nor a request of Slack's may wait for a call to Slack.
type modals struct {
	a       *Adapter
	slots   chan struct{}
	running sync.WaitGroup
	manners *manners
	pressed adapters.Spell // presses that were let go

	mu   sync.Mutex
	seen map[string]bool
	past []string // the keys of seen, oldest first
}

func newModals(a *Adapter) *modals {
	return &modals{a: a, slots: make(chan struct{}, formSlots), seen: map[string]bool{}, manners: newManners(a.cfg.Now)}
}

// open answers a press that has been stored. It never waits. A second copy of a
// press opens no second window; with too many of one person, or too many under
// way, the press is let go, and the person presses again.
func (m *modals) open(ctx context.Context, p *press) {
	if p == nil || !m.claim(p.dedup) {
		return
	}
	if !m.manners.form(p.user) || !m.slot() {
		if n, say := m.pressed.Note(m.a.cfg.Now()); say {
			m.a.log.Warn("too many forms are asked for; some are left closed", zap.String("user", string(p.user)), zap.Int("count", n))
		}
		return
	}
	m.running.Go(func() {
		defer func() { <-m.slots }()
		m.try(ctx, p)
	})
}

func (m *modals) slot() bool {
	select {
	case m.slots <- struct{}{}:
		return true
	default:
		return false
	}
}

// wait returns when nothing is under way any more.
func (m *modals) wait() { m.running.Wait() }

func (m *modals) claim(k string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.seen[k] {
		return false
	}
	m.seen[k] = true
	if m.past = append(m.past, k); len(m.past) > formMemory {
		delete(m.seen, m.past[0])
		m.past = m.past[1:]
	}
	return true
}

// try opens the form, and where that fails says so to whoever pressed. Only
// agents see it; where Slack does not say in time who it is, the window is
// opened all the same, because what is sent with it is checked again.
func (m *modals) try(ctx context.Context, p *press) {
	w := wordsOf(m.a.cfg.Lang)
	bounded, cancel := context.WithTimeout(ctx, formBudget)
	defer cancel()
	asking, done := context.WithTimeout(bounded, askBudget)
	_, err := m.a.Authorize(asking, p.user)
	done()
	if errors.Is(err, adapters.ErrDenied) {
		if m.hint(ctx, p, w.denied) {
			m.a.log.Info("somebody who is no agent asked for a form", zap.String("user", string(p.user)))
		}
		return
	}
	view, ok := m.view(p)
	if !ok {
		m.a.log.Warn("a button asks for a form there is none of", zap.String("action", p.at.Action))
		m.hint(ctx, p, w.formless)
		return
	}
	if _, err := m.a.post.OpenViewContext(bounded, p.trigger, view); err != nil {
		m.a.log.Warn("a form could not be opened", zap.String("action", p.at.Action), zap.String("reason", reason(err)))
		m.hint(ctx, p, w.again)
	}
}

func (m *modals) view(p *press) (slackapi.ModalViewRequest, bool) {
	if m.a.cfg.Forms == nil {
		return slackapi.ModalViewRequest{}, false
	}
	f, ok := m.a.cfg.Forms(p.at.Action)
	if !ok {
		return slackapi.ModalViewRequest{}, false
	}
	return modal(f, p.at, wordsOf(m.a.cfg.Lang), m.a.cfg.Now())
}

// hint says a line to the person who pressed, where they pressed. Best effort,
// and not again and again: then it is false.
func (m *modals) hint(ctx context.Context, p *press, line string) bool {
	if !m.manners.hint(p.user, line) {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, hintBudget)
	defer cancel()
	options, bad := m.a.compose(adapters.Post{Blocks: []adapters.Block{{Kind: adapters.Note, Text: line}}, Fallback: line})
	if bad != nil {
		return false
	}
	at := place{channel: p.at.Channel}
	if p.at.Root != p.at.Message { // on a card it is read in the channel
		at.thread = p.at.Root
	}
	if _, err := m.a.whisper(ctx, at, p.user, options); err != nil {
		m.a.log.Debug("a hint was not shown", zap.String("reason", err.Reason))
	}
	return true
}
