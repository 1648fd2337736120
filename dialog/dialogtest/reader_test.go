package dialogtest_test

import (
	"sync"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/intents"
)

// readers keeps who understands customers as they do in production, by the
// flow's version: learning takes long enough to do it once.
var readers sync.Map // string → func() *intents.Understander

// taught gives the reader of a flow.
func taught(f *flow.Flow) *intents.Understander {
	learn, _ := readers.LoadOrStore(f.ID, sync.OnceValue(func() *intents.Understander {
		u, err := intents.Taught(intents.Words(f.Words), intents.Words(f.Examples), f.Broader)
		if err != nil {
			panic(err)
		}
		return u
	}))
	return learn.(func() *intents.Understander)()
}
