package dialogtest_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
	"github.com/accord-chat/accord/dialog/message"
)

// player lets any input come to a conversation, whether it fits or not, and
// keeps the books a runtime would keep.
type player struct {
	t      *rapid.T
	f      *flow.Flow
	s      dialog.State
	now    time.Time
	timers map[string]time.Time
	looked []string
	turns  []dialog.Input
	states [][]byte
}

// TestAnyInputs lets inputs of every kind come in any order, with readings no
// text would give, buttons of any question, timers too early, too late and
// unknown, facts found, missing and of other orders, and agents in disorder.
func TestAnyInputs(t *testing.T) {
	variants := settingsOf(t)
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.SampledFrom(variants).Draw(t, "flow")
		p := &player{t: t, f: f, s: dialog.New(f), now: time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC), timers: map[string]time.Time{}}
		w := &watcher{t: t, f: f}
		for range rapid.IntRange(1, 60).Draw(t, "length") {
			p.does(w, p.input())
		}
		p.replays()
		p.ends(w)
	})
}

// settingsOf are the shipped flow and the same with other limits.
func settingsOf(t *testing.T) []*flow.Flow {
	t.Helper()
	files, err := lines.AfterSales()
	if err != nil {
		t.Fatal(err)
	}
	text := string(files["flow.yaml"])
	var out []*flow.Flow
	for _, r := range []*strings.Replacer{
		strings.NewReplacer(),
		strings.NewReplacer("refusals: 3", "refusals: 2", "side_turns: 4", "side_turns: 2", "corrections: 1", "corrections: 2", "renewals: 1", "renewals: 2"),
		strings.NewReplacer("tries: 2", "tries: 1", "questions: 3", "questions: 1", "misunderstood: 2", "misunderstood: 1", "soothing: 2", "soothing: 1", "answer: 1d", "answer: 20m", "escalate: 2d", "escalate: 1h"),
	} {
		files["flow.yaml"] = []byte(r.Replace(text))
		f, err := flow.Parse(files)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

// does makes a turn and holds what is true of it.
func (p *player) does(w *watcher, in dialog.Input) {
	p.t.Helper()
	in.At, in.Seed, in.Case = p.now, uint64(len(p.turns)), fmt.Sprintf("A-%04d", len(p.turns))
	r, err := dialog.Step(p.f, settings, p.s, in)
	if err != nil {
		p.t.Fatalf("%s in %s: %v", in.Kind, p.s.At, err)
	}
	before := p.s
	c := before.Control
	for _, fired := range r.Trace {
		next, edge, err := p.f.Table.Next(c, fired.Class)
		if err != nil || edge.ID != fired.Edge {
			p.t.Fatalf("the step went by %s, the table by %s (%v)", fired.Edge, edge.ID, err)
		}
		c = next
	}
	if c != r.State.Control {
		p.t.Fatalf("the step ends in %+v, the table in %+v", r.State.Control, c)
	}
	if n := len(p.states); n > 0 {
		untouched(p.t, before, p.states[n-1])
	}
	turnHolds(p.t, p.f, before, in, r)
	_, w.early = p.timers[in.Timer]
	w.turn(in, r)
	p.s = r.State
	for _, e := range r.Effects {
		switch e := e.(type) {
		case dialog.SetTimer:
			p.timers[e.Name] = e.Due
		case dialog.ClearTimer:
			delete(p.timers, e.Name)
		case dialog.LookUp:
			p.looked = append(p.looked, e.Key)
		}
	}
	b, err := dialog.Encode(p.s)
	if err != nil {
		p.t.Fatal(err)
	}
	p.turns, p.states = append(p.turns, in), append(p.states, b)
}

// replays runs all of it again from the stored states.
func (p *player) replays() {
	var state []byte
	for i, in := range p.turns {
		s, err := dialog.Decode(p.f, state)
		if err != nil {
			p.t.Fatal(err)
		}
		r, err := dialog.Step(p.f, settings, s, in)
		if err != nil {
			p.t.Fatal(err)
		}
		if state, err = dialog.Encode(r.State); err != nil || string(state) != string(p.states[i]) {
			p.t.Fatalf("turn %d (%s) replays differently (%v):\n%s\nwas\n%s", i+1, in.Kind, err, state, p.states[i])
		}
	}
}

// ends lets time alone pass: every timer falls due in its order, and what is
// left is over or with a person.
func (p *player) ends(w *watcher) {
	for range 400 {
		names := slices.SortedFunc(maps.Keys(p.timers), func(a, b string) int {
			if c := p.timers[a].Compare(p.timers[b]); c != 0 {
				return c
			}
			return strings.Compare(a, b)
		})
		if len(names) == 0 {
			break
		}
		if due := p.timers[names[0]]; due.After(p.now) {
			p.now = due
		}
		delete(p.timers, names[0])
		p.does(w, dialog.Input{Kind: dialog.InTimer, Timer: names[0]})
	}
	if len(p.timers) > 0 {
		p.t.Fatalf("time never comes to rest: %v", p.timers)
	}
	switch p.f.Table.Kind(p.s.Control.At) {
	case flow.End, flow.Queue, flow.Owned, flow.Greet:
	default:
		p.t.Fatalf("left alone the conversation rests in %s for ever", p.s.At)
	}
	for _, a := range p.s.Asides {
		if p.s.Handoff == nil && !p.s.Blocked {
			p.t.Fatalf("a question is open for ever: %+v", a)
		}
	}
}

// input draws one, and lets time pass before it.
func (p *player) input() dialog.Input {
	t := p.t
	p.now = p.now.Add(rapid.SampledFrom([]time.Duration{0, time.Second, 5 * time.Second, 5 * time.Second, time.Minute, 31 * time.Minute, 25 * time.Hour, 3 * 24 * time.Hour}).Draw(t, "passes"))
	from := message.Person{Ref: "c", Name: rapid.SampledFrom([]string{"", "Mei", "佳玲"}).Draw(t, "name"), Lang: rapid.SampledFrom(langs).Draw(t, "platform language")}
	switch n := rapid.IntRange(0, 99).Draw(t, "kind"); {
	case n < 40:
		in := dialog.Input{Kind: dialog.InMessage, From: from, Text: rapid.SampledFrom(said).Draw(t, "text"), Reading: p.reading()}
		if rapid.IntRange(0, 9).Draw(t, "with a file") == 0 {
			in.Attachments = []message.Attachment{{Kind: message.Photo, File: "f"}}
		}
		return in
	case n < 60:
		return dialog.Input{Kind: dialog.InTap, From: from, Tap: p.tap()}
	case n < 66:
		return dialog.Input{Kind: rapid.SampledFrom([]dialog.InputKind{dialog.InEdited, dialog.InDeleted}).Draw(t, "rewrites"), From: from, Text: "so", Reading: p.reading()}
	case n < 70:
		return dialog.Input{Kind: dialog.InCommand, From: from, Command: rapid.SampledFrom([]string{"start", "help", "human", "status", "language", "cancel", ""}).Draw(t, "command")}
	case n < 82:
		return p.timer()
	case n < 88:
		return p.fact()
	case n < 90:
		return dialog.Input{Kind: rapid.SampledFrom([]dialog.InputKind{dialog.InBlocked, dialog.InUnblocked}).Draw(t, "reach")}
	}
	return p.agentAct()
}

// reading draws what no text may ever be read as.
func (p *player) reading() message.Reading {
	t := p.t
	r := message.Reading{
		Lang: rapid.SampledFrom(langs).Draw(t, "lang"), InScope: true,
		Answer:    rapid.SampledFrom([]message.Answer{"", "", message.Accept, message.Accept, message.Refuse, message.Refuse, message.Counter, message.Unsure}).Draw(t, "answer"),
		Side:      rapid.SampledFrom([]message.Side{"", "", "", "", message.SideStatus, message.SideExpect, message.SideBot, message.SideThanks, message.SideGreeting, message.SideRepeat, message.SideAbuse, message.SideCancel, message.SideLanguage, message.SideBye, message.SideHelp}).Draw(t, "side"),
		Objection: rapid.SampledFrom([]message.Objection{"", "", "", message.ObjectPrice, message.ObjectTime, message.ObjectEffort, message.ObjectKind, message.ObjectTrust, message.ObjectFairness, message.ObjectFalseFact}).Draw(t, "objection"),
		Anger:     rapid.SampledFrom([]float64{0, 0, 0, 0, 0.3, 0.5, 0.7, 0.95}).Draw(t, "anger"),
	}
	r.Person = rapid.IntRange(0, 30).Draw(t, "person") == 0
	r.Empty = rapid.IntRange(0, 30).Draw(t, "empty") == 0
	r.Correction = rapid.IntRange(0, 3).Draw(t, "correction") == 0
	if r.Side == message.SideLanguage {
		r.SwitchTo = rapid.SampledFrom(langs).Draw(t, "switch")
	}
	sections := slices.Sorted(maps.Keys(p.f.Words))
	for range rapid.IntRange(0, 3).Draw(t, "mentions") {
		r.Mentions = append(r.Mentions, message.Mention{Name: rapid.SampledFrom(sections).Draw(t, "section"), Score: 1, Dropped: rapid.IntRange(0, 3).Draw(t, "dropped") == 0})
	}
	for range rapid.IntRange(0, 2).Draw(t, "slots") {
		r.Slots = append(r.Slots, p.slot())
	}
	if p.s.Ask != nil && len(p.s.Ask.Choices) > 0 && rapid.IntRange(0, 4).Draw(t, "names a choice") == 0 {
		r.Choice = rapid.SampledFrom(p.s.Ask.Choices).Draw(t, "choice").ID
	}
	if rapid.IntRange(0, 30).Draw(t, "names no choice") == 0 {
		r.Choice = rapid.SampledFrom([]string{"wish:99", "wish:x", "svc:none", "inc:late", "opt:no/no", "yes", "lang:xx", "person"}).Draw(t, "strange choice")
	}
	return r
}

func (p *player) slot() message.Slot {
	t := p.t
	day := p.now.Truncate(24*time.Hour).AddDate(0, 0, rapid.IntRange(-2, 9).Draw(t, "day"))
	return rapid.SampledFrom([]message.Slot{
		{Kind: message.SlotOrder, Text: "48213"}, {Kind: message.SlotOrder, Text: "35520"}, {Kind: message.SlotOrder, Text: "20918"}, {Kind: message.SlotOrder, Text: "99999"}, {Kind: message.SlotOrder, Text: "x"},
		{Kind: message.SlotDate, Time: day, Wanted: true}, {Kind: message.SlotDate, Time: day}, {Kind: message.SlotTime, Time: day.Add(15 * time.Hour)},
		{Kind: message.SlotMoney, Amount: 2000, Currency: "USD"}, {Kind: message.SlotMoney, Amount: -5}, {Kind: message.SlotMoney, Amount: 1 << 60, Currency: "TWD"},
		{Kind: message.SlotNumber, Amount: 3}, {Kind: message.SlotPhone, Text: "+15550102"}, {Kind: message.SlotPhone, Text: "+15550103"}, {Kind: message.SlotEmail, Text: "a@b.c"},
		{Kind: message.SlotName, Text: "Mei"}, {Kind: message.SlotAddress, Text: "1 Road"}, {Kind: "strange", Text: "?"},
	}).Draw(t, "slot")
}

// tap draws a press: on the open question, on one beside it or over, or on any
// number.
func (p *player) tap() *dialog.Tap {
	t := p.t
	var taps []dialog.Tap
	if p.s.Ask != nil {
		for _, c := range p.s.Ask.Choices {
			taps = append(taps, dialog.Tap{Question: p.s.Ask.N, Choice: c.ID})
		}
	}
	for _, list := range [][]dialog.Aside{p.s.Asides, p.s.Gone} {
		for _, a := range list {
			for _, c := range a.Choices {
				taps = append(taps, dialog.Tap{Question: a.N, Choice: c.ID})
			}
		}
	}
	if len(taps) == 0 || rapid.IntRange(0, 5).Draw(t, "any number") == 0 {
		taps = []dialog.Tap{{Question: rapid.IntRange(-1, p.s.Question+1).Draw(t, "number"), Choice: rapid.SampledFrom([]string{"yes", "no", "other", "change", "wish:7", "lang:en", "lang:zh-Hant", "lang:xx", "9", ""}).Draw(t, "press")}}
	}
	tap := rapid.SampledFrom(taps).Draw(t, "tap")
	return &tap
}

func (p *player) timer() dialog.Input {
	t := p.t
	names := slices.Sorted(maps.Keys(p.timers))
	if len(names) == 0 || rapid.IntRange(0, 3).Draw(t, "strange timer") == 0 {
		names = []string{"quiet", "wait", "wait:ask", "remind", "close", "idle", "check", "promise:1:due", "promise:2:late", "promise:9:soon", "promise:x:due", "promise:1:what", "offer:1", "offer:", "nothing", ""}
	}
	name := rapid.SampledFrom(names).Draw(t, "timer")
	if due := p.timers[name]; due.After(p.now) && rapid.Bool().Draw(t, "at its time") {
		p.now = due
	}
	if !p.timers[name].After(p.now) {
		delete(p.timers, name)
	}
	return dialog.Input{Kind: dialog.InTimer, Timer: name}
}

func (p *player) fact() dialog.Input {
	t := p.t
	keys := []string{"48213", "99999", ""}
	if n := len(p.looked); n > 0 {
		keys = append(keys, p.looked[n-1], p.looked[n-1], p.looked[n-1])
	}
	key := rapid.SampledFrom(keys).Draw(t, "key")
	row, found := p.f.Fact(key, p.now, time.UTC)
	switch rapid.IntRange(0, 5).Draw(t, "how it went") {
	case 0:
		row, found = nil, false
	case 1:
		row = nil
	}
	return dialog.Input{Kind: dialog.InFact, Fact: &dialog.Fact{Key: key, Found: found, Row: row}}
}

func (p *player) agentAct() dialog.Input {
	t := p.t
	name := rapid.SampledFrom([]string{"Ana", "Ben"}).Draw(t, "agent")
	a := &dialog.AgentAct{Ref: message.UserRef("T/" + name), Name: name, Message: "C:1", Anyway: rapid.Bool().Draw(t, "anyway"),
		Handoff: rapid.IntRange(0, p.s.HandoffNo+1).Draw(t, "of hand-off"), Promise: rapid.IntRange(-1, p.s.PromiseNo+1).Draw(t, "of promise"),
		Until: rapid.SampledFrom([]time.Time{{}, p.now.Add(-time.Hour), p.now, p.now.Add(time.Hour), p.now.Add(72 * time.Hour)}).Draw(t, "until")}
	if rapid.Bool().Draw(t, "of the present one") {
		a.Handoff = 0
	}
	kind := rapid.SampledFrom([]dialog.InputKind{dialog.InTaken, dialog.InTaken, dialog.InSaid, dialog.InReturned, dialog.InClosed, dialog.InDone, dialog.InMoreTime, dialog.InNoted, dialog.InKept,
		dialog.InReleased, dialog.InOffered, dialog.InPromised, dialog.InUnheard, dialog.InEdited, dialog.InDeleted}).Draw(t, "act")
	return dialog.Input{Kind: kind, Agent: a, Text: rapid.SampledFrom([]string{"good morning", "// between us", "note: ask him", ""}).Draw(t, "words")}
}
