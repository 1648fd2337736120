package intents_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

func dash(s string) string { return strings.Trim(s, "-") }

func band(x float64) string {
	switch {
	case x < 0.2:
		return "calm"
	case x < 0.45:
		return "annoyed"
	case x < 0.8:
		return "angry"
	}
	return "furious"
}

func TestAnger(t *testing.T) {
	u := bare(t)
	all := rows(t, "anger.tsv")
	for _, c := range all {
		r := u.Understand(c[0], intents.Context{Now: now})
		if !strings.Contains("|"+c[1]+"|", "|"+band(r.Anger)+"|") {
			t.Errorf("%q: anger %.2f is %s, want %s", c[0], r.Anger, band(r.Anger), c[1])
		}
	}
	if len(all) < 60 {
		t.Errorf("%d rows, want at least 60", len(all))
	}
}

func TestPerson(t *testing.T) {
	u := bare(t)
	all := rows(t, "person.tsv")
	for _, c := range all {
		r := u.Understand(c[0], intents.Context{Now: now})
		if r.Person != (c[1] == "yes") {
			t.Errorf("%q: person %v, want %s", c[0], r.Person, c[1])
		}
	}
	if len(all) < 60 {
		t.Errorf("%d rows, want at least 60", len(all))
	}
}

func TestSides(t *testing.T) {
	u := bare(t)
	for _, c := range rows(t, "sides.tsv") {
		ctx := intents.Context{Now: now, Expect: message.Expect{Kind: dash(c[3]), Currency: "USD"}}
		r := u.Understand(c[0], ctx)
		if string(r.Side) != dash(c[1]) || string(r.SwitchTo) != strings.TrimPrefix(c[2], "-") {
			t.Errorf("%q (%s): side %q %q, want %s %s; %v", c[0], c[3], r.Side, r.SwitchTo, c[1], c[2], r.Why)
		}
	}
}

func TestCorrections(t *testing.T) {
	u := bare(t)
	for _, c := range rows(t, "corrections.tsv") {
		r := u.Understand(c[0], intents.Context{Now: now, Expect: message.Expect{Kind: "yesno", Currency: "USD"}})
		if r.Correction != (c[1] == "yes") {
			t.Errorf("%q: correction %v, want %s; slots %v", c[0], r.Correction, c[1], r.Slots)
		}
		if want := dash(c[2]); want != "" && !holds(r, want) {
			t.Errorf("%q: slots %+v, want %s", c[0], r.Slots, want)
		}
		if r.Correction && r.Answer == message.Accept {
			t.Errorf("%q: a correction read as an acceptance", c[0])
		}
	}
}

func holds(r message.Reading, want string) bool {
	for _, s := range r.Slots {
		if s.Text == want || s.Kind == message.SlotNumber && s.Span == want {
			return true
		}
	}
	return false
}

func TestNames(t *testing.T) {
	u := bare(t)
	all := rows(t, "names.tsv")
	for _, c := range all {
		r := u.Understand(c[0], intents.Context{Now: now})
		if name, _ := r.Slot(message.SlotName); name.Text != dash(c[1]) {
			t.Errorf("%q: name %q, want %s", c[0], name.Text, c[1])
		}
	}
	if len(all) < 30 {
		t.Errorf("%d rows, want at least 30", len(all))
	}
}

// A day counts as wanted where it is said as the one by which something is
// needed, and not where somebody tells of a day.
func TestNeededDays(t *testing.T) {
	u := bare(t)
	for text, want := range map[string]bool{
		"I need it by Tuesday": true, "before friday please": true, "we need it on saturday": true,
		"you said it comes by Friday": false, "it came on monday": false, "they promised it by friday": false,
		"wednesday at the latest": true, "latest wednesday": true, "no later than friday": true, "it needs to be here friday": true,
		"下周三搬家要用": true, "這週五要穿": true, "周二买的,要用": false, "周二买的要用": false,
		"我周二要用": true, "周六前要": true, "最晚周三要": true, "最晚週三要": true, "週六前要": true, "明天下午之前要到": true,
		"说好周五前送到": false, "周二买的": false, "答应我周五前到": false, "我周二要出差": false,
	} {
		r := u.Understand(text, intents.Context{Now: now})
		got := slices.ContainsFunc(r.Slots, func(s message.Slot) bool { return s.Wanted })
		if got != want {
			t.Errorf("%q: wanted %v, want %v; %+v", text, got, want, r.Slots)
		}
	}
}

func TestLanguages(t *testing.T) {
	u := bare(t)
	for _, c := range rows(t, "languages.tsv") {
		before := message.Lang(c[1])
		if before == "-" {
			before = ""
		}
		want := c[2]
		if want == "-" {
			want = ""
		}
		if r := u.Understand(c[0], intents.Context{Lang: before, Now: now}); string(r.Lang) != want {
			t.Errorf("%q after %q: language %q, want %q", c[0], before, r.Lang, want)
		}
	}
}
