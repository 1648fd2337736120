package dialogtest

import (
	"fmt"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// saying is something a customer writes and what it means.
type saying struct {
	message.Reading
	text  string
	files []message.Attachment
}

// vocabulary is what customers say in one language where the flow has no words
// of its own for it.
type vocabulary struct {
	hello, order, day, comma, meant, never string
	makeIt                                 string // with the amount
	by                                     map[flow.ClassName]string
}

var words = map[message.Lang]vocabulary{
	message.English: {hello: "hello", order: "order ", day: "by Saturday", comma: ", ", meant: "no, I meant this: ", never: "never mind this: ", makeIt: "make it %d",
		by: map[flow.ClassName]string{flow.Message: "hello", flow.Told: "I need help with my order", flow.Vague: "hello?", flow.Answer: "by Saturday", flow.Accept: "yes",
			flow.Refuse: "no", flow.Counter: "a little more and I agree", flow.Beyond: "ten times as much", flow.Unsure: "I am not sure", flow.Pick: "the first one", flow.Change: "no, I meant another order",
			flow.Withdraw: "never mind that one", flow.Idea: "I have another idea", flow.Done: "that is all", flow.More: "one more thing", flow.Person: "a person, please",
			flow.Anger: "this makes me angry!", flow.Rage: "THIS IS AN OUTRAGE!!!", flow.Misread: "blue sky wobble", flow.Aside: "thanks", flow.Cancel: "/cancel", flow.Start: "/start"}},
	message.Simplified: {hello: "你好", order: "订单", day: "周六之前", comma: "，", meant: "不对，我说的是：", never: "这个不用了：", makeIt: "给%d我就同意",
		by: map[flow.ClassName]string{flow.Message: "你好", flow.Told: "我的订单有点问题", flow.Vague: "在吗？", flow.Answer: "周六之前", flow.Accept: "好的",
			flow.Refuse: "不行", flow.Counter: "再多一点我就同意", flow.Beyond: "要十倍才行", flow.Unsure: "说不好", flow.Pick: "第一个", flow.Change: "不对，我说的是另一个订单",
			flow.Withdraw: "那个就算了", flow.Idea: "我有别的想法", flow.Done: "没有别的了", flow.More: "还有一件事", flow.Person: "转人工",
			flow.Anger: "真让人生气！", flow.Rage: "你们太过分了！！！", flow.Misread: "蓝天晃啊晃", flow.Aside: "谢谢", flow.Cancel: "/cancel", flow.Start: "/start"}},
	message.Traditional: {hello: "你好", order: "訂單", day: "週六以前", comma: "，", meant: "不對，我說的是：", never: "這個不用了：", makeIt: "補 %d 我就接受",
		by: map[flow.ClassName]string{flow.Message: "你好", flow.Told: "我的訂單有點問題", flow.Vague: "請問有人在嗎？", flow.Answer: "週六以前", flow.Accept: "好",
			flow.Refuse: "不行", flow.Counter: "再多一點我就接受", flow.Beyond: "要十倍才行", flow.Unsure: "我不太確定", flow.Pick: "第一個", flow.Change: "不對，我說的是另一張訂單",
			flow.Withdraw: "那個就算了", flow.Idea: "我有別的想法", flow.Done: "沒有別的了", flow.More: "還有一件事", flow.Person: "請幫我轉真人",
			flow.Anger: "真的很讓人生氣！", flow.Rage: "你們太誇張了！！！", flow.Misread: "藍天晃呀晃", flow.Aside: "謝謝", flow.Cancel: "/cancel", flow.Start: "/start"}},
}

// reasons say for each class that the data decides what has to be so.
var reasons = map[flow.ClassName]string{
	flow.Look: "an order can be looked up", flow.Ask: "there is something to ask", flow.Complete: "nothing more has to be asked", flow.Nothing: "nothing was said that the catalog covers",
	flow.Skip: "there is no more than one thing to settle", flow.ToLower: "a wish cannot be met and has a ladder", flow.ToShelve: "what is left is not for the bot to settle",
	flow.ToPerson: "a wish is above the bot's authority", flow.AllDone: "nothing is open", flow.Offer: "an offer is left", flow.Exhausted: "no offer is left",
	flow.Told: "what happened is known", flow.Vague: "what happened is not known",
}

// because says in a comment what the data must be like for a class.
func because(c flow.Class) string {
	if c.Name == flow.Grant {
		return fmt.Sprintf("%d can be met at once", c.N)
	}
	if why, ok := reasons[c.Name]; ok {
		return why
	}
	return string(c.Name)
}

// sentence is what a customer says for a class.
func (g *stage) sentence(c flow.ClassName) string { return words[g.lang].by[c] }

// plain are the meanings that hang on nothing in the catalog.
var plain = map[flow.ClassName]message.Reading{
	flow.Accept: {Answer: message.Accept}, flow.Refuse: {Answer: message.Refuse}, flow.Unsure: {Answer: message.Unsure}, flow.Done: {Side: message.SideBye},
	flow.More: {Answer: message.Accept}, flow.Person: {Person: true}, flow.Anger: {Anger: 0.7}, flow.Rage: {Anger: 1}, flow.Misread: {}, flow.Aside: {Side: message.SideThanks},
	flow.Vague: {Side: message.SideGreeting},
}

// sayings are what may come to a class, the plainest first.
func (g *stage) sayings(c flow.ClassName) []saying {
	var out []saying
	if r, ok := plain[c]; ok {
		r.Lang = g.lang
		out = append(out, saying{Reading: r, text: g.sentence(c)})
	}
	switch c {
	case flow.Cancel:
		out = append(out, saying{text: "/cancel"})
	case flow.Vague, flow.Message:
		out = append(out, saying{files: []message.Attachment{{Kind: message.Photo}}})
	case flow.Counter, flow.Beyond:
		out = append(out, g.amounts()...)
	case flow.Answer, flow.Told:
		out = append(out, g.answers("", false)...)
	case flow.Change:
		out = append(out, g.answers(words[g.lang].meant, true)...)
	case flow.Withdraw, flow.Aside, flow.Pick:
		out = append(out, g.dropped()...)
	}
	return out
}

// amounts are counter-offers, small and large.
func (g *stage) amounts() []saying {
	var out []saying
	for _, n := range []int64{1, 5, 10, 20, 50, 100, 500, 100_000} {
		out = append(out, saying{text: fmt.Sprintf(words[g.lang].makeIt, n),
			Reading: message.Reading{Lang: g.lang, Answer: message.Counter, Slots: []message.Slot{{Kind: message.SlotMoney, Amount: n * 100}}}})
	}
	return out
}

// answers tell something: a day, an order, what happened, what is wanted.
func (g *stage) answers(before string, correction bool) []saying {
	w := words[g.lang]
	tell := func(text string, r message.Reading) saying {
		r.Lang, r.Correction, r.InScope = g.lang, correction, true
		return saying{Reading: r, text: before + text}
	}
	out := []saying{tell(w.day, message.Reading{Slots: []message.Slot{g.saturday()}})}
	for _, key := range g.f.FactKeys() {
		out = append(out, tell(w.order+key, message.Reading{Slots: []message.Slot{{Kind: message.SlotOrder, Text: key}}}))
	}
	name := func(heard []string) {
		if len(heard) > 0 {
			out = append(out, tell(g.example(heard[0]), message.Reading{Mentions: []message.Mention{{Name: heard[0], Score: 1}}}))
		}
	}
	for _, inc := range g.f.Catalog.Incidents {
		name(inc.Heard)
	}
	for _, svc := range g.f.Catalog.Services {
		name(svc.Heard)
	}
	return out
}

// dropped give up one wish after the other.
func (g *stage) dropped() []saying {
	var out []saying
	for _, svc := range g.f.Catalog.Services {
		if len(svc.Heard) > 0 {
			out = append(out, saying{text: words[g.lang].never + g.example(svc.Heard[0]),
				Reading: message.Reading{Lang: g.lang, Mentions: []message.Mention{{Name: svc.Heard[0], Score: 1, Dropped: true}}}})
		}
	}
	return out
}
