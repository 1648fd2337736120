package lines_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

var now = time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)

// orders gives the numbers in facts.csv, in the order of the file.
func orders(t *testing.T) []string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(files(t)["facts.csv"])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(rows[0], "order")
	var out []string
	for _, r := range rows[1:] {
		out = append(out, r[at])
	}
	return out
}

func env(t *testing.T, f *flow.Flow, order string) flow.Env {
	t.Helper()
	facts, ok := f.Fact(order, now, time.UTC)
	if !ok {
		t.Fatalf("order %s is not found", order)
	}
	return flow.Env{Now: now, Zone: time.UTC, Facts: facts, Slots: map[string]message.Slot{}, Verified: true}
}

// vars are what a line of an offer may use.
func vars(e flow.Env, lang message.Lang, order string, o expect.Offer) flow.Vars {
	v := flow.Vars{"zone": time.UTC, "now": now, "order": order, "case": "A-1AAA"}
	for key, cell := range e.Facts {
		base, tag, localised := strings.Cut(key, ".")
		if localised && tag != string(lang) {
			continue
		}
		v[base] = cell
		if at, ok := flow.ParseTime(cell, time.UTC); ok {
			v[base] = at
		}
	}
	for i, p := range o.Options {
		if i == 0 {
			v["pay"] = flow.Amount{Minor: p.Paid(), Currency: o.Currency}
		}
		for _, term := range p.Terms {
			v["by."+term.Do], v["pay."+term.Do] = term.By, flow.Amount{Minor: term.Pay, Currency: o.Currency}
		}
	}
	return v
}

func TestDemoOrders(t *testing.T) {
	f := parsed(t)
	byCurrency := map[string]int{}
	for _, order := range orders(t) {
		if !f.Catalog.Lookup.Pattern.MatchString(order) {
			t.Errorf("order %q is not what the lookup takes for a number", order)
		}
		byCurrency[env(t, f, order).Facts["currency"]]++
	}
	for _, c := range []string{"USD", "CNY", "TWD"} {
		if byCurrency[c] < 5 {
			t.Errorf("%d orders in %s", byCurrency[c], c)
		}
	}
	for order, item := range map[string]string{"48213": "white lamp", "61907": "white cot", "35520": "coffee machine"} {
		if got := env(t, f, order).Facts["item.en"]; got != item {
			t.Errorf("order %s: %q", order, got)
		}
	}
}

// Every rung that can be offered for a demo order reads well in every
// language: no hole, no brace, a question at the end, short enough for a chat.
func TestEveryOfferReadsWell(t *testing.T) {
	f := parsed(t)
	made := map[string]bool{}
	for _, order := range orders(t) {
		e := env(t, f, order)
		for _, svc := range f.Catalog.Services {
			for i := range svc.Ladder {
				r := &svc.Ladder[i]
				o, ok := r.Offer(e)
				if !ok {
					continue
				}
				made[svc.Name+"."+r.ID] = true
				for _, lang := range message.Langs() {
					readOffer(t, f, lang, svc.Name, o, vars(e, lang, order, o))
				}
			}
		}
	}
	for _, svc := range f.Catalog.Services {
		for _, r := range svc.Ladder {
			if !made[svc.Name+"."+r.ID] {
				t.Errorf("no demo order shows rung %s of %s", r.ID, svc.Name)
			}
		}
	}
}

func readOffer(t *testing.T, f *flow.Flow, lang message.Lang, service string, o expect.Offer, v flow.Vars) {
	t.Helper()
	text := f.Line(lang, "rung."+service+"."+o.Rung, 0, v)
	readable(t, lang, text, 600)
	if !strings.HasSuffix(strings.ReplaceAll(text, "\uff1f", "?"), "?") {
		t.Errorf("%s %s.%s asks nothing: %s", lang, service, o.Rung, text)
	}
	most := 24
	if lang.Chinese() {
		most = 12
	}
	for _, p := range o.Options {
		if len(o.Options) > 1 {
			readable(t, lang, f.Line(lang, "option."+service+"."+o.Rung+"."+p.ID, 0, v), most)
		}
		for _, term := range p.Terms {
			v["by"], v["pay"] = term.By, flow.Amount{Minor: term.Pay, Currency: o.Currency}
			readable(t, lang, f.Line(lang, "term."+term.Do, 0, v), 120)
		}
	}
}

