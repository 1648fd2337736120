package slot_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/slot"
	"github.com/accord-chat/accord/intents/text"
)

// kinds of values that a family of tables is about; other values in the same
// texts are the business of other tables.
var kinds = map[string][]message.SlotKind{
	"dates":     {message.SlotDate, message.SlotTime},
	"money":     {message.SlotMoney},
	"numbers":   {message.SlotNumber},
	"codes":     {message.SlotOrder, message.SlotPhone, message.SlotEmail},
	"addresses": {message.SlotAddress},
	"names":     {message.SlotName},
}

var languages = []struct {
	file     string
	lang     message.Lang
	currency string
}{
	{"en", message.English, "USD"}, {"zh-hans", message.Simplified, "CNY"}, {"zh-hant", message.Traditional, "TWD"},
}

// TestTables reads testdata/<family>.<language>.tsv: a text, the values wanted,
// and, in a third column, what was asked for.
func TestTables(t *testing.T) {
	for _, c := range []struct {
		family string
		least  int
	}{{"dates", 120}, {"money", 80}, {"numbers", 60}, {"codes", 120}, {"addresses", 30}, {"names", 30}} {
		for _, l := range languages {
			t.Run(c.family+"."+l.file, func(t *testing.T) {
				n, wrong := 0, 0
				for _, row := range table(t, c.family+"."+l.file+".tsv") {
					n++
					o := slot.Options{Now: today, Zone: zone, Lang: l.lang, Expect: message.Expect{Kind: row[2], Currency: l.currency}}
					if have := values(row[0], o, kinds[c.family]); have != row[1] {
						wrong++
						t.Errorf("%q\n got  %s\n want %s", row[0], have, row[1])
					}
				}
				t.Logf("%d of %d", n-wrong, n)
				if n < c.least {
					t.Errorf("%d rows, want at least %d", n, c.least)
				}
			})
		}
	}
}

var (
	zone  = time.FixedZone("UTC+8", 8*3600)
	today = time.Date(2026, 11, 25, 10, 0, 0, 0, zone) // a Wednesday
)

func table(t *testing.T, name string) [][3]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var out [][3]string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimRight(line, "\n"); line == "" || line[0] == '#' {
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) < 2 || len(c) > 3 {
			t.Fatalf("%s: %q: want two or three columns", name, line)
		}
		row := [3]string{c[0], c[1]}
		if len(c) == 3 {
			row[2] = c[2]
		}
		out = append(out, row)
	}
	return out
}

// values writes the values of some kinds as the tables do.
func values(s string, o slot.Options, of []message.SlotKind) string {
	var out []string
	hits := slot.Find(text.Parse(s), o)
	for i, h := range hits {
		day := i > 0 && h.Kind == message.SlotDate && hits[i-1].Kind == message.SlotTime && hits[i-1].First == h.First
		if slices.Contains(of, h.Kind) && !day {
			out = append(out, brief(h))
		}
	}
	if len(out) == 0 {
		return "-"
	}
	return strings.Join(out, "; ")
}

func brief(h slot.Hit) string {
	at := strings.TrimPrefix(h.Time.Format("2006-01-02 15:04"), "2026-")
	switch h.Kind {
	case message.SlotDate:
		return strings.TrimSuffix(at, " 00:00")
	case message.SlotTime:
		if h.Floats {
			return "@" + at
		}
		return at
	case message.SlotMoney:
		return fmt.Sprintf("%s %d.%02d", h.Currency, h.Amount/100, h.Amount%100)
	case message.SlotNumber:
		return fmt.Sprint(h.Amount)
	case message.SlotOrder, message.SlotPhone, message.SlotEmail:
		return string(h.Kind) + " " + h.Text
	}
	return h.Text
}
