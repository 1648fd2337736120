package flow_test

import (
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/dialog/message"
)

// changed is the minimal flow with its catalog changed: pairs of what stands
// there once and what is to stand there.
func changed(t *testing.T, lines string, pairs ...string) *flow.Flow {
	t.Helper()
	files := flowtest.Minimal()
	text := string(files["catalog.yaml"])
	for i := 0; i < len(pairs); i += 2 {
		if strings.Count(text, pairs[i]) != 1 {
			t.Fatalf("%q stands there %d times", pairs[i], strings.Count(text, pairs[i]))
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	files["catalog.yaml"] = []byte(text)
	files["lines.en.yaml"] = []byte(strings.Replace(string(files["lines.en.yaml"]), "lines:\n", "lines:\n"+lines, 1))
	return parse(t, files)
}

const oldStandard = "standard: {kind: rule, when: {not: {fact: window, op: is, value: closed}}}"

func TestReasonable(t *testing.T) {
	f := changed(t, "  standard.replacement: \"Five days are usual.\"\n",
		oldStandard, "standard: {kind: rule, when: {not: {fact: window, op: is, value: closed}}, pay: {USD: 30}}",
		"scale: date", "scale: date\n    standard: {kind: industry, by: 5d}")
	lamp, refund := f.Catalog.Service("replacement"), f.Catalog.Service("refund")
	dollars := func(n int64, cur string) expect.Level { return expect.Level{Amount: n * 100, Currency: cur} }
	day := func(n int) expect.Level { return expect.Level{By: time.Date(2026, 11, 25+n, 0, 0, 0, 0, taipei)} }
	for _, c := range []struct {
		name  string
		s     *flow.Service
		asked expect.Level
		env   flow.Env
		want  expect.Reasonable
	}{
		{"within rule and level", refund, dollars(30, "USD"), env(t, f, "48213", 0), expect.IsReasonable},
		{"no level named", refund, expect.Level{}, env(t, f, "48213", 0), expect.IsReasonable},
		{"above the level", refund, dollars(31, ""), env(t, f, "48213", 0), expect.NotReasonable},
		{"another currency is not compared", refund, dollars(500, "EUR"), env(t, f, "48213", 0), expect.IsReasonable},
		{"the rule does not hold", refund, dollars(1, "USD"), env(t, f, "20918", 0), expect.NotReasonable},
		{"nothing looked up", refund, dollars(31, "USD"), flow.Env{Now: now}, expect.MaybeSo},
		{"late enough", lamp, day(5), env(t, f, "48213", 0), expect.IsReasonable},
		{"sooner than is usual", lamp, day(4), env(t, f, "48213", 0), expect.NotReasonable},
		{"no day named", lamp, expect.Level{}, env(t, f, "48213", 0), expect.MaybeSo},
	} {
		if got := c.s.Reasonable(expect.Expectation{Asked: c.asked}, c.env); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := parse(t, flowtest.Minimal()).Catalog.Service("replacement").Reasonable(expect.Expectation{}, env(t, f, "48213", 0)); got != expect.MaybeSo {
		t.Errorf("without a standard: %q", got)
	}
}

// Goodwill gives what the facts allow, inside its own budget and the bot's
// authority, and to nobody whose order is not known to be theirs beyond what
// may go unverified.
func TestGoodwill(t *testing.T) {
	bend := func(pay string) *flow.Flow {
		return changed(t, "  goodwill.refund: \"An exception: {terms}.\"\n", "currency: USD", "currency: USD\ngoodwill: {USD: 12}",
			oldStandard, oldStandard+"\n    goodwill: {when: {fact: window, op: is, value: closed}, id: bent, terms: [{do: money_back, by: 1d, pay: "+pay+"}]}")
	}
	f := bend("{USD: 12}")
	refund, closed := f.Catalog.Service("refund"), env(t, f, "20918", 0)
	if o, ok := refund.Goodwill(closed); !ok || o.Options[0].Paid() != 1200 || o.Rung != "" {
		t.Errorf("%v, %v", o, ok)
	}
	unverified := closed
	unverified.Verified = false // at most 10
	for name, e := range map[string]flow.Env{"the facts do not allow it": env(t, f, "48213", 0), "unverified": unverified} {
		if o, ok := refund.Goodwill(e); ok {
			t.Errorf("%s: %v", name, o)
		}
	}
	if o, ok := f.Catalog.Service("replacement").Goodwill(closed); ok {
		t.Errorf("without goodwill of its own: %v", o)
	}
	dear := bend(`"fact:price"`) // 89, known only now
	if o, ok := dear.Catalog.Service("refund").Goodwill(env(t, dear, "20918", 0)); ok {
		t.Errorf("above the budget: %v", o)
	}
}

func TestMethods(t *testing.T) {
	f := changed(t, "", "currency: USD", `currency: USD
objections: {price: boomerang, none: question, fact: {method: denial, when: {fact: window, op: is, value: open}}}`,
		oldStandard, oldStandard+"\n    objections: {price: pass}")
	c := &f.Catalog
	open, closed := env(t, f, "48213", 0), env(t, f, "20918", 0)
	for _, m := range []struct {
		service string
		o       message.Objection
		env     flow.Env
		want    expect.Method
	}{
		{"replacement", message.ObjectPrice, open, expect.Boomerang},
		{"refund", message.ObjectPrice, open, expect.PassOver}, // its own comes first
		{"refund", message.NoObjection, open, expect.AskWhy},
		{"refund", message.ObjectFalseFact, open, expect.DirectDeny},
		{"refund", message.ObjectFalseFact, closed, expect.YesIf}, // nothing known says otherwise
		{"refund", message.ObjectEffort, open, expect.MakeUp},
	} {
		if got := c.Method(c.Service(m.service), m.o, m.env); got != m.want {
			t.Errorf("%s %q: %s, want %s", m.service, m.o, got, m.want)
		}
	}
	if got := c.Method(nil, message.ObjectPrice, open); got != expect.Boomerang {
		t.Errorf("without a service: %s", got)
	}
	for _, o := range []message.Objection{message.NoObjection, message.ObjectPrice, message.ObjectTime, message.ObjectEffort, message.ObjectKind,
		message.ObjectTrust, message.ObjectFairness, message.ObjectFalseFact} {
		if m := parse(t, flowtest.Minimal()).Catalog.Method(nil, o, open); m == "" || m == expect.DirectDeny {
			t.Errorf("%q is met by %q where the catalog says nothing", o, m)
		}
	}
}

// What compensates is tied to a loss: one that happened, one the customer
// named, or one the rung speaks to.
func TestCompensationNeedsALoss(t *testing.T) {
	plain := flow.Rung{Techniques: []expect.Technique{expect.Reason}}
	whole := flow.Rung{Techniques: []expect.Technique{expect.Reweigh, expect.Compensate}, Answers: []message.Objection{message.ObjectTrust}}
	trip := whole
	trip.For = []expect.Loss{expect.LossEffort}
	for _, c := range []struct {
		name     string
		r        flow.Rung
		happened []expect.Loss
		objected []message.Objection
		want     bool
	}{
		{"no compensation", plain, nil, nil, true},
		{"nothing lost", whole, nil, []message.Objection{message.NoObjection, message.ObjectKind}, false},
		{"something happened", whole, []expect.Loss{expect.LossDelay}, nil, true},
		{"effort named", whole, nil, []message.Objection{message.ObjectEffort}, true},
		{"what it answers", whole, nil, []message.Objection{message.ObjectTrust}, true},
		{"another loss than it is for", trip, []expect.Loss{expect.LossDelay}, []message.Objection{message.ObjectTime, message.ObjectPrice}, false},
		{"the loss it is for", trip, nil, []message.Objection{message.ObjectTime, message.ObjectEffort}, true},
	} {
		if got := c.r.Due(c.happened, c.objected); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// Conditions read what is known of the wish that is weighed, and only that.
func TestConditionsOnTheWish(t *testing.T) {
	f := changed(t, "", "- verdict: cannot", `- when: {all: [{wish: asked, op: le, value: 20}, {not: {wish: source, op: is, value: competitor}}]}
        verdict: part
      - when: {wish: adequate, op: known}
        verdict: later
      - verdict: cannot`)
	refund, at := f.Catalog.Service("refund"), env(t, f, "20918", 0)
	for _, c := range []struct {
		name string
		wish *expect.Expectation
		want expect.Verdict
	}{
		{"no wish", nil, expect.Cannot},
		{"little", &expect.Expectation{Asked: expect.Level{Amount: 2000, Currency: "USD"}}, expect.Part},
		{"much", &expect.Expectation{Asked: expect.Level{Amount: 2001}}, expect.Cannot},
		{"another currency", &expect.Expectation{Asked: expect.Level{Amount: 1, Currency: "EUR"}}, expect.Cannot},
		{"little, as others do", &expect.Expectation{Asked: expect.Level{Amount: 1}, Source: expect.Competitor}, expect.Cannot},
		{"a least", &expect.Expectation{Adequate: expect.Level{Amount: 1}}, expect.Later},
	} {
		at.Wish = c.wish
		if got := refund.Verdict(at); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
