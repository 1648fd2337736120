package dialog

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
	"github.com/accord-chat/accord/dialog/message"
)

var start = time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)

// broken is a matter on the way: a broken lamp, told, looked up, restated.
func broken(t testing.TB, f *flow.Flow) State {
	t.Helper()
	row, ok := f.Fact("48213", start, time.UTC)
	if !ok {
		t.Fatal("the demo order 48213 is gone")
	}
	day := message.Slot{Kind: message.SlotDate, Time: start.AddDate(0, 0, 3).Truncate(24 * time.Hour), Span: "saturday"}
	s := New(f)
	for _, in := range []Input{
		{Kind: InMessage, Text: "the lamp is broken, order 48213", Reading: message.Reading{Lang: message.English, InScope: true,
			Mentions: []message.Mention{{Name: "damaged_item", Score: 1}}, Slots: []message.Slot{{Kind: message.SlotOrder, Text: "48213"}}}},
		{Kind: InTimer, Timer: timerQuiet},
		{Kind: InFact, Fact: &Fact{Key: "48213", Found: true, Row: row}},
		{Kind: InMessage, Text: "saturday, a new one, and an explanation", Reading: message.Reading{Lang: message.English, Slots: []message.Slot{day},
			Mentions: []message.Mention{{Name: "replacement", Score: 1}, {Name: "explanation", Score: 1}}}},
		{Kind: InMessage, Text: "yes", Reading: message.Reading{Answer: message.Accept}},
	} {
		in.At, in.Seed, in.Case = start, 7, "A-TEST"
		r, err := Step(f, Settings{}, s, in)
		if err != nil {
			t.Fatal(err)
		}
		s = r.State
	}
	if k := f.Table.Kind(s.Control.At); k != flow.Rank {
		t.Fatalf("the matter rests in %s, not where it is ranked", k)
	}
	return s
}

// TestStepIsPure runs a step twice on the same state: the results are the
// same, and the state it was given is untouched.
func TestStepIsPure(t *testing.T) {
	f := flows(t)["after-sales"]
	s := broken(t, f)
	before, _ := Encode(s)
	in := Input{At: start, Kind: InMessage, Text: "the lamp", Seed: 3, Case: "A-ONCE",
		Reading: message.Reading{Choice: "wish:1", Mentions: []message.Mention{{Name: "explanation", Dropped: true}}}}
	var results [][]byte
	for range 2 {
		r, err := Step(f, Settings{}, s, in)
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		results = append(results, b)
	}
	if !bytes.Equal(results[0], results[1]) {
		t.Error("the same step gave two results")
	}
	if after, _ := Encode(s); !bytes.Equal(before, after) {
		t.Errorf("the step changed the state it was given:\n%s\nwas\n%s", after, before)
	}
}

// TestGivingUpSeveral takes wishes off that were named in another order than
// they stand in, and twice.
func TestGivingUpSeveral(t *testing.T) {
	f := flows(t)["after-sales"]
	s := broken(t, f)
	at, _ := f.Table.Find("restate")
	s.Control = flow.Control{At: at}
	s.At, s.Kind = "restate", flow.Restate
	drop := func(name string) message.Mention { return message.Mention{Name: name, Dropped: true} }
	r, err := Step(f, Settings{}, s, Input{At: start, Kind: InMessage, Text: "forget both", Seed: 3, Case: "A-DROP",
		Reading: message.Reading{Lang: message.English, Mentions: []message.Mention{drop("explanation"), drop("replacement"), drop("explanation")}}})
	if err != nil {
		t.Fatal(err)
	}
	if left := r.State.Matter.Wishes; len(left) > 0 {
		t.Errorf("still listed: %+v", left)
	}
}

