package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/spf13/cobra"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/accord-chat/accord/bot/store/sqlite"
	"github.com/accord-chat/accord/dialog/flow"
)

// noticed starts a service on dir as far as its notices, and gives them.
func noticed(t *testing.T, dir, flowID string, warnings ...*problem) []string {
	t.Helper()
	core, seen := observer.New(zapcore.InfoLevel)
	db, err := sqlite.Open(t.Context(), sqlite.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	s := &service{cfg: &config{Data: dir, Warnings: warnings}, log: zap.New(core), store: db, flow: &flow.Flow{ID: flowID}}
	if err := s.notice(t.Context()); err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range seen.All() {
		line := e.Level.String() + " " + e.Message
		for _, f := range e.Context {
			line += " " + f.Key + "=" + f.String
		}
		list = append(list, line)
	}
	return list
}

func TestAFlowThatChangedBetweenStartsIsNoticed(t *testing.T) {
	const changed = "warn the flow changed since the last start; open conversations go on with the new one was=one is=two"
	dir := closed(t)
	for i, c := range []struct{ flow, want string }{{"one", ""}, {"one", ""}, {"two", changed}, {"two", ""}} {
		got := noticed(t, dir, c.flow)
		if (c.want == "" && len(got) > 0) || (c.want != "" && !slices.Equal(got, []string{c.want})) {
			t.Errorf("start %d: noticed %q, want %q", i+1, got, c.want)
		}
	}
}

func TestSettingsThatDoNothingAreNoticed(t *testing.T) {
	env := map[string]string{"ACCORD_LLM_KEY": "k", "ACCORD_LLM_MODEL": "m", "ACCORD_LLM_PER_DAY": "7",
		"ACCORD_NAME": "Lamps"}
	var cfg *config
	c := &cobra.Command{Use: "x", RunE: func(c *cobra.Command, _ []string) (err error) {
		cfg, err = loadConfig(c, streams{env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }})
		return err
	}}
	addConfigFlags(c)
	c.SetArgs([]string{})
	c.SetErr(io.Discard)
	if err := c.ExecuteContext(context.Background()); err != nil {
		t.Fatal(err)
	}
	got := noticed(t, closed(t), "one", cfg.Warnings...)
	if len(got) != 3 || got[0] != "warn ACCORD_LLM_KEY has no effect: no language model is asked without ACCORD_LLM_URL hint=leave it out, or set what it belongs to" {
		t.Errorf("noticed %q", got)
	}
	clear(env)
	if err := c.ExecuteContext(context.Background()); err != nil || len(cfg.Warnings) > 0 {
		t.Errorf("nothing is set, and %v is warned about (%v)", cfg.Warnings, err)
	}
}

// closed makes a folder that only its owner can look into.
func closed(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestWhatOthersCouldReadIsNoticed(t *testing.T) {
	dir := closed(t)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		cfg  config
		want int
	}{
		{config{Data: dir, PublicURL: "http://chat.example.com"}, 2},
		{config{Data: dir, PublicURL: "https://chat.example.com"}, 1},
		{config{Data: closed(t), PublicURL: "http://127.0.0.1:9000"}, 0},
		{config{Data: filepath.Join(dir, "none")}, 0},
	} {
		if got := c.cfg.exposed(); len(got) != c.want {
			t.Errorf("%s under %q: %v", c.cfg.Data, c.cfg.PublicURL, got)
		}
	}
}
