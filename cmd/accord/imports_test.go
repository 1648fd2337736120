package main

import (
	"go/ast"
	"strconv"
	"strings"
	"testing"
)

// arrow says what packages of ours a package may import. "x/..." is x with
// everything below it.
type arrow struct {
	from string
	to   []string
}

// arrows are the shape of the program. The first that fits a package counts; a
// package without one has no place in the program yet. cmd/accord is not among
// them: it is where all meets.
func arrows() []arrow {
	return []arrow{
		// Words everybody shares; they know nobody.
		{"dialog/message", nil},
		// The engine: pure, and closed to everything that is not the dialog.
		{"dialog/expect", []string{"dialog/message"}},
		{"dialog/tone", []string{"dialog/message"}},
		{"dialog/flow", []string{"dialog/expect", "dialog/tone", "dialog/message"}},
		{"dialog/flow/flowtest", []string{"dialog/flow"}},
		{"dialog/lines", []string{"dialog/flow"}},
		// Whole conversations need somebody who understands; the engine does not.
		{"dialog/dialogtest", []string{"dialog", "dialog/...", "intents"}},
		{"dialog", []string{"dialog/flow", "dialog/expect", "dialog/message"}},
		// Understanding is told the flow's words and knows neither flow nor platform.
		{"intents/...", []string{"intents/...", "dialog/message"}},
		// An adapter knows the contract and nobody else: neither another
		// adapter, nor the runtime, nor the engine.
		{"adapters", []string{"dialog/message"}},
		{"adapters/console", []string{"adapters", "dialog/message"}},
		{"adapters/slack/...", []string{"adapters", "dialog/message", "adapters/slack/..."}},
		{"adapters/telegram/...", []string{"adapters", "dialog/message", "adapters/telegram/..."}},
		{"adapters/web/...", []string{"adapters", "dialog/message", "adapters/web/..."}},
		// A store keeps bytes: it knows the contract, never the engine.
		{"bot/store/...", []string{"bot/store", "bot/store/lanes", "bot/store/migrations", "dialog/message", "dialog/expect"}},
		// The runtime knows contracts, never a platform or a database.
		{"bot/desk", []string{"adapters", "bot/store", "dialog", "dialog/...", "intents"}},
		// The console's frame signs people in and lists; the desk in it is an adapter.
		{"bot/admin", []string{"adapters", "bot/store", "dialog/message"}},
		// What a business knows is asked for a flow's catalog, and knows no store.
		{"bot/facts", []string{"dialog", "dialog/flow", "dialog/message"}},
		{"bot", []string{"adapters", "bot/desk", "bot/facts", "bot/store", "dialog", "dialog/...", "intents"}},
		// Everything meets in one place.
		{"cmd/accord", []string{"adapters/...", "bot/...", "dialog/...", "intents/..."}},
	}
}

// neverShipped are packages for tests: what ships must not import them, however
// the arrows point. Packages that are themselves for tests may.
var neverShipped = []string{
	"adapters/slack/slackfake", "adapters/telegram/telegramfake",
	"bot/store/storetest", "intents/intentstest", "intents/remote/remotetest", "dialog/flow/flowtest",
}

// homes say which packages may import a library. What stands behind one of our
// own contracts must be replaceable by changing one place.
func homes() map[string][]string {
	return map[string][]string{
		"github.com/looplab/fsm":                           {"dialog"},
		"github.com/openai/openai-go/":                     {"intents/remote"},
		"github.com/slack-go/slack":                        {"adapters/slack"},
		"github.com/gorilla/websocket":                     {"adapters/slack/..."},
		"github.com/go-telegram-bot-api/telegram-bot-api/": {"adapters/telegram"},
		"modernc.org/sqlite":                               {"bot/store/sqlite"},
		"database/sql":                                     {"bot/store/sqlite"},
		"github.com/jackc/pgx/":                            {"bot/store/postgres/..."},
		"github.com/pressly/goose/":                        {"bot/store/sqlite", "bot/store/postgres"},
		"github.com/spf13/cobra":                           {"cmd/accord"},
		"github.com/fsnotify/fsnotify":                     {"cmd/accord"},
		"github.com/prometheus/client_golang/":             {"bot", "cmd/accord"},
		"testing":                                          {"bot/store/storetest", "bot/store/postgres/pgtest", "intents/intentstest"},
	}
}

func imports(f *ast.File) []string {
	var paths []string
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			panic(err) // the parser has read it as a string already
		}
		paths = append(paths, p)
	}
	return paths
}

func TestArrowsBetweenPackages(t *testing.T) {
	_, packages := tree(t)
	for _, p := range packages {
		allowed, known := arrowsFrom(p.dir)
		if !known {
			t.Errorf("%s: no rule says what it may import; add one to arrows", p.dir)
			continue
		}
		p.each(func(name string, f *ast.File) {
			for _, imported := range imports(f) {
				ours, ok := strings.CutPrefix(imported, module+"/")
				if ok && !withinAny(ours, allowed) {
					t.Errorf("%s imports %s; %s may import only %v", name, ours, p.dir, allowed)
				}
				if ok && withinAny(ours, neverShipped) && !withinAny(p.dir, neverShipped) {
					t.Errorf("%s imports %s, which is for tests only", name, ours)
				}
			}
		})
	}
}

func arrowsFrom(dir string) ([]string, bool) {
	for _, a := range arrows() {
		if within(dir, a.from) {
			return a.to, true
		}
	}
	return nil, false
}

func TestLibrariesHaveOneHome(t *testing.T) {
	_, packages := tree(t)
	seen := map[string]bool{}
	for _, p := range packages {
		p.each(func(name string, f *ast.File) {
			for _, imported := range imports(f) {
				for library, at := range homes() {
					if imported != library && !strings.HasPrefix(imported+"/", strings.TrimSuffix(library, "/")+"/") {
						continue
					}
					seen[library] = true
					if !withinAny(p.dir, at) {
						t.Errorf("%s imports %s, which only %v may know", name, imported, at)
					}
				}
				if imported == "github.com/looplab/fsm" && name != "dialog/machine.go" {
					t.Errorf("%s imports looplab/fsm; dialog/machine.go is the one file that knows it", name)
				}
			}
		})
	}
	for library := range homes() {
		if !seen[library] {
			t.Errorf("nobody imports %s any more; take it out of homes", library)
		}
	}
}
