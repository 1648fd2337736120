package model

// recipe holds the settings of the learner. They were chosen on the training
// and validation parts of public sets and by cross-validation of the shipped
// flows, never on what the results are reported for.
type recipe struct {
	epochs int     // passes over the examples
	rate   float32 // of learning at the beginning; it falls to nothing
	drop   float32 // share of features that is hidden in a pass, so that none is relied on alone
	smooth float32 // share of certainty that goes to all labels alike (Szegedy et al. 2016)

	enough float32 // distance from the wanted certainty that is left alone

	roomy   int // weights up to which features seen once are kept
	largest int // weights beyond which rarer and rarer features are given up
	hold    int // one in hold examples is held back to calibrate
}

// standard is what Train uses.
func standard() recipe {
	return recipe{
		epochs: 4, rate: 2, drop: 0.4, smooth: 0.1, enough: 0.05,
		roomy: 6 << 20, largest: 64 << 20,
		hold: 5,
	}
}

// passes gives the number of passes over n examples: few examples need more.
func (r *recipe) passes(n int) int {
	if n < small {
		return 30
	}
	return max(r.epochs, min(15, 24000/n))
}

// small is the number of examples below which each step counts so much that the
// last ones would decide: smaller steps, and more of them.
const small = 200

// pace is the rate of learning from n examples at the beginning.
func (r *recipe) pace(n int) float32 {
	if n < small {
		return r.rate / 2
	}
	return r.rate
}
