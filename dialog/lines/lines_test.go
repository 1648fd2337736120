package lines_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/dialog/tone"
)

func files(t *testing.T) flow.Files {
	t.Helper()
	fs, err := lines.AfterSales()
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

func parsed(t *testing.T) *flow.Flow {
	t.Helper()
	f, err := flow.Parse(files(t))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// wordings gives every variant of every line of a language, by key: the built-in
// words and the flow's own.
func wordings(t *testing.T, lang message.Lang) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	collect(t, flow.Words()["words."+string(lang)+".yaml"], out)
	collect(t, files(t)["lines."+string(lang)+".yaml"], out)
	return out
}

func collect(t *testing.T, content []byte, out map[string][]string) {
	t.Helper()
	var file struct {
		Lines map[string]yaml.Node `yaml:"lines"`
	}
	if err := yaml.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	for key, node := range file.Lines {
		variants := []*yaml.Node{&node}
		if node.Kind == yaml.SequenceNode {
			variants = node.Content
		}
		for _, v := range variants {
			var said struct {
				Say string `yaml:"say"`
			}
			if v.Kind == yaml.ScalarNode {
				said.Say = v.Value
			} else if err := v.Decode(&said); err != nil {
				t.Fatalf("%s: %v", key, err)
			}
			out[key] = append(out[key], said.Say)
		}
	}
}

func TestAfterSalesParses(t *testing.T) {
	f := parsed(t)
	if f.Name != "after-sales" || !slices.Equal(f.Langs(), message.Langs()) {
		t.Errorf("name %q, languages %v", f.Name, f.Langs())
	}
}

// Every call gives files of its own: a caller that edits them must not change
// what the next one gets.
func TestAfterSalesFilesAreOwn(t *testing.T) {
	a, b := files(t), files(t)
	clear(a["catalog.yaml"])
	if len(b["catalog.yaml"]) == 0 || b["catalog.yaml"][0] == 0 {
		t.Error("two calls share their bytes")
	}
}

func TestNoLineBreaksTheTone(t *testing.T) {
	for _, lang := range message.Langs() {
		all := wordings(t, lang)
		if len(all) < 300 {
			t.Fatalf("%s: only %d lines were read", lang, len(all))
		}
		for _, key := range slices.Sorted(maps.Keys(all)) {
			if strings.HasPrefix(key, "lang.") {
				continue // names of languages, each in its own
			}
			for _, text := range all[key] {
				for _, found := range tone.Check(lang, text) {
					t.Errorf("%s %s: %s %q", lang, key, found.Rule, found.Match)
				}
			}
		}
	}
}

// Facts hold words too: what was sold, and where it is.
func TestNoFactBreaksTheTone(t *testing.T) {
	for i, line := range strings.Split(string(files(t)["facts.csv"]), "\n") {
		for _, lang := range message.Langs() {
			if found := tone.Check(lang, line); found != nil {
				t.Errorf("facts.csv:%d: %v", i+1, found)
			}
		}
	}
}

// openings are the lines that together make a first answer; a customer who is
// still telling it reads at most 200 characters and one question.
func TestFirstAnswersAreShort(t *testing.T) {
	const most = 200
	for _, lang := range message.Langs() {
		all := wordings(t, lang)
		for _, opening := range [][]string{
			{"greet", "soothe.high", "soothe.ask"},
			{"greet", "soothe.mild", "soothe.ask"},
			{"greet", "listen.vague"},
			{"greet", "elicit.thanks", "ask.order"},
			{"greet", "elicit.thanks", "ask.need_by"},
			{"greet", "elicit.thanks", "ask.what"},
		} {
			n, what := 0, ""
			for _, key := range opening {
				text := longest(all[key])
				n, what = n+utf8.RuneCountInString(text), what+" "+text
			}
			if n += len(opening) - 1; n > most {
				t.Errorf("%s %v: %d characters:%s", lang, opening, n, what)
			}
		}
	}
}

// longest gives the longest variant as a customer with a name would read it.
func longest(variants []string) string {
	best := ""
	for _, v := range variants {
		v = strings.ReplaceAll(v, "\uff0c", ",") // either width of comma
		v = strings.NewReplacer("{?name: {name}}", " Alexandra", "{?name:,{name}}", ",陈晓燕女士", "{?name:{name},}", "陈晓燕女士,",
			"{?item:the {item}}{!item:it}", "the coffee machine", "{?item:这{item}}{!item:东西}", "这原木色婴儿床",
			"{?item:這個{item}}{!item:商品}", "這個咖啡機").Replace(v)
		if utf8.RuneCountInString(v) > utf8.RuneCountInString(best) {
			best = v
		}
	}
	return best
}

// One question a message, and that last: a line that asks holds one question
// mark, at its end.
func TestOneQuestionALine(t *testing.T) {
	for _, lang := range message.Langs() {
		for key, variants := range wordings(t, lang) {
			for _, text := range variants {
				plain := strings.ReplaceAll(strings.ReplaceAll(text, "{?", "{"), "\uff1f", "?")
				marks := strings.Count(plain, "?")
				if ends := strings.HasSuffix(plain, "?"); marks > 1 || marks == 1 && !ends {
					t.Errorf("%s %s: %d questions, the last at the end: %v: %s", lang, key, marks, ends, text)
				}
			}
		}
	}
}

// Each language is written for itself, so a line that is the same in both
// scripts was copied; names, marks and the very short may coincide.
func TestChineseIsWrittenTwice(t *testing.T) {
	hans, hant := wordings(t, message.Simplified), wordings(t, message.Traditional)
	compared := 0
	for key, variants := range hans {
		if slices.Equal(variants, hant[key]) && han(variants[0]) > 10 {
			t.Errorf("%s: %v", key, variants)
		}
		compared++
	}
	if compared < 300 {
		t.Fatalf("only %d lines were compared", compared)
	}
}

// han counts the Chinese characters of a text.
func han(text string) int {
	n := 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}
