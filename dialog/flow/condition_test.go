package flow

import (
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

func TestComparisons(t *testing.T) {
	day := func(d, h int) time.Time { return time.Date(2026, 11, d, h, 0, 0, 0, newYork) }
	env := Env{Now: today, Zone: newYork,
		Facts: map[string]string{"n": "10", "text": "Open", "empty": "", "day": "2026-11-28", "hour": "2026-11-28T20:00"},
		Slots: map[string]message.Slot{
			"day": {Kind: message.SlotDate, Time: day(28, 0)}, "hour": {Kind: message.SlotTime, Time: day(28, 12)},
			"pay": {Kind: message.SlotMoney, Amount: 1050, Currency: "USD"}, "euro": {Kind: message.SlotMoney, Amount: 1050, Currency: "EUR"},
			"count": {Kind: message.SlotNumber, Amount: 10}, "name": {Kind: message.SlotName, Text: "mei"},
		}}
	for _, c := range []struct {
		left  operand
		op    operator
		right operand
		want  bool
	}{
		{operand{fact: "text"}, opIs, operand{text: "open"}, true},
		{operand{fact: "text"}, opNot, operand{text: "open"}, false},
		{operand{fact: "n"}, opIs, operand{text: "10.0"}, true},
		{operand{fact: "n"}, opLess, operand{text: "10"}, false},
		{operand{fact: "n"}, opAtMost, operand{text: "10"}, true},
		{operand{fact: "n"}, opMore, operand{text: "9.5"}, true},
		{operand{fact: "n"}, opAtLeast, operand{slot: "pay"}, false},
		{operand{fact: "n"}, opIs, operand{slot: "count"}, true},
		{operand{fact: "n"}, opLess, operand{slot: "euro"}, false}, // another currency decides nothing
		{operand{fact: "text"}, opLess, operand{text: "10"}, false},
		{operand{slot: "name"}, opIs, operand{text: "Mei"}, true},
		{operand{fact: "empty"}, opKnown, operand{}, false},
		{operand{fact: "gone"}, opUnknown, operand{}, true},
		{operand{slot: "day"}, opKnown, operand{}, true},
		{operand{fact: "gone"}, opIs, operand{text: ""}, false},
		{operand{fact: "gone"}, opNot, operand{text: "x"}, false}, // what is missing decides nothing
		{operand{fact: "hour"}, opBy, momentOf("slot:day"), true}, // any hour of the day is by that day
		{operand{fact: "hour"}, opBy, momentOf("slot:hour"), false},
		{operand{fact: "hour"}, opAfter, momentOf("slot:hour"), true},
		{operand{fact: "day"}, opBefore, momentOf("2026-11-29"), true},
		{operand{fact: "day"}, opBefore, momentOf("3d"), false},
		{operand{fact: "day"}, opBy, momentOf("3d"), true},
		{operand{fact: "day"}, opAfter, momentOf("2d"), true},
		{operand{fact: "hour"}, opBy, momentOf("fact:day 19:00"), false},
		{operand{fact: "day"}, opBy, momentOf("fact:gone"), false},
		{operand{fact: "text"}, opBy, momentOf("3d"), false},
		{operand{fact: "day"}, opIs, operand{slot: "day"}, true},
	} {
		cond := &condition{left: c.left, op: c.op, right: c.right}
		if got := cond.holds(env, "USD"); got != c.want {
			t.Errorf("%+v %s %+v: %v", c.left, c.op, c.right, got)
		}
		if got := (&condition{not: cond}).holds(env, "USD"); got == c.want {
			t.Errorf("not (%+v %s %+v): %v", c.left, c.op, c.right, got)
		}
	}
}

func momentOf(s string) operand {
	e, err := parseMoment(s)
	if err != nil {
		panic(err)
	}
	return operand{moment: &e}
}

func TestAllAndAny(t *testing.T) {
	yes, no := &condition{op: opUnknown, left: operand{fact: "x"}}, &condition{op: opKnown, left: operand{fact: "x"}}
	for _, c := range []struct {
		c    *condition
		want bool
	}{
		{nil, true}, {&condition{all: []*condition{yes, yes}}, true}, {&condition{all: []*condition{yes, no}}, false},
		{&condition{any: []*condition{no, yes}}, true}, {&condition{any: []*condition{no, no}}, false}, {&condition{not: no}, true},
	} {
		if got := c.c.holds(Env{}, ""); got != c.want {
			t.Errorf("%+v: %v", c.c, got)
		}
	}
}

func TestMoments(t *testing.T) {
	env := Env{Now: today, Zone: newYork, Facts: map[string]string{"day": "2026-11-28", "bad": "soon"}}
	at := func(d, h, m int) time.Time { return time.Date(2026, 11, d, h, m, 0, 0, newYork) }
	for text, want := range map[string]time.Time{
		"90m": today.Add(90 * time.Minute), "48h": today.Add(48 * time.Hour), "1d12h": today.Add(36 * time.Hour),
		"2d": at(27, 23, 59), "2d 20:00": at(27, 20, 0), "0d 17:00": at(25, 17, 0),
		"fact:day": at(28, 23, 59), "fact:day 18:30": at(28, 18, 30), "2026-11-29": at(29, 23, 59),
	} {
		e, err := parseMoment(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		m, ok := e.in(env)
		if got := m.deadline(); !ok || !got.Equal(want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"", "soon", "2d 24:00", "2d 8:00", "-2d", "2d  20:00", "fact:", "fact:X", "slot:a b", "+3h", "99999d", "1h -2h"} {
		if _, err := parseMoment(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
	for _, text := range []string{"fact:bad", "fact:gone", "slot:day"} {
		if e, err := parseMoment(text); err != nil {
			t.Errorf("%q: %v", text, err)
		} else if _, ok := e.in(env); ok {
			t.Errorf("%q was found", text)
		}
	}
}

// A day of 25 hours still ends at its own midnight.
func TestClockGoesByTheCalendar(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err) // the tests import time/tzdata, so the zone is there on every machine
	}
	e, _ := parseMoment("1d 18:00")
	m, _ := e.in(Env{Now: time.Date(2026, 10, 24, 12, 0, 0, 0, berlin), Zone: berlin})
	if got := m.t.Format(hourLayout); got != "2026-10-25T18:00" {
		t.Error(got)
	}
}
