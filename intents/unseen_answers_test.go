package intents_test

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// The tables of unseen answers: unseen-answers and fresh-answers were written
// before the lexicon was looked at, blind-answers after the first of them had
// been worked on. Each was measured before anything was done about it: first
// 76, 82 and 77 % (English, simplified, traditional), then 84, 88 and 88 %, then
// 81, 90 and 90 %. What they hold since is that nothing gets worse. A row with
// several answers ("counter|refuse") allows each of them.
var unseenAnswers = []struct {
	table string
	least float64 // share of accept and refuse rows read right, in every language
}{
	{"unseen-answers", 0.98},
	{"fresh-answers", 0.95},
	{"blind-answers", 0.92},
}

// answerTally is what one table gave: how many rows were read as what.
type answerTally struct {
	confusion map[string]map[string]int
	right     int // of the rows that are plainly an acceptance or a refusal
	plain     int
	fair, all int // rows read as one of the answers they allow
}

// TestUnseenAnswers holds the promise of the package on texts nobody tuned it
// for: no acceptance where there is none, and nearly all of the others read.
func TestUnseenAnswers(t *testing.T) {
	u := bare(t)
	for _, table := range unseenAnswers {
		for _, l := range tables {
			t.Run(table.table+"/"+l.name, func(t *testing.T) {
				ctx := intents.Context{Lang: l.lang, Now: now, Expect: message.Expect{Kind: "yesno", Currency: l.currency}}
				got := readTable(t, u, ctx, rows(t, table.table+"."+l.name+".tsv"))
				share := float64(got.right) / float64(got.plain)
				t.Logf("accept and refuse: %d of %d right (%.1f %%); all rows: %d of %d (%.1f %%)\n%s", got.right, got.plain, 100*share,
					got.fair, got.all, 100*float64(got.fair)/float64(got.all), got)
				if share < table.least || got.all < 80 {
					t.Errorf("%.3f of %d rows read right, want %.2f over at least 80", share, got.all, table.least)
				}
			})
		}
	}
}

func readTable(t *testing.T, u *intents.Understander, ctx intents.Context, table [][]string) answerTally {
	t.Helper()
	got := answerTally{confusion: map[string]map[string]int{}}
	for _, row := range table {
		if len(row) != 3 {
			t.Fatalf("%q: want three columns", row)
		}
		ctx.Expect.Kind = row[0]
		r := u.Understand(row[2], ctx)
		read, fair := answerName(r.Answer), strings.Split(row[1], "|")
		ok := slices.Contains(fair, read)
		got.count(row[1], read, ok)
		switch {
		case ok:
		case r.Answer == message.Accept:
			t.Errorf("false acceptance: %q is %s; %v", row[2], row[1], r.Why)
		default:
			t.Logf("%q read as %s, want %s; %v", row[2], read, row[1], r.Why)
		}
	}
	return got
}

func answerName(a message.Answer) string {
	if a == message.NoAnswer {
		return "none"
	}
	return string(a)
}

func (c *answerTally) count(want, read string, ok bool) {
	if c.confusion[want] == nil {
		c.confusion[want] = map[string]int{}
	}
	c.confusion[want][read]++
	c.all++
	if ok {
		c.fair++
	}
	if want == "accept" || want == "refuse" {
		c.plain++
		if ok {
			c.right++
		}
	}
}

// String is the confusion: what was meant, and as what it was read.
func (c answerTally) String() string {
	kinds := []string{"accept", "refuse", "counter", "unsure", "none"}
	var b strings.Builder
	fmt.Fprintf(&b, "%-32s", "meant, read as")
	for _, k := range kinds {
		fmt.Fprintf(&b, "%9s", k)
	}
	var wants []string
	for w := range c.confusion {
		wants = append(wants, w)
	}
	sort.Strings(wants)
	for _, w := range wants {
		fmt.Fprintf(&b, "\n%-32s", w)
		for _, k := range kinds {
			fmt.Fprintf(&b, "%9d", c.confusion[w][k])
		}
	}
	return b.String()
}
