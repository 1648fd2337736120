package flow

import (
	"slices"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// Catalog is what a business does for its customers, and how far the bot may
// go. Incidents and Services stand in the order of the file, which is the
// order on a menu. Immutable.
type Catalog struct {
	Currency  string // ISO 4217, where no fact says otherwise
	Authority Authority
	Lookup    LookupRule
	Incidents []*Incident
	Services  []*Service
	Owners    map[string]Owner
	// Goodwill is the most the bot may give for one order by bending a rule.
	Goodwill Money

	methods map[message.Objection]method
}

// Owner is a department that promises belong to. Channel is where its tasks
// go, "" = the default queue.
type Owner struct{ Channel string }

// Incident is something that happened. Heard names the sections of the
// intents files that tell it, Needs the slots to fill, Offers the services to
// choose from, Implicit those that are taken for granted, Losses what it takes
// from the customer.
type Incident struct {
	Name                           string
	Heard, Needs, Offers, Implicit []string
	Menu                           bool
	Losses                         []expect.Loss
}

// Service is something that can be expected.
type Service struct {
	Name                    string
	Heard, Needs, Conflicts []string
	Scale                   Scale
	Day                     string   // of a timely scale: the fact whose day an hour named without one belongs to; "" = the next such hour
	Values                  []string // of ScaleOption: what there is to choose from
	Aspect                  expect.Aspect
	Implicit                []string      // services taken for granted with it
	Losses                  []expect.Loss // what a wish for it says was lost
	Menu                    bool
	Standard                *Standard // nil = none is stated
	Owner                   string    // who answers where it is shelved; may be ""
	Ladder                  []Rung

	verdicts []verdict
	grant    *option
	bending  *bending
	promised *condition
	methods  map[message.Objection]method
	house    *house
}

// house is what every offer is bound by.
type house struct {
	currency  string
	authority Authority
	goodwill  Money
}

type verdict struct {
	when *condition
	is   expect.Verdict
}

// Rung is one step of a ladder: an offer made with its techniques. Answers
// are the objections it speaks to, For the losses that one which compensates
// makes good (none = any). Recovers says that it comes first where we broke a
// promise of our own.
type Rung struct {
	ID         string
	Techniques []expect.Technique
	Answers    []message.Objection
	For        []expect.Loss
	Recovers   bool

	when    *condition
	options []option
	house   *house
}

// Incident finds an incident by name, nil if there is none.
func (c *Catalog) Incident(name string) *Incident {
	for _, i := range c.Incidents {
		if i.Name == name {
			return i
		}
	}
	return nil
}

// Service finds a service by name, nil if there is none.
func (c *Catalog) Service(name string) *Service {
	for _, s := range c.Services {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// Verdict says whether the service can be had: the first rule that holds
// decides, Unknown if none does.
func (s *Service) Verdict(env Env) expect.Verdict {
	for _, v := range s.verdicts {
		if v.when.holds(env, s.house.currency) {
			return v.is
		}
	}
	return expect.Unknown
}

// Promised says whether the facts show that we promised the service ourselves,
// whatever the customer says of it.
func (s *Service) Promised(env Env) bool {
	return s.promised != nil && s.promised.holds(env, s.house.currency)
}

// Grant is what is promised when the verdict is Meet, as an offer of one
// option without a rung. It may hold no terms: then nothing is left to carry
// out. False where the service grants nothing, a fact is missing, or it is
// worth more than the bot may give.
func (s *Service) Grant(env Env) (expect.Offer, bool) {
	if s.grant == nil {
		return expect.Offer{}, false
	}
	return s.house.offer([]option{*s.grant}, env)
}

// Uses says whether the rung is made with a technique.
func (r *Rung) Uses(t expect.Technique) bool { return slices.Contains(r.Techniques, t) }

// Due says whether a rung may be offered by what the customer lost: one that
// compensates needs a loss that happened, or one the customer named. The same
// money for nothing would only teach that complaining pays.
func (r *Rung) Due(happened []expect.Loss, objected []message.Objection) bool {
	if !r.Uses(expect.Compensate) {
		return true
	}
	makesGood := func(l expect.Loss) bool { return l != "" && (len(r.For) == 0 || slices.Contains(r.For, l)) }
	return slices.ContainsFunc(happened, makesGood) ||
		slices.ContainsFunc(objected, func(o message.Objection) bool { return makesGood(lossOf[o]) || slices.Contains(r.Answers, o) })
}

// Offer works the rung out for one customer: days, hours and amounts. False
// where its condition does not hold, a fact it needs is missing, a deadline
// would lie in the past, or it is worth more than the bot may give. One that
// is made has all its options.
func (r *Rung) Offer(env Env) (expect.Offer, bool) {
	if !r.when.holds(env, r.house.currency) {
		return expect.Offer{}, false
	}
	o, ok := r.house.offer(r.options, env)
	if !ok {
		return expect.Offer{}, false
	}
	o.Rung, o.Techniques = r.ID, append([]expect.Technique(nil), r.Techniques...)
	return o, true
}
