package model

import "math"

// strangers is how many of the messages are expected to belong nowhere.
const strangers float64 = 0.3

// ridge is how strongly the weights are held to what is right where nothing has
// been learned.
const ridge = 0.3

// unlearned takes a text for inside if half of its words are known.
func unlearned() signals { return signals{0: -3, 5: 6} }

// sample is a text of which it is known whether it is inside.
type sample struct {
	x      signals
	y      float64 // 1 = inside
	weight float64
}

// logistic learns inside from outside by Newton's method. Each side weighs as
// much as is expected of it, however many texts of it were tried; expected is
// the share of outside.
func logistic(trials []trial, sharp float64, labels int, expected float64) signals {
	var in, out float64
	for _, t := range trials {
		if t.truth >= 0 {
			in++
		} else {
			out++
		}
	}
	if in == 0 || out == 0 {
		return unlearned()
	}
	scale := 2 * min(in, out)
	samples := make([]sample, len(trials))
	for i, t := range trials {
		s := sample{x: signalsOf(t.score, labels, sharp, t.share), y: 1, weight: (1 - expected) * scale / in}
		if t.truth < 0 {
			s.y, s.weight = 0, expected*scale/out
		}
		samples[i] = s
	}
	return newton(samples)
}

// newton walks down the loss; a step that would lead up is halved, because far
// from the end the curve promises too much.
func newton(samples []sample) signals {
	w := unlearned()
	loss := lossOf(samples, w)
	for range 30 {
		step := eliminate(curve(samples, w))
		next, nextLoss := w, loss
		for f := 1.0; f > 1e-4; f /= 2 {
			for i := range next {
				next[i] = w[i] - f*step[i]
			}
			if nextLoss = lossOf(samples, next); nextLoss <= loss {
				break
			}
		}
		if !(nextLoss < loss-1e-9) {
			break
		}
		w, loss = next, nextLoss
	}
	return w
}

func lossOf(samples []sample, w signals) float64 {
	var sum float64
	for i, from := range unlearned() {
		sum += ridge / 2 * (w[i] - from) * (w[i] - from)
	}
	for i := range samples {
		s := &samples[i]
		z := w.dot(&s.x)
		sum += s.weight * (math.Max(z, 0) - s.y*z + math.Log1p(math.Exp(-math.Abs(z))))
	}
	return sum
}

// curve gives the second and first derivatives of the loss.
func curve(samples []sample, w signals) (h [signalCount]signals, g signals) {
	for i, from := range unlearned() {
		g[i], h[i][i] = ridge*(w[i]-from), ridge
	}
	for n := range samples {
		s := &samples[n]
		p := 1 / (1 + math.Exp(-w.dot(&s.x)))
		d, c := s.weight*(p-s.y), s.weight*p*(1-p)
		for i, xi := range s.x {
			g[i] += d * xi
			for j, xj := range s.x {
				h[i][j] += c * xi * xj
			}
		}
	}
	return h, g
}

// eliminate solves h·x = g for a positive definite h.
func eliminate(h [signalCount]signals, g signals) signals {
	const n = signalCount
	for i := range n {
		for j := i + 1; j < n; j++ {
			f := h[j][i] / h[i][i]
			for k := i; k < n; k++ {
				h[j][k] -= f * h[i][k]
			}
			g[j] -= f * g[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			g[i] -= h[i][k] * g[k]
		}
		g[i] /= h[i][i]
	}
	return g
}
