package dialogtest_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// tongue is what the same customer would write in a language: what leads to
// each place a conversation can rest in, and what they may do there.
type tongue struct {
	lang          message.Lang
	fuzzy, story  string // without the order, and with it
	wishes, other string // what is hoped for; another thing that has nothing to do with it
	say           map[string]string
}

var tongues = []tongue{
	{message.English, "the lamp arrived broken", "the lamp arrived broken, order 48213", "saturday. a new one please, and an explanation", "could I also have the invoice",
		map[string]string{"person": "I want to talk to a person", "status": "what is the status of my case?", "expect": "what may I expect?", "correct": "I meant 35520, not 48213",
			"withdraw": "forget the explanation", "cancel": "cancel everything", "repeat": "could you say that again?", "bot": "are you a bot?", "garble": "asdf qwer zxcv",
			"thanks": "thank you", "swear": "what a load of crap", "back": "I am back, hello", "switch": "speak Chinese please", "phone": "my number is +1 555 010 2233"}},
	{message.Simplified, "台灯收到就坏了", "台灯收到就坏了，订单48213", "周六。换个新的，还要个解释", "顺便开张发票",
		map[string]string{"person": "我要转人工", "status": "我的事办得怎么样了？", "expect": "我可以期待什么？", "correct": "说错了，是35520，不是48213",
			"withdraw": "不用解释了", "cancel": "全部取消", "repeat": "麻烦再说一遍", "bot": "你是机器人吗？", "garble": "咕噜吧唧呜哩",
			"thanks": "谢谢您", "swear": "什么垃圾玩意", "back": "我又来了", "switch": "请说英文", "phone": "我的电话是13800138000"}},
	{message.Traditional, "檯燈收到就壞了", "檯燈收到就壞了，訂單 48213", "週六。我要換新的，也給我一個解釋", "順便幫我開發票",
		map[string]string{"person": "我要找真人", "status": "我的案子處理得怎麼樣了？", "expect": "我可以期待什麼？", "correct": "我打錯了，是 35520，不是 48213",
			"withdraw": "不用解釋了", "cancel": "全部取消", "repeat": "可以再說一次嗎", "bot": "你是機器人嗎？", "garble": "咕嚕吧唧嗚哩",
			"thanks": "謝謝您", "swear": "什麼爛東西", "back": "我回來了", "switch": "請說英文", "phone": "我的電話是 0912345678"}},
}

// at is a conversation on its way, and how it got there.
type at struct {
	*dialogtest.Session
	t testing.TB
}

// places are where a conversation can rest, each with the way there from the
// one before it or from the beginning.
var places = []struct {
	name string
	way  func(a at, l tongue)
}{
	{"greet", func(at, tongue) {}},
	{"listen", func(a at, l tongue) { a.write("/start") }},
	{"elicit", func(a at, l tongue) { a.write(l.fuzzy); a.passes(5 * time.Second) }},
	{"lookup", func(a at, l tongue) {
		a.must(a.LookUpsAre("slow"))
		a.write(l.story)
		a.passes(5 * time.Second)
	}},
	{"restate", restated},
	{"correct", func(a at, l tongue) { restated(a, l); a.tap("change") }},
	{"rank", func(a at, l tongue) { restated(a, l); a.tap("yes") }},
	{"lower", lowered},
	{"propose", func(a at, l tongue) {
		lowered(a, l)
		a.must(a.Do(dialog.Input{Kind: dialog.InMessage, Text: "?", Reading: message.Reading{Answer: message.Unsure}}))
	}},
	{"shelve", shelved},
	{"close", func(a at, l tongue) { shelved(a, l); a.tap("answer") }},
	{"person", func(a at, l tongue) { lowered(a, l); a.write("/human") }},
	{"owned", func(a at, l tongue) { lowered(a, l); a.write("/human"); a.agent(dialog.InTaken, "") }},
	{"end", func(a at, l tongue) { shelved(a, l); a.tap("answer"); a.tap("all") }},
}

func restated(a at, l tongue) {
	a.write(l.story)
	a.passes(5 * time.Second)
	a.write(l.wishes)
}

func lowered(a at, l tongue) {
	restated(a, l)
	a.tap("yes")
	a.tap("wish:1")
}

func shelved(a at, l tongue) { lowered(a, l); a.tapPrefix("opt:") }

// comesTo begins a conversation and brings it to a place.
func comesTo(t testing.TB, place string, l tongue) at {
	t.Helper()
	f, u := shop()
	s := dialogtest.New(f, settings, u.Understand, time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC))
	s.From = message.Person{Ref: "c", Lang: l.lang}
	a := at{s, t}
	i := slices.IndexFunc(places, func(p struct {
		name string
		way  func(at, tongue)
	}) bool {
		return p.name == place
	})
	places[i].way(a, l)
	s.Take()
	if got := a.state().At; got != place {
		t.Fatalf("the way to %s leads to %s", place, got)
	}
	return a
}

func (a at) must(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
}

func (a at) state() dialog.State {
	a.t.Helper()
	s, err := a.State()
	a.must(err)
	return s
}

func (a at) write(text string) { a.t.Helper(); a.must(a.Write(text)) }

func (a at) passes(d time.Duration) { a.t.Helper(); a.must(a.Advance(a.Now.Add(d))) }

// tap presses the choice of the open question.
func (a at) tap(choice string) {
	a.t.Helper()
	s := a.state()
	if s.Ask == nil || !slices.ContainsFunc(s.Ask.Choices, func(c message.Choice) bool { return c.ID == choice }) {
		a.t.Fatalf("in %s there is no button %s: %+v", s.At, choice, s.Ask)
	}
	a.tapOn(s.Ask.N, choice)
}

func (a at) tapOn(question int, choice string) {
	a.t.Helper()
	a.must(a.Do(dialog.Input{Kind: dialog.InTap, From: a.From, Tap: &dialog.Tap{Question: question, Choice: choice}}))
}

// tapPrefix presses the first choice of the open question that begins so.
func (a at) tapPrefix(prefix string) {
	a.t.Helper()
	for _, c := range a.state().Ask.Choices {
		if strings.HasPrefix(c.ID, prefix) {
			a.tap(c.ID)
			return
		}
	}
	a.t.Fatalf("no button begins with %s: %+v", prefix, a.state().Ask)
}

func (a at) agent(kind dialog.InputKind, text string) {
	a.t.Helper()
	a.must(a.Do(dialog.Input{Kind: kind, Text: text, Agent: &dialog.AgentAct{Ref: "T/ana", Name: "Ana", Message: "C:1"}}))
}

// kindOf is what a state of the shipped flow does.
func kindOf(name string) flow.Kind {
	f, _ := shop()
	id, _ := f.Table.Find(name)
	return f.Table.Kind(id)
}
