package intents_test

import (
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
	case x < 0.75:
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
