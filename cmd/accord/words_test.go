package main_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
)

// holds says whether a text has part in it. A part "@key" stands for what the
// built-in flow says under that key in English, in any of its variants, and
// "@zh-Hant/key" for another language: these tests are about what is said when,
// and the wording is free to get better.
func holds(text, part string) bool {
	key, ok := strings.CutPrefix(part, "@")
	if !ok {
		return strings.Contains(text, part)
	}
	return slices.ContainsFunc(wordings()[key], func(w []string) bool { return inOrder(text, w) })
}

func inOrder(text string, parts []string) bool {
	for _, p := range parts {
		_, rest, ok := strings.Cut(text, p)
		if !ok {
			return false
		}
		text = rest
	}
	return len(parts) > 0
}

// wordings are the literal parts of every line of the built-in flow, by key, a
// list for each variant.
var wordings = sync.OnceValue(func() map[string][][]string {
	files, err := lines.AfterSales()
	if err != nil {
		panic(err)
	}
	out := map[string][][]string{}
	for _, lang := range []string{"en", "zh-Hans", "zh-Hant"} {
		// What the flow says itself replaces the built-in words.
		for _, content := range [][]byte{flow.Words()["words."+lang+".yaml"], files["lines."+lang+".yaml"]} {
			readWordings(lang, content, out)
		}
	}
	return out
})

func readWordings(lang string, content []byte, out map[string][][]string) {
	var doc struct {
		Lines map[string]yaml.Node `yaml:"lines"`
	}
	if err := yaml.Unmarshal(content, &doc); err != nil {
		panic(fmt.Sprintf("words in %s: %v", lang, err))
	}
	for key, node := range doc.Lines {
		if lang != "en" {
			key = lang + "/" + key
		}
		out[key] = nil
		for _, v := range variants(&node) {
			out[key] = append(out[key], literals(v))
		}
	}
}

// variants lists the texts of a line: one, several, or some with conditions.
func variants(n *yaml.Node) []string {
	switch n.Kind {
	case yaml.ScalarNode:
		return []string{n.Value}
	case yaml.SequenceNode:
		var out []string
		for _, c := range n.Content {
			out = append(out, variants(c)...)
		}
		return out
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == "say" {
				return variants(n.Content[i+1])
			}
		}
	}
	return nil
}

// literals are the parts of a template outside of braces that are words.
func literals(template string) []string {
	var out []string
	var b strings.Builder
	depth := 0
	flush := func() {
		if s := strings.TrimSpace(b.String()); len(s) > 1 {
			out = append(out, s)
		}
		b.Reset()
	}
	for _, r := range template {
		switch {
		case r == '{':
			depth++
			flush()
		case r == '}':
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	flush()
	return out
}

// label is the text of a line that has one wording, such as a button's.
func label(key string) string {
	w := wordings()[key]
	if len(w) != 1 || len(w[0]) != 1 {
		panic("no single wording of " + key)
	}
	return w[0][0]
}
