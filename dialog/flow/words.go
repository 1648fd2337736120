package flow

import (
	"embed"
	"maps"

	"github.com/accord-chat/accord/dialog/message"
)

// builtin are the words of whatever the engine says in every flow: repairs,
// people, promises, buttons. So a new flow writes what belongs to its goods and
// has the rest in every language.
//
//go:embed words/*.yaml
var builtin embed.FS

// wordsName is the file of a folder, and of builtin, that holds such words.
func wordsName(lang message.Lang) string { return "words." + string(lang) + ".yaml" }

// Words gives the built-in words as files, one for each language. Written into
// a folder they say the same as without; whoever wants it otherwise changes
// them there. The files are the caller's own.
func Words() Files {
	files := Files{}
	for _, lang := range message.Langs() {
		if b, err := builtin.ReadFile("words/" + wordsName(lang)); err == nil {
			files[wordsName(lang)] = b
		}
	}
	return files
}

// wordings reads the words of one language: a line is looked for in
// lines.LANG.yaml, then in the folder's words.LANG.yaml, then among the
// built-in ones. A line is overridden whole, with all its variants.
func (p *parser) wordings(lang message.Lang, r lineReader) map[string]line {
	said := map[string]line{}
	layers := []struct {
		file    string
		content []byte
	}{
		{"built-in " + wordsName(lang), Words()[wordsName(lang)]},
		{wordsName(lang), p.files[wordsName(lang)]},
		{linesName(lang), p.files[linesName(lang)]},
	}
	for i, l := range layers {
		if l.content == nil {
			continue
		}
		d := open(p.report, l.file, l.content)
		if d == nil { // unreadable, and reported
			continue
		}
		r := r
		r.document, r.lang = d, lang
		r.below, r.last = said, i == len(layers)-1
		maps.Copy(said, r.read())
	}
	return said
}

func linesName(lang message.Lang) string { return "lines." + string(lang) + ".yaml" }
