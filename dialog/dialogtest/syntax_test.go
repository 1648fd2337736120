package dialogtest_test

import (
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/lines"
)

// TestMistakes reads lines as people mistype them: each is found, with a hint
// that helps; and the same line written well is not.
func TestMistakes(t *testing.T) {
	for _, c := range []struct{ wrong, what, hint, right string }{
		{"custmer: hello", "cannot read", `"customer: "`, "customer: hello"},
		{"Customer: hello", "cannot read", `"customer: hello"`, "customer: hello"},
		{"customer：你好", "cannot read", `"customer: 你好"`, "customer: 你好"},
		{"customer:hello", "cannot read", `"customer: hello"`, "customer: hello"},
		{"hello there", "cannot read", "a line begins with", "# hello there"},
		{"bot: Hello.", "cannot read", "bot (STATE): words", "bot (greet): Hello."},
		{"Bot (greet): Hello.", "cannot read", "--update", "bot (greet): Hello."},
		{"namee: Mei", "cannot read", `"name: "`, "name: Mei"},
		{"lang: zh", `no language "zh"`, "zh-Hant", "lang: zh-Hant"},
		{"-- 30m --", "no time", "-- +30m --", "-- +30m --"},
		{"-- +30 minutes --", "no time", "-- +30m --", "-- +2d --"},
		{"-- +30minutes --", "no span of time", "-- +30m --", "-- +1d12h --"},
		{"-- 2026-13-25 10:00 --", "no time", "2026-11-25 10:00", "-- 2026-11-25 10:00 --"},
		{"-- look-up: gone --", `cannot be "gone"`, "down", "-- look-up: slow --"},
		{"agent Ana: (take)", `cannot "take"`, "accord chat --help", "agent Ana: (takes)"},
		{"agent Ana: (offers: a lamp)", `cannot "offers"`, "accord chat --help", "agent Ana: (offer: a lamp)"},
		{"agent Ana: (done)", "which task", "(done 1)", "agent Ana: (done 1)"},
		{"agent Ana: (more time 1) soon", `"soon" is no time`, "+3h", "agent Ana: (more time 1) +1d"},
		{"agent Ana: (promise: a call | tomorrow)", `"tomorrow" is no time`, "2026-11-27", "agent Ana: (promise: a call | 2026-11-27 18:00)"},
		{"agent Ana: (offer)", `"offer" go into the bracket`, "", "agent Ana: (card)"},
	} {
		found := dialogtest.Mistakes("# a test\n" + c.wrong + "\n\n" + c.right + "\n")
		if len(found) != 1 || found[0].Line != 2 || !strings.Contains(found[0].What, c.what) || !strings.Contains(found[0].Hint, c.hint) {
			t.Errorf("%q: %+v, want one in line 2 with %q and a hint with %q", c.wrong, found, c.what, c.hint)
		}
	}
}

// What Run plays, Mistakes takes: no shipped conversation has any.
func TestNoMistakesInWhatShips(t *testing.T) {
	n := 0
	for _, name := range lines.Names() {
		files, err := lines.Files(name)
		if err != nil {
			t.Fatal(err)
		}
		for file, content := range files {
			if !strings.HasSuffix(file, ".chat") {
				continue
			}
			n++
			for _, m := range dialogtest.Mistakes(string(content)) {
				t.Errorf("%s/%s:%d: %s (%s)", name, file, m.Line, m.What, m.Hint)
			}
		}
	}
	if n == 0 {
		t.Error("no conversation was read")
	}
}

// A long line must not fill the screen with itself.
func TestMistakesAreShort(t *testing.T) {
	for _, m := range dialogtest.Mistakes(strings.Repeat("長い ", 5000)) {
		if len([]rune(m.What+m.Hint)) > 300 {
			t.Errorf("%d characters about one line", len([]rune(m.What+m.Hint)))
		}
	}
}
