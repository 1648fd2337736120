package bot

import (
	"context"
	"fmt"
	"unicode/utf16"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
)

// Bounds of one message that several posts become, well below what the
// strictest desk takes (Slack: 50 blocks, 12,000 UTF-16 units of words).
const (
	gatherRows   = 30
	gatherBlocks = 40
	gatherWords  = 8000
)

// gather takes further posts of the same thread along, so that a burst of a
// customer does not wait for the platform's limits: a desk takes about one
// message a second, and a customer who writes ten lines would be read ten
// seconds late. Order is kept, because only what follows without a gap joins.
func (c *courier) gather(ctx context.Context, row store.OutRow, env envelope, d *adapters.Delivery) []store.OutRow {
	if !mergeable(env) {
		return nil
	}
	b := &bundle{resend: row.Resend, thread: env.Post.Thread}
	b.add(*env.Post)
	rows, err := c.s.b.cfg.Store.TakeNext(ctx, c.s.name, row.Chat, row.ID, c.s.b.nowMilli(), gatherRows, b.join)
	if err != nil {
		c.s.b.log.Warn("posts could not be put together", zap.String("sender", c.s.name), zap.Error(err))
		return nil
	}
	if len(rows) == 0 {
		return nil
	}
	post := *env.Post
	post.Blocks = append([]adapters.Block(nil), env.Post.Blocks...)
	for _, r := range rows {
		if e, err := decodeEnvelope(r.Payload); err == nil && e.Post != nil { // join has read it
			post.Blocks = append(post.Blocks, e.Post.Blocks...)
		}
	}
	post.Fallback = fmt.Sprintf("%s (+%d)", post.Fallback, len(rows))
	d.Post = &post
	return rows
}

// mergeable says whether a row may become part of a message with others: one
// that has to be found again, called to, pressed or shown to one person only
// stands alone.
func mergeable(env envelope) bool {
	p := env.Post
	return p != nil && p.Merge && !p.Update && p.Anchor == "" && p.Private == "" && p.Title == "" &&
		p.Call == adapters.CallNobody && len(p.Files) == 0 && len(p.Buttons) == 0
}

// bundle is a message being put together.
type bundle struct {
	resend        bool
	thread        string
	blocks, words int
}

// join says whether a row still fits. What is sent again joins only its like,
// and is joined by nothing else: after an unclear outcome the same rows must
// make the same message as at the first try, or the platform could not be asked
// whether it has that message already, and agents would read it twice.
func (b *bundle) join(row store.OutRow) bool {
	env, err := decodeEnvelope(row.Payload)
	if err != nil || row.Resend != b.resend || !mergeable(env) || env.Post.Thread != b.thread {
		return false
	}
	blocks, words := measure(*env.Post)
	if b.blocks+blocks > gatherBlocks || b.words+words > gatherWords {
		return false
	}
	b.add(*env.Post)
	return true
}

func (b *bundle) add(p adapters.Post) {
	blocks, words := measure(p)
	b.blocks, b.words = b.blocks+blocks, b.words+words
}

func measure(p adapters.Post) (blocks, words int) {
	count := func(s string) int { return len(utf16.Encode([]rune(s))) }
	for _, x := range p.Blocks {
		words += count(x.Label) + count(x.Text)
		for _, item := range x.Items {
			words += count(item)
		}
	}
	return len(p.Blocks), words
}
