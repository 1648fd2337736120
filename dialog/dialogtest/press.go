package dialogtest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// NoButton says that a button was pressed which the conversation never showed:
// a slip of who wrote the label. There are the labels that could be pressed.
type NoButton struct {
	Label string
	There []string
}

func (e *NoButton) Error() string {
	there := "no question is open"
	if len(e.There) > 0 {
		there = "there are [" + strings.Join(e.There, "] [") + "]"
	}
	return fmt.Sprintf("there is no button [%s] here; %s", e.Label, there)
}

// Press presses the button with this label: of the newest question that still
// counts, be it the open one or one beside it, else of the newest that is over.
// A label that was shown before and is none of them is a stale button. One that
// was never shown is an error, a [*NoButton], unless it names a language.
func (s *Session) Press(label string) error {
	st, err := s.State()
	if err != nil {
		return err
	}
	tap := s.tapped(st, label)
	if tap.Choice == "" && !s.shown[label] {
		return &NoButton{Label: label, There: labels(st)}
	}
	return s.tap(tap)
}

func (s *Session) tap(tap dialog.Tap) error {
	return s.fromCustomer(dialog.Input{Kind: dialog.InTap, Tap: &tap})
}

// tapped is the tap of the button with a label; no choice where there is none.
func (s *Session) tapped(st dialog.State, label string) (tap dialog.Tap) {
	look := func(question int, choices []message.Choice) {
		for _, c := range choices {
			if c.Label == label && question > tap.Question {
				tap = dialog.Tap{Question: question, Choice: c.ID}
			}
		}
	}
	if st.Ask != nil {
		look(st.Ask.N, st.Ask.Choices)
	}
	for _, a := range st.Asides {
		look(a.N, a.Choices)
	}
	if tap.Choice == "" { // the newest that is over and has such a button
		for _, a := range st.Gone {
			look(a.N, a.Choices)
		}
	}
	for _, l := range s.Flow.Langs() {
		if tap.Choice == "" && s.Flow.Line(l, "lang."+string(l), 0, nil) == label {
			tap.Choice = "lang:" + string(l)
		}
	}
	return tap
}

// labels are those of all buttons that count.
func labels(st dialog.State) []string {
	var out []string
	add := func(choices []message.Choice) {
		for _, c := range choices {
			if !slices.Contains(out, c.Label) {
				out = append(out, c.Label)
			}
		}
	}
	if st.Ask != nil {
		add(st.Ask.Choices)
	}
	for _, a := range st.Asides {
		add(a.Choices)
	}
	return out
}
