package model

import "math"

// Signals are what tells whether a text belongs to any label.
const signalCount = 8

type signals [signalCount]float64

// signalsOf gathers them from the scores. Of k labels the score behind them, if
// there is one, is that of belonging to none.
func signalsOf(score []float32, k int, sharp float64, v share) signals {
	first, second := float32(math.Inf(-1)), float32(math.Inf(-1))
	for _, x := range score[:k] {
		if x > first {
			first, second = x, first
		} else if x > second {
			second = x
		}
	}
	var sum float64
	for _, x := range score[:k] {
		sum += float64(exp((x - first) * float32(sharp)))
	}
	none := 0.0
	if len(score) > k {
		none = float64(score[k])
	}
	if k == 1 {
		second = 0
	}
	return signals{
		1,
		float64(first),
		float64(first - second),
		1 / sum,
		float64(first)*sharp + math.Log(sum) - none*sharp,
		v.known,
		v.parts,
		math.Log(float64(1 + v.words)),
	}
}

// share is what of a text some example had.
type share struct {
	known, parts float64 // of its words, and of their pieces
	words        int     // in the text
}

func (v *vector) share() share {
	return share{known: float64(v.known), parts: float64(v.parts), words: v.words}
}

// inside gives the probability that a text with these signals belongs to a label.
func (b *belief) inside(s signals) float64 { return 1 / (1 + math.Exp(-b.in.dot(&s))) }

func (w *signals) dot(x *signals) float64 {
	var z float64
	for i := range x {
		z += w[i] * x[i]
	}
	return z
}
