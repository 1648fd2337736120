package main

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"

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
	if len(out) > 0 { // the first line may be one that a page does not show
		out[0].Cut = list[0].Cut
	}
	return out, nil
}

// instance is the name under which a database keeps what tells it from others. A
// backup goes without it, so that a restored database is another one.
const instance = "instance"

// epoch names the database that gives rows their numbers. It is made at the
// first start; after a restore it is another, because numbers are given again.
func (s *service) epoch(ctx context.Context) (string, error) { return s.made(ctx, instance) }

// webKey is the name of the key of the web chat's sessions. A backup keeps it:
// customers come back to their chats after a restore.
const webKey = "web session key"

// sessionKey gives the key of the web chat's sessions.
func (s *service) sessionKey(ctx context.Context) ([]byte, error) {
	key, err := s.made(ctx, webKey)
	return []byte(key), err
}

// made reads a random text that the database keeps under a name, and makes it at
// the first use.
func (s *service) made(ctx context.Context, name string) (string, error) {
	s.naming.Lock() // or two of the first pages would go on with different ones
	defer s.naming.Unlock()
	text, err := s.store.Meta(ctx, name)
	if !errors.Is(err, store.ErrNotFound) {
		return text, err
	}
	if err := s.store.SetMeta(ctx, name, rand.Text()+rand.Text()); err != nil {
		return "", err
	}
	return s.store.Meta(ctx, name)
}

// space is how many bytes may still be written to the folder of data.
func (s *service) space() (int64, error) { return freeSpace(s.cfg.Data) }

// openSent opens what an agent sent to a customer of the web chat. Somebody
// else's, and what was taken back since, is not there.
func (s *service) openSent(ctx context.Context, chat message.Chat, row int64, n int) (adapters.File, error) {
	file, ok, err := s.bot.Attached(ctx, web.Channel, chat, row, n)
	if err != nil {
		return adapters.File{}, err
	}
	if !ok {
		return adapters.File{}, adapters.ErrNoFile
	}
	return s.open(ctx, file)
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
