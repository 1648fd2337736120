package lanes

import "container/heap"

// headHeap is a heap of lanes' heads.
type headHeap struct {
	heads  []head
	before func(a, b head) bool
}

// leavesFirst is the order between chats: by class, then in turn. By age it
// would be whoever wrote most, and first, that everybody else waits for.
func leavesFirst(a, b head) bool {
	if a.Rank != b.Rank {
		return a.Rank < b.Rank
	}
	return a.place < b.place
}

// comesFirst orders by the time from which a row may leave.
func comesFirst(a, b head) bool { return a.Next < b.Next }

// Len implements heap.Interface, as do Less, Swap, Push and Pop.
func (h headHeap) Len() int           { return len(h.heads) }
func (h headHeap) Less(i, j int) bool { return h.before(h.heads[i], h.heads[j]) }
func (h headHeap) Swap(i, j int)      { h.heads[i], h.heads[j] = h.heads[j], h.heads[i] }
func (h *headHeap) Push(x any)        { h.heads = append(h.heads, x.(head)) }
func (h *headHeap) Pop() any {
	last := len(h.heads) - 1
	top := h.heads[last]
	h.heads[last] = head{}
	h.heads = h.heads[:last]
	return top
}

// top gives the first head that still holds, dropping those that do not.
func (h *headHeap) top() (head, bool) {
	for len(h.heads) > 0 {
		if !h.heads[0].stale() {
			return h.heads[0], true
		}
		heap.Pop(h)
	}
	return head{}, false
}

// promote moves to due what has waited long enough.
func (s *sender) promote(now int64) {
	for {
		h, ok := s.later.top()
		if !ok || h.Next > now {
			return
		}
		heap.Pop(&s.later)
		heap.Push(&s.due, h)
	}
}

// next says when a head may leave: now, later, or 0 where there is none.
func (s *sender) next(now int64) int64 {
	if _, ok := s.due.top(); ok {
		return now
	}
	if h, ok := s.later.top(); ok {
		return h.Next
	}
	return 0
}
