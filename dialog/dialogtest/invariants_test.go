package dialogtest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// fails is what *testing.T, *testing.F and *rapid.T have in common.
type fails interface {
	Helper()
	Fatalf(format string, args ...any)
}

// turnHolds holds what is true of every turn, whatever came in.
func turnHolds(t fails, f *flow.Flow, before dialog.State, in dialog.Input, r dialog.Result) {
	t.Helper()
	codes(t, f, r.State)
	promisesHold(t, before, r.State)
	handoffHolds(t, before, in, r)
	if r.State.Matter.Turns > f.Limits.Turns+1 {
		t.Fatalf("%d turns in a matter", r.State.Matter.Turns)
	}
	besideHolds(t, before, in, r)
	correctionHolds(t, f, before, in, r)
	storedHolds(t, f, before, in, r)
}

// storedHolds holds that a step comes to the same from what is stored of a
// state, and that what it came to before is not touched by that.
func storedHolds(t fails, f *flow.Flow, before dialog.State, in dialog.Input, r dialog.Result) {
	t.Helper()
	want := outcome(t, r)
	s, err := dialog.Decode(f, stored(t, before))
	if err != nil {
		t.Fatalf("%v", err)
	}
	again, err := dialog.Step(f, settings, s, in)
	if err != nil {
		t.Fatalf("%s: %v", in.Kind, err)
	}
	if got := outcome(t, again); got != want {
		t.Fatalf("from what was stored %s comes to\n%s\nnot\n%s", in.Kind, got, want)
	}
	if now := outcome(t, r); now != want {
		t.Fatalf("what %s came to has become\n%s\nwas\n%s", in.Kind, now, want)
	}
}

// untouched holds that a state is as it was stored.
func untouched(t fails, s dialog.State, was []byte) {
	t.Helper()
	if now := stored(t, s); !bytes.Equal(now, was) {
		t.Fatalf("the step has changed the state it was given:\n%s\nwas\n%s", now, was)
	}
}

// outcome writes a result, to compare it. JSON writes what was broken UTF-8 as an
// escape, and what was read back of that as it is.
func outcome(t fails, r dialog.Result) string {
	t.Helper()
	effects, err := json.Marshal(r.Effects)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return string(stored(t, r.State)) + "\n" + strings.ReplaceAll(string(effects), `\ufffd`, "\ufffd")
}

func stored(t fails, s dialog.State) []byte {
	t.Helper()
	b, err := dialog.Encode(s)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return b
}

// codes holds that a state is read back as it was written.
func codes(t fails, f *flow.Flow, s dialog.State) {
	t.Helper()
	first, err := dialog.Encode(s)
	if err != nil {
		t.Fatalf("%v", err)
	}
	back, err := dialog.Decode(f, first)
	if err != nil {
		t.Fatalf("%v", err)
	}
	again, err := dialog.Encode(back)
	if err != nil || !bytes.Equal(first, again) {
		t.Fatalf("a state is read back otherwise (%v):\n%s\nwas\n%s", err, again, first)
	}
}

// nextOf are the states a promise may be in after each.
var nextOf = map[expect.PromiseState][]expect.PromiseState{
	expect.PromiseOpen:      {expect.PromiseTold, expect.PromiseKept, expect.PromiseRenewed, expect.PromiseBroken, expect.PromiseWithdrawn},
	expect.PromiseTold:      {expect.PromiseKept, expect.PromiseRenewed, expect.PromiseBroken, expect.PromiseWithdrawn},
	expect.PromiseKept:      nil,
	expect.PromiseRenewed:   nil,
	expect.PromiseBroken:    nil,
	expect.PromiseWithdrawn: nil,
}

// promisesHold holds that a promise is always one of open, kept, renewed,
// broken or withdrawn, moves on only, and is not forgotten while it stands.
func promisesHold(t fails, before, after dialog.State) {
	t.Helper()
	at := map[int]expect.Promise{}
	for _, p := range after.Promises {
		at[p.N] = p
		if _, known := nextOf[p.State]; !known || p.Standing() != p.Closed.IsZero() || p.State == expect.PromiseRenewed && p.Next == 0 {
			t.Fatalf("promise %+v", p)
		}
	}
	for _, p := range before.Promises {
		q, kept := at[p.N]
		switch {
		case !kept && p.Standing():
			t.Fatalf("promise %d was %s and is gone", p.N, p.State)
		case kept && q.State != p.State && !slices.Contains(nextOf[p.State], q.State):
			t.Fatalf("promise %d was %s and is %s", p.N, p.State, q.State)
		}
	}
}