// TestFairness holds that mood and language change words, not offers: the same
// facts give the same terms.
func TestFairness(t *testing.T) {
	f := flows(t)["after-sales"]
	var terms []string
	for _, r := range []message.Reading{
		{Lang: message.English, Choice: "wish:1"},
		{Lang: message.English, Choice: "wish:1", Anger: 0.55},
		{Lang: message.Simplified, Choice: "wish:1", SwitchTo: message.Simplified},
		{Lang: message.Traditional, Choice: "wish:1", SwitchTo: message.Traditional},
	} {
		got, err := Step(f, Settings{}, broken(t, f), Input{At: start, Kind: InMessage, Text: "the lamp", Reading: r, Seed: 9, Case: "A-FAIR"})
		if err != nil {
			t.Fatal(err)
		}
		b, _ := json.Marshal(got.State.Matter.Wishes[0].Offered)
		terms = append(terms, string(b))
		if got.State.Matter.Wishes[0].Offered == nil {
			t.Fatalf("nothing was offered to %+v", r)
		}
	}
	for _, x := range terms[1:] {
		if x != terms[0] {
			t.Errorf("the offers differ:\n%s\n%s", terms[0], x)
		}
	}
}

// TestEditedFlow renames the state a conversation rests in, and then takes its
// kind or the service in question away: the conversation goes on where the flow
// does the same thing, else a person takes over, and promises are kept.
func TestEditedFlow(t *testing.T) {
	files, err := lines.AfterSales()
	if err != nil {
		t.Fatal(err)
	}
	old := flows(t)["after-sales"]
	s := broken(t, old)
	s.PromiseNo = 3
	stored, err := Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	text := string(files["flow.yaml"])
	catalog := files["catalog.yaml"]
	for name, c := range map[string]struct{ edited, rests, next string }{
		"renamed":      {strings.NewReplacer("  rank:\n    kind", "  a-first-thing:\n    kind", "accept: rank", "accept: a-first-thing").Replace(text), "a-first-thing", "a-first-thing"},
		"gone":         {strings.Replace(text[:strings.Index(text, "  rank:\n")]+text[strings.Index(text, "  assess:\n"):], "accept: rank", "accept: assess", 1), "listen", "person"},
		"service gone": {text, "listen", "person"},
	} {
		files["flow.yaml"], files["catalog.yaml"] = []byte(c.edited), catalog
		f, err := flow.Parse(files)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if name == "service gone" {
			f.Catalog.Services = slices.DeleteFunc(f.Catalog.Services, func(s *flow.Service) bool { return s.Name == "replacement" })
		}
		got, err := Decode(f, stored)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if at := f.Table.Name(got.Control.At); at != c.rests || got.PromiseNo != 3 {
			t.Errorf("%s: the conversation rests in %q with %d promises made, want %q with 3", name, at, got.PromiseNo, c.rests)
		}
		silent, err := Step(f, Settings{}, got, Input{At: start.Add(48 * time.Hour), Kind: InTimer, Timer: timerClose})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := Step(f, Settings{}, silent.State, Input{At: start.Add(49 * time.Hour), Kind: InMessage, Text: "hello", Seed: 1, Case: "A-EDIT"}); err != nil {
			t.Errorf("%s: a word after the silence: %v", name, err)
		}
		r, err := Step(f, Settings{}, got, Input{At: start, Kind: InMessage, Text: "hello", Seed: 1, Case: "A-EDIT"})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if at := f.Table.Name(r.State.Control.At); at != c.next || len(r.State.Matter.Wishes) != len(s.Matter.Wishes) {
			t.Errorf("%s: a word later the conversation rests in %q with %d wishes, want %q with %d", name, at, len(r.State.Matter.Wishes), c.next, len(s.Matter.Wishes))
		}
	}
}

// BenchmarkStep measures one turn as the runtime makes it: decode the stored
// state, step, encode the next one.
func BenchmarkStep(b *testing.B) {
	f := flows(b)["after-sales"]
	state, err := Encode(broken(b, f))
	if err != nil {
		b.Fatal(err)
	}
	in := Input{At: start, Kind: InMessage, Text: "the lamp", Reading: message.Reading{Lang: message.English, Choice: "wish:1"}, Seed: 5, Case: "A-BNCH"}
	b.ReportAllocs()
	b.SetBytes(int64(len(state)))
	for b.Loop() {
		s, err := Decode(f, state)
		if err != nil {
			b.Fatal(err)
		}
		r, err := Step(f, Settings{}, s, in)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Encode(r.State); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCoding measures what keeping a state as text costs by itself.
func BenchmarkCoding(b *testing.B) {
	f := flows(b)["after-sales"]
	s := broken(b, f)
	state, err := Encode(s)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Decode(f, state); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Encode(s); err != nil {
				b.Fatal(err)
			}
		}
	})
}
