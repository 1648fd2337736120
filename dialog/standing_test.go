package dialog

import (
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

func TestLessMoney(t *testing.T) {
	offer := func(options ...expect.Option) expect.Offer { return expect.Offer{Options: options} }
	pays := func(pay, upTo int64) expect.Option {
		return expect.Option{Terms: []expect.Term{{Do: "pay", Pay: pay, UpTo: upTo}}}
	}
	thing := expect.Option{Terms: []expect.Term{{Do: "look"}}}
	both := expect.Option{Terms: []expect.Term{{Do: "pay", Pay: 5}, {Do: "look"}}}
	for _, c := range []struct {
		name   string
		offer  expect.Offer
		before []expect.Offer
		want   bool
	}{
		{"nothing before", offer(pays(10, 10)), nil, false},
		{"less than before", offer(pays(10, 10)), []expect.Offer{offer(pays(29, 29))}, true},
		{"as much", offer(pays(29, 29)), []expect.Offer{offer(pays(29, 29))}, true},
		{"more", offer(pays(30, 30)), []expect.Offer{offer(pays(29, 29))}, false},
		{"room for more", offer(pays(20, 40)), []expect.Offer{offer(pays(29, 29))}, false},
		{"two sums, both less", offer(pays(10, 10), pays(20, 20)), []expect.Offer{offer(pays(29, 29))}, true},
		{"less, or another thing", offer(pays(10, 10), thing), []expect.Offer{offer(pays(29, 29))}, false},
		{"less with a thing", offer(both), []expect.Offer{offer(pays(29, 29))}, false},
		{"before it was one of two", offer(pays(10, 10)), []expect.Offer{offer(pays(29, 29), thing)}, false},
		{"before it came with a thing", offer(pays(4, 4)), []expect.Offer{offer(both)}, false},
	} {
		if got := lessMoney(c.offer, c.before); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// What counts for an order: made for it, to be done, and not given up.
func TestWhatBinds(t *testing.T) {
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	made := func(change func(*expect.Promise)) expect.Promise {
		p := expect.Promise{N: 1, Kind: expect.ToDo, Service: "refund", Do: "money_back", Order: "A1", State: expect.PromiseOpen, Opened: now}
		change(&p)
		return p
	}
	for _, c := range []struct {
		name  string
		p     expect.Promise
		order string
		want  bool
	}{
		{"the same order", made(func(*expect.Promise) {}), "A1", true},
		{"written otherwise", made(func(*expect.Promise) {}), " a1 ", true},
		{"another order", made(func(*expect.Promise) {}), "A2", false},
		{"no order now", made(func(*expect.Promise) {}), "", false},
		{"carried out", made(func(p *expect.Promise) { p.State = expect.PromiseKept }), "A1", true},
		{"broken", made(func(p *expect.Promise) { p.State = expect.PromiseBroken }), "A1", true},
		{"renewed", made(func(p *expect.Promise) { p.State = expect.PromiseRenewed }), "A1", false},
		{"called off", made(func(p *expect.Promise) { p.State = expect.PromiseWithdrawn }), "A1", false},
		{"an answer", made(func(p *expect.Promise) { p.Kind = expect.ToAnswer }), "A1", false},
		{"a person's word", made(func(p *expect.Promise) { p.Service, p.Do = "", "" }), "A1", false},
		{"without an order, standing", made(func(p *expect.Promise) { p.Order, p.Opened = "", now.AddDate(0, -1, 0) }), "", true},
		{"without an order, done today", made(func(p *expect.Promise) { p.Order, p.State = "", expect.PromiseKept }), "", true},
		{"without an order, done long ago", made(func(p *expect.Promise) {
			p.Order, p.State, p.Opened = "", expect.PromiseKept, now.AddDate(0, 0, -2)
		}), "", false},
	} {
		tn := &turn{f: &flow.Flow{Catalog: flow.Catalog{Lookup: flow.LookupRule{Slot: "order"}}}, in: Input{At: now}}
		tn.s.Matter.Slots = map[string]message.Slot{"order": {Text: c.order}}
		if got := tn.binds(&c.p); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
