package intents

import (
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/slot"
	"github.com/accord-chat/accord/intents/text"
)

// needed says that a day or hour is named as the one by which something is
// needed: "by Tuesday", "I need it on Friday", 周二要用, 最晚周三. What somebody
// else said or promised is part of the story.
func (a *analysis) needed(h slot.Hit) bool {
	if h.Kind != message.SlotDate && h.Kind != message.SlotTime || a.reported(h.First) {
		return false
	}
	return a.neededBefore(h.First) || a.neededBehind(h.Last+1) || a.words(h.Last+1, "at", "the", "latest") || a.words(h.Last+1, "latest")
}

// reported says that the words before tell what was said or promised.
func (a *analysis) reported(i int) bool {
	t := a.doc.Tokens
	for k := i - 1; k >= 0 && k >= i-8 && !a.marked(k, i); k-- {
		switch t[k].Norm {
		case "said", "told", "promised", "promise", "supposed", "should", "was", "meant", "say", "says",
			"说", "约", "诺", "讲", "应", "答":
			return true
		}
	}
	return false
}

// neededBefore looks at the words in front of a day.
func (a *analysis) neededBefore(i int) bool {
	t := a.doc.Tokens
	if i >= 2 && (a.han(i-2, "最晚") || a.han(i-2, "最迟") || a.han(i-2, "最慢")) {
		return true
	}
	if i < 1 || t[i-1].Kind != text.Word {
		return false
	}
	switch t[i-1].Norm {
	case "by", "before", "latest":
		return true
	case "than": // no later than friday
		return i >= 2 && t[i-2].Norm == "later"
	case "on", "for", "this", "next", "it", "here", "there", "home", "ready", "me", "done":
		for k := i - 2; k >= 0 && k >= i-5 && !a.marked(k, i); k-- {
			if t[k].Stem == "need" {
				return true
			}
		}
	}
	return false
}

// neededBehind looks at the characters behind a day: 要用, 前要, 之前送到.
func (a *analysis) neededBehind(i int) bool {
	var b strings.Builder
	for t := a.doc.Tokens; i < len(t) && t[i].Kind == text.Han && b.Len() < 30; i++ {
		b.WriteString(t[i].Norm)
	}
	rest := b.String()
	for _, part := range []string{"早上", "上午", "中午", "下午", "晚上", "之", "以"} {
		rest = strings.TrimPrefix(rest, part)
	}
	before, cut := strings.CutPrefix(rest, "前")
	for _, w := range []string{"就", "一定", "必须", "得", "能"} {
		before = strings.TrimPrefix(before, w)
	}
	if cut && before == "" {
		return true
	}
	uses := []string{"要用", "得用", "等着用", "急用", "要到", "要送", "要拿", "要收", "要穿", "要戴"}
	if cut {
		uses = append(uses, "要", "用", "送", "到", "拿", "收", "给")
	}
	return slices.ContainsFunc(uses, func(u string) bool { return strings.HasPrefix(before, u) }) || usedThen(before)
}

// usedThen says that a use follows a few words behind a day, as in 周三搬家要用,
// and nothing between tells what happened on it: 周二买的,要用.
func usedThen(rest string) bool {
	for _, use := range [...]string{"要用", "得用", "等着用", "急用"} {
		if between, _, found := strings.Cut(rest, use); found {
			return len(between) <= 5*len("天") && !strings.ContainsAny(between, "买收寄订说坏到没不的")
		}
	}
	return false
}
