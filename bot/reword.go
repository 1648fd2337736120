package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// maxRewords is how many lines of one turn are worded anew: a customer must not
// wait for a chain of calls, and they run side by side.
const maxRewords = 2

// wording is a line and what was said for it.
type wording struct {
	Was string `json:"was"`
	Is  string `json:"is"`
}

// wordings are those of one turn. The engine knows nothing of them: state and
// effects have the line as the flow wrote it, so that a replay is exact.
type wordings []wording

// of is the text of a message in its new words. Only what the bot says itself is
// touched, and never what keeps or reports a promise.
func (w wordings) of(e dialog.Say) string {
	text := e.Out.Text
	if !rewordable(e) {
		return text
	}
	for _, x := range w {
		text = strings.Replace(text, x.Was, x.Is, 1)
	}
	return text
}

func rewordable(e dialog.Say) bool {
	return e.Out.From == message.Bot && !e.Promised && e.Mark == ""
}

// journal adds what was said in other words to the entries of a turn.
func (w wordings) journal(events []store.Event) ([]store.Event, error) {
	if len(w) == 0 {
		return events, nil
	}
	b, err := json.Marshal(w)
	if err != nil {
		return nil, fmt.Errorf("journal: words: %w", err)
	}
	return append(events, store.Event{Kind: eventWords, Payload: b}), nil
}

// reworded gives other words for the lines of a step that the flow lets be
// reworded. With again not 0 some are not there yet. Nothing of the step is stored
// before they are, so what was sent is always what was stored.
func (b *Bot) reworded(it store.Item, effects []dialog.Effect) (list wordings, again int64) {
	if b.cfg.Second == nil {
		return nil, 0
	}
	for _, e := range effects {
		say, ok := e.(dialog.Say)
		if !ok || !rewordable(say) {
			continue
		}
		for _, line := range b.cfg.Flow.Free(say.Out.Lang, say.Out.Text) {
			if len(list) == maxRewords {
				break
			}
			is, ok, wait := b.wordings.look(about{it.Inbox, it.Version, line}, b.nowMilli(), it.At+secondWait.Milliseconds(),
				func(left time.Duration, came func(string, bool)) { b.reword(say.Out.Lang, line, left, came) })
			if wait > 0 && (again == 0 || wait < again) {
				again = wait
			}
			if (ok || wait > 0) && !slices.ContainsFunc(list, func(w wording) bool { return w.Was == line }) {
				list = append(list, wording{Was: line, Is: is})
			}
		}
	}
	return list, again
}

func (b *Bot) reword(lang message.Lang, line string, left time.Duration, came func(string, bool)) {
	b.consult("reword", left, func(ctx context.Context) error {
		is, err := b.cfg.Second.Reword(ctx, lang, line)
		came(is, err == nil)
		return err
	})
}