// handoffHolds holds that one offer stands at a time, and that who takes over
// begins with a clean slate: their silence is noticed like anybody's.
func handoffHolds(t fails, before dialog.State, in dialog.Input, r dialog.Result) {
	t.Helper()
	offers := 0
	for _, a := range r.State.Asides {
		if a.Kind == dialog.AsideOffer {
			offers++
		}
	}
	h := r.State.Handoff
	changed := h != nil && (before.Handoff == nil || before.Handoff.Owner != h.Owner)
	if offers > 1 || in.Kind == dialog.InTaken && changed && (h.Idle || h.Called) {
		t.Fatalf("%d offers, hand-off %+v", offers, h)
	}
}

// strange says whether a reading names a choice nobody was given: no reading of
// a text does.
func strange(s dialog.State, in dialog.Input) bool {
	return in.Reading.Choice != "" && (s.Ask == nil || !slices.ContainsFunc(s.Ask.Choices, func(c message.Choice) bool { return c.ID == in.Reading.Choice }))
}

// besideHolds holds that what was said beside the matter leaves it alone and
// leads back to the very question: the same slot, the same buttons. (A press on an
// old menu tells something, so it is no word beside it.)
func besideHolds(t fails, before dialog.State, in dialog.Input, r dialog.Result) {
	t.Helper()
	if len(r.Trace) != 1 || r.Trace[0].Class.Name != flow.Aside || r.Trace[0].Class.N > 0 || strings.HasSuffix(r.Trace[0].Edge, "!") || in.Reading.Correction || in.Kind != dialog.InMessage || strange(before, in) {
		return
	}
	b, n := before, r.State
	if b.Kind == flow.Propose && b.Matter.Proposed == nil && n.Matter.Proposed != nil {
		return // a second yes to several things: one of them is put
	}
	if got, want := wishesAt(n), wishesAt(b); got != want {
		t.Fatalf("a word beside it changed the matter: %s, was %s (at %s, by %v, %+v)", got, want, b.At, r.Trace, in.Reading)
	}
	if len(n.Matter.Later) > len(b.Matter.Later) || b.Ask == nil || n.Ask == nil || n.At != b.At || n.Kind == flow.Listen {
		return
	}
	if got, want := idsOf(n), idsOf(b); got != want || n.Ask.Slot != b.Ask.Slot || n.Ask.Key != b.Ask.Key {
		t.Fatalf("in %s the question came back as %q %q with %q, it was %q %q with %q", n.At, n.Ask.Slot, n.Ask.Key, got, b.Ask.Slot, b.Ask.Key, want)
	}
}

// correctionHolds holds that a correction takes back what hangs on it and
// nothing else: other slots stay, what is settled stays, and so does an offer
// that reads nothing of what was corrected.
func correctionHolds(t fails, f *flow.Flow, before dialog.State, in dialog.Input, r dialog.Result) {
	t.Helper()
	if !in.Reading.Correction || len(r.Trace) == 0 || before.Kind != flow.Lower && before.Kind != flow.Propose && before.Kind != flow.Shelve {
		return
	}
	if name := r.Trace[0].Class.Name; name != flow.Change && name != flow.Aside {
		return
	}
	b, n := before.Matter, r.State.Matter
	var changed []string
	facts := b.Facts
	for name, was := range b.Slots {
		if is := n.Slots[name]; fmt.Sprint(is) != fmt.Sprint(was) {
			changed = append(changed, name)
		}
	}
	if !slices.Contains(changed, f.Catalog.Lookup.Slot) {
		facts = nil
	}
	for i, was := range b.Wishes {
		j := slices.IndexFunc(n.Wishes, func(e expect.Expectation) bool { return e.Service == was.Service })
		if was.Settled() && (j < 0 || n.Wishes[j].Status != was.Status) {
			t.Fatalf("a correction unsettled %s", was.Service)
		}
		if was.Settled() || j < 0 || n.Wishes[j].Settled() {
			continue
		}
		for _, rung := range b.Wishes[i].Rungs {
			if !f.RungReads(was.Service, rung).Any(changed, facts) && !n.Wishes[j].Tried(rung) {
				t.Fatalf("the correction of %v took back the offer %s of %s, which does not hang on it", changed, rung, was.Service)
			}
		}
	}
}

// wishesAt writes what is wanted and how it stands.
func wishesAt(s dialog.State) string {
	var out []string
	for _, e := range s.Matter.Wishes {
		out = append(out, fmt.Sprintf("%s %s %v", e.Service, e.Status, e.Rungs))
	}
	return strings.Join(out, ", ")
}

func idsOf(s dialog.State) string {
	var ids []string
	for _, c := range s.Ask.Choices {
		ids = append(ids, c.ID)
	}
	return strings.Join(ids, " ")
}

// langs are what a reading may say of a text's language.
var langs = []message.Lang{message.English, message.Simplified, message.Traditional, ""}
