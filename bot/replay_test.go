package bot_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/dialog/flow"
)

// TestAReplayNamesTheFlowATurnWasMadeWith: a difference under an edited flow is
// what the edit changes, and must not look like a fault.
func TestAReplayNamesTheFlowATurnWasMadeWith(t *testing.T) {
	r := setup(t)
	mei := r.telegram.Customer(7, "Mei", "en")
	mei.Says("/start")
	r.waitText(mei, welcome)
	r.settled()
	r.replays()
	files := smallFlow()
	was := files["lines.en.yaml"]
	if files["lines.en.yaml"] = bytes.Replace(was, []byte(welcome), []byte("I am able to look into orders"), 1); bytes.Equal(was, files["lines.en.yaml"]) {
		t.Fatal("nothing was edited")
	}
	edited, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	var d *bot.Differs
	if err := bot.Replay(deadline(t), r.store, edited, settings(), 1); !errors.As(err, &d) {
		t.Fatalf("replaying on an edited flow gives %v", err)
	}
	if d.Flow != r.flow.ID || d.Flow == edited.ID || d.Version != 1 || !strings.Contains(d.Error(), r.flow.ID) {
		t.Errorf("%+v says %q; the turn was made with %s", d, d, r.flow.ID)
	}
}
