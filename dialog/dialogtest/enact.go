package dialogtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// Enact writes what a proof found wrong as a conversation in the syntax of
// scripts, for people to read: what the customer says, what time brings, what
// the bot answers. A way through a flow is one for some data, which a proof
// leaves open; where the flow's own catalog and demo rows can bring it about,
// the answers are the bot's real ones, else the states' names stand for them.
//
// Customers speak by what they mean, from the examples of the flow's intents
// where it has some, and are taken at that: no model of language reads them.
func Enact(f *flow.Flow, set dialog.Settings, lang message.Lang, fault *flow.Fault) string {
	goal := len(fault.Way) + len(fault.Loop)
	if goal == 0 {
		return ""
	}
	if set.Zone == nil {
		set.Zone = time.UTC
	}
	// Where it goes round, the last turn must lead into the next round.
	g := &stage{f: f, set: set, lang: lang, way: slices.Concat(fault.Way, fault.Loop, fault.Loop), goal: goal, left: maxActs}
	a := g.best()
	var out strings.Builder
	fmt.Fprintf(&out, "# %s\nlang: %s\n", fault.What, lang)
	for i, line := range a.lines {
		if len(fault.Loop) > 0 && a.begins[i] == len(fault.Way) && (i == 0 || a.begins[i-1] < a.begins[i]) {
			out.WriteString("# From here it goes round.\n")
		}
		out.WriteString(line + "\n")
	}
	switch {
	case fault.OnLadder():
		out.WriteString("# And so on, until the ladder has no offer left; no budget ends it before.\n")
	case len(fault.Loop) > 0:
		out.WriteString("# And so on, without end.\n")
	}
	return out.String()
}

// maxActs bounds how often something is tried out in search of data that makes
// a way real.
const maxActs = 4000

// stage is where a way is played.
type stage struct {
	f    *flow.Flow
	set  dialog.Settings
	lang message.Lang
	way  []flow.ProofStep
	goal int // steps of the way that are to be played
	left int // acts that may still be tried
}

// play is a way played so far: the steps that came about, and its lines, each
// with the step it begins at.
type play struct {
	s       *Session
	done    int
	detours int
	lines   []string
	begins  []int
}

func (p *play) add(line string, at int) {
	p.lines, p.begins = append(p.lines, line), append(p.begins, at)
}

// best plays the way with one opening after another and keeps the one that
// comes farthest; what does not come about is told by the states' names.
func (g *stage) best() *play {
	best := &play{s: New(g.f, g.set, nil, time.Date(2026, 11, 25, 10, 0, 0, 0, g.set.Zone))}
	for _, open := range g.openings() {
		p := g.from(open)
		if p.done > best.done {
			best = p
		}
		if best.done >= g.goal || g.left <= 0 {
			break
		}
	}
	g.names(best)
	return best
}

// from plays the way as far as it comes about with one opening.
func (g *stage) from(open saying) *play {
	p := &play{s: New(g.f, g.set, nil, time.Date(2026, 11, 25, 10, 0, 0, 0, g.set.Zone))}
	p.s.From = message.Person{Ref: "customer", Lang: g.lang}
	if !g.leadIn(p) {
		return p
	}
	for p.done < g.goal && g.left > 0 {
		next := g.step(p, open)
		if next == nil {
			return p
		}
		p = next
	}
	return p
}

// leadIn plays what comes before a way that begins with a person, or after the
// end, and says whether that came about.
func (g *stage) leadIn(p *play) bool {
	var before []act
	switch g.kind(g.way[0].State) {
	case flow.Queue:
		before = []act{says(saying{text: "/human"})}
	case flow.Owned:
		before = []act{says(saying{text: "/human"}), agent("takes", dialog.InTaken)}
	case flow.End:
		before = []act{says(saying{text: "/start"}), says(saying{text: "/cancel"})}
	}
	for _, a := range before {
		line, err := a(p.s)
		if err != nil {
			return false
		}
		p.tell(line)
	}
	return len(before) == 0 || p.s.at() == g.way[0].State
}

