package dialog

import (
	"slices"
	"strconv"
	"strings"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
)

// pickWish ranks the wish with this choice's number first.
func (t *turn) pickWish(id string) flow.Class {
	n, err := strconv.Atoi(strings.TrimPrefix(id, wishChoice))
	if err != nil || n < 1 || n > len(t.s.Matter.Wishes) || !t.can(flow.Pick) {
		return t.aside(sideStale)
	}
	t.rankFirst(n - 1)
	t.s.Matter.Ranked = true
	return flow.Class{Name: flow.Pick}
}

// rankFirst gives wish i importance 1 and the others theirs in the order in
// which they were said.
func (t *turn) rankFirst(i int) {
	next := 2
	for j := range t.s.Matter.Wishes {
		if j == i {
			t.s.Matter.Wishes[j].Importance = 1
			continue
		}
		t.s.Matter.Wishes[j].Importance = next
		next++
	}
}

// withdraw marks wishes as given up and counts them.
func (t *turn) withdraw(which []int) uint8 {
	var n uint8
	for _, i := range which {
		if i >= 0 && i < len(t.s.Matter.Wishes) && !t.s.Matter.Wishes[i].Settled() {
			t.s.Matter.Wishes[i].Status = expect.Withdrawn
			t.holdLine("withdraw.done", "wish", t.wishText(t.s.Lang, t.s.Matter.Wishes[i]))
			n++
		}
	}
	return n
}

func (t *turn) enterRank() flow.Class {
	if t.rankedAll() { // told before a correction that left it as it is
		return flow.Class{Name: flow.Skip}
	}
	if expect.Unsettled(t.s.Matter.Wishes) <= 1 || t.allMet() {
		if top := expect.Top(t.s.Matter.Wishes); top >= 0 {
			t.rankFirst(top)
		}
		return flow.Class{Name: flow.Skip}
	}
	return flow.Class{Name: flow.Ask}
}

// rankedAll says whether the customer has told what matters most of just what
// is open.
func (t *turn) rankedAll() bool {
	return t.s.Matter.Ranked && !slices.ContainsFunc(t.s.Matter.Wishes, func(e expect.Expectation) bool { return !e.Settled() && e.Importance == 0 })
}

// allMet says whether everything that is open can be met together. To ask what
// matters most would then lower an expectation without need.
func (t *turn) allMet() bool {
	if _, _, conflict := t.conflict(); conflict {
		return false
	}
	defer func() { t.pledged = pledge{} }()
	for _, e := range t.s.Matter.Wishes {
		if !e.Settled() && t.reserve(e) != expect.Meet {
			return false
		}
	}
	return true
}

// putRank asks what matters most, and names what cannot be had together.
func (t *turn) putRank() {
	if a, b, ok := t.conflict(); ok {
		t.add(t.line("rank.conflict", "a", t.wishText(t.s.Lang, a), "b", t.wishText(t.s.Lang, b)))
	}
	t.ask(t.line("rank.ask"), t.choices(flow.Rank), "")
}

// conflict finds two open wishes that cannot be had together.
func (t *turn) conflict() (a, b expect.Expectation, ok bool) {
	w := t.s.Matter.Wishes
	for i := range w {
		for j := i + 1; j < len(w); j++ {
			if !w[i].Settled() && !w[j].Settled() && t.conflicting(w[i].Service, w[j].Service) {
				return w[i], w[j], true
			}
		}
	}
	return a, b, false
}

func (t *turn) conflicting(a, b string) bool {
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		if svc := t.f.Catalog.Service(pair[0]); svc != nil {
			for _, c := range svc.Conflicts {
				if c == pair[1] {
					return true
				}
			}
		}
	}
	return false
}
