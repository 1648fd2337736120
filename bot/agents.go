package bot

import (
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
)

// newHandler wires the agents' side. New has checked that it can say who is an
// agent.
func (b *Bot) newHandler(a adapters.Adapter) *desk.Handler {
	dir, _ := a.(adapters.Directory)
	return &desk.Handler{
		Adapter: a,
		Store:   b.cfg.Store,
		Door:    desk.NewDoor(dir, b.cfg.Now, b.spawn),
		Desk:    b.desk,
		Extend:  time.Duration(b.cfg.Flow.Promises.Answer),
		Written: b.written,
		Logger:  b.cfg.Logger.Named("audit"),
	}
}
