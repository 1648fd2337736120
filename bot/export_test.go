package bot

import (
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
)

// Step is the engine's signature, for tests that put a fault into it.
type Step = func(*flow.Flow, dialog.Settings, dialog.State, dialog.Input) (dialog.Result, error)

// HurryRecovery lets b resend at once what a dead process left; before Run
// only.
func HurryRecovery(b *Bot) {
	for _, s := range b.senders {
		s.rest = 0
	}
}

// WrapStep replaces the engine of b by what wrap makes of it; before Run only.
func WrapStep(b *Bot, wrap func(Step) Step) { b.step = wrap(b.step) }
