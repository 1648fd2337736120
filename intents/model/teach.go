package model

import "math"

// A linear separator a label, learned all at once by multinomial logistic
// regression: stochastic gradient descent with features hidden at random
// (dropout, Wager, Wang & Liang 2013) and a little of the certainty given to
// all labels (label smoothing). Hiding makes rare words learn beside common
// ones, which is what tells messages apart that no example foresaw.

// linear is a vocabulary with its separators.
type linear struct {
	voc   *vocabulary
	k     int       // labels, and one more if there were texts of none
	w     []int8    // row × k, in units of the row's scale
	scale []float32 // by row
	bias  []float32
}

// fit learns from the texts use.
func fit(c *corpus, use []int32, r *recipe, step func()) *linear {
	k := len(c.labels)
	if c.outer > 0 {
		k++
	}
	voc := survey(c, use).narrow(c, k, r)
	t := newTeacher(voc.n, k, r)
	rd := newReader(voc)
	for _, i := range use {
		t.x.append(rd.vector(c.features(i)))
		label := c.label[i]
		if label < 0 {
			label = int32(k - 1)
		}
		t.label = append(t.label, label)
	}
	t.run(r.passes(len(c.label)), step)
	return t.pack(voc)
}

func newTeacher(rows, labels int, r *recipe) *teacher {
	k := (labels + lane - 1) / lane * lane
	return &teacher{recipe: r, labels: labels, k: k, w: make([]float32, rows*k), bias: make([]float32, k), score: make([]float32, k)}
}

// teacher learns.
type teacher struct {
	recipe *recipe
	x      matrix
	label  []int32
	labels int
	k      int // labels, rounded up to a multiple of lane
	w      []float32
	bias   []float32
	score  []float32
	rows   []int32 // of the text at hand that are not hidden
	vals   []float32
	chance lcg
}

func (t *teacher) run(epochs int, step func()) {
	t.chance = 1
	order := make([]int32, len(t.label))
	for i := range order {
		order[i] = int32(i)
	}
	done, all, rate := 0, float32(epochs*len(order)), t.recipe.pace(len(order))
	for range epochs {
		t.chance.shuffle(order)
		for _, i := range order {
			t.visit(int(i), rate*(1-float32(done)/all))
			done++
		}
		step()
	}
}

// visit moves the separators towards telling example i from the others.
func (t *teacher) visit(i int, rate float32) {
	t.hide(t.x.at(i))
	copy(t.score, t.bias)
	for j, row := range t.rows {
		axpy(t.vals[j], t.w[int(row)*t.k:][:t.k], t.score)
	}
	score := t.score[:t.labels]
	softmax(score)
	smooth := t.recipe.smooth
	for j, p := range score {
		score[j] = rate * (smooth/float32(t.labels) - p)
	}
	own := &score[t.label[i]]
	*own += rate * (1 - smooth)
	if *own < rate*t.recipe.enough && *own > -rate*t.recipe.enough {
		return
	}
	for j, row := range t.rows {
		axpy(t.vals[j], t.score, t.w[int(row)*t.k:][:t.k])
	}
	axpy(1, t.score, t.bias)
}

// dice is how many bits of chance decide on one feature; three decisions are
// taken from one number.
const dice = 16

// hide leaves out features by chance and makes up for it with the others.
func (t *teacher) hide(rows []int32, vals []float32) {
	t.rows, t.vals = t.rows[:0], t.vals[:0]
	drop, gain := uint64(t.recipe.drop*(1<<dice)), 1/(1-t.recipe.drop)
	var die uint64
	for j, row := range rows {
		if die >>= dice; j%3 == 0 {
			die = t.chance.next() >> 16 // the lower bits are the poorer ones
		}
		if die&(1<<dice-1) >= drop {
			t.rows, t.vals = append(t.rows, row), append(t.vals, vals[j]*gain)
		}
	}
}

