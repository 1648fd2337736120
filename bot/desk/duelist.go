package desk

import (
	"fmt"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// dueMax is how many promises a list of what is due shows: as many as one
// reads before starting on the first.
const dueMax = 20

// DueList shows one person what is promised and open, soonest first. rows hold
// the soonest, all counts every open promise. Who pressed the button on r's
// card sees it there; the others are not disturbed.
func (d *Desk) DueList(r Ref, who message.UserRef, rows []store.PromiseRow, all int64, now time.Time) Show {
	w := d.words
	if len(rows) == 0 {
		return r.whisper(who, w.dueNone)
	}
	rows = rows[:min(len(rows), dueMax)]
	list := adapters.Block{Kind: adapters.List, Label: w.dueTitle}
	for _, p := range rows {
		list.Items = append(list.Items, d.dueItem(p, now))
	}
	s := r.whisper(who, w.dueTitle)
	s.Post.Blocks = []adapters.Block{list}
	if more := all - int64(len(rows)); more > 0 {
		s.Post.Blocks = append(s.Post.Blocks, adapters.Block{Kind: adapters.Note, Text: fmt.Sprintf(w.dueMore, more)})
	}
	return s
}

// dueItem is one line: when, which case, what, whose. What is overdue says so
// in a word, not by its place in the list.
func (d *Desk) dueItem(p store.PromiseRow, now time.Time) string {
	w := d.words
	due := time.UnixMilli(p.Due)
	text := d.when(due)
	if due.Before(now) {
		text += fmt.Sprintf(w.brackets, w.overdue)
	}
	text += w.dash + p.Case + w.colon + shorten(p.Text, 160)
	if p.Owner != "" {
		text += fmt.Sprintf(w.brackets, p.Owner)
	}
	return text
}
