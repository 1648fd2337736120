package dialogtest

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Script parts. A burst is a run of customer lines with nothing between.
var (
	clockLine = regexp.MustCompile(`^-- (\d{4}-\d\d-\d\d \d\d:\d\d) --$`)
	passLine  = regexp.MustCompile(`^-- \+(\S+) --$`)
	lookLine  = regexp.MustCompile(`^-- look-up: (\w+) --$`)
	agentLine = regexp.MustCompile(`^(?i:agent)(?: (\S+))?: ?(.*)$`)
	actPart   = regexp.MustCompile(`(?s)^\((\w+(?: time)?)(?: (\d+))?\)\s*(.*)$`)
	wordsPart = regexp.MustCompile(`(?s)^\((\w+): (.*)\)$`)
)

// burstPause is how long after a message the script lets pass, so that the
// quiet that ends a burst has come.
const burstPause = 5 * time.Second

// A LineError says in which line of a script a conversation broke off. Line
// counts from 1.
type LineError struct {
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }
func (e *LineError) Unwrap() error { return e.Err }

// Plain is a script with line ends as [Run] reads and writes them, whatever
// editor or version control saved it.
func Plain(script string) string {
	return strings.ReplaceAll(strings.TrimPrefix(script, "\ufeff"), "\r\n", "\n")
}

// Run plays a script and gives it back with the answers the flow gives now.
// Lines that were answers are left out and made anew. What it gives back is
// settled: played once more it gives the same. It also gives the session, for
// a look at its state and journal. Where a line cannot be played the error is
// a [*LineError].
func Run(f *flow.Flow, set dialog.Settings, u Understand, script string) (string, *Session, error) {
	if set.Zone == nil {
		set.Zone = time.UTC
	}
	p := NewPlayer(f, set, u, time.Date(2026, 11, 25, 10, 0, 0, 0, set.Zone))
	var out strings.Builder
	p.s.From = message.Person{Ref: "customer"}
	lines := strings.Split(strings.TrimRight(Plain(script), "\n"), "\n")
	for i, line := range lines {
		if answered(line) {
			continue
		}
		out.WriteString(line + "\n")
		if err := p.playOn(line, lines[i+1:], &out); err != nil {
			return out.String(), p.s, &LineError{Line: i + 1, Err: err}
		}
	}
	return out.String(), p.s, nil
}

// playOn plays a line and writes what was said to it. Whether a customer's
// next line belongs to the same burst must be seen in what is written just as
// in what was read, or playing it again would be another conversation: an
// answer ends a burst, and where there is none any more an empty line does.
func (p *Player) playOn(line string, next []string, out *strings.Builder) error {
	burst := len(next) > 0 && customers(next[0])
	if err := p.Play(line, burst); err != nil {
		return err
	}
	said := p.s.Take()
	if burst && customers(line) && len(said) > 0 {
		if err := p.s.Advance(p.s.Now.Add(burstPause - time.Second)); err != nil {
			return err
		}
		said = append(said, p.s.Take()...)
	}
	for _, l := range said {
		out.WriteString(l.String() + "\n")
	}
	if i := slices.IndexFunc(next, func(l string) bool { return !answered(l) }); i > 0 && len(said) == 0 && customers(line) && customers(next[i]) {
		out.WriteString("\n")
	}
	return nil
}

func customers(line string) bool { return strings.HasPrefix(line, "customer: ") }

// answered says whether a line is an answer of the flow.
func answered(line string) bool {
	return strings.HasPrefix(line, "bot (") || strings.HasPrefix(line, "desk: ") || strings.HasPrefix(line, "sent: ")
}

// String writes a line as it stands in a script.
func (l Line) String() string {
	text := strings.ReplaceAll(l.Text, "\n", `\n`)
	switch l.Who {
	case "desk":
		return "desk: " + text
	case string(message.Agent):
		return "sent: " + text + buttons(l.Choices)
	}
	return fmt.Sprintf("bot (%s): %s", l.State, text) + buttons(l.Choices)
}

func buttons(choices []message.Choice) string {
	s := ""
	for _, c := range choices {
		s += " [" + c.Label + "]"
	}
	return s
}

// Player plays the lines of a script one by one, for who makes them up on the
// way.
type Player struct{ s *Session }

// NewPlayer begins a conversation at a time.
func NewPlayer(f *flow.Flow, set dialog.Settings, u Understand, now time.Time) *Player {
	return &Player{s: New(f, set, u, now)}
}

// Session is the conversation that is played.
func (p *Player) Session() *Session { return p.s }

// Play plays one line. After a customer's line the pause that ends a burst
// goes by, unless burst says that more of it follows.
func (p *Player) Play(line string, burst bool) error {
	switch {
	case line == "" || strings.HasPrefix(line, "#"):
		return nil
	case strings.HasPrefix(line, "name: "):
		p.s.From.Name = strings.TrimPrefix(line, "name: ")
		return nil
	case strings.HasPrefix(line, "lang: "):
		p.s.From.Lang = message.Lang(strings.TrimPrefix(line, "lang: "))
		return nil
	case customers(line):
		if err := p.customer(strings.ReplaceAll(strings.TrimPrefix(line, "customer: "), `\n`, "\n")); err != nil {
			return err
		}
		if burst {
			return p.s.Advance(p.s.Now.Add(time.Second))
		}
		return p.s.Advance(p.s.Now.Add(burstPause))
	}
	if m := clockLine.FindStringSubmatch(line); m != nil {
		at, err := time.ParseInLocation("2006-01-02 15:04", m[1], p.s.Settings.Zone)
		if err != nil {
			return err
		}
		if len(p.s.journal) == 0 {
			p.s.Now = at
		}
		return p.s.Advance(at)
	}
	if m := passLine.FindStringSubmatch(line); m != nil {
		d, err := flow.ParseDuration(m[1])
		if err != nil {
			return err
		}
		return p.s.Advance(p.s.Now.Add(d))
	}
	if m := lookLine.FindStringSubmatch(line); m != nil {
		if m[1] == "up" {
			m[1] = ""
		}
		return p.s.LookUpsAre(LookUps(m[1]))
	}
	if m := agentLine.FindStringSubmatch(line); m != nil {
		return p.agent(cmp.Or(m[1], "desk"), m[2])
	}
	return fmt.Errorf("cannot read %q", line)
}

// customer plays one thing a customer does.
func (p *Player) customer(text string) error {
	if label, ok := strings.CutPrefix(text, "["); ok && strings.HasSuffix(label, "]") {
		return p.s.Press(strings.TrimSuffix(label, "]"))
	}
	m := actPart.FindStringSubmatch(text)
	if m == nil {
		return p.s.Write(text)
	}
	switch m[1] {
	case "edits":
		return p.s.Edit(m[3])
	case "deletes":
		return p.s.Unsend()
	case "blocks":
		return p.s.Do(dialog.Input{Kind: dialog.InBlocked})
	case "empty":
		return p.s.Write("")
	case "old": // a button of another conversation, or one that is long forgotten
		return p.s.tap(dialog.Tap{})
	}
	switch kind := message.AttachmentKind(m[1]); kind {
	case message.Photo, message.Voice, message.Video, message.Document, message.Location, message.Contact, message.Sticker, message.Other:
		return p.s.Write(m[3], message.Attachment{Kind: kind})
	}
	return p.s.Write(text)
}
