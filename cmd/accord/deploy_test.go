package main_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func deployFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// unit reads the values of a unit file by "Section.Key".
func unit(t *testing.T, text string) map[string][]string {
	t.Helper()
	section, values := "", map[string][]string{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			section = strings.Trim(line, "[]")
		default:
			key, value, ok := strings.Cut(line, "=")
			if !ok || section == "" {
				t.Fatalf("cannot read %q", line)
			}
			key = section + "." + key
			values[key] = append(values[key], value)
		}
	}
	return values
}

// TestServiceUnit holds what the unit promises: hardened, stopped in an orderly
// way, and not started over and over where that cannot help.
func TestServiceUnit(t *testing.T) {
	t.Parallel()
	got := unit(t, deployFile(t, "accord.service"))
	for key, want := range map[string]string{
		"Service.Type": "exec", "Service.DynamicUser": "yes", "Service.NoNewPrivileges": "yes",
		"Service.ProtectSystem": "strict", "Service.ProtectHome": "yes", "Service.PrivateTmp": "yes",
		"Service.MemoryDenyWriteExecute": "yes", "Service.CapabilityBoundingSet": "", "Service.UMask": "0077",
		"Service.StateDirectoryMode": "0700", "Service.Restart": "on-failure",
		"Service.RestartPreventExitStatus": "2", "Service.TimeoutStopSec": "30s",
		"Install.WantedBy": "multi-user.target",
	} {
		if v := got[key]; len(v) != 1 || v[0] != want {
			t.Errorf("%s is %q, want %q", key, v, want)
		}
	}
	if !slices.Contains(got["Service.Environment"], "ACCORD_DATA=%S/accord") || !strings.HasPrefix(got["Service.StateDirectory"][0], "accord ") {
		t.Errorf("the data is in %q, the state in %q", got["Service.Environment"], got["Service.StateDirectory"])
	}
	verified(t)
}

// verified has systemd itself read the unit with its drop-in, where it is
// installed. The program of the unit is the one under test, because systemd
// looks whether it is there.
func verified(t *testing.T) {
	t.Helper()
	tool, err := exec.LookPath("systemd-analyze")
	if err != nil {
		return // the keys were checked above
	}
	dir := t.TempDir()
	text := strings.ReplaceAll(deployFile(t, "accord.service"), "/usr/local/bin/accord", built.accord)
	path := filepath.Join(dir, "accord.service")
	drop := filepath.Join(dir, "accord.service.d")
	if err := os.Mkdir(drop, 0o750); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{path: text, filepath.Join(drop, "secrets.conf"): deployFile(t, "secrets.conf")} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.CommandContext(deadline(t), tool, "verify", "--man=no", path).CombinedOutput()
	if err != nil || bytes.Contains(out, []byte(dir)) {
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
}

// TestContainerfile holds what the image promises; that the binary needs no
// more than it holds is tried in an empty folder.
func TestContainerfile(t *testing.T) {
	t.Parallel()
	text := deployFile(t, "Containerfile")
	build, image, ok := strings.Cut(text, "\nFROM scratch\n")
	if !ok || strings.Contains(image, "\nFROM ") {
		t.Fatal("the image does not begin with nothing")
	}
	mod, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(string(mod))
	if !strings.Contains(build, "golang:"+version[1]+" ") || !strings.Contains(build, "CGO_ENABLED=0") {
		t.Errorf("it is not built with Go %s and without C", version[1])
	}
	for _, want := range []string{"/etc/ssl/certs/ca-certificates.crt", "\nUSER 65532:65532\n", "\nVOLUME /data\n", "ACCORD_DATA=/data",
		"--chown=65532:65532 /out/data /data", "--chown=65532:65532 /out/tmp /tmp", "\nENTRYPOINT [\"/accord\"]\n", "\nCMD [\"serve\"]\n"} {
		if !strings.Contains(image, want) {
			t.Errorf("the image lacks %q", want)
		}
	}
}
