package intents_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// TestAttacks holds that no sign, struck word, broken byte, quoted or past
// assent passes for an acceptance, and that plain ones with friendly signs do.
func TestAttacks(t *testing.T) {
	u := bare(t)
	all := rows(t, "attack-answers.tsv")
	for _, row := range all {
		if len(row) != 3 {
			t.Fatalf("%q: want three columns", row)
		}
		said := row[2]
		if strings.Contains(said, `\`) {
			plain, err := strconv.Unquote(`"` + said + `"`)
			if err != nil {
				t.Fatalf("%q: %v", said, err)
			}
			said = plain
		}
		r := u.Understand(said, intents.Context{Now: now, Expect: message.Expect{Kind: row[0], Currency: "USD"}})
		if !slices.Contains(strings.Split(row[1], "|"), answerName(r.Answer)) {
			t.Errorf("%q is %s, read as %s; %v", said, row[1], answerName(r.Answer), r.Why)
		}
	}
	if len(all) < 250 {
		t.Errorf("%d rows, want at least 250", len(all))
	}
}
