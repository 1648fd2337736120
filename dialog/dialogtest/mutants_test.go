package dialogtest_test

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
)

var (
	mutantsFlag = flag.Int("mutants", 7, "how many flows TestMutantsKeepTheirWord bends, of each that ships")
	seedFlag    = flag.Uint64("mutants-seed", 1, "with which the first of them is bent")
)

// The classes and kinds are written out here, so that a slip in the flow's own
// tables shows.
var (
	classesHere = map[string]string{
		"greet": "message start", "listen": "told vague", "soothe": "told vague",
		"elicit": "look complete nothing answer unsure ask change withdraw", "lookup": "found missing late answer change withdraw",
		"restate": "accept refuse change unsure answer withdraw", "correct": "answer unsure accept refuse change withdraw",
		"rank": "skip pick unsure change ask accept refuse answer withdraw", "assess": "grant lower shelve hand_off settled",
		"lower":   "exhausted accept refuse counter beyond unsure idea withdraw change offer pick answer",
		"propose": "accept refuse counter beyond unsure idea withdraw change pick answer", "agree": "noted",
		"shelve": "accept refuse unsure withdraw counter beyond change pick answer remind", "close": "done more accept refuse unsure change answer message",
		"person": "taken late returned finished cancel", "owned": "returned finished released taken late", "end": "message start",
	}
	everywhereHere = strings.Fields("person anger rage misread side cancel remind silence")
	budgetsHere    = strings.Fields("refusals tries misunderstood side_turns soothing corrections reminder")
)

// bender changes a flow.yaml at random.
type bender struct {
	*rand.Rand
	file  map[string]any
	names []string // of the states
}

func one[T any](b *bender, of []T) T { return of[b.IntN(len(of))] }

func (b *bender) state(name string) map[string]any {
	return b.file["states"].(map[string]any)[name].(map[string]any)
}

// bend changes limits, now and then doubles a state, and one to three times
// redirects an edge, drops it, exchanges its budget or gives its state another
// kind: most such changes are refused at once, so it tries until one is not.
func (b *bender) bend(t *testing.T) (did []string) {
	limits := b.file["limits"].(map[string]any)
	for _, k := range []string{"refusals", "tries", "questions", "misunderstood", "side_turns", "soothing", "corrections"} {
		limits[k] = one(b, []int{1, 1, 1, 2, 2, 3})
	}
	limits["turns"] = 200
	if b.IntN(4) == 0 {
		did = append(did, b.double())
	}
	for range 1 + b.IntN(3) {
		before := b.yaml(t)
		for range 40 {
			what := b.edge()
			if b.stands(t) {
				did = append(did, what)
				break
			}
			b.file = map[string]any{}
			if err := yaml.Unmarshal(before, &b.file); err != nil {
				t.Fatal(err)
			}
		}
	}
	return did
}

