package flow

import (
	"iter"
	"maps"
)

// maxNear is the longest word that is compared: nobody mistypes longer ones,
// and the comparison costs the product of the lengths.
const maxNear = 64

// nearest gives the known name that word was probably meant to be, "" if none
// is close: at most two letters, or a third of the word, may differ.
func nearest(word string, known iter.Seq[string]) string {
	w := []rune(word)
	if len(w) == 0 || len(w) > maxNear {
		return ""
	}
	best, least := "", min(max(2, len(w)/3)+1, len(w))
	for k := range known {
		// The first of equals by the alphabet, so that the answer does not
		// depend on the order in which a map is walked.
		if d := distance(w, []rune(k)); d < least || d == least && best != "" && k < best {
			best, least = k, d
		}
	}
	return best
}

// nearestKey is nearest over the keys of a map.
func nearestKey[V any](word string, known map[string]V) string {
	return nearest(word, maps.Keys(known))
}

// distance is the number of letters to insert, delete, replace or swap with
// their neighbour that turns a into b.
func distance(a, b []rune) int {
	if len(b) > 2*maxNear {
		return len(b)
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
