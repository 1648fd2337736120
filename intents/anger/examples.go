package anger

import (
	"embed"
	"strings"
)

//go:embed examples/*.txt
var files embed.FS

// Sentence is one embedded example. Who is furious is angry too.
type Sentence struct {
	Text    string
	Angry   bool
	Furious bool
}

// Sentences gives the embedded examples, in the same order every time.
func Sentences() []Sentence {
	entries, err := files.ReadDir("examples")
	if err != nil {
		return nil // cannot be: the folder is compiled in
	}
	var out []Sentence
	for _, e := range entries {
		data, err := files.ReadFile("examples/" + e.Name())
		if err != nil {
			continue
		}
		furious := strings.HasPrefix(e.Name(), "furious.")
		angry := furious || strings.HasPrefix(e.Name(), "angry.")
		for line := range strings.Lines(string(data)) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				out = append(out, Sentence{Text: line, Angry: angry, Furious: furious})
			}
		}
	}
	return out
}
