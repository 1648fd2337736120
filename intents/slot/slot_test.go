package slot_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/slot"
	"github.com/accord-chat/accord/intents/text"
)

// show writes a value the way the table does.
func show(h slot.Hit) string {
	switch h.Kind {
	case message.SlotMoney:
		return fmt.Sprintf("money=%d.%02d%s", h.Amount/100, h.Amount%100, h.Currency)
	case message.SlotNumber:
		return fmt.Sprintf("number=%d", h.Amount)
	case message.SlotDate:
		return "date=" + h.Time.Format("2006-01-02")
	case message.SlotTime:
		return "time=" + h.Time.Format("2006-01-02T15:04")
	}
	return string(h.Kind) + "=" + h.Text
}

// TestTable reads every row of the table: text, language, expectation,
// currency, and the values wanted in order.
func TestTable(t *testing.T) {
	zone := time.FixedZone("UTC+8", 8*3600)
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, zone) // a Wednesday
	data, err := os.ReadFile(filepath.Join("testdata", "slots.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) != 5 {
			t.Fatalf("%q: want five columns", line)
		}
		n++
		o := slot.Options{Now: now, Zone: zone, Lang: message.Lang(c[1]), Expect: message.Expect{Kind: strings.Trim(c[2], "-"), Currency: strings.Trim(c[3], "-")}}
		var got []string
		for _, h := range slot.Find(text.Parse(c[0]), o) {
			got = append(got, show(h))
			if !strings.Contains(c[0], h.Span) || h.Span == "" {
				t.Errorf("%q: span %q is not in the text", c[0], h.Span)
			}
		}
		if have := strings.Join(got, " "); have != strings.Trim(c[4], "-") {
			t.Errorf("%q (%s %s)\n got  %s\n want %s", c[0], c[1], c[2], have, c[4])
		}
	}
	if n < 120 {
		t.Errorf("%d rows, want at least 120", n)
	}
}

// An hour without a day may be meant for another than the next such hour; one
// that has its day, or is counted from now, is not.
func TestHoursWithoutADayFloat(t *testing.T) {
	o := slot.Options{Now: time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC), Zone: time.UTC}
	for _, tc := range []struct {
		text   string
		floats bool
	}{
		{"until 3 pm", true}, {"下午三点", true}, {"住到15:00", true},
		{"until 3 pm on friday", false}, {"周五下午三点", false}, {"明天15:00", false}, {"in two hours", false}, {"friday", false},
	} {
		hits := slot.Find(text.Parse(tc.text), o)
		if len(hits) == 0 {
			t.Errorf("%q: nothing found", tc.text)
			continue
		}
		if hits[0].Floats != tc.floats {
			t.Errorf("%q: floats %v", tc.text, hits[0].Floats)
		}
	}
}
