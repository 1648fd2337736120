package dialogtest_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// across holds what is promised for one order in all its matters: nothing twice,
// nothing beside what excludes it, a rule bent once, and all of it inside the
// bot's authority.
func (w *watcher) across(s dialog.State) {
	if fault := acrossMatters(w.f, s); fault != "" {
		w.t.Fatalf("for the same order %s", fault)
	}
}

func acrossMatters(f *flow.Flow, s dialog.State) string {
	order := s.Matter.Slots[f.Catalog.Lookup.Slot].Text
	paid := map[string]int64{}
	done, bent, services := map[string]bool{}, map[string]bool{}, map[string]string{}
	for _, p := range s.Promises {
		if order == "" || p.Order != order || p.State == expect.PromiseRenewed || p.State == expect.PromiseWithdrawn {
			continue
		}
		paid[p.Currency] += p.Pay // what is looked up at present may be another order's, in other money
		limit, _ := f.Catalog.Authority.Bot.In(p.Currency)
		if p.Bent {
			bent[p.Case+p.Service] = true
		}
		switch {
		case done[p.Do]:
			return p.Do + " is done twice"
		case paid[p.Currency] > limit:
			return "more is paid than the bot may give"
		case len(bent) > 1:
			return "a rule is bent twice"
		}
		done[p.Do] = true
		for other := range services {
			if excludes(f, other, p.Service) {
				return other + " and " + p.Service + " are both promised"
			}
		}
		if in, given := services[p.Service]; given && in != p.Case {
			return p.Service + " is given in two matters"
		}
		services[p.Service] = p.Case
	}
	return ""
}

func excludes(f *flow.Flow, a, b string) bool {
	return slices.Contains(f.Catalog.Service(a).Conflicts, b) || slices.Contains(f.Catalog.Service(b).Conflicts, a)
}

// insistent plays one matter after the other about the same order, and takes
// what there is to take.
type insistent struct {
	negotiator
	takes []int // which of the buttons of an offer is pressed; beyond them: refused
	marks []bool
}

// matter plays one plea to its end, and says whether the next can follow.
func (n *insistent) matter(service string) bool {
	n.p.service = service
	if n.state().Kind == flow.Close {
		n.say(message.Reading{Choice: "more"})
		n.quiet()
	}
	for range 30 {
		st := n.state()
		switch {
		case st.Kind == flow.Close:
			return true
		case st.Kind == flow.Shelve:
			n.say(message.Reading{Answer: message.Accept})
		case st.Kind == flow.Lower && len(n.takes) > 0 && n.takes[0] < len(st.Ask.Choices)-1:
			id := st.Ask.Choices[n.takes[0]].ID
			n.takes = n.takes[1:]
			n.say(message.Reading{Choice: id})
		case st.Kind == flow.Lower && len(n.takes) > 0:
			n.takes = n.takes[1:]
			n.say(message.Reading{Answer: message.Refuse})
		case st.Kind == flow.Lower, st.Kind == flow.Propose:
			n.say(message.Reading{Answer: message.Accept})
		case !n.step():
			return false // a person has it
		}
	}
	return false
}

// carryOut marks what is promised as done, or leaves it open.
func (n *insistent) carryOut() {
	if len(n.marks) == 0 {
		return
	}
	mark := n.marks[0]
	n.marks = n.marks[1:]
	for _, p := range n.state().Promises {
		if mark && p.Standing() {
			if err := n.s.Do(dialog.Input{Kind: dialog.InDone, At: n.s.Now, Agent: &dialog.AgentAct{Ref: "ana", Name: "Ana", Promise: p.N}}); err != nil {
				n.t.Fatal(err)
			}
		}
	}
}

