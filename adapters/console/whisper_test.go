package console

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// TestWhispersStandInTheThread of the card they are about, for whom they are,
// where History does not have them.
func TestWhispersStandInTheThread(t *testing.T) {
	d := start(t)
	d.a.cfg.Whispers = func(_ context.Context, who message.UserRef, anchor string) ([]Entry, error) {
		if who != "console:3" || anchor != "handoff:1:1" {
			return nil, nil
		}
		return []Entry{{ID: 900, At: d.world.now.Add(-time.Minute), Post: &adapters.Post{Thread: anchor, Private: who, Fallback: "only they can do that"}}}, nil
	}
	for path, want := range map[string]bool{"/admin/desk/handoff:1:1": true, "/admin/desk/task:1:2": false} {
		if strings.Contains(d.get(path).body, "only they can do that") != want {
			t.Errorf("%s: that the whisper stands there is not %v", path, want)
		}
	}
}
