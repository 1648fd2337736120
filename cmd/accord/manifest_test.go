package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/accord-chat/accord/adapters/slack"
)

var manifestBlock = regexp.MustCompile("(?s)\n *```yaml\n(.*?)```")

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
		"RemoveReactionContext":         {"reactions:write"},
		"GetFileInfoContext":            {"files:read"},
		"GetUploadURLExternalContext":   {"files:write"},
		"CompleteUploadExternalContext": {"files:write"},
		"OpenViewContext":               nil, // answers a press
		"NewRequestWithContext":         nil, // net/http's
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

// TestScopesAreThoseTheAdapterNames: doctor compares a token with the
// adapter's own list, so it must be neither longer nor shorter than the calls.
func TestScopesAreThoseTheAdapterNames(t *testing.T) {
	if got, want := slack.NeededScopes(), neededScopes(t); !slices.Equal(got, want) {
		t.Errorf("the adapter names %v, its calls need %v", got, want)
	}
}

// TestREADMEManifestByHTTP: what replaces the settings of the manifest in HTTP
// mode must name the addresses the server answers.
func TestREADMEManifestByHTTP(t *testing.T) {
	_, text := readme(t)
	blocks := manifestBlock.FindAllStringSubmatch(text, -1)
	if len(blocks) != 2 {
		t.Fatalf("%d manifests, want one for each mode", len(blocks))
	}
	var m struct {
		Settings struct {
			Events struct {
				URL string   `yaml:"request_url"`
				Bot []string `yaml:"bot_events"`
			} `yaml:"event_subscriptions"`
			Interactivity struct {
				URL string `yaml:"request_url"`
				On  bool   `yaml:"is_enabled"`
			}
			SocketMode bool `yaml:"socket_mode_enabled"`
		}
	}
	if err := yaml.Unmarshal([]byte(strings.ReplaceAll("\n"+blocks[1][1], "\n   ", "\n")), &m); err != nil {
		t.Fatal(err)
	}
	const base = "https://chat.example.com"
	if m.Settings.Events.URL != base+"/slack/events" || m.Settings.Interactivity.URL != base+"/slack/interactions" {
		t.Errorf("Slack is told to call %q and %q", m.Settings.Events.URL, m.Settings.Interactivity.URL)
	}
	if !m.Settings.Interactivity.On || m.Settings.SocketMode || !slices.Equal(m.Settings.Events.Bot, []string{"message.channels", "message.groups"}) {
		t.Errorf("the settings are %+v", m.Settings)
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
