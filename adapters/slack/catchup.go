package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	replyPage = 200
	// overlap is read again each time, for what was edited since or came out of
	// order.
	overlap    = 15 * time.Minute
	watchLimit = 4096 // threads whose end is remembered
)

// catchUp remembers how far each thread was read. It may forget: what is read
// twice is a copy.
type catchUp struct {
	mu  sync.Mutex
	end map[message.PlatformID]string // ts of the last message read
}

func newCatchUp() *catchUp { return &catchUp{end: map[message.PlatformID]string{}} }

// from gives the ts to read from, "" for the beginning.
func (c *catchUp) from(thread message.PlatformID) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := moment(c.end[thread])
	if at.IsZero() {
		return ""
	}
	at = at.Add(-overlap)
	return fmt.Sprintf("%d.%06d", at.Unix(), at.Nanosecond()/1000)
}

func (c *catchUp) read(thread message.PlatformID, ts string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.end) >= watchLimit {
		clear(c.end)
	}
	c.end[thread] = ts
}

// Gap implements adapters.CatchUpper: a signal after every connection but the
// first, and where Slack or we let events go.
func (a *Adapter) Gap() <-chan struct{} { return a.gap }

// CatchUp implements adapters.CatchUpper. It reads the threads page by page and
// hands people's messages on, edited ones also as an edit, under the keys they
// would have had as events. Deletions leave nothing to read. It waits where
// Slack asks it to; one thread that cannot be read does not keep it from the
// others, and the error joins what went wrong.
func (a *Adapter) CatchUp(ctx context.Context, sink adapters.Sink, threads []message.PlatformID) error {
	team, bot, err := a.identity(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, t := range threads {
		if err := a.readThread(ctx, sink, t, team, bot); err != nil {
			errs = append(errs, err)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(errs...)
}

// readThread reads one thread from where it was left and remembers its end only
// when all of it is stored.
func (a *Adapter) readThread(ctx context.Context, sink adapters.Sink, thread message.PlatformID, team, bot string) error {
	channel, root, ok := splitID(thread)
	if !ok {
		return errors.New("catching up: not a Slack thread")
	}
	form := url.Values{"channel": {channel}, "ts": {root}, "limit": {strconv.Itoa(replyPage)}}
	if from := a.reader.from(thread); from != "" {
		form.Set("oldest", from)
	}
	last := ""
	for {
		page, err := a.replies(ctx, form)
		switch {
		case code(err) == "thread_not_found" || code(err) == "message_not_found":
			return nil // its card was deleted, and with it there is nothing to say
		case err != nil:
			return asking("conversations.replies", err)
		}
		batch := envelope{team: team, bot: bot, channel: channel}
		for _, m := range page.Messages {
			last = max(last, batch.add(m))
		}
		if len(batch.raws) > 0 {
			if err := sink.Receive(ctx, Channel, batch.raws); err != nil {
				return fmt.Errorf("catching up: store what was read: %w", err)
			}
		}
		if page.Meta.Next == "" {
			break
		}
		form.Set("cursor", page.Meta.Next)
	}
	if last != "" {
		a.reader.read(thread, last)
	}
	return nil
}

type replyList struct {
	Messages []json.RawMessage `json:"messages"`
	Meta     struct {
		Next string `json:"next_cursor"`
	} `json:"response_metadata"`
}

func (a *Adapter) replies(ctx context.Context, form url.Values) (page replyList, err error) {
	return page, a.patient(ctx, "conversations.replies", form, &page)
}

// envelope makes events of messages that were read, in the shape in which they
// would have come.
type envelope struct {
	team, bot, channel string
	raws               []adapters.Raw
}

// add takes one message, if a person wrote it, and gives its ts.
func (e *envelope) add(raw json.RawMessage) (ts string) {
	var m userMessage
	if json.Unmarshal(raw, &m) != nil {
		return ""
	}
	user := text(m.User)
	if m.TS == "" || m.BotID != "" || user == "" || user == e.bot || !m.inThread() || !slices.Contains(spoken, m.Subtype) {
		return m.TS
	}
	e.event(raw, nil)
	if m.Edited != nil && m.Edited.TS != "" {
		e.event(nil, map[string]any{
			"type": "message", "subtype": "message_changed", "ts": m.Edited.TS, "event_ts": m.Edited.TS, "message": raw,
		})
	}
	return m.TS
}

// event wraps what happened: a message as it is, or something about one.
func (e *envelope) event(raw json.RawMessage, about map[string]any) {
	if about == nil {
		if json.Unmarshal(raw, &about) != nil {
			return
		}
	}
	about["channel"] = e.channel
	payload, err := json.Marshal(map[string]any{
		"type": "event_callback", "team_id": e.team, "event": about,
		"authorizations": []map[string]any{{"team_id": e.team, "user_id": e.bot, "is_bot": true}},
	})
	if err != nil {
		return
	}
	e.raws = append(e.raws, newRaw(kindEvents, payload))
}
