package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/intents"
)

// rewrite makes the README true instead of telling that it is not.
var rewrite = flag.Bool("readme", false, "write the tables and the conversations of README.md anew")

// width is where conversations in the README are wrapped.
const width = 104

var (
	chatBlock  = regexp.MustCompile("(?s)\n```chat\n(.*?)```")
	tableBlock = regexp.MustCompile(`(?s)(<!-- (settings|commands|metrics):[^\n]*-->\n)(.*?)(<!-- end -->)`)
)

func readme(t *testing.T) (path, text string) {
	t.Helper()
	path = filepath.Join(root, "README.md")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, string(b)
}

// TestREADME holds what the README shows to what the program does.
func TestREADME(t *testing.T) {
	path, text := readme(t)
	tables := map[string]string{"settings": settingsTable(), "commands": commandsTable(), "metrics": metricsTable()}
	want := tableBlock.ReplaceAllStringFunc(text, func(block string) string {
		part := tableBlock.FindStringSubmatch(block)
		return part[1] + tables[part[2]] + part[4]
	})
	want = chatBlock.ReplaceAllStringFunc(want, func(block string) string {
		script := chatBlock.FindStringSubmatch(block)[1]
		return "\n```chat\n" + wrapped(played(t, unwrapped(script))) + "```"
	})
	if t.Failed() || want == text {
		return
	}
	if !*rewrite {
		t.Fatalf("README.md is out of date: %s\ngo test ./cmd/accord -run README -readme writes it anew", dialogtest.FirstDifference(want, text))
	}
	if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestREADMEShows makes sure that there is something to compare, and that the
// two commands a newcomer starts with stand there as they are typed.
func TestREADMEShows(t *testing.T) {
	_, text := readme(t)
	if n := len(chatBlock.FindAllString(text, -1)); n < 3 {
		t.Errorf("%d conversations, want one for each language", n)
	}
	var tables []string
	for _, block := range tableBlock.FindAllStringSubmatch(text, -1) {
		tables = append(tables, block[2])
	}
	slices.Sort(tables)
	if want := []string{"commands", "metrics", "settings"}; !slices.Equal(tables, want) {
		t.Errorf("the tables are %q, want %q", tables, want)
	}
	for _, command := range []string{"\ngo run ./cmd/accord serve\n", "\ngo test ./...\n"} {
		if !strings.Contains(text, command) {
			t.Errorf("the command %q is missing", strings.TrimSpace(command))
		}
	}
}

// settingsTable is the README's table of all variables.
func settingsTable() string {
	var b strings.Builder
	b.WriteString("| variable | meaning | default |\n|---|---|---|\n")
	for _, s := range settings() {
		help, def := s.help, ""
		if s.secret {
			help += " (secret)"
		}
		if s.def != "" {
			def = "`" + s.def + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", s.name, help, def)
	}
	return b.String()
}

// commandsTable is the README's table of all commands.
func commandsTable() string {
	var b strings.Builder
	b.WriteString("| command | what it does |\n|---|---|\n")
	var list func(c *cobra.Command)
	list = func(c *cobra.Command) {
		if !c.HasSubCommands() {
			fmt.Fprintf(&b, "| `%s` | %s |\n", strings.ReplaceAll(c.CommandPath()+strings.TrimPrefix(c.Use, c.Name()), "|", "\\|"), c.Short)
		}
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() && sub.Name() != "completion" {
				list(sub)
			}
		}
	}
	list(rootCommand(streams{}))
	return b.String()
}

// metricsTable is the README's table of what /metrics shows.
func metricsTable() string {
	var b strings.Builder
	b.WriteString("| name | kind | labels | meaning |\n|---|---|---|---|\n")
	for _, m := range bot.MetricNames() {
		labels := strings.Join(m.Labels, "`, `")
		if labels != "" {
			labels = "`" + labels + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", m.Name, m.Type, labels, m.Help)
	}
	return b.String()
}

// played gives a conversation with what the built-in flow answers.
func played(t *testing.T, script string) string {
	t.Helper()
	f, err := loadFlow("")
	if err != nil {
		t.Fatal(err)
	}
	u, err := newFlowReader(f, &intents.School{})
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := dialogtest.Run(f, dialog.Settings{Business: "Fernhill", Zone: time.UTC}, u.Understand, script)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// wrapped breaks long lines at spaces; what goes on is indented.
func wrapped(script string) string {
	var b strings.Builder
	for line := range strings.Lines(script) {
		used := 0
		for i, word := range strings.Split(strings.TrimSuffix(line, "\n"), " ") {
			n := utf8.RuneCountInString(word)
			switch {
			case i == 0:
			case used+1+n > width:
				b.WriteString("\n   ")
				used = 3
				fallthrough
			default:
				b.WriteString(" ")
				used++
			}
			b.WriteString(word)
			used += n
		}
		b.WriteString("\n")
	}
	return b.String()
}

func unwrapped(script string) string { return strings.ReplaceAll(script, "\n    ", " ") }

func TestWrapped(t *testing.T) {
	script := "bot (x): " + strings.Repeat("some words ", 30) + "end\ncustomer: yes\n"
	got := wrapped(script)
	if unwrapped(got) != script {
		t.Errorf("wrapping and back gives\n%s", unwrapped(got))
	}
	for line := range strings.Lines(got) {
		if n := utf8.RuneCountInString(strings.TrimSpace(line)); n > width {
			t.Errorf("a line of %d: %s", n, line)
		}
	}
}
