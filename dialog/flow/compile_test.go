package flow_test

import (
	"slices"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/google/go-cmp/cmp"
)

func spec(t *testing.T, f *flow.Flow, name string) flow.StateSpec {
	t.Helper()
	id, ok := f.Table.Find(name)
	if !ok {
		t.Fatalf("no state %q", name)
	}
	return f.Table.Spec(id)
}

// The edges of anywhere stand wherever they mean something, and nowhere else;
// a state's own edge wins.
func TestAnywhereIsMerged(t *testing.T) {
	f := parse(t, flowtest.Minimal())
	misread := flow.EdgeSpec{Spend: flow.SpendMisread, Else: "person"}
	for name, want := range map[string]*flow.EdgeSpec{
		"restate": &misread, "close": &misread,
		"elicit": {Spend: flow.SpendTries, Else: "elicit"}, // its own
		"greet":  nil, "end": nil, "soothe": nil, "assess": nil, "agree": nil, "person": nil, "owned": nil,
	} {
		got, ok := spec(t, f, name).On[flow.Misread]
		if ok != (want != nil) || ok && got != *want {
			t.Errorf("%s: %+v, %v", name, got, ok)
		}
	}
	for name, want := range map[string]bool{"listen": true, "lookup": true, "close": true, "greet": false, "end": false, "person": false, "owned": false} {
		if _, ok := spec(t, f, name).On[flow.Silence]; ok != want {
			t.Errorf("%s ends in silence: %v", name, ok)
		}
	}
	if got := spec(t, f, "lookup"); got.Wait != 10*time.Second || got.Kind != flow.Lookup {
		t.Errorf("%+v", got)
	}
}

func TestLimitsHaveDefaults(t *testing.T) {
	files := flowtest.Minimal()
	files["flow.yaml"] = edit(t, string(files["flow.yaml"]), "refusals: 3  => refusals: 2 \n  tries: 2           # times a question is put => #\nremind: 1h => remind: 90s")
	f := parse(t, files)
	want := flow.DefaultLimits()
	want.Refusals = 2
	if diff := cmp.Diff(want, f.Limits); diff != "" {
		t.Errorf("limits (-want +got):\n%s", diff)
	}
	times := flow.DefaultPromiseTimes()
	times.Remind = flow.Duration(90 * time.Second)
	if diff := cmp.Diff(times, f.Promises); diff != "" {
		t.Errorf("promise times (-want +got):\n%s", diff)
	}
}

// Every kind of state stands in the minimal flow, so that packages that test
// with it meet them all.
func TestMinimalHasEveryKind(t *testing.T) {
	f := parse(t, flowtest.Minimal())
	var got []flow.Kind
	for _, name := range f.Table.Names() {
		got = append(got, spec(t, f, name).Kind)
	}
	for _, k := range []flow.Kind{flow.Greet, flow.Listen, flow.Soothe, flow.Elicit, flow.Lookup, flow.Restate, flow.Correct, flow.Rank,
		flow.Assess, flow.Lower, flow.Propose, flow.Agree, flow.Shelve, flow.Close, flow.Queue, flow.Owned, flow.End} {
		if !slices.Contains(got, k) {
			t.Errorf("no state of kind %s", k)
		}
	}
}
