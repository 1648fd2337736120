package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// chatOptions are the flags of `accord chat`.
type chatOptions struct {
	flowDir, record, name, zone, business string
	trace                                 bool
}

func chatCommand(s streams) *cobra.Command {
	var o chatOptions
	c := &cobra.Command{
		Use:   "chat",
		Short: "Talk to a flow in the terminal",
		Long: `Talks to a flow as a customer would, without a platform or a database.
Write a message and press enter; several within three seconds are one burst.
[Yes] presses the button that says Yes; /human, /status and the like are
commands; (photo) sends a picture; an empty line lets the quiet pass. In a
terminal time is real; with input from a file or pipe the clock jumps, so a
script runs at once, and "-- +5m --" lets time pass.

You can be the people behind the counter, too, in the words of .chat tests. Get
handed over with /human first. What goes to the desk is shown after a dot.
  agent Ana: (takes)                     takes the hand-off; the bot falls silent
  agent Ana: Good morning                goes to the customer; "// hm" stays inside
  agent Ana: (offer: a new lamp | +2d)   the customer answers with buttons
  agent Ana: (promise: I call | +3h)     tracked as a task; also | 2026-11-27 18:00
  agent Ana: (release: a note)           back into the queue for a colleague
  agent Ana: (return: what was settled)  back to the bot
  agent Ana: (close: why)                ends it
  agent Ana: (done 1)                    task 1 is carried out
  agent Ana: (more time 1) +1d           asks the customer for it
  agent desk: (unheard)                  the desk is out of reach
  agent desk: (card)                     what agents see on the card now`,
		Example: "  accord chat\n  accord chat --flow my-flow --trace\n  accord chat --record my-flow/tests/first.chat",
	}
	c.Flags().StringVar(&o.flowDir, "flow", "", "folder of the flow, read again whenever a file is saved (default: the built-in one)")
	c.Flags().BoolVar(&o.trace, "trace", false, "show states, edges and what was understood")
	c.Flags().StringVar(&o.record, "record", "", "write the conversation as a .chat test to this file, over what is there")
	c.Flags().StringVar(&o.name, "name", "", "what the customer is called")
	c.Flags().StringVar(&o.business, "business", "Fernhill", "the business's name")
	c.Flags().StringVar(&o.zone, "timezone", "UTC", "IANA zone in which times are written")
	c.RunE = func(c *cobra.Command, _ []string) error { return chat(c.Context(), s, o) }
	return c
}

// talk is one conversation in a terminal, begun anew when its flow changes.
type talk struct {
	o       chatOptions
	out     io.Writer
	zone    *time.Location
	real    bool // time is real; else it jumps
	player  *dialogtest.Player
	written strings.Builder // the script so far
	hinted  map[string]bool // what was explained once
	school  *intents.School // knows the examples when only the words have changed
}

func chat(ctx context.Context, s streams, o chatOptions) error {
	zone, err := time.LoadLocation(o.zone)
	if err != nil {
		return &problem{what: fmt.Sprintf("unknown time zone %q", o.zone), hint: "use an IANA name such as Asia/Taipei"}
	}
	t := &talk{school: newSchool(), o: o, out: s.out, zone: zone, real: isTerminal(s.in), hinted: map[string]bool{}}
	if err := t.begin(); err != nil {
		return err
	}
	if t.real {
		fmt.Fprintln(t.out, "You are the customer. An empty line lets the quiet pass, ctrl-D ends. All there is to write: accord chat --help")
	}
	changed, stop, err := watch(o.flowDir)
	if err != nil {
		return err
	}
	defer stop()
	if err := t.loop(ctx, readInput(s.in), changed); err != nil {
		return err
	}
	return t.save()
}

// begin loads the flow and starts a conversation with it.
func (t *talk) begin() error {
	f, err := loadFlow(t.o.flowDir)
	if err != nil {
		return err
	}
	u, err := newFlowReader(f, t.school)
	if err != nil {
		return err
	}
	now := time.Now().In(t.zone).Truncate(time.Minute)
	set := dialog.Settings{Business: t.o.business, Zone: t.zone}
	t.player = dialogtest.NewPlayer(f, set, u.Understand, now)
	t.player.Session().From = message.Person{Ref: "terminal", Name: t.o.name}
	t.written.Reset()
	if t.o.name != "" {
		fmt.Fprintf(&t.written, "name: %s\n", t.o.name)
	}
	fmt.Fprintf(&t.written, "-- %s --\n", now.Format("2006-01-02 15:04"))
	if t.o.trace {
		t.player.Session().OnTurn = t.showTrace
	}
	return nil
}

// loop takes lines, due timers and changed files until the input or ctx ends.
func (t *talk) loop(ctx context.Context, in <-chan string, changed <-chan struct{}) error {
	for {
		var due <-chan time.Time
		if next, ok := t.player.Session().Next(); ok && t.real {
			due = time.After(time.Until(next))
		}
		select {
		case <-ctx.Done():
			return nil
		case line, ok := <-in:
			if !ok {
				return nil
			}
			if err := t.take(line); err != nil {
				return err
			}
		case <-due:
			if err := t.player.Session().Advance(time.Now()); err != nil {
				return err
			}
			t.show()
		case <-changed:
			t.reload()
		}
	}
}

