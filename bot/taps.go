package bot

import (
	"context"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	tapQueue     = 256
	tapAnswerers = 4
	tapTimeout   = 10 * time.Second
)

// tapAnswer ends the waiting of somebody who pressed a button.
type tapAnswer struct {
	to   adapters.TapAnswerer
	tap  message.Tap
	text string // shown to them; empty = nothing
}

// queueTap has a tap answered soon. It never waits: a turn must not be slow
// because a platform is, and an answer that is dropped costs no more than a
// spinner that ends by itself.
func (b *Bot) queueTap(a tapAnswer) {
	select {
	case b.taps <- a:
	default:
		b.log.Debug("too many taps at once; one is not answered")
	}
}

// answerTaps answers taps until soft ends, and then those still in the queue.
func (b *Bot) answerTaps(soft, hard context.Context) {
	for {
		select {
		case a := <-b.taps:
			b.answerTap(hard, a)
		case <-soft.Done():
			for {
				select {
				case a := <-b.taps:
					b.answerTap(hard, a)
				default:
					return
				}
			}
		}
	}
}

func (b *Bot) answerTap(ctx context.Context, a tapAnswer) {
	ctx, cancel := context.WithTimeout(ctx, tapTimeout)
	defer cancel()
	if err := a.to.AnswerTap(ctx, a.tap, a.text); err != nil {
		b.log.Debug("a tap could not be answered", zap.Error(err))
	}
}
