package dialog

import (
	"testing"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/dialog/lines"
)

// flows are the flows that ship, and the smallest that uses every kind.
func flows(t testing.TB) map[string]*flow.Flow {
	t.Helper()
	shop, err := lines.AfterSales()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*flow.Flow{}
	for name, files := range map[string]flow.Files{"after-sales": shop, "minimal": flowtest.Minimal()} {
		f, err := flow.Parse(files)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = f
	}
	return out
}

// TestEveryEdge fires every edge of every flow through looplab/fsm and holds
// it against the table.
func TestEveryEdge(t *testing.T) {
	for name, f := range flows(t) {
		if len(f.Table.Edges()) < 40 {
			t.Errorf("%s has only %d edges", name, len(f.Table.Edges()))
		}
		for _, e := range f.Table.Edges() {
			if err := fire(f, e); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestWrongEdgeIsRefused holds that the machine is not a rubber stamp: an edge
// that leads elsewhere than the machine's is an error, and the next one fires
// all the same.
func TestWrongEdgeIsRefused(t *testing.T) {
	f := flows(t)["after-sales"]
	good := f.Table.Edges()[0]
	bad := good
	bad.To++
	if err := fire(f, bad); err == nil {
		t.Error("an edge with a wrong end was fired")
	}
	unknown := good
	unknown.ID = "no.such"
	if err := fire(f, unknown); err == nil {
		t.Error("an edge that does not exist was fired")
	}
	if err := fire(f, good); err != nil {
		t.Error(err)
	}
}
