package model

import "math"

// threshold is the probability from which a text counts as inside.
const threshold = 0.5

// belief says how far scores can be believed. It is learned on examples that
// were held back.
type belief struct {
	sharp float64 // factor of the scores before they are made shares of one (temperature, Guo et al. 2017)
	in    signals // logistic weights
}

// trial is a text that was read by a model which had not been taught it.
type trial struct {
	score []float32
	truth int32 // -1 = outside
	share share
}

// believe holds back a part of the examples, learns from the others, and sees
// what the scores were worth.
func believe(c *corpus, r *recipe, step func()) belief {
	var trials []trial
	for part := range r.parts(c) {
		trials = append(trials, hold(c, r, part, step)...)
	}
	b := belief{sharp: sharpness(trials, len(c.labels))}
	expected := strangers
	if !c.taughtOutside(r) {
		trials, expected = nil, strangers/2 // closer than real ones, so fewer of them are worth a text of ours
		for part := range r.strangers(c) {
			trials = append(trials, strange(c, r, part, step)...)
		}
	}
	b.in = logistic(trials, b.sharp, len(c.labels), expected)
	return b
}

// parts is how many parts of the examples are held back in turn: more where
// there are few, because then one part tells little and costs little.
func (r *recipe) parts(c *corpus) int {
	return max(1, min(4, 6000/max(1, len(c.label))))
}

// strangers is how many times labels are held back as a whole.
func (r *recipe) strangers(c *corpus) int {
	if len(c.labels) < 4 {
		return 0
	}
	return r.parts(c)
}

// taughtOutside says that there are enough outside texts to judge by.
func (c *corpus) taughtOutside(r *recipe) bool { return c.outer*r.parts(c)/r.hold >= 15 }

// hold reads the part of the examples with a model that was taught the others.
func hold(c *corpus, r *recipe, part int, step func()) []trial {
	var use, held []int32
	seen := map[int32]int{}
	for i, l := range c.label {
		if i < c.given && seen[l]%r.hold == r.hold-1-part {
			held = append(held, int32(i))
		} else {
			use = append(use, int32(i))
		}
		seen[l]++
	}
	return try(c, fit(c, use, r, step), held)
}

// strange holds back all examples of every fourth label besides a part of the
// others: to the model, those labels' texts belong nowhere. They stand in for
// outside texts where there are none; being close to the labels that it knows,
// they are harder to tell than most.
func strange(c *corpus, r *recipe, part int, step func()) []trial {
	var use, held []int32
	seen := map[int32]int{}
	for i, l := range c.label {
		seen[l]++
		switch {
		case l >= 0 && int(l)%4 == part:
			if i < c.given && seen[l]%2 == 0 {
				held = append(held, int32(i))
			}
		case i < c.given && seen[l]%r.hold == 0:
			held = append(held, int32(i))
		default:
			use = append(use, int32(i))
		}
	}
	out := try(c, fit(c, use, r, step), held)
	for i := range out {
		if t := &out[i]; t.truth >= 0 && int(t.truth)%4 == part {
			t.truth = -1
		}
	}
	return out
}

func try(c *corpus, l *linear, held []int32) []trial {
	rd := newReader(l.voc)
	out := make([]trial, 0, len(held))
	for _, i := range held {
		v := rd.vector(c.features(i))
		t := trial{score: make([]float32, l.k), truth: c.label[i], share: v.share()}
		l.scores(v, t.score)
		out = append(out, t)
	}
	return out
}

// sharpness finds the factor under which the truth is most likely, by golden
// section on its logarithm.
func sharpness(trials []trial, labels int) float64 {
	return golden(func(z float64) float64 { return nll(trials, labels, float32(math.Exp(z))) })
}

// nll is the negative logarithm of the likelihood of the true labels.
func nll(trials []trial, labels int, f float32) float64 {
	var sum float64
	for _, t := range trials {
		if t.truth < 0 {
			continue
		}
		s := t.score[:labels]
		top := s[0]
		for _, x := range s {
			top = max(top, x)
		}
		var total float32
		for _, x := range s {
			total += exp((x - top) * f)
		}
		sum += math.Log(float64(total)) - float64((s[t.truth]-top)*f)
	}
	return sum
}

func golden(loss func(z float64) float64) float64 {
	lo, hi := math.Log(0.5), math.Log(20)
	const ratio = 0.6180339887498949
	a, b := hi-ratio*(hi-lo), lo+ratio*(hi-lo)
	fa, fb := loss(a), loss(b)
	for range 16 {
		if fa <= fb {
			hi, b, fb = b, a, fa
			a = hi - ratio*(hi-lo)
			fa = loss(a)
		} else {
			lo, a, fa = a, b, fb
			b = lo + ratio*(hi-lo)
			fb = loss(b)
		}
	}
	return math.Exp((lo + hi) / 2)
}
