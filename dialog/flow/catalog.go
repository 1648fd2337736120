package flow

import (
	"regexp"

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
}

// LookupRule says what finds a row of facts: the slot whose text is compared with
// the column Key. Pattern is what such a text looks like, nil where the file
// gives none. The zero LookupRule means that nothing is looked up.
type LookupRule struct {
	Slot, Key string
	Pattern   *regexp.Regexp
}

// Owner is a department that promises belong to. Channel is where its tasks
// go, "" = the default queue.
type Owner struct{ Channel string }

// Incident is something that happened. Heard names the sections of the
// intents files that tell it, Needs the slots to fill, Offers the services to
// choose from, Implicit those that are taken for granted.
type Incident struct {
	Name                           string
	Heard, Needs, Offers, Implicit []string
	Menu                           bool
}

// Service is something that can be expected.
type Service struct {
	Name                    string
	Heard, Needs, Conflicts []string
	Scale                   Scale
	Menu                    bool
	Owner                   string // who answers where it is shelved; may be ""
	Ladder                  []Rung

	verdicts []verdict
	grant    *option
	house    *house
}

// house is what every offer is bound by.
type house struct {
	currency  string
	authority Authority
}

type verdict struct {
	when *condition
	is   expect.Verdict
}

// Rung is one step of a ladder: an offer made with its techniques. Answers
// are the objections it speaks to.
type Rung struct {
	ID         string
	Techniques []expect.Technique
	Answers    []message.Objection

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
