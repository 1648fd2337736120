package dialogtest_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// manner is how somebody says a thing; what they say is the case's.
type manner struct {
	lang   message.Lang
	name   string
	anger  float64
	thanks int // side turns of thanks on the way
	insist int // times they turn an offer down
}

// plea is what two customers have in common: order, wish, and what they mind.
type plea struct {
	order, service, incident string
	needBy                   int // days from now, 0 = no day matters
	source                   expect.Source
	minds                    []message.Objection
}

// negotiator plays a plea in a manner, with readings made by hand: what is
// understood of a language is another test's matter.
type negotiator struct {
	t    *rapid.T
	f    *flow.Flow
	s    *dialogtest.Session
	m    manner
	p    plea
	read message.Reading
}

func negotiate(t *rapid.T, f *flow.Flow, p plea, m manner) []expect.Offer {
	n := &negotiator{t: t, f: f, p: p, m: m}
	n.s = dialogtest.New(f, settings, func(string, intents.Context) message.Reading { return n.read }, time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC))
	n.s.From = message.Person{Ref: "c", Name: m.name, Lang: m.lang}
	n.say(n.opening())
	n.quiet()
	for range 30 {
		if !n.step() {
			break
		}
	}
	for _, e := range n.state().Matter.Wishes {
		if e.Service == p.service {
			return e.Offered
		}
	}
	return nil
}

func (n *negotiator) state() dialog.State {
	st, err := n.s.State()
	if err != nil {
		n.t.Fatal(err)
	}
	return st
}

func (n *negotiator) say(r message.Reading) {
	r.Lang, r.Anger, r.InScope = n.m.lang, n.m.anger, true
	n.read = r
	if err := n.s.Write("…"); err != nil {
		n.t.Fatal(err)
	}
}

// quiet lets a burst end; the hour is the same for everybody.
func (n *negotiator) quiet() {
	if err := n.s.Advance(n.s.Now.Add(4 * time.Second)); err != nil {
		n.t.Fatal(err)
	}
}

func (n *negotiator) opening() message.Reading {
	r := message.Reading{Mentions: []message.Mention{{Name: n.f.Catalog.Service(n.p.service).Heard[0], Score: 1}},
		Slots: []message.Slot{{Kind: message.SlotOrder, Text: n.p.order}}}
	if inc := n.f.Catalog.Incident(n.p.incident); inc != nil {
		r.Mentions = append(r.Mentions, message.Mention{Name: inc.Heard[0], Score: 1})
	}
	if n.p.source != "" {
		r.Mentions = append(r.Mentions, message.Mention{Name: "source." + string(n.p.source), Score: 1})
	}
	return r
}

// step answers whatever is open, and says whether there is more to come.
func (n *negotiator) step() bool {
	st := n.state()
	switch st.Kind {
	case flow.Elicit:
		n.say(n.answer(st.Ask.Slot))
	case flow.Listen:
		n.say(n.opening())
		n.quiet()
	case flow.Restate:
		n.say(message.Reading{Answer: message.Accept})
	case flow.Rank:
		n.say(message.Reading{Mentions: n.opening().Mentions[:1]})
	case flow.Lower, flow.Propose:
		return n.turnDown()
	default:
		return false
	}
	return true
}

func (n *negotiator) answer(slot string) message.Reading {
	switch {
	case slot == "need_by" && n.p.needBy > 0:
		day := time.Date(2026, 11, 25+n.p.needBy, 0, 0, 0, 0, time.UTC)
		return message.Reading{Slots: []message.Slot{{Kind: message.SlotDate, Time: day}}}
	case slot == "order", slot == "wish", slot == "incident":
		return n.opening()
	case slot == "what":
		return message.Reading{Mentions: []message.Mention{{Name: "occasion.present", Score: 1}}}
	}
	return message.Reading{Answer: message.Unsure}
}

func (n *negotiator) turnDown() bool {
	if n.m.thanks > 0 {
		n.m.thanks--
		n.say(message.Reading{Side: message.SideThanks})
		return true
	}
	if n.m.insist == 0 {
		return false
	}
	n.m.insist--
	r := message.Reading{Answer: message.Refuse}
	if len(n.p.minds) > 0 {
		r.Objection, n.p.minds = n.p.minds[0], n.p.minds[1:]
	}
	n.say(r)
	return true
}

// TestSameFactsSameOffers holds fairness: for the same order, wish and reasons
// two customers are offered the same, whatever their language, name, mood or
// politeness. Stubbornness earns nothing: who refuses longer sees further rungs,
// and every rung both see holds the same.
func TestSameFactsSameOffers(t *testing.T) {
	f, _ := shop()
	var services, incidents []string
	for _, s := range f.Catalog.Services {
		if len(s.Ladder) > 0 {
			services = append(services, s.Name)
		}
	}
	for _, i := range f.Catalog.Incidents {
		incidents = append(incidents, i.Name)
	}
	offered := 0
	rapid.Check(t, func(t *rapid.T) {
		p := plea{
			order:    rapid.SampledFrom([]string{"48213", "52764", "20918", "77350", "66142", "39471", "61907", "30582", "84416", "19073", "35520", "58194", "81657"}).Draw(t, "order"),
			service:  rapid.SampledFrom(services).Draw(t, "service"),
			incident: rapid.SampledFrom(append(incidents, "")).Draw(t, "incident"),
			source:   rapid.SampledFrom(append(expect.Sources(), "")).Draw(t, "source"),
			needBy:   rapid.IntRange(0, 4).Draw(t, "need by"),
			minds: rapid.SliceOfN(rapid.SampledFrom([]message.Objection{message.NoObjection, message.ObjectPrice, message.ObjectTime, message.ObjectEffort,
				message.ObjectKind, message.ObjectTrust, message.ObjectFairness, message.ObjectFalseFact}), 0, 4).Draw(t, "minds"),
		}
		one, two := someManner(t, "one"), someManner(t, "two")
		a, b := negotiate(t, f, p, one), negotiate(t, f, p, two)
		if one.insist > two.insist {
			a, b = b, a
		}
		if one.insist == two.insist && len(a) != len(b) || len(a) > len(b) {
			t.Fatalf("%+v and %+v: %d and %d offers", one, two, len(a), len(b))
		}
		// Being soothed takes a burst longer: "in four hours" may differ by that.
		if diff := cmp.Diff(a, b[:len(a)], cmpopts.EquateApproxTime(time.Minute)); diff != "" {
			t.Fatalf("%+v and %+v are offered different things:\n%s", one, two, diff)
		}
		offered += len(a)
	})
	if offered == 0 {
		t.Error("nothing was offered to anybody: the test holds nothing")
	}
}

// someManner stays below the anger that brings a person.
func someManner(t *rapid.T, who string) manner {
	return manner{
		lang:   rapid.SampledFrom(message.Langs()).Draw(t, who+" speaks"),
		name:   rapid.SampledFrom([]string{"Mei", "陈先生", "王小姐", "", "🙂"}).Draw(t, who+" is called"),
		anger:  rapid.SampledFrom([]float64{0, 0.2, 0.5}).Draw(t, who+" is angry"),
		thanks: rapid.IntRange(0, 2).Draw(t, who+" thanks"),
		insist: rapid.IntRange(0, 5).Draw(t, who+" insists"),
	}
}
