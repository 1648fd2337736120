package main

import (
	"fmt"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/intents/eval"
)

const (
	enough = 100  // sentences of an intent from which more of the same are no remedy
	sure   = 0.85 // probability from which a sentence is rather out of place than hard to read
	mutual = 2    // as often the other way, to a factor, is to be mixed up both ways
)

// advise gives every pair of intents that are mixed up what to do about it, as
// far as counting can tell.
func advise(cs []confusion, all []eval.Reading) {
	have := map[string]int{}
	for _, r := range all {
		have[r.Label]++
	}
	back := map[[2]string]int{}
	for _, c := range cs {
		back[[2]string{c.Read, c.Intent}] = c.Count
	}
	for i, c := range cs {
		cs[i].Advice = adviceOn(c, have[c.Intent], back[[2]string{c.Intent, c.Read}])
	}
}

// adviceOn is the remedy for one pair: have is how many sentences its intent has,
// and back how many are mixed up the other way.
func adviceOn(c confusion, have, back int) string {
	astray := 0
	for _, r := range c.wrong {
		if r.P*r.Inside >= sure {
			astray++
		}
	}
	switch {
	case c.Intent == "":
		return fmt.Sprintf("add sentences like these under [%s]; what is your business after all belongs under [%s]", flow.Outside, c.Read)
	case 2*astray > c.Count:
		return fmt.Sprintf("move those to [%s] that belong there: of most it is certain that they do", c.Read)
	case back > 0 && back*mutual >= c.Count && c.Count*mutual >= back:
		return fmt.Sprintf("%d are mixed up the other way: write sentences for both that differ in just what sets [%s] and [%s] apart", back, c.Intent, c.Read)
	case have < enough:
		return fmt.Sprintf("add sentences to [%s], which has %d: some that sound like [%s] and are not", c.Intent, have, c.Read)
	}
	return fmt.Sprintf("give [%s] a cue, a line \"= WORDS\", for words in these that only it has; else add sentences that sound like [%s] and are not", c.Intent, c.Read)
}
