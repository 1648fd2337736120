package dialogtest_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
)

// turn is one turn of a conversation: the state before it, and what came.
type turn struct {
	state []byte
	in    dialog.Input
}

// turns are all turns of the shipped conversations, and how large their states
// are together.
func turns(tb testing.TB) (f *flow.Flow, list []turn, size int) {
	tb.Helper()
	f, u := shop()
	files, err := lines.AfterSales()
	if err != nil {
		tb.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(name, ".chat") {
			continue
		}
		_, s, err := dialogtest.Run(f, settings, u.Understand, string(files[name]))
		if err != nil {
			tb.Fatal(err)
		}
		var state []byte
		for _, t := range s.Journal() {
			list = append(list, turn{state, t.Input})
			state = t.State
			size += len(state)
		}
	}
	return f, list, size
}

// take takes a turn as the runtime does, without the store: read the state,
// decide, write the state.
func (t turn) take(tb testing.TB, f *flow.Flow) {
	s, err := dialog.Decode(f, t.state)
	if err != nil {
		tb.Fatal(err)
	}
	r, err := dialog.Step(f, settings, s, t.in)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := dialog.Encode(r.State); err != nil {
		tb.Fatal(err)
	}
}

// BenchmarkTurn measures one turn. It goes round all turns of the shipped
// conversations, so what it reports is their mean.
func BenchmarkTurn(b *testing.B) {
	f, list, size := turns(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		list[i%len(list)].take(b, f)
	}
	b.ReportMetric(float64(size)/float64(len(list)), "bytes/state")
	b.ReportMetric(float64(len(list)), "turns")
}
