package dialogtest_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// owned is the shipped flow whose orders have owners: one is the customer's,
// one somebody else's, and of the rest nobody knows.
func owned(t *testing.T) (*flow.Flow, dialogtest.Understand) {
	t.Helper()
	files, err := flow.ReadFS(os.DirFS("../lines/after-sales"))
	if err != nil {
		t.Fatal(err)
	}
	files["catalog.yaml"] = []byte(strings.Replace(string(files["catalog.yaml"]), "\n  key: order\n", "\n  key: order\n  whose: customer\n", 1))
	var rows []string
	for line := range strings.Lines(string(files["facts.csv"])) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case len(rows) == 0:
			line += ",customer"
		case strings.HasPrefix(line, "48213,"):
			line += ",customer telegram:2"
		case strings.HasPrefix(line, "77350,"):
			line += ",telegram:1"
		default:
			line += ","
		}
		rows = append(rows, line)
	}
	files["facts.csv"] = []byte(strings.Join(rows, "\n") + "\n")
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	u, err := intents.New(intents.Words(f.Words), intents.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f, u.Understand
}

// TestACaseIsToldToItsOwnerOnly: of somebody else's order nothing is said, not
// even what it was; it is looked for no second time, and a person can be had.
func TestACaseIsToldToItsOwnerOnly(t *testing.T) {
	f, understand := owned(t)
	for lang, c := range map[string]struct{ says, item string }{
		"en":      {"my order 77350 arrived broken, I want my money back", "kettle"},
		"zh-Hans": {"订单77350收到是坏的，我要退款", "水壶"},
		"zh-Hant": {"訂單77350收到是壞的，我要退費", "水壺"},
	} {
		script := "lang: " + lang + "\n-- 2026-11-25 10:00 --\ncustomer: " + c.says + "\n"
		out, s, err := dialogtest.Run(f, dialog.Settings{Zone: time.UTC}, understand, script)
		if err != nil {
			t.Fatal(err)
		}
		answer := strings.ReplaceAll(strings.TrimPrefix(out, script), "77350", "NUMBER")
		if !strings.Contains(answer, f.Line(message.Lang(lang), "lookup.other", 0, flow.Vars{"order": "NUMBER"})) || strings.Contains(answer, c.item) || strings.Contains(strings.ReplaceAll(answer, "77350", ""), "35") {
			t.Errorf("%s", out)
		}
		if st, err := s.State(); err != nil || len(st.Matter.Facts) != 0 {
			t.Errorf("%s: %v %v", lang, st.Matter.Facts, err)
		}
	}
}

// TestNobodyLearnsWhichNumbersExist: what is somebody else's is answered like
// what is not there, also when it is asked for again.
func TestNobodyLearnsWhichNumbersExist(t *testing.T) {
	f, understand := owned(t)
	said := map[string]string{}
	for _, order := range []string{"77350", "11111"} {
		script := "-- 2026-11-25 10:00 --\ncustomer: my order " + order + " arrived broken, I want my money back\n-- +10s --\ncustomer: " + order + "\n"
		out, _, err := dialogtest.Run(f, dialog.Settings{Zone: time.UTC}, understand, script)
		if err != nil {
			t.Fatal(err)
		}
		said[order] = strings.ReplaceAll(out, order, "NUMBER")
	}
	if said["77350"] != said["11111"] {
		t.Errorf("%s\n---\n%s", said["77350"], said["11111"])
	}
}

// TestUnverifiedFactsGrantLittle: nobody's order is answered for, and what is
// worth much waits for proof.
func TestUnverifiedFactsGrantLittle(t *testing.T) {
	f, understand := owned(t)
	for _, c := range []struct {
		order string
		state string
	}{{"48213", "close"}, {"39471", "shelve"}} {
		out, s, err := dialogtest.Run(f, dialog.Settings{Zone: time.UTC}, understand,
			"-- 2026-11-25 10:00 --\ncustomer: order "+c.order+" arrived broken, I want my money back\n-- +10s --\ncustomer: [Yes]\n")
		if err != nil {
			t.Fatal(err)
		}
		st, err := s.State()
		if err != nil || len(st.Matter.Facts) == 0 || st.Matter.Unverified != (c.order != "48213") {
			t.Fatalf("%v %v\n%s", st.Matter.Facts, err, out)
		}
		if st.At != c.state {
			t.Errorf("order %s ends in %s\n%s", c.order, st.At, out)
		}
	}
}