func (b *bender) yaml(t *testing.T) []byte {
	raw, err := yaml.Marshal(b.file)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// stands says whether Parse finds nothing in the file itself; that there are no
// others is no matter here.
func (b *bender) stands(t *testing.T) bool {
	_, err := flow.Parse(flow.Files{"flow.yaml": b.yaml(t)})
	var found flow.Findings
	errors.As(err, &found)
	return !slices.ContainsFunc(found, func(f flow.Finding) bool { return f.File == "flow.yaml" })
}

// double copies a state and leads some of the edges to it to the copy.
func (b *bender) double() string {
	name := one(b, b.names)
	raw, _ := yaml.Marshal(b.state(name))
	copied := map[string]any{}
	_ = yaml.Unmarshal(raw, &copied)
	b.file["states"].(map[string]any)[name+"2"] = copied
	b.names = append(b.names, name+"2")
	for _, s := range b.names {
		on := b.state(s)["on"].(map[string]any)
		for _, class := range slices.Sorted(maps.Keys(on)) {
			if on[class] == name && b.IntN(2) == 0 {
				on[class] = name + "2"
			}
		}
	}
	return "two of " + name
}

func (b *bender) edge() string {
	name := one(b, b.names)
	s := b.state(name)
	on, kind := s["on"].(map[string]any), s["kind"].(string)
	classes, where := strings.Fields(classesHere[kind]), name
	switch kind {
	case "greet", "end", "person", "owned", "soothe", "assess", "agree":
	default:
		if b.IntN(3) == 0 {
			classes = everywhereHere
		}
	}
	if b.IntN(8) == 0 {
		on, where = b.file["anywhere"].(map[string]any), "anywhere"
		classes = append(slices.Clone(everywhereHere), "withdraw", "change", "answer", "accept", "refuse", "pick", "counter", "ask", "told", "late", "returned", "message")
	}
	class := one(b, classes)
	to := one(b, append(slices.Clone(b.names), "stay", "stay"))
	old, set := on[class]
	switch n := b.IntN(12); {
	case n == 0:
		delete(on, class)
		return "no " + where + "." + class
	case n == 1 && where != "anywhere":
		s["kind"] = one(b, slices.Sorted(maps.Keys(classesHere)))
		return fmt.Sprintf("%s is %s", name, s["kind"])
	case n < 5 && set: // the same way, at another price
		if m, priced := old.(map[string]any); priced {
			old = m["to"]
		}
		on[class] = map[string]any{"to": old, "spend": one(b, budgetsHere), "else": one(b, b.names)}
	case n < 8:
		on[class] = map[string]any{"to": to, "spend": one(b, budgetsHere), "else": one(b, b.names)}
	default:
		on[class] = to
	}
	return fmt.Sprintf("%s.%s=%v", where, class, on[class])
}

// TestMutantsKeepTheirWord holds what a proof is worth. Flows that nobody wrote,
// bent at random, are played where Parse, Check and Prove let them pass: by any
// reading there can be, by timers early and late, by facts and agents in
// disorder. None may make Step fail, come to rest where the proof has not been,
// take more turns than were proved, keep a person away or fall silent for ever.
func TestMutantsKeepTheirWord(t *testing.T) {
	for _, name := range []string{"after-sales", "broadband", "hotel"} {
		t.Run(name, func(t *testing.T) {
			files, err := flow.ReadFS(os.DirFS("../lines/" + name))
			if err != nil {
				t.Fatal(err)
			}
			parsed, played := 0, 0
			for i := range *mutantsFlag {
				seed := *seedFlag + uint64(i)
				f, did := bentFlow(t, files, seed)
				if f == nil {
					continue
				}
				parsed++
				if m := newMutant(f); m != nil {
					played++
					m.plays(t, fmt.Sprintf("seed %d: %v", seed, did))
				}
			}
			t.Logf("of %d mutants %d parse, %d are proved and played", *mutantsFlag, parsed, played)
			if *mutantsFlag >= 20 && played < 5 {
				t.Error("too few to mean anything")
			}
		})
	}
}

// bentFlow is a mutant that Parse and Check let pass; nil is one they do not.
func bentFlow(t *testing.T, files flow.Files, seed uint64) (*flow.Flow, []string) {
	b := &bender{Rand: rand.New(rand.NewPCG(seed, 0)), file: map[string]any{}}
	if err := yaml.Unmarshal(files["flow.yaml"], &b.file); err != nil {
		t.Fatal(err)
	}
	b.names = slices.Sorted(maps.Keys(b.file["states"].(map[string]any)))
	did := b.bend(t)
	bent := maps.Clone(files)
	bent["flow.yaml"] = b.yaml(t)
	f, err := flow.Parse(bent)
	if err != nil {
		return nil, nil
	}
	return f, did
}

// mutant is a flow that was proved, and what the proof knows of it.
type mutant struct {
	f     *flow.Flow
	proof *flow.Proof
	known map[flow.Control]bool
}

func newMutant(f *flow.Flow) *mutant {
	m := &mutant{f: f, known: map[flow.Control]bool{}}
	m.proof = f.Prove(flow.ProveOptions{MaxStates: 60_000, Found: func(c flow.Control) { m.known[c] = true }})
	if !m.proof.Ends {
		return nil
	}
	return m
}

// plays lets conversations come to a mutant.
func (m *mutant) plays(t *testing.T, what string) {
	t.Helper()
	for seed := range 40 {
		if wrong := rapid.Custom(m.play).Example(seed); wrong != "" {
			t.Errorf("%s, conversation %d: %s", what, seed, wrong)
			return
		}
	}
}

// play is one conversation; it gives what is wrong, or "".
func (m *mutant) play(t *rapid.T) string {
	c := &tried{mutant: m, player: player{t: t, f: m.f, s: dialog.New(m.f), now: time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC), timers: map[string]time.Time{}}}
	for range rapid.IntRange(1, 40).Draw(t, "length") {
		if wrong := c.turn(c.input()); wrong != "" {
			return wrong
		}
		if rapid.IntRange(0, 9).Draw(t, "asks for a person") == 0 {
			if wrong := c.personComes(); wrong != "" {
				return wrong
			}
		}
	}
	return c.rests()
}

