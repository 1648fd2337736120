package flow

import "hash/maphash"

// nodeIndex finds the number of a node. It holds numbers only, beside the list
// of nodes there is anyway: a map would keep millions of them twice.
type nodeIndex struct {
	seed  maphash.Seed
	slots []int32 // numbers in nodes; 0 = free
	used  int
}

func newNodeIndex() nodeIndex {
	return nodeIndex{seed: maphash.MakeSeed(), slots: make([]int32, 1<<12)} // a power of two
}

// find gives the place of a node in slots: its own, or the free one it is to
// take.
func (x *nodeIndex) find(nodes []node, n node) int {
	mask := uint64(len(x.slots) - 1)
	for at := maphash.Comparable(x.seed, n) & mask; ; at = (at + 1) & mask {
		if i := x.slots[at]; i == 0 || nodes[i] == n {
			return int(at) // below len(slots)
		}
	}
}

// put takes a free place for number i, and makes room before it grows scarce.
func (x *nodeIndex) put(nodes []node, at int, i int32) {
	x.slots[at] = i
	x.used++
	if 3*x.used < 2*len(x.slots) {
		return
	}
	old := x.slots
	x.slots = make([]int32, 2*len(old))
	for _, i := range old {
		if i != 0 {
			x.slots[x.find(nodes, nodes[i])] = i
		}
	}
}
