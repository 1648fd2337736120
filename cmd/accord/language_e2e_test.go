package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/intents/remote/remotetest"
)

// wonky is a message that is not read for certain, with a number that is nobody
// else's business.
const wonky = "it goes blorp and then it wonky flumps, 020 7946 0958 if you want to ring"

// TestLanguageModelIsAskedAndNotNeeded: the built program reads an unsure message
// right with a language model, goes on as without one when that hangs or fails, and
// keeps its key and what is private out of its log and out of the request.
func TestLanguageModelIsAskedAndNotNeeded(t *testing.T) {
	t.Parallel()
	const key = "canary-language-key"
	model := remotetest.New(remotetest.Answers(func(a remotetest.Asked) string {
		var q struct {
			Intents []struct {
				Name string `json:"name"`
			} `json:"intents"`
		}
		if json.Unmarshal([]byte(a.Data), &q) != nil {
			return ""
		}
		for _, i := range q.Intents {
			if i.Name == "damaged_item" {
				return `{"intent":"damaged_item"}`
			}
		}
		return `{"intent":"none"}`
	}))
	t.Cleanup(model.Close)
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, []byte(key+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := blank(t, asked)
	alone := slices.Clone(r.env)
	r.env = append(r.env, "ACCORD_LLM_URL="+model.URL(), "ACCORD_LLM_KEY_FILE="+file, "ACCORD_LLM_MODEL=m", "OPENAI_API_KEY=another-canary")
	r.start()

	// Who writes right after the start waits for the examples to be learned, and then
	// no longer for a second reader.
	may := r.telegram.Customer(9, "May", "en")
	may.Says("hello there")
	r.sees(may, "@greet")

	ann := r.telegram.Customer(1, "Ann", "en")
	ann.Says(wonky)
	r.sees(ann, "@ask.order")

	model.Behave(remotetest.Says(`{"intent":"accept"}`)) // a lie
	ben := r.telegram.Customer(2, "Ben", "en")
	ben.Says(wonky)
	r.sees(ben, "@misread.1")

	model.Behave(remotetest.Hangs())
	zoe := r.telegram.Customer(3, "Zoe", "en")
	zoe.Says(wonky)
	r.sees(zoe, "@misread.1")

	requests, _ := model.Asked()
	if len(requests) != 3 {
		t.Errorf("the model was asked %d times", len(requests))
	}
	for _, a := range requests {
		if a.Header.Get("Authorization") != "Bearer "+key || strings.Contains(a.Body, "7946") || strings.Contains(a.Body, "Zoe") {
			t.Errorf("sent was %s", a.Body)
		}
	}
	for _, private := range []string{key, "another-canary", "7946", "wonky"} {
		if strings.Contains(r.log.String(), private) {
			t.Errorf("the log holds %q", private)
		}
	}

	r.env = alone
	r.restart()
	tom := r.telegram.Customer(4, "Tom", "en")
	tom.Says(wonky)
	r.sees(tom, "@misread.1")
	if requests, _ := model.Asked(); len(requests) != 3 {
		t.Error("switched off, it is asked all the same")
	}
	r.behaved()
}
