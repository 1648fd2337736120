package dialogtest_test

import (
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
)

// faulty is the shop's flow with a part written otherwise, and what a proof
// finds wrong with it.
func faulty(t *testing.T, old, is string) (*flow.Flow, *flow.Fault) {
	t.Helper()
	files, err := lines.AfterSales()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(files["flow.yaml"]), old, is, 1)
	if text == string(files["flow.yaml"]) {
		t.Fatalf("%q does not stand in the flow", old)
	}
	files["flow.yaml"] = []byte(text)
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	p := f.Prove(flow.ProveOptions{})
	if p.Fault == nil {
		t.Fatalf("with %q nothing is wrong", is)
	}
	return f, p.Fault
}

// TestEnactIsReal plays a loop that real data brings about: every answer is the
// bot's own, in every language.
func TestEnactIsReal(t *testing.T) {
	f, fault := faulty(t, "change: {to: elicit, spend: corrections, else: person}\n      refuse: {to: correct", "change: elicit\n      refuse: {to: correct")
	for _, lang := range f.Langs() {
		chat := dialogtest.Enact(f, settings, lang, fault)
		if strings.Contains(chat, "…") && strings.Contains(chat, "): …") {
			t.Errorf("%s: an answer is no more than a name:\n%s", lang, chat)
		}
		for _, want := range []string{"# " + fault.What, "lang: " + string(lang), "bot (restate): ", "# From here it goes round.", "# And so on, without end."} {
			if strings.Count(chat, want) < 1 {
				t.Errorf("%s: %q is not in it:\n%s", lang, want, chat)
			}
		}
		if strings.Index(chat, "goes round") > strings.LastIndex(chat, "customer: ") {
			t.Errorf("%s: the loop begins behind its last step:\n%s", lang, chat)
		}
	}
}

// TestEnactSaysWhatItCannotPlay tells a way that the shop's data does not bring
// about by names, and time by what passes.
func TestEnactSaysWhatItCannotPlay(t *testing.T) {
	f, fault := faulty(t, "remind: {to: stay, spend: reminder}", "remind: end")
	fault.Way = append(fault.Way[:len(fault.Way)-1:len(fault.Way)-1], flow.ProofStep{State: "rank", Class: flow.Class{Name: flow.Skip}, Edge: "rank.skip", To: "assess", Entered: true})
	chat := dialogtest.Enact(f, settings, "en", fault)
	for _, want := range []string{"# No data at hand", "# rank: there is no more than one thing to settle\n", "bot (assess): …"} {
		if !strings.Contains(chat, want) {
			t.Errorf("%q is not in it:\n%s", want, chat)
		}
	}
	f, fault = faulty(t, "    quiet: 3s\n    on:\n", "    quiet: 3s\n    on:\n      silence: stay\n")
	chat = dialogtest.Enact(f, settings, "zh-Hant", fault)
	if !strings.Contains(chat, "-- +24h --\nbot (listen): ") {
		t.Errorf("no day goes by:\n%s", chat)
	}
	if dialogtest.Enact(f, settings, "en", &flow.Fault{}) != "" {
		t.Error("no way is a conversation")
	}
}

// TestEnactIsTheSameTwice holds that nothing of it hangs on chance.
func TestEnactIsTheSameTwice(t *testing.T) {
	f, fault := faulty(t, "  person: person\n  anger", "  person: end\n  anger")
	a, b := dialogtest.Enact(f, settings, "zh-Hans", fault), dialogtest.Enact(f, settings, "zh-Hans", fault)
	if a != b || !strings.Contains(a, "bot (end): ") || !strings.Contains(a, "转人工") {
		t.Errorf("%s\nand\n%s", a, b)
	}
}

// TestEnactPlaysAgents plays a way that begins with a person: who writes, who
// takes over, and what they do with it.
func TestEnactPlaysAgents(t *testing.T) {
	f, _ := shop()
	for _, c := range []struct {
		way  []flow.ProofStep
		want []string
	}{
		{[]flow.ProofStep{{State: "owned", Class: flow.Class{Name: flow.Returned}, Edge: "owned.returned", To: "close"}}, []string{"customer: /human\n", "agent Ana: (takes)\n", "agent Ana: (returns)\n", "bot (close): "}},
		{[]flow.ProofStep{{State: "person", Class: flow.Class{Name: flow.Taken}, Edge: "person.taken", To: "owned"}}, []string{"customer: /human\n", "agent Ana: (takes)\n"}},
		{[]flow.ProofStep{{State: "end", Class: flow.Class{Name: flow.Start}, Edge: "end.start", To: "listen"}}, []string{"customer: /cancel\n", "customer: /start\nbot (listen): "}},
	} {
		chat := dialogtest.Enact(f, settings, "en", &flow.Fault{What: "w", Way: c.way})
		for _, want := range c.want {
			if !strings.Contains(chat, want) || strings.Contains(chat, "…") {
				t.Errorf("%q is not in it, or not played:\n%s", want, chat)
			}
		}
	}
}

// TestEnactSaysWhatEndsALoop does not call endless what the ladder ends.
func TestEnactSaysWhatEndsALoop(t *testing.T) {
	f, fault := faulty(t, "refuse: {to: lower, spend: refusals, else: shelve}\n      unsure: {", "refuse: lower\n      unsure: {")
	chat := dialogtest.Enact(f, settings, "en", fault)
	if strings.Contains(chat, "without end") || !strings.HasSuffix(chat, "# And so on, until the ladder has no offer left; no budget ends it before.\n") {
		t.Error(chat)
	}
}

// TestEnactHoldsTheCount does not take one thing for another that has the same
// edge: the last step of a way counts as it is told, or is told by names.
func TestEnactHoldsTheCount(t *testing.T) {
	f, fault := faulty(t, "remind: {to: stay, spend: reminder}", "remind: end")
	way := append(fault.Way[:len(fault.Way)-1:len(fault.Way)-1], flow.ProofStep{State: "rank", Class: flow.Class{Name: flow.Pick, N: 6}, Edge: "rank.pick", To: "assess", Turn: true})
	chat := dialogtest.Enact(f, settings, "en", &flow.Fault{What: "w", Way: way})
	if !strings.Contains(chat, "# No data at hand") || !strings.HasSuffix(chat, "bot (assess): …\n") {
		t.Error(chat)
	}
}
