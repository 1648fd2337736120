package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// unlikely is what is not worth a word as something else that a text may be.
const unlikely = 0.01

// printReading shows a text to a person, and below it what was understood.
func printReading(w io.Writer, text string, r message.Reading) error {
	rows := [][2]string{
		{"language", string(r.Lang)},
		{"about", aboutOf(r)},
		{"mentions", mentionsOf(r)},
		{"answer", string(r.Answer)},
		{"choice", r.Choice},
		{"beside", besideOf(r)},
		{"objection", string(r.Objection)},
		{"values", valuesOf(r)},
		{"anger", angerOf(r)},
		{"why", strings.Join(r.Why, "; ")},
	}
	if _, err := fmt.Fprintln(w, inline(text)); err != nil {
		return err
	}
	for _, row := range rows {
		if row[1] == "" {
			continue
		}
		if _, err := fmt.Fprintf(w, "  %-10s %s\n", row[0], inline(row[1])); err != nil {
			return err
		}
	}
	return nil
}

// aboutOf says what a text is about, how sure that is, what else it may be, and
// whether it is for us at all.
func aboutOf(r message.Reading) string {
	scope := "out of scope"
	if r.InScope {
		scope = "in scope"
	}
	if r.Intent == "" {
		return "no intent; " + scope
	}
	parts := []string{fmt.Sprintf("%s %.2f", r.Intent, r.Confidence)}
	for _, x := range r.Ranked {
		if x.Name != r.Intent && x.P >= unlikely {
			parts = append(parts, fmt.Sprintf("%s %.2f", x.Name, x.P))
		}
	}
	return strings.Join(parts, ", or ") + "; " + scope
}

// mentionsOf lists the sections that were heard, and by what. A minus marks what
// the text gives up or denies.
func mentionsOf(r message.Reading) string {
	var parts []string
	for _, m := range r.Mentions {
		sign, by := "", "learned"
		if m.Dropped {
			sign = "−"
		}
		if m.Cue != "" {
			by = fmt.Sprintf("cue %q", m.Cue)
		}
		parts = append(parts, fmt.Sprintf("%s%s %.2f (%s)", sign, m.Name, m.Score, by))
	}
	return strings.Join(parts, ", ")
}

// besideOf is what a text says or does beside the matter.
func besideOf(r message.Reading) string {
	var parts []string
	for _, x := range []struct {
		says bool
		what string
	}{
		{r.Side != message.NoSide, string(r.Side)}, {r.Person, "asks for a person"}, {r.Correction, "corrects something"},
		{r.Asks, "asks a question"}, {r.Empty, "nothing readable"},
	} {
		if x.says {
			parts = append(parts, x.what)
		}
	}
	return strings.Join(parts, ", ")
}

// valuesOf lists the values that were read, with the words they stood in.
func valuesOf(r message.Reading) string {
	var parts []string
	for _, s := range r.Slots {
		parts = append(parts, fmt.Sprintf("%s %q", s.Kind, s.Span))
	}
	return strings.Join(parts, ", ")
}

func angerOf(r message.Reading) string {
	if r.Anger <= 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", r.Anger)
}
