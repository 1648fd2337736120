package flow

import (
	"maps"
	"slices"

	"github.com/accord-chat/accord/dialog/message"
)

// OnLine has said called with every line that is written from now on, by
// language and key: for tools that count what conversations say. It must be
// called before the flow is used, and said must be safe for concurrent use. A
// flow that serves customers is never watched.
func (f *Flow) OnLine(said func(lang message.Lang, key string)) { f.said = said }

// Keys lists the lines the flow has in a language, sorted: its own and the
// built-in ones.
func (f *Flow) Keys(lang message.Lang) []string { return slices.Sorted(maps.Keys(f.lines[lang])) }