// tried is a conversation being played.
type tried struct {
	*mutant
	player
	taken int // turns in this matter
}

// turn lets an input come and gives what is wrong after it.
func (c *tried) turn(in dialog.Input) string {
	in.At, in.Seed, in.Case = c.now, uint64(len(c.turns)), fmt.Sprintf("A-%04d", len(c.turns))
	r, err := dialog.Step(c.player.f, settings, c.s, in)
	if err != nil {
		return fmt.Sprintf("%s in %s: %v", in.Kind, c.s.At, err)
	}
	c.s, c.turns = r.State, append(c.turns, in)
	for _, e := range r.Effects {
		switch e := e.(type) {
		case dialog.SetTimer:
			c.timers[e.Name] = e.Due
		case dialog.ClearTimer:
			delete(c.timers, e.Name)
		case dialog.LookUp:
			c.looked = append(c.looked, e.Key)
		}
	}
	if wrong := c.rested(r); wrong != "" {
		return wrong
	}
	return c.counts(in, r)
}

// rested holds that it rests where the proof has been, and that something is
// set that ends it.
func (c *tried) rested(r dialog.Result) string {
	control := r.State.Control
	switch c.mutant.f.Table.Kind(control.At) {
	case flow.Queue, flow.Owned, flow.End, flow.Greet:
		return ""
	}
	if !c.known[control] {
		return fmt.Sprintf("the proof has never been in %s with %+v (by %v)", r.State.At, control, r.Trace)
	}
	for _, name := range []string{"quiet", "wait", "close"} {
		if _, set := c.timers[name]; set {
			return ""
		}
	}
	return fmt.Sprintf("%s waits without a timer (by %v)", r.State.At, r.Trace)
}

// counts holds that no matter takes more turns than were proved. Words are
// counted where they lead somewhere: a burst is one turn.
func (c *tried) counts(in dialog.Input, r dialog.Result) string {
	for _, fired := range r.Trace {
		switch fired.Class.Name {
		case flow.More, flow.Message, flow.Start, flow.Returned, flow.Told:
			c.taken = 0
		}
	}
	switch c.mutant.f.Table.Kind(r.State.Control.At) {
	case flow.Queue, flow.Owned, flow.End:
		c.taken = 0
		return ""
	}
	if (in.Kind == dialog.InMessage || in.Kind == dialog.InTap || in.Kind == dialog.InCommand) && len(r.Trace) > 0 {
		c.taken++
	}
	if c.taken > c.proof.Worst {
		return fmt.Sprintf("more than the %d turns that were proved, in %s", c.proof.Worst, r.State.At)
	}
	return ""
}

// personComes asks for a person where the bot waits for the customer.
func (c *tried) personComes() string {
	table, was := c.mutant.f.Table, c.s.At
	switch table.Kind(c.s.Control.At) {
	case flow.Queue, flow.Owned, flow.End, flow.Greet:
		return ""
	}
	if wrong := c.turn(dialog.Input{Kind: dialog.InCommand, Command: "human"}); wrong != "" {
		return wrong
	}
	if k := table.Kind(c.s.Control.At); k != flow.Queue && k != flow.Owned {
		return fmt.Sprintf("who asks for a person in %s comes to %s", was, c.s.At)
	}
	return ""
}

// rests lets time alone pass until nothing is due.
func (c *tried) rests() string {
	for range 400 {
		names := slices.SortedFunc(maps.Keys(c.timers), func(a, b string) int {
			if n := c.timers[a].Compare(c.timers[b]); n != 0 {
				return n
			}
			return strings.Compare(a, b)
		})
		if len(names) == 0 {
			switch k := c.mutant.f.Table.Kind(c.s.Control.At); k {
			case flow.End, flow.Owned, flow.Greet, flow.Queue:
				return ""
			}
			return "left alone it rests for ever in " + c.s.At
		}
		if due := c.timers[names[0]]; due.After(c.now) {
			c.now = due
		}
		delete(c.timers, names[0])
		if wrong := c.turn(dialog.Input{Kind: dialog.InTimer, Timer: names[0]}); wrong != "" {
			return wrong
		}
	}
	return "time never comes to rest"
}
