package dialog

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"

	"encoding/json"

	"github.com/google/go-cmp/cmp"
)

// fill gives every field below v a value of its own that is not zero. Numbers
// of states are not stored and stay 0.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n) * -7)
	case reflect.Uint8:
		v.SetUint(uint64(*n%200 + 1))
	case reflect.Float64:
		v.SetFloat(float64(*n) / 3)
	case reflect.String:
		v.SetString(fmt.Sprintf("text %d", *n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 2 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(key, n)
			fill(value, n)
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2026, 11, 25, 10, 0, *n%60, *n, time.FixedZone("", 8*3600))))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("json") != "-" {
				fill(v.Field(i), n)
			}
		}
	default:
		panic(fmt.Sprintf("a state holds a %v", v.Type()))
	}
}

// encode writes a state.
func encode(s State) []byte {
	b, err := Encode(s)
	if err != nil {
		panic(err)
	}
	return b
}

// TestEveryFieldIsStored: one that is missing in codestate.go would be lost
// between two turns.
func TestEveryFieldIsStored(t *testing.T) {
	var s State
	fill(reflect.ValueOf(&s).Elem(), new(int))
	b := encode(s)
	got, err := read(b)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(s, got); d != "" {
		t.Errorf("what comes back (-written +read):\n%s", d)
	}
	if !bytes.Equal(b, encode(got)) {
		t.Error("the same state is other bytes")
	}
}

// TestNothingIsSmall: a zero state costs next to nothing and stays itself.
func TestNothingIsSmall(t *testing.T) {
	b := encode(State{})
	if len(b) > 8 {
		t.Errorf("%d bytes", len(b))
	}
	if got, err := read(b); err != nil || !reflect.DeepEqual(got, State{}) {
		t.Error(cmp.Diff(State{}, got), err)
	}
}

// TestStatesOfNeighbours: an older program passes over fields it does not know,
// a newer one does without those that are missing.
func TestStatesOfNeighbours(t *testing.T) {
	var s State
	fill(reflect.ValueOf(&s).Elem(), new(int))
	// A newer Promise and a newer State have fields of every kind at their ends.
	c := coder{out: []byte{coded}}
	newer := func(c *coder) {
		n, text, texts, when := 7, "new", []string{"a", "b"}, time.Now()
		list := []Line{{Text: "x"}}
		codeInt(c, 1001, &n)
		codeText(c, 1002, &text)
		codeTexts(c, 1003, &texts)
		codeTime(c, 1004, &when)
		codeList(c, 1005, &list, codeLine)
		codeGroup(c, 1006, &s.Matter, false, codeMatter)
	}
	codeState(&c, &State{At: s.At, Lang: s.Lang})
	newer(&c)
	c.end()
	got, err := read(c.out)
	if err != nil || got.At != s.At || got.Lang != s.Lang {
		t.Errorf("%+v %v", got, err)
	}
	inner := coder{}
	codeLine(&inner, &Line{Text: "known"})
	newer(&inner)
	inner.end()
	read := coder{in: string(inner.out), reading: true}
	var l Line
	read.next()
	codeLine(&read, &l)
	read.end()
	if read.err != nil || l.Text != "known" || read.in != "" {
		t.Errorf("%+v %v %q", l, read.err, read.in)
	}
}

// TestCutOffStatesAreNoStates, wherever they are cut.
func TestCutOffStatesAreNoStates(t *testing.T) {
	var s State
	fill(reflect.ValueOf(&s).Elem(), new(int))
	b := encode(s)
	for n := range b {
		if _, err := read(b[:n]); err == nil {
			t.Fatalf("the first %d of %d bytes are a state", n, len(b))
		}
	}
	if _, err := read(append(bytes.Clone(b), 0)); err == nil {
		t.Error("something after the end is overlooked")
	}
}

// TestStatesOfTheLastRelease were JSON, and are read still.
func TestStatesOfTheLastRelease(t *testing.T) {
	var s State
	fill(reflect.ValueOf(&s).Elem(), new(int))
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	got, err := read(b)
	if d := cmp.Diff(s, got, cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
}

// TestWhatRemainsOfADamagedState: what others rely on stands before what may be
// large, and is whole when that is damaged.
func TestWhatRemainsOfADamagedState(t *testing.T) {
	var s State
	fill(reflect.ValueOf(&s).Elem(), new(int))
	b := encode(s)
	got, whole := Remains(b[:len(b)/2])
	if d := cmp.Diff(s.Promises, got.Promises); d != "" || whole {
		t.Errorf("whole: %v\n%s", whole, d)
	}
	if d := cmp.Diff(s.Handoff, got.Handoff); d != "" || got.From != s.From || got.Lang != s.Lang {
		t.Errorf("%+v %v\n%s", got.From, got.Lang, d)
	}
	if got, whole := Remains([]byte("nonsense")); whole || got.Promises != nil || got.At != "" {
		t.Errorf("%+v", got)
	}
	if got, whole := Remains(b); !whole || got.LastSaid != s.LastSaid {
		t.Errorf("of a whole state remains %q", got.LastSaid)
	}
}

// TestTimesComeBack: as what a clock on the wall showed.
func TestTimesComeBack(t *testing.T) {
	for _, want := range []time.Time{{}, time.Unix(0, 0).UTC(), time.Unix(-5, 7).UTC(), time.Date(9999, 12, 31, 23, 59, 59, 999, time.UTC),
		time.Date(2026, 3, 29, 2, 30, 0, 0, time.FixedZone("", -3*3600-1800)), time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC)} {
		got, err := read(encode(State{Greeted: want}))
		if err != nil || !got.Greeted.Equal(want) || got.Greeted.String() != want.String() && got.Greeted.Format(time.RFC3339Nano) != want.Format(time.RFC3339Nano) {
			t.Errorf("%v came back as %v, %v", want, got.Greeted, err)
		}
	}
	for _, f := range []float64{math.SmallestNonzeroFloat64, 0.6, math.Inf(1)} {
		if got, err := read(encode(State{Matter: Matter{Anger: f}})); err != nil || got.Matter.Anger != f {
			t.Errorf("%v came back as %v, %v", f, got.Matter.Anger, err)
		}
	}
}

// FuzzDecoded: damaged bytes are refused, never panic and never take much
// memory; what is read is written as it was meant.
func FuzzDecoded(f *testing.F) {
	var s State
	fill(reflect.ValueOf(&s).Elem(), new(int))
	f.Add(encode(s))
	f.Add(encode(State{}))
	f.Add([]byte{coded, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := read(b)
		if err != nil {
			return
		}
		again, err := read(encode(got))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(encode(got), encode(again)) {
			t.Error("a state changes when it is written")
		}
	})
}

// BenchmarkStateForms compares the form with JSON, for a state with everything.
func BenchmarkStateForms(b *testing.B) {
	var s State
	fill(reflect.ValueOf(&s).Elem(), new(int))
	asJSON, err := json.Marshal(s)
	if err != nil {
		b.Fatal(err)
	}
	own := encode(s)
	b.Run("write", func(b *testing.B) {
		b.ReportMetric(float64(len(own)), "bytes")
		for b.Loop() {
			encode(s)
		}
	})
	b.Run("write JSON", func(b *testing.B) {
		b.ReportMetric(float64(len(asJSON)), "bytes")
		for b.Loop() {
			if _, err := json.Marshal(s); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := read(own); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read JSON", func(b *testing.B) {
		for b.Loop() {
			var s State
			if err := json.Unmarshal(asJSON, &s); err != nil {
				b.Fatal(err)
			}
		}
	})
}
