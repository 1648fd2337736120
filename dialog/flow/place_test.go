package flow_test

import (
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/flow"
)

var (
	inTemplate = regexp.MustCompile(`^unknown (?:variable|filter) "([^"]+)"`)
	elsewhere  = regexp.MustCompile(`^unknown (?:key|state|kind|budget|service|slot|owner|technique|objection|operator|scale|verdict|currency|line) "([^"]+)"`)
)

// Whoever jumps to a finding must land on the very word it is about. The
// cases' expected findings were written down once; this holds them against
// the files' text.
func TestFindingsPointAtTheWord(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, name := range names {
		files, _ := build(t, readArchive(t, name))
		_, err := flow.Parse(files)
		var found flow.Findings
		if !errors.As(err, &found) {
			continue
		}
		for _, f := range found {
			word, rest := about(files, f)
			if word == "" {
				continue
			}
			checked++
			if !strings.HasPrefix(rest, word) {
				t.Errorf("%s: %s: there stands %.20q", name, f, rest)
			}
		}
	}
	if checked < 40 {
		t.Errorf("only %d findings were about a word", checked)
	}
}

// about gives the word a finding is about, and the text from its place on.
func about(files flow.Files, f flow.Finding) (word, rest string) {
	if f.Line == 0 {
		return "", ""
	}
	row := []rune(strings.Split(string(files[f.File]), "\n")[f.Line-1])
	rest = string(row[f.Column-1:])
	if m := inTemplate.FindStringSubmatch(f.Message); m != nil {
		return m[1], rest
	}
	if m := elsewhere.FindStringSubmatch(f.Message); m != nil {
		// A nested line is pointed at by the last part of its key.
		word = m[1]
		if f.File != "catalog.yaml" && strings.HasPrefix(f.Message, "unknown line") {
			word = word[strings.LastIndexByte(word, '.')+1:]
		}
		rest = strings.TrimLeft(rest, `"'`)
		rest = strings.TrimPrefix(strings.TrimPrefix(rest, "fact:"), "slot:")
		return word, rest
	}
	return "", ""
}
