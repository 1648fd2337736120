package dialogtest

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// acts are what agents do, by the verb a script has for it. Those of the first
// kind may carry words behind the bracket, those of the second in it.
var (
	acts = map[string]dialog.InputKind{"takes": dialog.InTaken, "returns": dialog.InReturned, "closes": dialog.InClosed, "releases": dialog.InReleased,
		"done": dialog.InDone, "more time": dialog.InMoreTime, "notes": dialog.InNoted, "edits": dialog.InEdited, "deletes": dialog.InDeleted,
		"unheard": dialog.InUnheard, "anyway": dialog.InSaid}
	spoken = map[string]dialog.InputKind{"release": dialog.InReleased, "offer": dialog.InOffered, "promise": dialog.InPromised,
		"return": dialog.InReturned, "close": dialog.InClosed, "edit": dialog.InEdited}
)

// IsAgentLine says whether a line of a script is what an agent does.
func IsAgentLine(line string) bool { return agentLine.MatchString(line) }

// IsPassLine says whether a line of a script lets time pass.
func IsPassLine(line string) bool { return passLine.MatchString(line) }

// unknownAct says what an agent can do instead of verb.
func unknownAct(verb string) error {
	if _, ok := spoken[verb]; ok {
		return fmt.Errorf("the words of %q go into the bracket: (%s: …)", verb, verb)
	}
	verbs := append(slices.Collect(maps.Keys(acts)), slices.Collect(maps.Keys(spoken))...)
	verbs = append(verbs, "card")
	slices.Sort(verbs)
	return fmt.Errorf("an agent cannot %q; what they can do: %s", verb, strings.Join(verbs, ", "))
}

// ofTask says whether an act is one on a task, which has a number.
func ofTask(kind dialog.InputKind) bool {
	return kind == dialog.InDone || kind == dialog.InMoreTime || kind == dialog.InNoted
}

// agent plays one thing an agent does.
func (p *Player) agent(name, text string) error {
	act := &dialog.AgentAct{Ref: message.UserRef("T1/" + name), Name: name, Message: message.PlatformID("C1:1")}
	if text == "(card)" {
		return p.s.Card()
	}
	text = strings.ReplaceAll(text, `\n`, "\n")
	in := dialog.Input{Kind: dialog.InSaid, Agent: act, Text: text}
	if m := wordsPart.FindStringSubmatch(text); m != nil {
		return p.agentSpeaks(in, m[1], m[2])
	}
	m := actPart.FindStringSubmatch(text)
	if m == nil {
		return p.s.Do(in)
	}
	in.Text = m[3]
	if kind := message.AttachmentKind(m[1]); kind == message.Photo || kind == message.Document || kind == message.Voice {
		in.Attachments = []message.Attachment{{Kind: kind, Held: "slack", File: "F1"}}
		return p.s.Do(in)
	}
	kind, ok := acts[m[1]]
	if !ok {
		return unknownAct(m[1])
	}
	if m[2] == "" && ofTask(kind) {
		return fmt.Errorf("which task is meant? Its number goes with the act: (%s 1)", m[1])
	}
	if m[2] != "" {
		n, err := strconv.Atoi(m[2])
		if err != nil {
			return err
		}
		act.Promise = n
	}
	in.Kind, act.Anyway = kind, m[1] == "anyway"
	if kind == dialog.InMoreTime {
		until, err := p.until(m[3])
		if err != nil {
			return err
		}
		act.Until, in.Text = until, ""
	}
	return p.s.Do(in)
}

// agentSpeaks plays an act with its words in the bracket, and, behind a bar,
// the time by which it is to be done.
func (p *Player) agentSpeaks(in dialog.Input, verb, words string) error {
	kind, ok := spoken[verb]
	if !ok {
		return unknownAct(verb)
	}
	in.Kind, in.Text = kind, words
	if kind == dialog.InOffered || kind == dialog.InPromised {
		text, by, _ := strings.Cut(words, " | ")
		until, err := p.until(by)
		if err != nil {
			return err
		}
		in.Text, in.Agent.Until = text, until
	}
	return p.s.Do(in)
}

// Times as scripts write them.
const (
	dayForm  = "2006-01-02"
	timeForm = "2006-01-02 15:04"
)

// until reads a time as scripts write it: a day and hour, a day, which is its
// end, or a span from now.
func (p *Player) until(by string) (time.Time, error) {
	if by == "" {
		return time.Time{}, nil
	}
	if span, ok := strings.CutPrefix(by, "+"); ok {
		d, err := flow.ParseDuration(span)
		return p.s.Now.Add(d), err
	}
	if day, err := time.ParseInLocation(dayForm, by, p.s.Settings.Zone); err == nil {
		return time.Date(day.Year(), day.Month(), day.Day(), 23, 59, 0, 0, day.Location()), nil
	}
	at, err := time.ParseInLocation(timeForm, by, p.s.Settings.Zone)
	if err != nil {
		return at, fmt.Errorf("%q is no time: write +3h, 2026-11-27 or 2026-11-27 18:00", by)
	}
	return at, nil
}
