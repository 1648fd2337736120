package flow

import (
	"fmt"
	"strings"
)

// Mermaid writes the flow as a state diagram (stateDiagram-v2) that Markdown
// pages and many editors show as a picture. The same flow always gives the
// same text.
func (f *Flow) Mermaid() string {
	s := f.sketch()
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %q\n---\nstateDiagram-v2\n", s.name)
	for _, st := range s.states {
		// Names get a mark of their own, because some are words of the
		// language ("end"), and dashes are not allowed in it.
		fmt.Fprintf(&b, "  state \"%s\" as %s\n", mermaidText(strings.Join(append([]string{st.title()}, st.notes...), "\n")), st.id())
	}
	fmt.Fprintf(&b, "  [*] --> %s\n", s.states[s.start].id())
	for _, a := range s.arrows {
		fmt.Fprintf(&b, "  %s --> %s : %s\n", s.states[a.from].id(), s.states[a.to].id(), mermaidText(strings.Join(a.labels, "; ")))
	}
	for _, st := range s.states {
		if st.kind == End {
			fmt.Fprintf(&b, "  %s --> [*]\n", st.id())
		}
	}
	s.mermaidNote(&b)
	for i, h := range hues {
		fmt.Fprintf(&b, "  classDef %s fill:%s,stroke:%s,color:#1f1f1f\n", h.name, h.fill, h.stroke)
		for _, st := range s.states {
			if hueOf(st.kind) == i {
				fmt.Fprintf(&b, "  class %s %s\n", st.id(), h.name)
			}
		}
	}
	return b.String()
}

// mermaidNote lists what every waiting state has, beside the first.
func (s sketch) mermaidNote(b *strings.Builder) {
	if len(s.everywhere) == 0 {
		return
	}
	fmt.Fprintf(b, "  note right of %s\n    From everywhere\n", s.states[s.start].id())
	for _, e := range s.everywhere {
		fmt.Fprintf(b, "    %s\n", mermaidText(s.exit(e)))
	}
	b.WriteString("  end note\n")
}

// exit writes an entry of anywhere: "anger · 2× → soothe, then person".
func (s sketch) exit(e drawnExit) string {
	text := e.label + " → "
	if e.to < 0 {
		text += "stays"
	} else {
		text += s.states[e.to].name
	}
	if e.other >= 0 {
		text += ", then " + s.states[e.other].name
	}
	return text
}

func (s drawnState) id() string { return "s_" + strings.ReplaceAll(s.name, "-", "__") }

// title is the state's name, with its kind where that is another word.
func (s drawnState) title() string {
	if s.name == string(s.kind) {
		return s.name
	}
	return s.name + " (" + string(s.kind) + ")"
}

// mermaidText writes line breaks and the marks that would end a label as the
// language wants them.
func mermaidText(text string) string {
	return strings.NewReplacer("\n", "<br/>", ":", " -", "\u00a0", " ", "; ", " / ", ";", ",", `"`, "'", "#", "").Replace(text)
}
