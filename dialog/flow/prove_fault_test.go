package flow

import (
	"maps"
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
		"silence changes nothing": {[]string{"    quiet: 3s\n    on:\n", "    quiet: 3s\n    on:\n      silence: stay\n"}, FaultLoop, "listen", "greet.message", "listen.silence"},
		"reminders without end":   {[]string{"remind: {to: stay, spend: reminder}", "remind: stay"}, FaultLoop, "listen", "greet.message", "listen.remind"},
		"corrections cost nothing": {[]string{"change: {to: elicit, spend: corrections, else: person}\n      refuse: {to: correct", "change: elicit\n      refuse: {to: correct"}, FaultLoop, "elicit",
			"greet.message listen.told", "elicit.complete restate.change"},
		"a person is no person": {[]string{"  person: person\n  anger", "  person: end\n  anger"}, FaultPerson, "listen", "greet.message listen.person", ""},
		"closed at the first silence": {[]string{"remind: {to: stay, spend: reminder}", "remind: end"}, FaultUnsettled, "rank",
			"greet.message listen.told elicit.complete restate.accept rank.ask rank.remind", ""},
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

// bent is a machine with one edge led elsewhere, past what Parse refuses.
func bent(t *testing.T, f *Flow, state string, class ClassName, to EdgeSpec) *Table {
	t.Helper()
	var specs []StateSpec
	for _, name := range f.Table.Names() {
		id, _ := f.Table.Find(name)
		s := f.Table.Spec(id)
		if name == state {
			s.On = maps.Clone(s.On)
			s.On[class] = to
		}
		specs = append(specs, s)
	}
	table, err := newTable(f.Start, specs, f.Limits)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// TestFaultsBehindParseAreFound leads edges where Parse would not let them: a
// proof does not take its word for it.
func TestFaultsBehindParseAreFound(t *testing.T) {
	f := shipped(t, "after-sales")
	for name, c := range map[string]struct {
		state string
		class ClassName
		to    string
		kind  FaultKind
		way   string
	}{
		"closed with something open": {"lower", Exhausted, "close", FaultUnsettled, "greet.message listen.told elicit.complete restate.accept rank.skip assess.lower lower.exhausted"},
		"nothing to rest on":         {"lower", Exhausted, "", FaultStuck, "greet.message listen.told elicit.complete restate.accept rank.skip assess.lower lower.exhausted"},
		"given up and noted":         {"propose", Withdraw, "agree", FaultStuck, "greet.message listen.told elicit.complete restate.accept rank.skip assess.lower lower.offer lower.beyond propose.withdraw"},
		"no listening":               {"greet", Message, "elicit", FaultStuck, "greet.message"},
		"no listening once more":     {"end", Message, "elicit", FaultStuck, "end.message"},
		"nobody afterwards":          {"end", Message, "end", FaultStuck, "end.message"},
		"waits for what came":        {"lookup", Found, "", FaultSilent, "greet.message listen.told elicit.look lookup.found"},
		"given back to nobody":       {"owned", Returned, "person", FaultSilent, "owned.returned"},
	} {
		p := bent(t, f, c.state, c.class, EdgeSpec{To: c.to}).prove(ProveOptions{})
		if p.Ends || p.Fault == nil || p.Fault.Kind != c.kind || p.Fault.State == "" || edgesOf(p.Fault.Way) != c.way {
			t.Errorf("%s: %+v", name, p.Fault)
		}
	}
}

// TestALoopHidesNothing breaks two things at once: both are told, and the loop,
// which the other brings along, last.
func TestALoopHidesNothing(t *testing.T) {
	f, err := edited(t, "  person: person\n  anger", "  person: close\n  anger")
	if err != nil {
		t.Fatal(err)
	}
	p := f.Prove(ProveOptions{})
	if p.Ends || p.Fault.Kind != FaultPerson || p.Fault.State != "listen" || len(p.Also) == 0 || p.Also[len(p.Also)-1].Kind != FaultLoop {
		t.Errorf("%+v, also %+v", p.Fault, p.Also)
	}
}

// TestTheLadderEndsALoop says of a loop that makes an offer each round what ends
// it, and of no other.
func TestTheLadderEndsALoop(t *testing.T) {
	f := shipped(t, "after-sales")
	for state, class := range map[string]ClassName{"lower": Refuse, "restate": Change} {
		e := EdgeSpec{To: map[string]string{"lower": "lower", "restate": "elicit"}[state]}
		p := bent(t, f, state, class, e).prove(ProveOptions{})
		if p.Fault == nil || p.Fault.Kind != FaultLoop || p.Fault.OnLadder() != (state == "lower") || strings.Contains(p.Fault.What, "ladder") != (state == "lower") {
			t.Errorf("%s: %+v", state, p.Fault)
		}
	}
}

// TestSoothingAtLastLeadsBack lets anger be soothed only when its budget is used
// up: there is a way back from that too.
func TestSoothingAtLastLeadsBack(t *testing.T) {
	f, err := edited(t, "  anger: {to: soothe, spend: soothing, else: person}", "  anger: {to: stay, spend: soothing, else: soothe}", "  rage: person", "  rage: {to: stay, spend: soothing, else: person}")
	if err != nil {
		t.Fatal(err)
	}
	at, _ := f.Table.Find("lower")
	c := Control{At: at, Open: 1, Soothing: uint8(f.Limits.Soothing)}
	c, _, err = f.Table.Next(c, Class{Name: Anger})
	if err != nil || f.Table.Kind(c.At) != Soothe {
		t.Fatalf("%+v, %v", c, err)
	}
	if c, _, err = f.Table.Next(c, Back()); err != nil || c.At != at || c.Open != 1 {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestOnlyRemindedIsNotSettled keeps what was asked about open where a reminder
// puts the question again.
func TestOnlyRemindedIsNotSettled(t *testing.T) {
	f := minimal(t)
	at, _ := f.Table.Find("shelve")
	c, edge, err := f.Table.Next(Control{At: at, Open: 2}, Class{Name: Remind, N: 1})
	if err != nil || !edge.Stay || c.Open != 2 || c.At != at {
		t.Errorf("%+v by %+v, %v", c, edge, err)
	}
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
