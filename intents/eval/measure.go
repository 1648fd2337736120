package eval

import (
	"cmp"
	"math"
	"slices"
)

// Figures say how well a set was read. Shares are from 0 to 1; a figure about
// a part that the set does not have is 0.
type Figures struct {
	Texts   int `json:"texts"`   // that belong to a label
	Outside int `json:"outside"` // that belong to none

	// Accuracy is the share of texts whose best label is the true one, whether
	// or not they were taken as inside.
	Accuracy float64 `json:"accuracy"`
	// AccuracyKept counts a text only if it was taken as inside too.
	AccuracyKept float64 `json:"accuracy_kept"`
	MacroF1      float64 `json:"macro_f1"` // mean of the labels' F1, each label weighing the same
	// ECE is the expected calibration error of the best label's probability.
	ECE float64 `json:"ece"`

	// Kept is the share of texts of a label that were taken as inside.
	Kept float64 `json:"kept"`
	// OutsideRecall is the share of outside texts that were seen as such.
	OutsideRecall float64 `json:"oos_recall"`
	// OutsideRecall90 is that share at the threshold which keeps nine in ten
	// texts of labels.
	OutsideRecall90 float64 `json:"oos_recall_at_90_kept"`
	// AUROC is the probability that a text of a label looks more inside than one
	// of none.
	AUROC float64 `json:"auroc"`
}

// Measure makes figures of readings. Readings with an empty label are texts
// that belong to none.
func Measure(rs []Reading) Figures {
	var f Figures
	var in, out []float64
	right := 0.0
	for _, r := range rs {
		if r.Label == "" {
			f.Outside++
			out = append(out, r.Inside)
			f.OutsideRecall += count(!r.In)
			continue
		}
		f.Texts++
		in = append(in, r.Inside)
		right += count(r.Right())
		f.AccuracyKept += count(r.Right() && r.In)
		f.Kept += count(r.In)
	}
	f.Accuracy = share(right, f.Texts)
	f.AccuracyKept = share(f.AccuracyKept, f.Texts)
	f.Kept = share(f.Kept, f.Texts)
	f.OutsideRecall = share(f.OutsideRecall, f.Outside)
	f.OutsideRecall90 = recallAt(in, out, 0.9)
	f.AUROC = auroc(in, out)
	f.MacroF1 = macroF1(rs)
	f.ECE = calibrationError(rs, 15)
	return f
}

func count(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func share(part float64, of int) float64 {
	if of == 0 {
		return 0
	}
	return part / float64(of)
}

// calibrationError is the mean distance between how sure the reader was and how
// often it was right, in bins of equal width, weighed by their readings
// (Guo, Pleiss, Sun & Weinberger 2017).
func calibrationError(rs []Reading, bins int) float64 {
	right, sure := make([]float64, bins), make([]float64, bins)
	n := 0
	for _, r := range rs {
		if r.Label == "" {
			continue
		}
		n++
		b := min(bins-1, max(0, int(r.P*float64(bins))))
		right[b] += count(r.Right())
		sure[b] += r.P
	}
	sum := 0.0
	for b := range right {
		sum += math.Abs(right[b] - sure[b])
	}
	return share(sum, n)
}

// macroF1 is the mean over all labels that are true for at least one text.
func macroF1(rs []Reading) float64 {
	type tally struct{ hit, said, is float64 }
	by := map[string]*tally{}
	at := func(l string) *tally {
		if by[l] == nil {
			by[l] = &tally{}
		}
		return by[l]
	}
	for _, r := range rs {
		if r.Label == "" {
			continue
		}
		at(r.Label).is++
		at(r.Said).said++
		at(r.Said).hit += count(r.Right())
	}
	var sorted []*tally
	for _, l := range sortedKeys(by) {
		if by[l].is > 0 {
			sorted = append(sorted, by[l])
		}
	}
	sum := 0.0
	for _, t := range sorted {
		sum += 2 * t.hit / (t.said + t.is)
	}
	return share(sum, len(sorted))
}

// recallAt is the share of out below the value that keeps the share keep of in.
func recallAt(in, out []float64, keep float64) float64 {
	if len(in) == 0 || len(out) == 0 {
		return 0
	}
	in = slices.Sorted(slices.Values(in))
	limit := in[int(float64(len(in))*(1-keep))]
	below := 0.0
	for _, x := range out {
		below += count(x < limit)
	}
	return share(below, len(out))
}

// auroc counts the pairs in which the inside text looks more inside; a tie is
// half a pair (the Mann–Whitney statistic).
func auroc(in, out []float64) float64 {
	if len(in) == 0 || len(out) == 0 {
		return 0
	}
	in = slices.Sorted(slices.Values(in))
	sum := 0.0
	for _, x := range out {
		lo, _ := slices.BinarySearch(in, x)
		hi, _ := slices.BinarySearchFunc(in, x, func(a, b float64) int {
			if a <= b {
				return -1
			}
			return 1
		})
		sum += float64(len(in)-hi) + float64(hi-lo)/2
	}
	return sum / float64(len(in)) / float64(len(out))
}

// Confusion is a pair of labels that were taken for each other.
type Confusion struct {
	Label string // the true one; "" = outside
	Said  string // what was read; "" = taken as outside
	Wrong []Reading
}

// Confusions gives the pairs with the most mistakes first, at most n (0 = all).
// A text of a label that was taken as outside counts as a mistake, and so does
// an outside text that was taken as inside.
func Confusions(rs []Reading, n int) []Confusion {
	type pair struct{ label, said string }
	by := map[pair][]Reading{}
	for _, r := range rs {
		said := r.Said
		if !r.In {
			said = ""
		}
		if said != r.Label {
			by[pair{r.Label, said}] = append(by[pair{r.Label, said}], r)
		}
	}
	out := make([]Confusion, 0, len(by))
	for p, wrong := range by {
		out = append(out, Confusion{p.label, p.said, wrong})
	}
	slices.SortFunc(out, func(a, b Confusion) int {
		return cmp.Or(cmp.Compare(len(b.Wrong), len(a.Wrong)), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Said, b.Said))
	})
	if n > 0 && len(out) > n {
		out = out[:n]
	}
	return out
}
