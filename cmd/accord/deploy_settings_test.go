package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestExampleConfiguration reads the example as the program does, as it is and
// with every line switched on, and holds that it names every setting, and no
// secret.
func TestExampleConfiguration(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("deploy", "accord.example.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	as := readExample(t, string(raw))
	if as.HTTPAddr != "127.0.0.1:8080" || as.PublicURL != "" {
		t.Errorf("the example as it is listens on %q under %q", as.HTTPAddr, as.PublicURL)
	}
	// A line that is switched off has its # right before the key.
	all := regexp.MustCompile(`(?m)^#([a-z_]+: )`).ReplaceAllString(string(raw), "$1")
	all = strings.Replace(all, "flows: /etc/accord/flow", "flows: "+t.TempDir(), 1)
	// The Slack settings need their tokens, which are not in a file like this.
	all = regexp.MustCompile(`(?m)^slack_channel: .*$`).ReplaceAllString(all, "")
	all = regexp.MustCompile(`(?m)^slack_(agents|supervisors): .*$`).ReplaceAllString(all, "")
	if on := readExample(t, all); on.PublicURL != "https://chat.example.com" || on.Timezone != "UTC" || len(on.WebEmbed) != 1 {
		t.Errorf("with every line on it reads %+v", on)
	}
	for _, s := range settings() {
		there := regexp.MustCompile(`(?m)^#?` + s.key() + `: (.*)$`).FindStringSubmatch(string(raw))
		switch {
		case s.secret:
			if there != nil {
				t.Errorf("%s does not belong into the example", s.key())
			}
		case there == nil:
			t.Errorf("the example lacks %s", s.key())
		case s.def != "" && there[1] != s.def:
			t.Errorf("%s: the example has %q, the default is %q", s.key(), there[1], s.def)
		}
	}
}

// readExample reads a configuration file as a command does.
func readExample(t *testing.T, text string) *config {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accord.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c := &cobra.Command{}
	addConfigFlags(c)
	if err := c.Flags().Set("config", path); err != nil {
		t.Fatal(err)
	}
	cfg, found := readConfig(c, streams{env: func(string) (string, bool) { return "", false }})
	if len(found) > 0 {
		t.Fatalf("the example does not read: %v", found)
	}
	return cfg
}

// TestServiceSecrets holds the drop-in against the settings: every variable
// that is set from a credential is a secret of ours, and every credential is
// used.
func TestServiceSecrets(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("deploy", "secrets.conf"))
	if err != nil {
		t.Fatal(err)
	}
	secrets := map[string]bool{}
	for _, s := range settings() {
		secrets[s.name] = s.secret
	}
	loaded := regexp.MustCompile(`(?m)^#?LoadCredential=([a-z_]+):/etc/accord/secrets/([a-z_]+)$`).FindAllStringSubmatch(string(raw), -1)
	used := regexp.MustCompile(`(?m)^#?Environment=(ACCORD_[A-Z_]+)_FILE=%d/([a-z_]+)$`).FindAllStringSubmatch(string(raw), -1)
	if len(loaded) < 5 || len(loaded) != len(used) {
		t.Fatalf("%d credentials, %d variables", len(loaded), len(used))
	}
	for i, u := range used {
		if !secrets[u[1]] || strings.ToLower(strings.TrimPrefix(u[1], "ACCORD_")) != u[2] || loaded[i][1] != u[2] || loaded[i][2] != u[2] {
			t.Errorf("%s is read from %s, and %s is loaded", u[1], u[2], loaded[i][0])
		}
	}
}
