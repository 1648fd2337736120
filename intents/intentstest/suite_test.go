package intentstest_test

import (
	"testing"

	"github.com/accord-chat/accord/intents"
	"github.com/accord-chat/accord/intents/intentstest"
)

func TestRules(t *testing.T) {
	intentstest.Run(t, func(tb testing.TB, w intents.Words) intentstest.Understander {
		u, err := intents.New(w, intents.Options{})
		if err != nil {
			tb.Fatal(err)
		}
		return u
	})
}
