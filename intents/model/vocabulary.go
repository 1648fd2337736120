package model

import "math"

// vocabulary numbers the features that examples had and knows how much each
// one tells. It is an open-addressing table, because looking up is what
// reading a text mostly costs.
type vocabulary struct {
	slots []slot
	mask  uint32
	n     int
	tell  []float32 // by row
	rare  float32   // what a feature tells that no example had
	to    []int32   // while learning: rows by the corpus's numbers, -1 = given up
}

// slot is a place of the table: hash and number side by side, so that they are
// fetched together.
type slot struct {
	key uint32 // hash; 0 = free
	row int32
}

func newVocabulary(size int) *vocabulary {
	n := 64
	for n*2 < size*3 {
		n *= 2
	}
	return &vocabulary{slots: make([]slot, n), mask: uint32(n - 1)}
}

// row gives the number of a feature, or -1.
func (v *vocabulary) row(f *feature) int32 {
	if v.to != nil {
		return v.to[f.id]
	}
	h := key(f.hash)
	for i := h & v.mask; ; i = (i + 1) & v.mask {
		switch s := &v.slots[i]; s.key {
		case h:
			return s.row
		case 0:
			return -1
		}
	}
}

// key keeps 0 for free places.
func key(h uint32) uint32 {
	if h == 0 {
		return 1
	}
	return h
}

// learn gives the number of a feature, a new one if need be.
func (v *vocabulary) learn(h uint32) int32 {
	h = key(h)
	for i := h & v.mask; v.slots[i].key != 0; i = (i + 1) & v.mask {
		if v.slots[i].key == h {
			return v.slots[i].row
		}
	}
	return v.add(h)
}

// add numbers a feature that is not there yet.
func (v *vocabulary) add(h uint32) int32 {
	if (v.n+1)*3 > len(v.slots)*2 {
		v.grow()
	}
	v.put(slot{key(h), int32(v.n)})
	v.n++
	return int32(v.n - 1)
}

func (v *vocabulary) grow() {
	old := v.slots
	v.slots = make([]slot, 2*len(old))
	v.mask = uint32(len(v.slots) - 1)
	for _, s := range old {
		if s.key != 0 {
			v.put(s)
		}
	}
}

func (v *vocabulary) put(s slot) {
	i := s.key & v.mask
	for v.slots[i].key != 0 {
		i = (i + 1) & v.mask
	}
	v.slots[i] = s
}

// census counts where each feature of a corpus was seen, by its number.
type census struct {
	texts  []int32 // in how many texts
	labels []int32 // under how many labels
}

// survey counts the features of the texts use.
func survey(c *corpus, use []int32) *census {
	n := len(c.hashes)
	cs := &census{texts: make([]int32, n), labels: make([]int32, n)}
	last := make([]int32, n) // the text that a feature was seen in last, counted from 1
	under := newBits(len(c.labels)+1, n)
	for j, i := range use {
		label := int(c.label[i]) + 1
		for _, f := range c.features(i) {
			if last[f.id] == int32(j)+1 {
				continue
			}
			last[f.id] = int32(j) + 1
			cs.texts[f.id]++
			if under.set(int(f.id), label) {
				cs.labels[f.id]++
			}
		}
	}
	return cs
}

// bits is a row of bits for each feature: the labels that it was seen under.
type bits struct {
	words int
	set64 []uint64
}

func newBits(n, rows int) *bits {
	words := (n + 63) / 64
	return &bits{words: words, set64: make([]uint64, rows*words)}
}

// set says whether the bit was not set before.
func (b *bits) set(row, i int) bool {
	at := &b.set64[row*b.words+i/64]
	mask := uint64(1) << (i % 64)
	fresh := *at&mask == 0
	*at |= mask
	return fresh
}

// narrow gives the vocabulary of what was seen often enough for the memory it
// takes. Words by themselves stay as long as they can: that a word is known at
// all tells something.
func (cs *census) narrow(c *corpus, labels int, r *recipe) *vocabulary {
	least := int32(1)
	keep := cs.keep(c, least)
	if keep*labels > r.roomy {
		least = 2
		keep = cs.keep(c, least)
	}
	for keep*labels > r.largest && least < math.MaxInt16 {
		least++
		keep = cs.keep(c, least)
	}
	v := newVocabulary(keep)
	v.to, v.tell = make([]int32, len(c.hashes)), make([]float32, 0, keep)
	v.rare = tell(0, len(c.labels))
	for id, h := range c.hashes {
		if v.to[id] = -1; cs.stays(c, id, least) {
			v.to[id] = v.add(h)
			v.tell = append(v.tell, tell(cs.labels[id], len(c.labels)))
		}
	}
	return v
}

func (cs *census) stays(c *corpus, id int, least int32) bool {
	n := cs.texts[id]
	return n >= least || n > 0 && c.single[id] && least <= 3
}

func (cs *census) keep(c *corpus, least int32) int {
	n := 0
	for id := range cs.texts {
		if cs.stays(c, id, least) {
			n++
		}
	}
	return n
}

// tell is how much a feature says that was seen under n of the labels: the less,
// the more they are. Counting labels instead of texts (inverse class frequency)
// is steadier where there are few examples.
func tell(n int32, labels int) float32 {
	return float32(1 + math.Log(float64(1+labels)/float64(1+n)))
}