// TestMattersOfOneOrderShareOnePurse plays matter after matter about the same
// order: what one of them promised, open or carried out, counts in the next.
func TestMattersOfOneOrderShareOnePurse(t *testing.T) {
	f, _ := shop()
	var services []string
	for _, s := range f.Catalog.Services {
		if len(s.Heard) > 0 && (s.Grants() || len(s.Ladder) > 0) {
			services = append(services, s.Name)
		}
	}
	promised, second := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		n := &insistent{
			negotiator: negotiator{t: t, f: f, m: someManner(t, "the customer"), p: plea{
				order:    rapid.SampledFrom([]string{"48213", "52764", "20918", "77350", "84416", "35520"}).Draw(t, "order"),
				incident: rapid.SampledFrom([]string{"", "damaged", "late", "overcharged"}).Draw(t, "incident"),
			}},
			takes: rapid.SliceOfN(rapid.IntRange(0, 3), 0, 6).Draw(t, "takes"),
			marks: rapid.SliceOfN(rapid.Bool(), 0, 5).Draw(t, "marks"),
		}
		n.m.thanks, n.m.insist = 0, 0
		n.s = dialogtest.New(f, settings, func(string, intents.Context) message.Reading { return n.read }, time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC))
		n.s.From = message.Person{Ref: "c", Name: n.m.name, Lang: n.m.lang}
		wanted := rapid.SliceOfN(rapid.SampledFrom(services), 2, 5).Draw(t, "services")
		n.p.service = wanted[0]
		n.say(n.opening())
		n.quiet()
		for i, service := range wanted {
			more := n.matter(service)
			st := n.state()
			if fault := acrossMatters(f, st); fault != "" {
				t.Fatalf("after %v for %s: %s", wanted[:i+1], n.p.order, fault)
			}
			if promised += len(st.Promises); i > 0 && len(st.Promises) > 0 {
				second++
			}
			if n.carryOut(); !more {
				return
			}
		}
	})
	if promised == 0 || second == 0 {
		t.Errorf("%d promises, %d matters after one with a promise: the test holds nothing", promised, second)
	}
}

// TestBoldAsModest holds that a sum nobody may give earns nothing: who asks for
// it and then agrees has what they have who agreed at once.
func TestBoldAsModest(t *testing.T) {
	f, _ := shop()
	var services []string
	for _, s := range f.Catalog.Services {
		if len(s.Ladder) > 0 {
			services = append(services, s.Name)
		}
	}
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		p := plea{
			order:    rapid.SampledFrom([]string{"48213", "52764", "20918", "30582", "61907", "66142"}).Draw(t, "order"),
			service:  rapid.SampledFrom(services).Draw(t, "service"),
			incident: rapid.SampledFrom([]string{"", "damaged", "late", "treatment"}).Draw(t, "incident"),
			needBy:   rapid.IntRange(0, 4).Draw(t, "need by"),
		}
		refusals := rapid.IntRange(0, 2).Draw(t, "refusals")
		modest, ok := settledFor(t, f, p, refusals, nil)
		bold, met := settledFor(t, f, p, refusals, []message.Reading{{Answer: message.Counter, Slots: []message.Slot{{Kind: message.SlotMoney, Amount: 5_000_00}}}})
		if !ok || !met {
			return
		}
		if compared++; bold > modest {
			t.Errorf("%+v after %d refusals: %d for who agrees, %d for who asks for the impossible first", p, refusals, modest, bold)
		}
	})
	if compared == 0 {
		t.Error("nobody agreed to anything: the test holds nothing")
	}
}

// settledFor is what one plea is paid after some refusals, with something said
// to the offer before it is taken; false where it comes to no single offer.
func settledFor(t *rapid.T, f *flow.Flow, p plea, refusals int, says []message.Reading) (int64, bool) {
	n := &negotiator{t: t, f: f, p: p, m: manner{lang: message.English, insist: refusals}}
	n.s = dialogtest.New(f, settings, func(string, intents.Context) message.Reading { return n.read }, time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC))
	n.s.From = message.Person{Ref: "c", Name: "Mei"}
	n.say(n.opening())
	n.quiet()
	for range 30 {
		if !n.step() {
			break
		}
	}
	st := n.state()
	if st.Kind != flow.Lower || len(st.Matter.Wishes[st.Matter.Focus-1].Offered[refusals].Options) != 1 {
		return 0, false
	}
	for _, r := range append(says, message.Reading{Answer: message.Accept}) {
		n.say(r)
	}
	var paid int64
	for _, p := range n.state().Promises {
		paid += p.Pay
	}
	return paid, n.state().Kind == flow.Close
}
