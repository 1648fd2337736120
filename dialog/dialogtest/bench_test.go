package dialogtest_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/lines"
)

// BenchmarkTurn measures one turn as the runtime takes it, without the store:
// read the state, decide, write the state. It goes round all turns of the
// shipped conversations, so what it reports is their mean.
func BenchmarkTurn(b *testing.B) {
	f, u := shop()
	files, err := lines.AfterSales()
	if err != nil {
		b.Fatal(err)
	}
	type turn struct {
		state []byte
		in    dialog.Input
	}
	var turns []turn
	bytes := 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(name, ".chat") {
			continue
		}
		_, s, err := dialogtest.Run(f, settings, u.Understand, string(files[name]))
		if err != nil {
			b.Fatal(err)
		}
		var state []byte
		for _, t := range s.Journal() {
			turns = append(turns, turn{state, t.Input})
			state = t.State
			bytes += len(state)
		}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		t := turns[i%len(turns)]
		s, err := dialog.Decode(f, t.state)
		if err != nil {
			b.Fatal(err)
		}
		r, err := dialog.Step(f, settings, s, t.in)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := dialog.Encode(r.State); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(bytes)/float64(len(turns)), "bytes/state")
	b.ReportMetric(float64(len(turns)), "turns")
}
