package outside

import (
	"embed"
	"io/fs"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

//go:embed outside.*.txt
var files embed.FS

// Sentence is one of them, and where it stands.
type Sentence struct {
	Text string
	Lang message.Lang // of its file
	File string       // its name, without a folder
	Line int          // from 1
}

// Sentences gives those of all languages, in the order of the files' names and
// lines. The slice is the caller's own.
func Sentences() []Sentence {
	names, _ := fs.Glob(files, "*.txt") // the pattern is well formed
	var out []Sentence
	for _, name := range names {
		content, _ := files.ReadFile(name) // it is embedded
		lang := message.Lang(strings.TrimSuffix(strings.TrimPrefix(name, "outside."), ".txt"))
		n := 0
		for line := range strings.Lines(string(content)) {
			n++
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				out = append(out, Sentence{line, lang, name, n})
			}
		}
	}
	return out
}

// Texts gives what [Sentences] say. The slice is the caller's own.
func Texts() []string {
	all := Sentences()
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = s.Text
	}
	return out
}
