package flow

import (
	"os"
	"strings"
	"testing"
)

// edited is a shipped flow with a part of flow.yaml written otherwise.
func edited(t *testing.T, swaps ...string) (*Flow, error) {
	t.Helper()
	files, err := ReadFS(os.DirFS("../lines/after-sales"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(files[flowName])
	for i := 0; i < len(swaps); i += 2 {
		if strings.Count(text, swaps[i]) != 1 {
			t.Fatalf("%q stands %d times in %s", swaps[i], strings.Count(text, swaps[i]), flowName)
		}
		text = strings.Replace(text, swaps[i], swaps[i+1], 1)
	}
	files[flowName] = []byte(text)
	return Parse(files)
}

// TestFaultsAreFound breaks a flow in each way a proof knows, and holds the
// shortest counter-example.
func TestFaultsAreFound(t *testing.T) {
	for name, c := range map[string]struct {
		swaps []string
		kind  FaultKind
		state string
		way   string // edges
		loop  string
	}{
		"refusals cost nothing": {[]string{"refuse: {to: lower, spend: refusals, else: shelve}\n      unsure: {", "refuse: lower\n      unsure: {"}, FaultLoop, "lower",
			"greet.message listen.told elicit.complete restate.accept rank.skip assess.lower", "lower.offer lower.refuse"},
		"silence changes nothing": {[]string{"  silence: end", "  silence: stay"}, FaultLoop, "listen", "greet.message", "listen.silence"},
		"reminders without end":   {[]string{"remind: {to: stay, spend: reminder}", "remind: stay"}, FaultLoop, "listen", "greet.message", "listen.remind"},
		"corrections cost nothing": {[]string{"change: {to: elicit, spend: corrections, else: person}\n      refuse: {to: correct", "change: elicit\n      refuse: {to: correct"}, FaultLoop, "elicit",
			"greet.message listen.told", "elicit.complete restate.change"},
		"a person is no person": {[]string{"  person: person\n  anger", "  person: end\n  anger"}, FaultPerson, "listen", "greet.message listen.person", ""},
		"closed with something open": {[]string{"    on:\n      exhausted: shelve", "    on:\n      exhausted: close"}, FaultUnsettled, "lower",
			"greet.message listen.told elicit.complete restate.accept rank.skip assess.lower lower.exhausted", ""},
		"nothing to rest on": {[]string{"    on:\n      exhausted: shelve", "    on:\n      exhausted: stay"}, FaultStuck, "lower",
			"greet.message listen.told elicit.complete restate.accept rank.skip assess.lower lower.exhausted", ""},
		"given up and noted": {[]string{"      withdraw: assess\n      change: {to: elicit, spend: corrections, else: person}\n\n  agree:", "      withdraw: agree\n      change: {to: elicit, spend: corrections, else: person}\n\n  agree:"}, FaultStuck, "agree",
			"greet.message listen.told elicit.complete restate.accept rank.skip assess.lower lower.offer lower.beyond propose.withdraw", ""},
		"no listening": {[]string{"      message: listen\n      start: listen\n\n  listen:", "      message: elicit\n      start: listen\n\n  listen:"}, FaultStuck, "greet", "greet.message", ""},
	} {
		f, err := edited(t, c.swaps...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		p := f.Prove(ProveOptions{})
		if p.Ends {
			t.Errorf("%s: proved", name)
			continue
		}
		if p.Fault.Kind != c.kind || p.Fault.State != c.state || edgesOf(p.Fault.Way) != c.way || edgesOf(p.Fault.Loop) != c.loop {
			t.Errorf("%s: %s in %s (%s)\nway  %s\nloop %s", name, p.Fault.Kind, p.Fault.State, p.Fault.What, edgesOf(p.Fault.Way), edgesOf(p.Fault.Loop))
		}
	}
}

func edgesOf(way []ProofStep) string {
	var out []string
	for _, s := range way {
		out = append(out, s.Edge)
	}
	return strings.Join(out, " ")
}

// TestTheCapIsNeverWhatEnds lowers the cap below the longest way.
func TestTheCapIsNeverWhatEnds(t *testing.T) {
	f, err := edited(t, "  turns: 40", "  turns: 20")
	if err != nil {
		t.Fatal(err)
	}
	p := f.Prove(ProveOptions{})
	if p.Ends || p.Fault.Kind != FaultLong || p.Worst <= 20 {
		t.Fatalf("ends %v, %d turns, %+v", p.Ends, p.Worst, p.Fault)
	}
	checkWay(t, f.Table, p.Fault.Way, p.Worst, true)
}

// TestFaultsOfATableAreFound breaks what a flow's files cannot: Parse refuses
// them.
func TestFaultsOfATableAreFound(t *testing.T) {
	for class, want := range map[ClassName]FaultKind{Silence: FaultStuck, Person: FaultStuck, Accept: FaultStuck} {
		f := minimal(t)
		delete(f.Table.states[f.Table.index["restate"]].on, class)
		if p := f.Prove(ProveOptions{}); p.Fault == nil || p.Fault.Kind != want || p.Fault.State != "restate" || p.Ends {
			t.Errorf("without %s: %+v", class, p.Fault)
		}
	}
	silent := &space{}
	if kind, what := silent.wrongState(&state{name: "x", kind: Kind("new"), on: map[ClassName]arrow{Person: {}}}); kind != FaultSilent || what == "" {
		t.Errorf("a state without a timer is %q", kind)
	}
	if kind, what := silent.wrongState(&state{name: "x", kind: Kind("new"), on: map[ClassName]arrow{Silence: {}}}); kind != FaultPerson || what == "" {
		t.Errorf("a state without a person is %q", kind)
	}
}