// take plays one line the customer typed.
func (t *talk) take(line string) error {
	session := t.player.Session()
	if t.real {
		if err := session.Advance(time.Now()); err != nil {
			return err
		}
	}
	if strings.TrimSpace(line) == "" {
		passed := "" // nothing waits, so nothing has to be waited for again
		if next, ok := session.Next(); ok && next.Sub(session.Now) < time.Minute {
			passed = fmt.Sprintf("-- +%s --\n", next.Sub(session.Now)) // a replay has to let it pass, too
			if err := session.Advance(next); err != nil {
				return err
			}
		}
		t.written.WriteString(passed)
		t.show()
		return nil
	}
	script := "customer: " + strings.ReplaceAll(line, "\n", `\n`)
	if dialogtest.IsAgentLine(line) || !t.real && dialogtest.IsPassLine(line) {
		script = line
	}
	if err := t.player.Play(script, t.real); err != nil {
		var none *dialogtest.NoButton
		if script != line && !errors.As(err, &none) {
			return err
		}
		fmt.Fprintf(t.out, "error: %v\n", err) // an act or a button mistyped ends no conversation
		return nil
	}
	t.written.WriteString(script + "\n")
	t.show()
	return nil
}

// show prints what was said since the last time.
func (t *talk) show() {
	for _, l := range t.player.Session().Take() {
		t.written.WriteString(l.String() + "\n")
		switch {
		case l.Who == "desk":
			fmt.Fprintf(t.out, "    · %s\n", l.Text)
			t.hint(l.Text)
		default:
			fmt.Fprintf(t.out, "%s: %s\n", l.Who, l.Text)
		}
		for _, c := range l.Choices {
			fmt.Fprintf(t.out, "    [%s]\n", c.Label)
		}
	}
}

// hints say what can be done about what the desk sees, at the terminal, where
// nobody has a script to go by.
var hints = []struct{ begins, says string }{
	{"hand-off ", "be the one who takes it: agent Ana: (takes), then agent Ana: Good morning"},
	{"task ", "carry it out: agent Ana: (done 1), with the task's number"},
	{"not sent (not_owner)", "whoever wants to write takes the hand-off first: agent Ana: (takes)"},
}

// hint explains a kind of desk line when it is seen for the first time.
func (t *talk) hint(line string) {
	for _, h := range hints {
		if t.real && strings.HasPrefix(line, h.begins) && !t.hinted[h.begins] {
			t.hinted[h.begins] = true
			fmt.Fprintf(t.out, "      hint: %s\n", h.says)
		}
	}
}

func (t *talk) showTrace(in dialog.Input, r dialog.Result) {
	if in.Kind == dialog.InMessage {
		rd := in.Reading
		fmt.Fprintf(t.out, "    ~ lang=%s answer=%s side=%s anger=%.2f", rd.Lang, rd.Answer, rd.Side, rd.Anger)
		for _, m := range rd.Mentions {
			fmt.Fprintf(t.out, " %s(%.1f)", m.Name, m.Score)
		}
		for _, sl := range rd.Slots {
			fmt.Fprintf(t.out, " %s=%q", sl.Kind, sl.Span)
		}
		fmt.Fprintln(t.out)
	}
	for _, f := range r.Trace {
		fmt.Fprintf(t.out, "    > %s\n", f.Edge)
	}
}

// reload begins anew with the changed flow, or says what is wrong with it and
// goes on with the old one.
func (t *talk) reload() {
	before := t.player
	if err := t.begin(); err != nil {
		t.player = before
		report(t.out, err)
		fmt.Fprintln(t.out, "The flow has mistakes; the conversation goes on with the one before.")
		return
	}
	fmt.Fprintln(t.out, "The flow was read again; the conversation begins anew.")
}

func (t *talk) save() error {
	if t.o.record == "" {
		return nil
	}
	if err := os.WriteFile(t.o.record, []byte(t.written.String()), 0o600); err != nil {
		return &problem{what: "cannot write the recording: " + err.Error()}
	}
	fmt.Fprintf(t.out, "recorded in %s\n", t.o.record)
	return nil
}

// readInput reads lines until the input ends.
func readInput(in io.Reader) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		sc := bufio.NewScanner(in)
		sc.Buffer(make([]byte, 64<<10), maxLine)
		for sc.Scan() {
			out <- sc.Text()
		}
	}()
	return out
}

func isTerminal(in io.Reader) bool {
	f, ok := in.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// settle is how long after the last change of a file a flow is read again:
// editors save in several steps.
const settle = 150 * time.Millisecond

// watch tells when a file of the flow's folder was saved. Without a folder it
// never does.
func watch(dir string) (<-chan struct{}, func(), error) {
	if dir == "" {
		return nil, func() {}, nil
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, nil, fmt.Errorf("watch %s: %w", dir, err)
	}
	for _, d := range []string{dir, filepath.Join(dir, "intents")} {
		if err := w.Add(d); err != nil && d == dir {
			_ = w.Close()
			return nil, nil, &problem{what: fmt.Sprintf("cannot watch %s: %v", dir, err), hint: "--flow names a folder made by: accord flow init DIR"}
		}
	}
	out := make(chan struct{}, 1)
	go notify(w, out)
	return out, func() { _ = w.Close() }, nil
}

// notify passes on changes once they have settled.
func notify(w *fsnotify.Watcher, out chan<- struct{}) {
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	for {
		select {
		case _, ok := <-w.Events:
			if !ok {
				return
			}
			timer.Reset(settle)
		case _, ok := <-w.Errors: // one missed change is made up for by the next
			if !ok {
				return
			}
		case <-timer.C:
			select {
			case out <- struct{}{}:
			default:
			}
		}
	}
}
