package bot

import (
	"testing"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/expect"
)

// TestWhatIsCountedOfPromises holds that a promise that was broken is counted
// as broken, once, and never as kept: what is done about it later is no
// keeping.
func TestWhatIsCountedOfPromises(t *testing.T) {
	for _, c := range []struct {
		event dialog.PromiseEvent
		state expect.PromiseState
		want  string
	}{
		{dialog.PromiseMade, expect.PromiseOpen, "made"},
		{dialog.PromiseDone, expect.PromiseKept, "kept"},
		{dialog.PromiseDue, expect.PromiseTold, "due"},
		{dialog.PromiseEscalated, expect.PromiseBroken, "broken"},
		{dialog.PromiseDone, expect.PromiseBroken, ""},
		{dialog.PromiseRenewed, expect.PromiseRenewed, "renewed"},
		{dialog.PromiseWithdrawn, expect.PromiseWithdrawn, "withdrawn"},
		{dialog.PromiseSoon, expect.PromiseOpen, ""},
	} {
		got := ""
		if counts(dialog.PromiseChanged{Event: c.event, Promise: expect.Promise{State: c.state}}) {
			got = promiseWords[c.event]
		}
		if got != c.want {
			t.Errorf("%s of a promise that is %s counts as %q, want %q", c.event, c.state, got, c.want)
		}
	}
}
