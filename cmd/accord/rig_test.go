package main_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/dialog/lines"
)

// rig is an installation as an operator has it: the built program in a process
// of its own, its data folder, and fakes of both platforms.
type rig struct {
	t        *testing.T
	telegram *telegramfake.Server
	slack    *slackfake.Server
	program  string
	data     string
	flows    string // folder of the flow
	env      []string
	proc     *process
	log      *buffer // of all processes of this rig
	front    *front  // what the outside knows, where it is called
}

// setup starts an installation that is ready, in one of the modes. changes are
// pairs of words in flow.yaml and what stands there instead.
func setup(t *testing.T, m mode, changes ...string) *rig {
	t.Helper()
	r := blank(t, m, changes...)
	r.start()
	return r
}

// blank is an installation that is not started.
func blank(t *testing.T, m mode, changes ...string) *rig {
	t.Helper()
	r := &rig{t: t, telegram: telegramfake.New(), program: built.accord, log: &buffer{},
		data: filepath.Join(t.TempDir(), "data"), flows: flowFolder(t, changes...)}
	t.Cleanup(r.telegram.Close)
	var err error
	if r.slack, err = slackfake.New(slackfake.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.slack.Close)
	r.env = []string{
		"HOME=" + t.TempDir(), built.cache, "ACCORD_DATA=" + r.data, "ACCORD_HTTP_ADDR=127.0.0.1:0", "ACCORD_NAME=Fernhill",
		"ACCORD_FLOWS=" + r.flows,
		"ACCORD_TELEGRAM_TOKEN=" + telegramfake.Token, "ACCORD_TELEGRAM_API_URL=" + r.telegram.URL(),
		"ACCORD_SLACK_BOT_TOKEN=" + r.slack.BotToken(), "ACCORD_SLACK_APP_TOKEN=" + r.slack.AppToken(),
		"ACCORD_SLACK_API_URL=" + r.slack.URL(), "ACCORD_SLACK_CHANNEL=" + slackfake.Queue,
	}
	m.wire(r)
	t.Cleanup(r.finish)
	return r
}

// flowFolder writes the built-in flow, with a burst that ends soon, so that a
// test does not wait for a customer who has said everything.
func flowFolder(t testing.TB, changes ...string) string {
	t.Helper()
	files, err := lines.AfterSales()
	if err != nil {
		t.Fatal(err)
	}
	changes = append([]string{"quiet: 3s", "quiet: 100ms"}, changes...)
	for was, is := range pairs(changes) {
		if !bytes.Contains(files["flow.yaml"], []byte(was)) {
			t.Fatalf("the built-in flow.yaml has no %q to change", was)
		}
		files["flow.yaml"] = bytes.Replace(files["flow.yaml"], []byte(was), []byte(is), 1)
	}
	dir := t.TempDir()
	for name, b := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func pairs(list []string) func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for p := range slices.Chunk(list, 2) {
			if !yield(p[0], p[1]) {
				return
			}
		}
	}
}

// start runs the program on the rig's data and waits until it is ready.
func (r *rig) start() {
	r.t.Helper()
	r.proc = spawn(r.t, launch{program: r.program, env: r.env, log: r.log})
	if !r.proc.up(deadline(r.t)) {
		r.t.Fatalf("accord serve ended: %v\n%s", r.proc.err, r.log)
	}
	if r.front != nil {
		r.front.leadTo(r.proc.base)
	}
}

// restart stops the program in an orderly way and starts it again.
func (r *rig) restart() {
	r.t.Helper()
	if code, took := r.proc.stop(); code != 0 || took > 8*time.Second {
		r.t.Errorf("stopping ended with code %d after %v", code, took)
	}
	r.start()
}

// finish ends what still runs and shows the log of a test that failed.
func (r *rig) finish() {
	if r.proc != nil {
		r.proc.kill()
	}
	if r.t.Failed() {
		r.t.Logf("log of accord serve:\n%s", r.log)
	}
}

