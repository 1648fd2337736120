package dialog

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// shownState is a state with something in every field, and names in it that a
// card has words for. Each one is made anew.
func shownState(service string) *State {
	var s State
	fill(reflect.ValueOf(&s).Elem(), new(int))
	s.Lang, s.Handoff.Cause, s.Matter.Incident = message.English, causePassed, "damaged"
	s.Asides[0].Kind, s.Asides[1].Kind = AsideRenew, AsideOffer
	day := s.Greeted
	s.Matter.Slots = map[string]message.Slot{"order": {Kind: message.SlotOrder, Text: "48213"}, "need_by": {Kind: message.SlotDate, Time: day},
		"occasion": {Kind: message.SlotName, Text: "birthday"}, "phone": {Kind: message.SlotPhone, Text: "+15550100"}}
	s.Matter.Facts = map[string]string{"item": "lamp", "item.en": "lamp", "promised": "2026-11-25", "status": "sent", "price": "15", "currency": "USD"}
	// What was taken of the first wish has become the promises; the second is
	// open, and matters more.
	terms := []string{"new_item", "pickup"}
	for i := range s.Promises {
		p := &s.Promises[i]
		p.State, p.Service, p.Do, p.N = expect.PromiseOpen, service, terms[i], i+1
	}
	s.Matter.Made, s.Handoff.Promise, s.Asides[1].Undated = []int{1, 2}, 1, false
	for i := range s.Matter.Wishes {
		e := &s.Matter.Wishes[i]
		e.Service, e.Status, e.Importance = service, []expect.Status{expect.Granted, expect.Open}[i], 2-i
		for _, o := range e.Offered {
			for _, p := range o.Options {
				for k := range p.Terms {
					p.Terms[k].Do = terms[k]
				}
			}
		}
	}
	return &s
}

// change changes the n-th single value below v, counting down; it says whether
// there was one.
func change(v reflect.Value, n *int) bool {
	leaf := func(alter func()) bool {
		if *n--; *n == 0 {
			alter()
		}
		return *n == 0
	}
	switch v.Kind() {
	case reflect.Bool:
		return leaf(func() { v.SetBool(!v.Bool()) })
	case reflect.Int, reflect.Int64:
		return leaf(func() { v.SetInt(v.Int() + 1) })
	case reflect.Uint8:
		return leaf(func() { v.SetUint(v.Uint() ^ 1) })
	case reflect.Float64:
		return leaf(func() { v.SetFloat(v.Float() + 1) })
	case reflect.String:
		return leaf(func() { v.SetString(v.String() + "x") })
	case reflect.Pointer:
		return change(v.Elem(), n)
	case reflect.Slice:
		for i := range v.Len() {
			if change(v.Index(i), n) {
				return true
			}
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, key := range keys {
			value := reflect.New(v.Type().Elem()).Elem()
			value.Set(v.MapIndex(key))
			if change(value, n) {
				v.SetMapIndex(key, value)
				return true
			}
		}
	case reflect.Struct:
		if at, ok := v.Addr().Interface().(*time.Time); ok {
			return leaf(func() { *at = at.AddDate(0, 0, 1) })
		}
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("json") != "-" && change(v.Field(i), n) {
				return true
			}
		}
	}
	return false
}

// TestNoCardFallsBehind changes one thing of a state after the other: where a
// card shows the difference, it is not taken for the same ground.
func TestNoCardFallsBehind(t *testing.T) {
	f := flows(t)["after-sales"]
	service := f.Catalog.Services[0].Name
	card := func(s *State) Brief {
		return newTurn(f, Settings{}, *s, Input{At: start}).brief().face()
	}
	was := shownState(service)
	shown, seen, same := card(was), 0, 0
	for i := 1; ; i++ {
		s, n := shownState(service), i
		if !change(reflect.ValueOf(s).Elem(), &n) {
			break
		}
		differs, ground := !reflect.DeepEqual(shown, card(s)), sameGround(was, s)
		if differs && ground {
			t.Errorf("change %d of the state shows on the card, and would not be drawn:\n%+v\nwas\n%+v", i, card(s), shown)
		}
		if differs {
			seen++
		} else if ground {
			same++
		}
	}
	if seen < 30 || same < 100 {
		t.Errorf("%d changes show on a card, %d are no reason to draw it", seen, same)
	}
}
