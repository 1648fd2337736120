package concept

// People misspell long words. A word that no phrase has, and that is one letter
// from a word which some phrase has, counts as that one. To find it, every word
// is kept under what is left of it with a letter missing.

const (
	minTypo = 6 // letters from which a word may hold a typo: in shorter ones one letter makes another word
	maxTypo = 24
)

// learnTypos indexes a stem. Where two stems leave the same, the first counts.
func (t *Table) learnTypos(stem string, id int32) {
	if !spelt(stem) {
		return
	}
	for i := range len(stem) {
		if key := without(stem, i); i != 0 {
			if _, taken := t.typos[key]; !taken {
				t.typos[key] = id
			}
		}
	}
	t.typos[without(stem, len(stem))] = id
}

// meant gives the number of the stem that w was meant to be, or -1.
func (t *Table) meant(w string) int32 {
	if !spelt(w) {
		return -1
	}
	for i := len(w); i > 0; i-- { // first the whole word: a letter of the stem is missing in it
		if id, ok := t.typos[without(w, i)]; ok && oneOff(w, t.stems[id]) {
			return id
		}
	}
	return -1
}

// spelt says that w is a long word of plain letters.
func spelt(w string) bool {
	if len(w) < minTypo || len(w) > maxTypo {
		return false
	}
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return true
}

// without is the FNV-1a hash of w with the letter at i left out.
func without(w string, i int) uint64 {
	h := uint64(14695981039346656037)
	for j := range len(w) {
		if j != i {
			h = (h ^ uint64(w[j])) * 1099511628211
		}
	}
	return h
}

// oneOff says that a and b differ by one letter added, lost or changed, or by
// two neighbours swapped.
func oneOff(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		if i == len(a) || a[i+1:] == b[i+1:] {
			return true
		}
		return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	case 1:
		return a[i:] == b[i+1:]
	}
	return false
}
