package eval

import "math/rand/v2"

// Draw takes k examples of each label by chance and gives the others as rest,
// for measuring with few examples. The same seed draws the same.
func Draw(examples []Example, k int, seed uint64) (drawn, rest []Example) {
	chance := rand.New(rand.NewPCG(seed, uint64(k))) //nolint:gosec // a repeatable sample, not a secret
	have := map[string]int{}
	for _, i := range chance.Perm(len(examples)) {
		e := examples[i]
		if have[e.Label] < k {
			have[e.Label]++
			drawn = append(drawn, e)
			continue
		}
		rest = append(rest, e)
	}
	return drawn, rest
}
