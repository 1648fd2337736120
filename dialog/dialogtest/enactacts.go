package dialogtest

import (
	"errors"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// act lets something happen in a session and gives the line of a script for
// it.
type act func(s *Session) (line string, err error)

// errNothing says that what was to happen cannot happen here.
var errNothing = errors.New("nothing of the kind can happen here")

// acts lists what may bring the next step about.
func (g *stage) acts(p *play, open saying) []act {
	step := g.way[p.done]
	class, kind := step.Class.Name, g.kind(step.State)
	switch {
	case step.Entered && kind != flow.Elicit:
		return nil // the data was other than that
	case step.Entered:
		class = flow.Answer // a question is open that the way does not know of
	case g.span(step) > 0:
		return []act{waits(g.span(step))}
	case class == flow.Start:
		return []act{says(saying{text: "/start"})}
	case agents[class] != "":
		return []act{agent(agents[class], acts[agents[class]])}
	}
	out := g.presses(p.s)
	if kind == flow.Greet || kind == flow.Listen || kind == flow.End || class == flow.More {
		out = append(out, says(open))
	}
	for _, said := range g.sayings(class) {
		out = append(out, says(said))
	}
	return out
}

// agents are what agents do for the classes that come of it, as scripts say it.
var agents = map[flow.ClassName]string{flow.Taken: "takes", flow.Returned: "returns", flow.Finished: "closes", flow.Released: "releases"}

// agentName is who acts for the desk.
const agentName = "Ana"

// agent lets a person behind the counter do something with the hand-off.
func agent(verb string, kind dialog.InputKind) act {
	return func(s *Session) (string, error) {
		by := &dialog.AgentAct{Ref: "T1/" + agentName, Name: agentName, Message: "C1:1"}
		return "agent " + agentName + ": (" + verb + ")", s.Do(dialog.Input{Kind: kind, Agent: by})
	}
}

// at names the state a session rests in.
func (s *Session) at() string {
	st, err := s.State()
	if err != nil {
		return ""
	}
	return st.At
}

// kind is what a state does.
func (g *stage) kind(state string) flow.Kind {
	id, _ := g.f.Table.Find(state)
	return g.f.Table.Kind(id)
}

// presses are the buttons of the open question.
func (g *stage) presses(s *Session) []act {
	st, err := s.State()
	if err != nil || st.Ask == nil {
		return nil
	}
	var out []act
	for _, c := range st.Ask.Choices {
		out = append(out, func(s *Session) (string, error) {
			return "customer: [" + c.Label + "]", s.Press(c.Label)
		})
	}
	return out
}

// says writes as the customer and lets the pause pass that ends a burst.
func says(said saying) act {
	return func(s *Session) (string, error) {
		s.taking(said.Reading)
		if err := s.Write(said.text, said.files...); err != nil {
			return "", err
		}
		line := "customer: " + said.text
		if len(said.files) > 0 {
			line = "customer: (photo)"
		}
		return line, s.Advance(s.Now.Add(burstPause))
	}
}

// maxWaits is how many timers may pass until one brings the step about.
const maxWaits = 4

// waits lets a span pass, or so much of it that something comes of it.
func waits(span time.Duration) act {
	return func(s *Session) (string, error) {
		before := len(s.journal)
		for range maxWaits {
			due, ok := s.Next()
			if !ok {
				break
			}
			if err := s.Advance(due); err != nil {
				return "", err
			}
			for _, turn := range s.journal[before:] {
				if len(turn.Trace) > 0 {
					return "-- +" + spell(span) + " --", nil
				}
			}
		}
		return "", errNothing
	}
}

// openings are ways to begin: what happened, with what is wanted, of which
// order, by when. The plainest come first.
func (g *stage) openings() []saying {
	out := []saying{{text: words[g.lang].hello, Reading: message.Reading{Lang: g.lang, Side: message.SideGreeting}}}
	orders := []string{""}
	if keys := g.f.FactKeys(); len(keys) > 0 {
		orders = append(orders, keys[:min(len(keys), 4)]...)
	}
	for _, matter := range g.matters() {
		for _, order := range orders {
			for _, day := range []bool{false, true} {
				out = append(out, g.opening(matter, order, day))
			}
		}
	}
	return out
}

// maxMatters bounds the combinations of what happened and what is wanted.
const maxMatters = 120

// matters are the sections an opening names: something that happened with what
// usually helps, then each by itself and in pairs.
func (g *stage) matters() [][]string {
	var out [][]string
	services := map[string]string{} // by name, the section it is heard by
	for _, svc := range g.f.Catalog.Services {
		if len(svc.Heard) > 0 {
			services[svc.Name] = svc.Heard[0]
		}
	}
	for _, inc := range g.f.Catalog.Incidents {
		if len(inc.Heard) == 0 {
			continue
		}
		out = append(out, inc.Heard[:1:1])
		for i, a := range inc.Offers {
			out = append(out, []string{inc.Heard[0], services[a]})
			for _, b := range inc.Offers[i+1:] {
				out = append(out, []string{inc.Heard[0], services[a], services[b]})
			}
		}
	}
	for _, svc := range g.f.Catalog.Services {
		if len(svc.Heard) > 0 {
			out = append(out, svc.Heard[:1:1])
		}
	}
	return out[:min(len(out), maxMatters)]
}

// opening is a first message that names sections, an order and a day.
func (g *stage) opening(sections []string, order string, day bool) saying {
	s := saying{Reading: message.Reading{Lang: g.lang, InScope: true}}
	var parts []string
	for _, section := range sections {
		if section != "" {
			parts = append(parts, g.example(section))
			s.Mentions = append(s.Mentions, message.Mention{Name: section, Score: 1})
		}
	}
	w := words[g.lang]
	if order != "" {
		parts = append(parts, w.order+order)
		s.Slots = append(s.Slots, message.Slot{Kind: message.SlotOrder, Text: order})
	}
	if day {
		parts = append(parts, w.day)
		s.Slots = append(s.Slots, g.saturday())
	}
	s.text = strings.Join(parts, w.comma)
	return s
}

// example is a sentence of the flow's own intents.
func (g *stage) example(section string) string {
	for _, list := range [][]string{g.f.Examples[section][g.lang], g.f.Words[section][g.lang]} {
		for _, text := range list {
			if !strings.ContainsAny(text, "{}<>*|") {
				return strings.TrimRight(text, ".!。！")
			}
		}
	}
	return section
}

// saturday is the day that openings and answers name.
func (g *stage) saturday() message.Slot {
	return message.Slot{Kind: message.SlotDate, Time: time.Date(2026, 11, 28, 0, 0, 0, 0, g.set.Zone), Span: words[g.lang].day, Wanted: true}
}
