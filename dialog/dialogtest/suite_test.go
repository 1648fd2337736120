package dialogtest_test

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
	"github.com/accord-chat/accord/intents"
)

var update = flag.Bool("update", false, "write what is answered now into the .chat tests")

// settings are those of every test: times are written as in London in winter.
var settings = dialog.Settings{Business: "Fernhill", Zone: time.UTC}

// shop is the default flow with what reads its customers, compiled once.
var shop = sync.OnceValues(func() (*flow.Flow, *intents.Understander) {
	files, err := lines.AfterSales()
	if err != nil {
		panic(err)
	}
	f, err := flow.Parse(files)
	if err != nil {
		panic(err)
	}
	return f, taught(f)
})

// TestConversations plays every conversation of the default flow, compares it
// to the letter with what stands in its file, and replays it from its journal.
func TestConversations(t *testing.T) {
	f, u := shop()
	files, err := lines.AfterSales()
	if err != nil {
		t.Fatal(err)
	}
	played := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(name, ".chat") {
			continue
		}
		lang, _, _ := strings.Cut(filepath.Base(name), "-")
		played[lang]++
		t.Run(filepath.Base(name), func(t *testing.T) {
			want := string(files[name])
			got, s, err := dialogtest.Run(f, settings, u.Understand, want)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Replay(); err != nil {
				t.Error(err)
			}
			checkControls(t, f, s)
			if *update {
				if err := os.WriteFile(filepath.Join("..", "lines", "after-sales", filepath.FromSlash(name)), []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if d := dialogtest.FirstDifference(want, got); d != "" {
				t.Error(d)
			}
		})
	}
	for _, lang := range []string{"en", "hans", "hant"} {
		if played[lang] < 6 {
			t.Errorf("%d conversations in %s; at least six belong to each language", played[lang], lang)
		}
	}
}

// checkControls folds the table over the classes of a session's trace: the
// control of every step must be what the table alone says, or a proof over the
// table would prove nothing.
func checkControls(t interface{ Errorf(string, ...any) }, f *flow.Flow, s *dialogtest.Session) {
	c := f.Table.Start()
	for i, turn := range s.Journal() {
		for _, fired := range turn.Trace {
			next, edge, err := f.Table.Next(c, fired.Class)
			if err != nil || edge.ID != fired.Edge {
				t.Errorf("turn %d: the table goes by %q (%v), the step went by %q", i+1, edge.ID, err, fired.Edge)
				return
			}
			c = next
		}
		st, err := dialog.Decode(f, turn.State)
		if err != nil || st.Control != c {
			t.Errorf("turn %d: the step ends in %+v, the table in %+v (%v)", i+1, st.Control, c, err)
			return
		}
	}
}
