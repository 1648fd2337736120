package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/intents/eval"
)

// taughtFlow writes the small flow with sentences enough to be read by each
// other: of two sections, and some for nobody.
func taughtFlow(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files := flowtest.Minimal()
	files["intents/more.en.txt"] = []byte(`[damaged: complaint]
the shade is cracked
the foot came cracked
a crack in the glass
the glass is cracked
it came cracked
[complaint]
your driver was rude
a rude man at the door
so rude on the phone
rude and slow
your people are rude
please, I ask for a refund now
[refund]
please refund me
a refund for me please
refund it please
please, a refund
I ask for a refund
[outside]
will it rain
is it going to rain
does it rain in may
`)
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestEvalOfAFlow(t *testing.T) {
	dir := taughtFlow(t)
	var out, errs bytes.Buffer
	s := streams{in: strings.NewReader(""), out: &out, err: &errs, env: os.LookupEnv}
	if code := run(t.Context(), []string{"intents", "eval", dir}, s); code != exitFine {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	for _, want := range []string{"READ RIGHTLY", "\nen  ", "\nKEPT  ", "Taken for each other", "      → ", "damaged (counts as complaint)  ", "built-in sentences for nobody"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("there is no %q in\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "built in: ") {
		t.Errorf("sentences are shown that nobody can mend:\n%s", out.String())
	}
	if errs.Len() > 0 {
		t.Errorf("it complains: %s", errs.String())
	}
	out.Reset()
	if code := run(t.Context(), []string{"intents", "eval", dir, "--json"}, s); code != exitFine {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	var got flowFigures
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Texts < 19 || got.Accuracy < 0.5 || got.Accuracy >= 1 || got.Outside < 3 || got.ModelBytes == 0 || got.Languages["en"].Texts != got.Texts {
		t.Errorf("%+v", got)
	}
	if len(got.Confusions) == 0 || len(got.Confusions[0].Places) != got.Confusions[0].Count || got.Confusions[0].Advice == "" {
		t.Errorf("confusions %+v", got.Confusions)
	}
}

// Every sentence is in one language and in one section, and counted there.
func TestEvalAddsUp(t *testing.T) {
	got := evaluated(t)
	texts, outside := 0, 0
	for _, x := range got.Languages {
		texts, outside = texts+x.Texts, outside+x.Outside
	}
	if texts != got.Texts || outside != got.Outside {
		t.Errorf("the languages have %d and %d for nobody, all together %d and %d", texts, outside, got.Texts, got.Outside)
	}
	sections := 0
	for i, x := range got.Sections {
		sections += x.Sentences
		if x.Exactly > x.Right || i > 0 && x.Right < got.Sections[i-1].Right {
			t.Errorf("out of place: %+v", x)
		}
	}
	if sections != got.Texts {
		t.Errorf("the sections have %d sentences, all together there are %d", sections, got.Texts)
	}
}

// evaluated gives the figures of the built-in flow, which speaks all languages.
func evaluated(t *testing.T) flowFigures {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"intents", "eval", "--json"}, streams{in: strings.NewReader(""), out: &out, err: &errs, env: os.LookupEnv}); code != exitFine {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	var got flowFigures
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// The remedy depends on how two intents are mixed up.
func TestAdvice(t *testing.T) {
	wrong := func(n int, p float64) []eval.Reading {
		return slices.Repeat([]eval.Reading{{P: p, Inside: 1}}, n)
	}
	for _, c := range []struct {
		intent     string
		wrong      []eval.Reading
		have, back int
		want       string
	}{
		{"", wrong(3, 0.5), 9, 0, "under [outside]"},
		{"a", wrong(3, 0.95), 300, 3, "move those to [b]"},
		{"a", wrong(4, 0.5), 300, 3, "3 are mixed up the other way"},
		{"a", wrong(4, 0.5), 40, 1, "add sentences to [a], which has 40"},
		{"a", wrong(4, 0.5), 300, 1, "give [a] a cue"},
	} {
		got := adviceOn(confusion{Intent: c.intent, Read: "b", Count: len(c.wrong), wrong: c.wrong}, c.have, c.back)
		if !strings.Contains(got, c.want) {
			t.Errorf("%q (%d sentences, %d back): %q, want %q", c.intent, c.have, c.back, got, c.want)
		}
	}
}
