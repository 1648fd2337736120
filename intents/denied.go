package intents

import (
	"strings"

	"github.com/accord-chat/accord/intents/phrase"
	"github.com/accord-chat/accord/intents/text"
)

// notSo says that a trouble is denied: "it is not damaged", "I don't think it
// is late", 没有坏, 不是寄错. Only words of trouble can be: who writes "it is
// not refunded" wants the refund.
func (a *analysis) notSo(m phrase.Match) bool {
	t := a.doc.Tokens
	switch {
	case m.Gapped || a.askedAt(m.First): // "is it not damaged?"
		return false
	case t[m.Last].Kind == text.Han:
		return a.notSoHan(m)
	case !trouble(t[m.Last].Norm):
		return false
	}
	for i := m.First - 1; i >= 0 && i >= m.First-5; i-- {
		switch t[i].Norm {
		case "not", "nothing":
			return true
		case "it", "is", "was", "are", "were", "be", "that", "a", "the", "really", "actually", "very", "at", "all", "think", "believe", "arrive", "come", "say":
		default: // "not only damaged", "not the first time it is late"
			return false
		}
	}
	return false
}

// notSoHan hears it in Chinese, where the clause must end behind the word: not
// in 不是坏了就是丢了, 不是迟到一次了 or 是不是坏了.
func (a *analysis) notSoHan(m phrase.Match) bool {
	t := a.doc.Tokens
	if !strings.ContainsAny(a.cueText(m), "坏破损障脏吵慢漏裂错丢晚迟") || strings.ContainsAny(a.cueText(m), "没不未") {
		return false
	}
	for i := m.Last + 1; i < len(t) && !a.marked(i, i+1); i++ {
		if !strings.Contains("的了啊呀哦啦掉过货户件商品东西人家", t[i].Norm) {
			return false
		}
	}
	before := a.normal(max(0, m.First-4), m.First)
	for _, no := range [...]string{"没有", "没", "不是", "并非", "不"} {
		if rest, cut := strings.CutSuffix(before, no); cut {
			return !strings.HasSuffix(rest, "是") && !strings.HasSuffix(rest, "有") && !strings.HasSuffix(rest, "又") && !strings.Contains(a.normal(m.Last+1, len(t)), "就是")
		}
	}
	return false
}

// askedAt says that token i stands in a question.
func (a *analysis) askedAt(i int) bool {
	for k := range a.clauses {
		if c := &a.clauses[k]; c.first <= i && i <= c.segs[len(c.segs)-1].last {
			return c.asked
		}
	}
	return false
}

// trouble lists what goes wrong, where a flow's cues end on it.
func trouble(w string) bool {
	switch w {
	case "damaged", "broken", "faulty", "defective", "cracked", "scratched", "leaking", "slow", "late", "delayed", "wrong", "dirty", "loud", "noisy", "missing", "lost", "overcharged", "overbooked":
		return true
	}
	return false
}