// readable finds what a template leaves behind where a value was missing.
func readable(t *testing.T, lang message.Lang, text string, most int) {
	t.Helper()
	if text == "" || strings.ContainsAny(text, "{}|") || strings.Contains(text, "  ") || strings.Contains(text, " .") ||
		strings.Contains(text, ",,") || strings.Contains(text, "\uff0c\uff0c") || strings.Contains(text, "$0 ") || strings.Contains(text, " 0 ") || strings.Contains(text, "0001") {
		t.Errorf("%s: something is missing in %q", lang, text)
	}
	if n := utf8.RuneCountInString(text); n > most {
		t.Errorf("%s: %d characters, at most %d: %s", lang, n, most, text)
	}
}

// What can be granted at once is worded in every language too.
func TestEveryGrantReadsWell(t *testing.T) {
	f := parsed(t)
	granted := map[string]bool{}
	for _, order := range orders(t) {
		e := env(t, f, order)
		e.Slots["need_by"] = message.Slot{Kind: message.SlotDate, Time: now.AddDate(0, 1, 0)} // ample time
		for _, svc := range f.Catalog.Services {
			o, ok := svc.Grant(e)
			if !ok || svc.Verdict(e) != expect.Meet {
				continue
			}
			granted[svc.Name] = true
			for _, lang := range message.Langs() {
				v := vars(e, lang, order, o)
				var terms []string
				for _, term := range o.Options[0].Terms {
					v["by"], v["pay"] = term.By, flow.Amount{Minor: term.Pay, Currency: o.Currency}
					terms = append(terms, f.Line(lang, "term."+term.Do, 0, v))
				}
				v["terms"] = terms
				readable(t, lang, f.Line(lang, "grant."+svc.Name, 0, v), 300)
			}
		}
	}
	for _, name := range []string{"replacement", "delivery_by", "refund", "fees_back", "charge_back", "exchange", "return_item", "repair", "resend",
		"cancel_order", "change_address", "invoice", "order_status", "refund_status", "shipping_info"} {
		if !granted[name] {
			t.Errorf("no demo order has %s granted at once", name)
		}
	}
}

// A wish for a day is met where the day can be kept, and lowered where not.
func TestDaysDecide(t *testing.T) {
	f := parsed(t)
	for _, c := range []struct {
		order, service string
		need           time.Time
		want           expect.Verdict
	}{
		{"48213", "replacement", now.AddDate(0, 0, 3), expect.Later},
		{"48213", "replacement", now.AddDate(0, 0, 5), expect.Meet},
		{"61907", "delivery_by", now.AddDate(0, 0, 3), expect.Later},
		{"61907", "delivery_by", now.AddDate(0, 0, 9), expect.Meet},
		{"77350", "resend", now, expect.Later},
		{"20918", "replacement", now.AddDate(0, 0, 30), expect.Cannot}, // long after the return window
	} {
		e := env(t, f, c.order)
		e.Slots["need_by"] = message.Slot{Kind: message.SlotDate, Time: c.need}
		if got := f.Catalog.Service(c.service).Verdict(e); got != c.want {
			t.Errorf("%s of %s by %s: %s, want %s", c.service, c.order, c.need.Format(time.DateOnly), got, c.want)
		}
	}
}

// An order without facts grants no money and promises no goods.
func TestNothingIsGrantedUnseen(t *testing.T) {
	f := parsed(t)
	e := flow.Env{Now: now, Zone: time.UTC}
	for _, svc := range f.Catalog.Services {
		if o, ok := svc.Grant(e); ok && svc.Verdict(e) == expect.Meet && len(o.Options[0].Terms) > 0 {
			t.Errorf("%s is granted without an order", svc.Name)
		}
		for i := range svc.Ladder {
			if _, ok := svc.Ladder[i].Offer(e); ok {
				t.Errorf("rung %s of %s is offered without an order", svc.Ladder[i].ID, svc.Name)
			}
		}
	}
}
