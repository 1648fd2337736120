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
	f, fault := faulty(t, "    on:\n      exhausted: shelve", "    on:\n      exhausted: close")
	chat := dialogtest.Enact(f, settings, "en", fault)
	for _, want := range []string{"# lower: no offer is left\n", "bot (close): …"} {
		if !strings.Contains(chat, want) {
			t.Errorf("%q is not in it:\n%s", want, chat)
		}
	}
	f, fault = faulty(t, "  silence: end", "  silence: stay")
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
