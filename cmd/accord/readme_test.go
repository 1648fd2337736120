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

	"go.yaml.in/yaml/v3"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
)

// rewrite makes the README true instead of telling that it is not.
var rewrite = flag.Bool("readme", false, "write the table of settings and the conversations of README.md anew")

// width is where conversations in the README are wrapped.
const width = 104

var (
	chatBlock     = regexp.MustCompile("(?s)\n```chat\n(.*?)```")
	settingsBlock = regexp.MustCompile(`(?s)(<!-- settings:[^\n]*-->\n)(.*?)(<!-- end -->)`)
	manifestBlock = regexp.MustCompile("(?s)\n *```yaml\n(.*?)```")
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
	want := settingsBlock.ReplaceAllString(text, "${1}"+strings.ReplaceAll(settingsTable(), "$", "$$")+"${3}")
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
	if n := len(settingsBlock.FindAllString(text, -1)); n != 1 {
		t.Errorf("%d tables of settings, want 1", n)
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

// played gives a conversation with what the built-in flow answers.
func played(t *testing.T, script string) string {
	t.Helper()
	f, err := loadFlow("")
	if err != nil {
		t.Fatal(err)
	}
	u, err := newUnderstander(f)
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

// scopes are the permissions each call of Slack's Web API needs, by the name of
// the library's method. A call that is missing here would fail with
// missing_scope at a customer's expense, and in no test.
func scopes() map[string][]string {
	history := []string{"channels:history", "groups:history", "metadata.message:read"}
	channels := []string{"channels:read", "groups:read"}
	return map[string][]string{
		"AuthTestContext":               nil,
		"StartSocketModeContext":        nil, // the app-level token's
		"RunContext":                    nil, // the same
		"AckCtx":                        nil, // the same
		"SendMessageContext":            {"chat:write"},
		"AddReactionContext":            {"reactions:write"},
		"GetConversationInfoContext":    channels,
		"GetUsersInConversationContext": channels,
		"GetConversationHistoryContext": history,
		"GetConversationRepliesContext": history,
		"GetUserInfoContext":            {"users:read"},
		"GetUserGroupMembersContext":    {"usergroups:read"},
	}
}

var slackCall = regexp.MustCompile(`\.([A-Z]\w+(?:Context|Ctx))\(`)

// TestREADMEManifest holds the manifest people paste into Slack to what the
// adapter calls and listens for.
func TestREADMEManifest(t *testing.T) {
	_, text := readme(t)
	block := manifestBlock.FindStringSubmatch(text)
	if block == nil {
		t.Fatal("no manifest found")
	}
	var m struct {
		OAuth struct {
			Scopes struct{ Bot []string }
		} `yaml:"oauth_config"`
		Settings struct {
			Events struct {
				Bot []string `yaml:"bot_events"`
			} `yaml:"event_subscriptions"`
			Interactivity struct {
				On bool `yaml:"is_enabled"`
			}
			SocketMode bool `yaml:"socket_mode_enabled"`
		}
	}
	if err := yaml.Unmarshal([]byte(strings.ReplaceAll("\n"+block[1], "\n   ", "\n")), &m); err != nil {
		t.Fatal(err)
	}
	if want := neededScopes(t); !slices.Equal(m.OAuth.Scopes.Bot, want) {
		t.Errorf("the manifest asks for %v, the adapter needs %v", m.OAuth.Scopes.Bot, want)
	}
	if want := []string{"message.channels", "message.groups"}; !slices.Equal(m.Settings.Events.Bot, want) {
		t.Errorf("the manifest subscribes to %v, want %v", m.Settings.Events.Bot, want)
	}
	if !m.Settings.Interactivity.On || !m.Settings.SocketMode {
		t.Error("interactivity and Socket Mode must be on")
	}
}

func neededScopes(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "adapters", "slack", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var needed []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, call := range slackCall.FindAllStringSubmatch(string(b), -1) {
			more, known := scopes()[call[1]]
			if !known {
				t.Errorf("%s calls %s; say in scopes what that needs", name, call[1])
			}
			needed = append(needed, more...)
		}
	}
	slices.Sort(needed)
	return slices.Compact(needed)
}
