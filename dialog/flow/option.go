package flow

import (
	"github.com/accord-chat/accord/dialog/expect"
)

// option is one compiled choice of an offer.
type option struct {
	id    string
	terms []term
}

type term struct {
	do, owner string
	by        *momentExpr
	pay, upTo *Money
	worth     *Money
}

// in gives the amount in a currency, in minor units; false where none is
// named or the fact is missing or no amount.
func (m *Money) in(env Env, currency string) (int64, bool) {
	if m.Fact != "" {
		return parseAmount(env.Facts[m.Fact])
	}
	amount, ok := m.By[currency]
	return amount, ok
}

// most is what the bot may give away for one order.
func (h *house) most(env Env, currency string) int64 {
	limit := h.authority.Bot.By[currency]
	if !env.Verified {
		limit = min(limit, h.authority.Unverified.By[currency])
	}
	return limit
}

func (h *house) offer(options []option, env Env) (expect.Offer, bool) {
	out := expect.Offer{Currency: env.currency(h.currency)}
	for _, o := range options {
		made, ok := h.option(o, env, out.Currency)
		if !ok {
			return expect.Offer{}, false
		}
		out.Options = append(out.Options, made)
	}
	return out, true
}

// option works one option out and holds it to the authority: what it pays
// must lie inside, and what a counter-offer may reach is cut to it.
func (h *house) option(o option, env Env, currency string) (expect.Option, bool) {
	out := expect.Option{ID: o.id}
	for _, t := range o.terms {
		made, ok := t.in(env, currency)
		if !ok {
			return expect.Option{}, false
		}
		out.Terms = append(out.Terms, made)
	}
	limit, paid := h.most(env, currency), out.Paid()
	if paid > limit || !env.Verified && out.Value() > limit {
		return expect.Option{}, false
	}
	left := limit - paid
	for i := range out.Terms {
		t := &out.Terms[i]
		room := min(t.UpTo-t.Pay, left)
		t.UpTo, left = t.Pay+room, left-room
	}
	return out, true
}

// value is what the term is worth by the catalog, 0 where it does not say.
// False where that must be known and is not: goods of any price would else go
// out on an order nobody has shown to be theirs. Where nothing was looked up
// there are no goods to go by, only words and small things.
func (t term) value(env Env, currency string) (int64, bool) {
	switch {
	case t.worth != nil:
		worth, ok := t.worth.in(env, currency)
		return worth, ok || env.Verified
	case t.pay == nil && !env.Verified && len(env.Facts) > 0:
		return 0, false
	}
	return 0, true
}

func (t term) in(env Env, currency string) (expect.Term, bool) {
	out := expect.Term{Do: t.do, Owner: t.owner}
	if t.by != nil {
		m, ok := t.by.in(env)
		if !ok || !m.deadline().After(env.Now) {
			return out, false
		}
		out.By = m.deadline()
	}
	var ok bool
	if out.Worth, ok = t.value(env, currency); !ok {
		return out, false
	}
	if t.pay == nil {
		return out, true
	}
	if out.Pay, ok = t.pay.in(env, currency); !ok {
		return out, false
	}
	out.UpTo = out.Pay
	if t.upTo != nil {
		if out.UpTo, ok = t.upTo.in(env, currency); !ok {
			return out, false
		}
		out.UpTo = max(out.UpTo, out.Pay)
	}
	return out, true
}
