package intents_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// now is the day the transcripts begin: a Wednesday.
var now = time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)

func rows(t testing.TB, name string) [][]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for _, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		if line != "" && line[0] != '#' {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out
}

func bare(t testing.TB) *intents.Understander {
	t.Helper()
	u, err := intents.New(nil, intents.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

var tables = []struct {
	lang     message.Lang
	name     string
	currency string
}{
	{message.English, "en", "USD"},
	{message.Simplified, "zh-hans", "CNY"},
	{message.Traditional, "zh-hant", "TWD"},
}

// TestAnswers holds the heart of the package: none of these texts is taken for
// an acceptance that is none, and nearly all are read as a person would.
func TestAnswers(t *testing.T) {
	u := bare(t)
	total, right := 0, 0
	for _, l := range tables {
		ctx := intents.Context{Lang: l.lang, Now: now, Expect: message.Expect{Kind: "yesno", Currency: l.currency}}
		for _, row := range rows(t, "answers."+l.name+".tsv") {
			if len(row) != 2 {
				t.Fatalf("%s: %q: want two columns", l.name, row)
			}
			want := message.Answer(row[1])
			if want == "none" {
				want = message.NoAnswer
			}
			r := u.Understand(row[0], ctx)
			total++
			switch {
			case r.Answer == want:
				right++
			case r.Answer == message.Accept:
				t.Errorf("false acceptance: %q read as %q, want %q, why %v", row[0], r.Answer, want, r.Why)
			default:
				t.Logf("%q read as %q, want %q, why %v", row[0], r.Answer, want, r.Why)
			}
		}
	}
	share := float64(right) / float64(total)
	t.Logf("answers: %d of %d right (%.1f %%)", right, total, 100*share)
	if total < 250 || share < 0.95 {
		t.Errorf("accuracy %.3f over %d texts, want at least 0.95 over 250", share, total)
	}
}

// TestNoDay holds that whoever is asked by when and has no day is not asked
// again, and that a day is still heard as one.
func TestNoDay(t *testing.T) {
	u := bare(t)
	for text, want := range map[string]message.Answer{
		"不急": message.Unsure, "不着急,慢慢来": message.Unsure, "都行": message.Unsure, "尽快吧": message.Unsure, "沒有特別的日子": message.Unsure,
		"no rush": message.Unsure, "whenever you can": message.Unsure, "周五": message.NoAnswer, "电池坏了": message.NoAnswer,
	} {
		if r := u.Understand(text, intents.Context{Now: now, Expect: message.Expect{Kind: "slot:date"}}); r.Answer != want {
			t.Errorf("%q: %q, want %q; %v", text, r.Answer, want, r.Why)
		}
	}
}

// TestWishRepeated holds that asking again for what was wanted all along, with
// a refusal before it, is a refusal: there is nothing in it to meet half-way.
func TestWishRepeated(t *testing.T) {
	u, err := intents.New(intents.Words{"refund": {message.Traditional: {"全額退"}}}, intents.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]message.Answer{
		"不要，我就是要全額退": message.Refuse, "不行,至少補500": message.Counter, "全額退就好": message.Counter,
	} {
		if r := u.Understand(text, intents.Context{Now: now, Expect: message.Expect{Kind: "yesno", Currency: "TWD"}}); r.Answer != want {
			t.Errorf("%q: %q, want %q; %v", text, r.Answer, want, r.Why)
		}
	}
}

// TestDoneWith holds that 不要了 closes what it is about: what is named behind
// it is wanted, not given up.
func TestDoneWith(t *testing.T) {
	u, err := intents.New(intents.Words{"cancel_order": {message.Traditional: {"取消訂單"}}}, intents.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for text, dropped := range map[string]bool{"除濕機不要了 取消訂單": false, "不要取消訂單": true} {
		r := u.Understand(text, intents.Context{Now: now})
		if len(r.Mentions) != 1 || r.Mentions[0].Dropped != dropped {
			t.Errorf("%q: %+v, want one mention, given up: %v", text, r.Mentions, dropped)
		}
	}
}