// pack stores each weight in one byte.
func (t *teacher) pack(voc *vocabulary) *linear {
	k := t.labels
	l := &linear{voc: voc, k: k, w: make([]int8, voc.n*k), scale: make([]float32, voc.n), bias: t.bias[:k]}
	for row := range l.scale {
		w := t.w[row*t.k:][:k]
		var most float32
		for _, x := range w {
			most = max(most, x, -x)
		}
		if most == 0 {
			continue
		}
		l.scale[row] = most / 127
		f := 127 / most
		for j, x := range w {
			l.w[row*k+j] = nearest(x * f)
		}
	}
	return l
}

// nearest rounds, halves away from nought.
func nearest(x float32) int8 {
	if x < 0 {
		return int8(x - 0.5)
	}
	return int8(x + 0.5)
}

// scores adds up what the features of v say for each label.
func (l *linear) scores(v vector, out []float32) {
	copy(out, l.bias)
	for j, row := range v.rows {
		x := v.vals[j] * l.scale[row]
		w, y := l.w[int(row)*l.k:][:len(out)], out
		for len(w) >= lane && len(y) >= lane {
			p, q := (*[lane]int8)(w), (*[lane]float32)(y)
			q[0] += x * float32(p[0])
			q[1] += x * float32(p[1])
			q[2] += x * float32(p[2])
			q[3] += x * float32(p[3])
			q[4] += x * float32(p[4])
			q[5] += x * float32(p[5])
			q[6] += x * float32(p[6])
			q[7] += x * float32(p[7])
			q[8] += x * float32(p[8])
			q[9] += x * float32(p[9])
			q[10] += x * float32(p[10])
			q[11] += x * float32(p[11])
			w, y = w[lane:], y[lane:]
		}
		for i, q := range w {
			y[i] += x * float32(q)
		}
	}
}

// axpy adds a·x to y, which are as long as each other and a multiple of lane.
func axpy(a float32, x, y []float32) {
	for len(x) >= lane && len(y) >= lane {
		p, q := (*[lane]float32)(x), (*[lane]float32)(y)
		q[0] += a * p[0]
		q[1] += a * p[1]
		q[2] += a * p[2]
		q[3] += a * p[3]
		q[4] += a * p[4]
		q[5] += a * p[5]
		q[6] += a * p[6]
		q[7] += a * p[7]
		q[8] += a * p[8]
		q[9] += a * p[9]
		q[10] += a * p[10]
		q[11] += a * p[11]
		x, y = x[lane:], y[lane:]
	}
}

// lane is how many weights are worked on in one go.
const lane = 12

// softmax turns scores into shares of one.
func softmax(s []float32) {
	top := s[0]
	for _, x := range s {
		top = max(top, x)
	}
	var sum float32
	for i, x := range s {
		s[i] = exp(x - top)
		sum += s[i]
	}
	for i := range s {
		s[i] /= sum
	}
}

// exp is e to the power x for x ≤ 0, to six digits: by powers of two and a
// polynomial for the rest.
func exp(x float32) float32 {
	if x < -60 {
		return 0
	}
	t := x * math.Log2E
	n := float32(math.Floor(float64(t)))
	f := t - n
	p := 1 + f*(0.6931472+f*(0.24022651+f*(0.05550411+f*(0.009618129+f*0.0013333558))))
	return math.Float32frombits(uint32(int32(math.Float32bits(p)) + int32(n)<<23))
}

// lcg is a generator of its own, so that no release of Go changes what is
// learned (the constants are those of Knuth's MMIX).
type lcg uint64

func (g *lcg) next() uint64 {
	*g = *g*6364136223846793005 + 1442695040888963407
	return uint64(*g)
}

func (g *lcg) shuffle(s []int32) {
	for i := len(s) - 1; i > 0; i-- {
		j := int((g.next() >> 33) % uint64(i+1))
		s[i], s[j] = s[j], s[i]
	}
}