// tell adds the line of an act, and what was said to it.
func (p *play) tell(line string) {
	p.add(line, p.done)
	for _, l := range p.s.Take() {
		p.add(l.String(), p.done)
	}
}

// step plays the next step: the first of all acts that leads along the way.
func (g *stage) step(p *play, open saying) *play {
	for _, a := range g.acts(p, open) {
		g.left--
		next := &play{s: p.s.fork(), done: p.done, detours: p.detours, lines: slices.Clone(p.lines), begins: slices.Clone(p.begins)}
		line, err := a(next.s)
		if err != nil || !g.along(next, next.s.journal[len(p.s.journal):]) {
			continue
		}
		done := next.done
		next.done = p.done
		next.tell(line)
		next.done = done
		return next
	}
	return nil
}

// maxDetours bounds the steps that a play may take beside the way.
const maxDetours = 8

// along counts the steps of the way that some turns took, and says whether they
// kept to it. The shortest way knows no questions, for it leaves open what the
// data is; real data asks some, and looks an order up, on the way to the same.
func (g *stage) along(p *play, turns []Turn) bool {
	before := p.done + p.detours
	for _, turn := range turns {
		for _, fired := range turn.Trace {
			switch {
			case p.done == len(g.way):
				return true // the way ends here, the conversation need not
			case g.way[p.done].Edge == fired.Edge && (p.done+1 < g.goal || len(g.way) > g.goal || g.way[p.done].Class == fired.Class):
				p.done++ // in the last step of a way the count is what it shows
			case g.detour(fired.Edge, g.way[p.done].State) && p.detours < maxDetours:
				p.detours++
			default:
				return false
			}
		}
	}
	return p.done+p.detours > before
}

// detour says whether an edge belongs to the questions and look-ups on the way
// to where the next step begins.
func (g *stage) detour(edge, next string) bool {
	name, _, _ := strings.Cut(edge, ".")
	kind := g.kind(name)
	return kind == flow.Listen && name == next || (kind == flow.Elicit || kind == flow.Lookup) && g.kind(next) == flow.Elicit
}

// names tells the rest of the way, that the data of this flow does not bring
// about, by states and classes.
func (g *stage) names(p *play) {
	if p.done > 0 && p.done < g.goal {
		p.add("# No data at hand brings about what follows; it is told by states.", p.done)
	}
	for i := p.done; i < g.goal; i++ {
		s := g.way[i]
		switch {
		case s.Entered:
			p.add("# "+s.State+": "+because(s.Class), i)
		case g.span(s) > 0:
			p.add("-- +"+spell(g.span(s))+" --", i)
		case s.Turn || s.Class.Name == flow.Message:
			p.add("customer: "+g.sentence(s.Class.Name), i)
		default:
			p.add(fmt.Sprintf("# %s: %s", s.State, s.Class.Name), i)
		}
		if i+1 == g.goal || !g.way[i+1].Entered {
			p.add(fmt.Sprintf("bot (%s): …", s.To), i)
		}
	}
}

// span is how long a class of time takes to come; 0 for all others.
func (g *stage) span(s flow.ProofStep) time.Duration {
	switch s.Class.Name {
	case flow.Remind:
		return time.Duration(g.f.Limits.Reminder)
	case flow.Silence:
		return time.Duration(g.f.Limits.Close)
	case flow.Late:
		id, _ := g.f.Table.Find(s.State)
		return g.f.Table.Spec(id).Wait
	}
	return 0
}

// spell writes a span as scripts do, without parts that are zero.
func spell(d time.Duration) string {
	s := d.String()
	for _, zero := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(s, zero) {
			s = s[:len(s)-2]
		}
	}
	return s
}

// fork is a second session that goes on from here by itself.
func (s *Session) fork() *Session {
	c := *s
	c.timers, c.shown = maps.Clone(s.timers), maps.Clone(s.shown)
	c.journal = slices.Clip(s.journal)
	c.heard = nil
	return &c
}

// taking makes a session take the customer's words at their meaning.
func (s *Session) taking(r message.Reading) {
	s.Understand = func(string, intents.Context) message.Reading { return r }
}
