package main

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/web"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// history reads a web conversation for the page.
func (s *service) history(ctx context.Context, chat message.Chat, after int64) ([]web.Entry, error) {
	list, err := s.bot.History(ctx, web.Channel, chat, after)
	if err != nil {
		return nil, err
	}
	out := make([]web.Entry, 0, len(list))
	for _, e := range list {
		var entry web.Entry
		var ok bool
		if e.Said != nil {
			entry, ok = web.Said(*e.Said, e.At)
		} else if e.Wrote != nil {
			entry, ok = web.Wrote(*e.Wrote)
		}
		if ok {
			out = append(out, entry)
		}
	}
	return out, nil
}

// openSent opens what an agent sent to a customer of the web chat. Somebody
// else's, and what was taken back since, is not there.
func (s *service) openSent(ctx context.Context, chat message.Chat, row int64, n int) (adapters.File, error) {
	out, err := s.store.Out(ctx, row)
	if errors.Is(err, store.ErrNotFound) || err == nil && (out.Sender != s.web.Sender() || out.Chat != chat) {
		return adapters.File{}, adapters.ErrNoFile
	}
	if err != nil {
		return adapters.File{}, err
	}
	list, err := s.bot.History(ctx, web.Channel, chat, row-1)
	if err != nil {
		return adapters.File{}, err
	}
	var sent []message.Attachment
	for _, e := range list {
		switch d := e.Said; {
		case d == nil:
		case d.ID == row && d.Say != nil:
			sent = d.Say.Attachments
		case d.Amend != nil && d.Amend.Delete && string(d.Amend.Message) == strconv.FormatInt(row, 10):
			return adapters.File{}, adapters.ErrNoFile
		}
	}
	if n < 0 || n >= len(sent) {
		return adapters.File{}, adapters.ErrNoFile
	}
	return s.open(ctx, sent[n])
}

// open opens an attachment on the platform that keeps it.
func (s *service) open(ctx context.Context, file message.Attachment) (adapters.File, error) {
	all := append(s.customers[:len(s.customers):len(s.customers)], s.desk)
	i := slices.IndexFunc(all, func(a adapters.Adapter) bool { return a != nil && a.Channel() == file.Held })
	if i < 0 {
		return adapters.File{}, adapters.ErrNoFile
	}
	o, ok := all[i].(adapters.Opener)
	if !ok {
		return adapters.File{}, adapters.ErrNoFile
	}
	return o.Open(ctx, file)
}
