package main_test

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
)

// TestScript plays testdata/script/*.txtar: what people type, and what they
// are told. Beside testscript's own commands there are
//
//	exits CODE PROGRAM ARGS...  run it; its exit code must be CODE
//	fakes                       put fakes of Telegram and Slack into the environment
//	serve ARGS...               run accord serve until the script ends; $BASE is its address
//	stop                        end it in an orderly way
//	get CODE PATH               ask it over HTTP; the answer is the standard output
//	occupy                      $OCCUPIED becomes an address that is taken
//	stuck DIR [old]             make a data folder in which something of each kind is stuck
//	audited DIR ACT ABOUT       the audit of a data folder holds this act
//	stale DIR                   leave the control socket of a dead server in a folder
func TestScript(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:   "testdata/script",
		Setup: setupScript,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "fakes": fakes, "serve": serve, "stop": stop, "get": get, "occupy": occupy,
			"stuck": stuckFolder, "stale": stale, "audited": audited,
		},
		RequireUniqueNames: true,
		Deadline:           time.Now().Add(2 * patience), // a program that should have refused to start does not stay
	})
}

// setupScript gives a script a machine on which nothing was ever set up: a home
// with nothing in it, no settings, and no way out beyond loopback.
func setupScript(e *testscript.Env) error {
	home := filepath.Join(e.WorkDir, "home")
	if err := os.Mkdir(home, 0o700); err != nil {
		return err
	}
	const nowhere = "http://127.0.0.1:1"
	e.Vars = []string{
		"PATH=" + built.dir + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + home, built.cache, "WORK=" + e.WorkDir,
		"HTTP_PROXY=" + nowhere, "HTTPS_PROXY=" + nowhere, "ACCORD_HTTP_ADDR=127.0.0.1:0",
	}
	e.Cd = filepath.Join(e.WorkDir, "run")
	e.Values[processKey{}] = &running{}
	return os.Mkdir(e.Cd, 0o700)
}

type processKey struct{}

// running is the server of a script, if there is one.
type running struct{ *process }

// scripted lets a script's server complain.
type scripted struct{ ts *testscript.TestScript }

func (scripted) Helper()             {}
func (s scripted) Error(args ...any) { s.ts.Fatalf("%v", args) }
func (s scripted) Fatal(args ...any) { s.ts.Fatalf("%v", args) }

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS...")
	}
	code := 0
	var exit *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &exit):
		code = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if want, err := strconv.Atoi(args[0]); err != nil || code != want {
		ts.Fatalf("it ended with code %d, want %s\n%s%s", code, args[0], ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

func fakes(ts *testscript.TestScript, _ bool, _ []string) {
	tg := telegramfake.New()
	ts.Defer(tg.Close)
	sl, err := slackfake.New(slackfake.Options{})
	ts.Check(err)
	ts.Defer(sl.Close)
	for name, v := range map[string]string{
		"ACCORD_TELEGRAM_TOKEN": telegramfake.Token, "ACCORD_TELEGRAM_API_URL": tg.URL(),
		"ACCORD_SLACK_BOT_TOKEN": sl.BotToken(), "ACCORD_SLACK_APP_TOKEN": sl.AppToken(),
		"ACCORD_SLACK_API_URL": sl.URL(), "ACCORD_SLACK_CHANNEL": slackfake.Queue,
	} {
		ts.Setenv(name, v)
	}
}

func serve(ts *testscript.TestScript, _ bool, args []string) {
	r := ts.Value(processKey{}).(*running) //nolint:forcetypeassert // set by setupScript
	log := &buffer{}
	r.process = spawn(scripted{ts}, launch{program: built.accord, dir: ts.MkAbs("."), env: scriptEnv(ts), args: args, log: log})
	ts.Defer(r.kill)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if !r.up(ctx) {
		ts.Fatalf("accord serve ended: %v\n%s", r.err, log)
	}
	ts.Setenv("BASE", r.base)
	ts.Setenv("ADDR", strings.TrimPrefix(r.base, "http://"))
}

// scriptEnv is the script's environment with what it has set itself.
func scriptEnv(ts *testscript.TestScript) []string {
	env := []string{"HOME=" + ts.Getenv("HOME"), built.cache}
	for _, name := range []string{
		"ACCORD_DATA", "ACCORD_HTTP_ADDR", "ACCORD_PUBLIC_URL", "ACCORD_FLOWS",
		"ACCORD_TELEGRAM_TOKEN", "ACCORD_TELEGRAM_TOKEN_FILE", "ACCORD_TELEGRAM_API_URL", "ACCORD_TELEGRAM_MODE", "ACCORD_TELEGRAM_WEBHOOK_SECRET",
		"ACCORD_SLACK_BOT_TOKEN", "ACCORD_SLACK_APP_TOKEN", "ACCORD_SLACK_API_URL", "ACCORD_SLACK_CHANNEL", "ACCORD_SLACK_MODE", "ACCORD_SLACK_SIGNING_SECRET",
	} {
		if v := ts.Getenv(name); v != "" {
			env = append(env, name+"="+v)
		}
	}
	return env
}

func stop(ts *testscript.TestScript, _ bool, _ []string) {
	r := ts.Value(processKey{}).(*running) //nolint:forcetypeassert // set by setupScript
	if code, _ := r.process.stop(); code != 0 {
		ts.Fatalf("the server ended with code %d", code)
	}
}

func get(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: get CODE PATH")
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	code, body := fetch(ctx, ts.Getenv("BASE")+args[1])
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("%s answers %d: %s", args[1], code, body)
	}
	_, err := ts.Stdout().Write([]byte(body))
	ts.Check(err)
}

func occupy(ts *testscript.TestScript, _ bool, _ []string) {
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { _ = l.Close() })
	ts.Setenv("OCCUPIED", l.Addr().String())
}
