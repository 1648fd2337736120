package dialog

import (
	"maps"
	"slices"
	"unicode/utf8"
)

// codeFacts keeps a map in the order of its keys, as texts. A look-up brings
// two dozen facts and most turns leave them as they are, so what they were read
// from is kept (stored) and written again, as long as it still says the same:
// that takes a third of the time of putting them in order once more.
func codeFacts(c *coder, number uint64, p *map[string]string, stored string) {
	if !c.reading && len(*p) == 0 || !c.field(number, kindTexts) {
		return
	}
	if c.reading {
		c.readFacts(p)
		return
	}
	c.writeNumber(uint64(2 * len(*p)))
	if writes(stored, *p) {
		c.out = append(c.out, stored...)
		return
	}
	var room [maxSorted]string
	for _, k := range sorted(*p, &room) {
		c.writeText(k)
		c.writeText((*p)[k])
	}
}

func (c *coder) readFacts(p *map[string]string) {
	n := c.count()
	all := make(map[string]string, min(n/2, 64))
	from, at := c.in, c.at
	for ; n > 1 && c.err == nil; n -= 2 {
		k := c.text()
		all[k] = c.text()
	}
	if n == 1 {
		c.fail()
	}
	if c.err == nil {
		c.facts = from[at : len(from)-c.left()]
	}
	*p = all
	c.done()
}

// writes says whether stored is to the byte what is written for m: the same keys
// with the same values, in order, each once, and valid UTF-8. Where a text is
// long it says no, without looking: then every length is one byte that is
// ASCII, so that texts are valid each if they are together.
func writes(stored string, m map[string]string) bool {
	if stored == "" || !utf8.ValidString(stored) {
		return false
	}
	n, last := 0, ""
	for rest := stored; rest != ""; n++ {
		k, after, ok := shortText(rest)
		v, then, more := shortText(after)
		if have, known := m[k]; !ok || !more || !known || have != v || n > 0 && k <= last {
			return false
		}
		last, rest = k, then
	}
	return n == len(m)
}

// shortText takes a text of less than 128 bytes off the beginning of s.
func shortText(s string) (text, rest string, ok bool) {
	if s == "" || s[0] >= utf8.RuneSelf || len(s) <= int(s[0]) {
		return "", "", false
	}
	end := int(s[0]) + 1
	return s[1:end], s[end:], true
}

// maxSorted is more than the keys of nearly every map.
const maxSorted = 32

// sorted gives the keys of a map in their order, in room if there is enough.
func sorted[V any](m map[string]V, room *[maxSorted]string) []string {
	if len(m) > maxSorted {
		return slices.Sorted(maps.Keys(m))
	}
	keys := room[:0]
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
