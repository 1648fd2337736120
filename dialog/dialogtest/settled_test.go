package dialogtest_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
)

var answerLines = regexp.MustCompile(`(?m)^(bot \(|desk: |sent: ).*\n`)

// TestWhatIsWrittenAnewIsSettled plays every conversation that ships: with its
// empty lines, as somebody writes it who leaves the answers to --update; and
// without any, so that bursts and answers come in between each other. What is
// written then, played once more, is the same to the letter.
func TestWhatIsWrittenAnewIsSettled(t *testing.T) {
	empty := regexp.MustCompile(`\n{2,}`)
	for _, name := range lines.Names() {
		files, err := lines.Files(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := flow.Parse(files)
		if err != nil {
			t.Fatal(err)
		}
		u := taught(f)
		for file, content := range files {
			if !strings.HasSuffix(file, ".chat") {
				continue
			}
			for how, script := range map[string]string{
				"as written":      string(content),
				"without answers": answerLines.ReplaceAllString(string(content), ""),
				"in one burst":    empty.ReplaceAllString(answerLines.ReplaceAllString(string(content), ""), "\n"),
			} {
				once, _, err := dialogtest.Run(f, settings, u.Understand, script)
				var none *dialogtest.NoButton
				if errors.As(err, &none) { // in another order of things its question never came
					if how == "as written" {
						t.Errorf("%s/%s: %v", name, file, err)
					}
					continue
				}
				if err != nil {
					t.Fatalf("%s/%s %s: %v", name, file, how, err)
				}
				twice, _, err := dialogtest.Run(f, settings, u.Understand, once)
				if err != nil {
					t.Fatal(err)
				}
				if d := dialogtest.FirstDifference(once, twice); d != "" {
					t.Errorf("%s/%s %s: played again %s", name, file, how, d)
				}
			}
		}
	}
}

// A burst that is answered in its middle, and an answer that comes no more, are
// where playing again could be another conversation.
func TestBurstsThatChange(t *testing.T) {
	f, u := shop()
	for _, script := range []string{
		"customer: can I get an invoice for order 48213\n\ncustomer: [Yes]\ncustomer: [That is all]\n",
		"customer: hello\nbot (listen): not said any more\ncustomer: my kettle arrived broken\n",
		"customer: (deletes)\nbot (listen): x\ndesk: y\ncustomer: hello\n",
	} {
		once, _, err := dialogtest.Run(f, settings, u.Understand, script)
		if err != nil {
			t.Fatal(err)
		}
		twice, _, err := dialogtest.Run(f, settings, u.Understand, once)
		if d := dialogtest.FirstDifference(once, twice); d != "" || err != nil {
			t.Errorf("%q played again: %s, %v", script, d, err)
		}
	}
}

// What a button is called is held against what was shown: a slip is told with
// the buttons there are, a button of an earlier question is a stale one.
func TestButtonsThatNeverWere(t *testing.T) {
	f, u := shop()
	const opening = "customer: can I get an invoice for order 48213\n\n"
	for label, there := range map[string]string{"[yes]": "[Yes] [Change something]", "[Nope]": "[Yes]"} {
		_, _, err := dialogtest.Run(f, settings, u.Understand, opening+"customer: "+label+"\n")
		var at *dialogtest.LineError
		if !errors.As(err, &at) || at.Line != 3 || !strings.Contains(err.Error(), there) {
			t.Errorf("%s: %v, want an error in line 3 with %s", label, err, there)
		}
	}
	out, _, err := dialogtest.Run(f, settings, u.Understand, opening+"customer: [Yes]\n\ncustomer: [Change something]\n\n")
	if err != nil || !strings.Contains(out, "[Change something]") {
		t.Errorf("a button of an earlier question: %v", err)
	}
	if _, _, err := dialogtest.Run(f, settings, u.Understand, "customer: [Yes]\n"); err == nil || !strings.Contains(err.Error(), "no question is open") {
		t.Errorf("a button before any question: %v", err)
	}
}

// Line ends and a mark at the beginning, as some editors write them, are no
// part of a conversation.
func TestScriptsOfOtherEditors(t *testing.T) {
	f, u := shop()
	script := "# by hand\n-- 2026-11-25 10:00 --\ncustomer: hello\n"
	want, _, err := dialogtest.Run(f, settings, u.Understand, script)
	if err != nil {
		t.Fatal(err)
	}
	other := "\ufeff" + strings.ReplaceAll(script, "\n", "\r\n")
	got, _, err := dialogtest.Run(f, settings, u.Understand, other)
	if err != nil || got != want || len(dialogtest.Mistakes(other)) > 0 {
		t.Errorf("%v, %v\n%s", err, dialogtest.Mistakes(other), dialogtest.FirstDifference(want, got))
	}
}
