package slot

import (
	"github.com/accord-chat/accord/dialog/message"
)

// counts reads what stands for a number where one was asked for: "half a
// dozen", "a couple", "none", 俩, 一打, 两大一小.
func (f *finder) counts() {
	for i := 0; i < len(f.t); i++ {
		if f.used[i] {
			continue
		}
		if v, n := f.countWords(i); n > 0 {
			f.put(message.Slot{Kind: message.SlotNumber, Amount: v}, i, i+n-1)
			i += n - 1
		}
	}
}

func (f *finder) countWords(i int) (int64, int) {
	switch {
	case f.oneOf(i, "half") && f.oneOf(i+1, "a") && f.oneOf(i+2, "dozen"):
		return 6, 3
	case f.oneOf(i, "a") && f.oneOf(i+1, "dozen"):
		return 12, 2
	case f.oneOf(i, "a") && f.oneOf(i+1, "couple", "pair"):
		return 2, 2
	case f.oneOf(i, "zero", "none"):
		return 0, 1
	case i == 0 && f.wholeHan("没有"):
		return 0, len(f.t)
	}
	if s, n := f.hanAny(i, "俩", "仨", "半打"); n > 0 {
		return map[string]int64{"俩": 2, "仨": 3, "半打": 6}[s], n
	}
	fig, ok := f.figureAt(i)
	if !ok || !fig.whole {
		return 0, 0
	}
	v, next := fig.cents/100, i+fig.n
	if f.oneOf(next, "dozen") {
		return 12 * v, fig.n + 1
	}
	switch s, n := f.hanAny(next, "打", "对", "双", "大"); s {
	case "打":
		return 12 * v, fig.n + n
	case "对", "双":
		return 2 * v, fig.n + n
	case "大": // grown-ups and children
		if more, ok := f.figureAt(next + n); ok {
			if _, k := f.hanAny(next+n+more.n, "小"); k > 0 {
				return v + more.cents/100, fig.n + n + more.n + k
			}
		}
	}
	return 0, 0
}

// wholeHan says that the text is these characters and nothing else.
func (f *finder) wholeHan(s string) bool {
	n, ok := f.han(0, s)
	return ok && n == len(f.t)
}