// sees waits until a customer on Telegram has a message that holds part, at
// any place, and gives it.
func (r *rig) sees(c *telegramfake.Customer, part string) telegramfake.Message {
	r.t.Helper()
	m, err := c.Wait(deadline(r.t), func(m telegramfake.Message) bool { return holds(m.Text, part) })
	if err != nil {
		r.t.Fatalf("%s waits for %q: %v\n%s", c.Name, part, err, transcript(c))
	}
	return m
}

// next waits for the customer's next message that no call of next has given,
// which must hold all parts.
func (r *rig) next(c *telegramfake.Customer, parts ...string) telegramfake.Message {
	r.t.Helper()
	m, err := c.Next(deadline(r.t))
	if err != nil {
		r.t.Fatalf("%s waits for %q: %v\n%s", c.Name, parts, err, transcript(c))
	}
	for _, part := range parts {
		if !holds(m.Text, part) {
			r.t.Fatalf("%s reads %q, want %q in it\n%s", c.Name, m.Text, part, transcript(c))
		}
	}
	return m
}

func transcript(c *telegramfake.Customer) string {
	var b strings.Builder
	for _, m := range c.Chat() {
		who := c.Name
		if m.FromBot {
			who = "bot"
		}
		b.WriteString(who + ": " + m.Text + " " + strings.Join(m.Labels(), "|") + "\n")
	}
	return b.String()
}

// taps presses the button the customer sees whose label holds part, under the
// latest message that has one.
func (r *rig) taps(c *telegramfake.Customer, part string) {
	r.t.Helper()
	for _, m := range slices.Backward(c.Inbox()) {
		for _, l := range m.Labels() {
			if strings.Contains(l, part) {
				if _, err := c.TapsMessage(m.ID, l); err != nil {
					r.t.Fatal(err)
				}
				return
			}
		}
	}
	r.t.Fatalf("%s sees no button %q\n%s", c.Name, part, transcript(c))
}

// posted waits for a post of ours in the queue's channel or a thread of it.
func (r *rig) posted(part string) slackfake.Message {
	r.t.Helper()
	m, err := r.slack.WaitMessage(deadline(r.t), slackfake.Queue, func(m slackfake.Message) bool {
		return m.BotID != "" && strings.Contains(m.PlainText(), part)
	})
	if err != nil {
		var got []string
		for _, x := range r.slack.Posted() {
			got = append(got, x.PlainText())
		}
		r.t.Fatalf("waiting for %q in Slack: %v; there is\n%s", part, err, strings.Join(got, "\n--\n"))
	}
	return m
}

// marked waits for a mark on an agent's message.
func (r *rig) marked(ts, emoji string) {
	r.t.Helper()
	err := r.slack.Wait(deadline(r.t), func(s *slackfake.Server) bool { return slices.Contains(s.Reactions(ts), emoji) })
	if err != nil {
		r.t.Fatalf("waiting for :%s: %v; there are %v", emoji, err, r.slack.Reactions(ts))
	}
}

// clicks presses a button on a card.
func (r *rig) clicks(a *slackfake.Agent, m slackfake.Message, label string) {
	r.t.Helper()
	if err := a.Clicks(m.TS, label); err != nil {
		r.t.Fatal(err)
	}
}

// fills presses a button that opens a form, and sends the form with these
// fields.
func (r *rig) fills(a *slackfake.Agent, m slackfake.Message, label string, fields map[string]string) {
	r.t.Helper()
	r.clicks(a, m, label)
	if _, err := a.WaitView(deadline(r.t)); err != nil {
		r.t.Fatalf("%q opens no form: %v", label, err)
	}
	if err := a.Submits(fields); err != nil {
		r.t.Fatal(err)
	}
}

// says writes into the thread of a card and gives the message's ts.
func (r *rig) says(a *slackfake.Agent, card slackfake.Message, text string) string {
	r.t.Helper()
	ts, err := a.Says(card.TS, text)
	if err != nil {
		r.t.Fatal(err)
	}
	return ts
}
