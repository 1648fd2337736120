package flow_test

import (
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
)

// Sentences can be tried before the catalog speaks of them: such a flow compiles
// and says what is loose, and is not sound.
func TestUnwiredSectionsCanBeTried(t *testing.T) {
	files := flowtest.Minimal()
	files["intents/pool.en.txt"] = []byte("[pool]\n= swim\nwhen does the pool open\n")
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Words["pool"]["en"]) != 1 || len(f.Examples["pool"]["en"]) != 1 {
		t.Errorf("what the section holds is lost: %v, %v", f.Words["pool"], f.Examples["pool"])
	}
	loose := f.Unwired()
	if len(loose) != 1 || loose[0].File != "intents/pool.en.txt" || loose[0].Line != 1 || !strings.Contains(loose[0].Better, "heard:") {
		t.Errorf("unwired: %+v", loose)
	}
	if _, found := flow.Check(files); found.Sound() {
		t.Error("it may be published, and nothing hears [pool]")
	}
	if f, err = flow.Parse(flowtest.Minimal()); err != nil || len(f.Unwired()) != 0 {
		t.Errorf("the small flow: %v, %+v", err, f.Unwired())
	}
}
