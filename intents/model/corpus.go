package model

import (
	"slices"
	"strings"
	"sync"

	"github.com/accord-chat/accord/intents/text"
)

// corpus is what is learned from, taken apart once for all that learn from it.
type corpus struct {
	labels []string
	label  []int32 // of each text; -1 = outside
	given  int     // texts before this one were given; the others are names of labels
	outer  int     // texts that belong to no label
	feats  []feature
	end    []int
	hashes []uint32 // of the different features, by their number
	single []bool   // they are words by themselves
	script []script // by label: what its examples are written in
}

// newCorpus numbers the labels in alphabetical order and passes over what has
// no label or nothing to learn from in it. The name of each label comes last.
func newCorpus(examples []Example, o Options) *corpus {
	texts := make([]string, 0, len(examples)+len(o.Outside))
	for _, e := range examples {
		texts = append(texts, e.Text)
	}
	texts = append(texts, o.Outside...)
	feats, end, scripts := takeAllApart(texts)
	c := &corpus{feats: feats[:0]}
	c.number(examples, end)
	c.script = make([]script, len(c.labels))
	from := 0
	for i, to := range end {
		label := int32(-1)
		if i < len(examples) {
			n, ok := slices.BinarySearch(c.labels, examples[i].Label)
			if label = int32(n); !ok {
				to = from // no label: nothing to learn
			} else {
				c.script[n] |= scripts[i]
			}
		}
		if to > from {
			c.add(feats[from:to], label)
		}
		from = end[i]
	}
	c.given = len(c.label)
	var x extractor
	for n, l := range c.labels {
		c.add(x.features(text.Parse(spoken(l))), int32(n))
	}
	c.numberFeatures()
	return c
}

// numberFeatures numbers the different features, so that all that learns from the corpus
// counts in plain rows instead of looking up each feature again.
func (c *corpus) numberFeatures() {
	voc := newVocabulary(len(c.feats) / 4)
	for i := range c.feats {
		f := &c.feats[i]
		if f.id = voc.learn(f.hash); int(f.id) == len(c.hashes) {
			c.hashes, c.single = append(c.hashes, f.hash), append(c.single, f.single)
		}
	}
}

// number collects the labels that have an example.
func (c *corpus) number(examples []Example, end []int) {
	from := 0
	for i, e := range examples {
		if e.Label != "" && end[i] > from {
			c.labels = append(c.labels, e.Label)
		}
		from = end[i]
	}
	slices.Sort(c.labels)
	c.labels = slices.Compact(c.labels)
}

func (c *corpus) add(fs []feature, label int32) {
	c.feats = append(c.feats, fs...)
	c.end = append(c.end, len(c.feats))
	c.label = append(c.label, label)
	if label < 0 {
		c.outer++
	}
}

// takeAllApart gives the features of texts, one after the other, where those of
// each end, and what each is written in. It works on the two halves at once.
func takeAllApart(texts []string) ([]feature, []int, []script) {
	half := len(texts) / 2
	var second []feature
	var ends []int
	var others []script
	var wg sync.WaitGroup
	wg.Go(func() { second, ends, others = takeApart(texts[half:]) })
	feats, end, scripts := takeApart(texts[:half])
	wg.Wait()
	base := len(feats)
	feats = append(feats, second...)
	for _, e := range ends {
		end = append(end, base+e)
	}
	return feats, end, append(scripts, others...)
}

func takeApart(texts []string) (fs []feature, ends []int, scripts []script) {
	var x extractor
	fs = make([]feature, 0, 128*len(texts))
	for _, t := range texts {
		d := text.Parse(t)
		fs = append(fs, x.features(d)...)
		ends = append(ends, len(fs))
		scripts = append(scripts, scriptOf(d))
	}
	return fs, ends, scripts
}

// script is a set of ways to write: what was taught in one says nothing of the
// other.
type script uint8

const (
	letters script = 1 << iota
	han
)

// scriptOf gives what the words of d are written in.
func scriptOf(d *text.Doc) script {
	var s script
	for i := range d.Tokens {
		switch d.Tokens[i].Kind {
		case text.Word:
			s |= letters
		case text.Han:
			s |= han
		}
	}
	return s
}

// features gives those of text i.
func (c *corpus) features(i int32) []feature {
	from := 0
	if i > 0 {
		from = c.end[i-1]
	}
	return c.feats[from:c.end[i]]
}

// all gives the numbers of all texts.
func (c *corpus) all() []int32 {
	out := make([]int32, len(c.label))
	for i := range out {
		out[i] = int32(i)
	}
	return out
}

// spoken makes words of a label's name: "card_arrival" is about a card.
func spoken(label string) string {
	return strings.NewReplacer("_", " ", "-", " ", ".", " ", ":", " ").Replace(label)
}
