package intents_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
	"github.com/accord-chat/accord/intents/model"
)

// taughtWords is a small shop: cues for two sections, sentences for all.
func taughtWords() (words, sentences intents.Words, broader map[string]string) {
	words = intents.Words{
		"late":          both([]string{"is late", "overdue"}, []string{"还没到"}),
		"refund":        both([]string{"refund"}, []string{"退款"}),
		"drop:refund":   both([]string{"keep the money"}, []string{"钱不要了"}),
		"gift.birthday": both([]string{"birthday"}, []string{"生日"}),
	}
	sentences = intents.Words{
		"late": both(
			[]string{"my parcel has not come yet", "still waiting for the delivery", "the courier never showed up", "where is the parcel, it was due on monday", "no sign of the chair I ordered", "the delivery was promised for last week", "the parcel is stuck in the depot", "nothing has been delivered so far", "waiting for my chair since may", "how much longer until the parcel comes"},
			[]string{"我的包裹怎么还不来", "快递一直没动静", "等了一个星期了包裹呢", "说好周一送到的", "物流卡在仓库不动了", "东西什么时候才送到", "快递员一直没来", "等得太久了还没收到", "包裹卡在半路", "送货晚了好几天"}),
		"broken": both(
			[]string{"the lamp arrived in pieces", "there is a crack in the glass", "the box was crushed and the cup shattered", "it snapped in two", "the screen has a dent", "scratched all over", "the vase is smashed", "a leg of the chair is bent", "it leaks from the bottom", "the mirror came shattered"},
			[]string{"杯子碎了", "屏幕有裂痕", "箱子压扁了东西也碎了", "镜子裂成两半", "外壳摔坏了", "花瓶破了个口", "椅子腿弯了", "底部一直漏水", "到手就是坏的", "表面全是划痕"}),
		"refund": both(
			[]string{"I want what I paid returned to my card", "please reimburse me", "pay me back the full amount", "give me my cash back", "put the sum back on my card", "I would like to be reimbursed", "return the amount to my account", "just pay me back", "the whole sum back please", "reimburse the price"},
			[]string{"把钱还给我", "请把款项退回我的卡", "我要回我付的钱", "全额还给我", "麻烦把钱打回来", "钱退回原来的卡", "我只要把钱拿回来", "付的钱请还我", "退回我的账户", "把货款还回来"}),
		"drop:refund": en("just let it be"),
	}
	return words, sentences, map[string]string{"late": "order"}
}

var taught = sync.OnceValues(func() (*intents.Understander, error) {
	return intents.Taught(taughtWords())
})

func teach(t testing.TB) *intents.Understander {
	t.Helper()
	u, err := taught()
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// names writes the mentions as TestMentions does.
func names(r message.Reading) string {
	var out []string
	for _, m := range r.Mentions {
		if m.Dropped {
			m.Name = "-" + m.Name
		}
		out = append(out, m.Name)
	}
	return strings.Join(out, " ")
}

func TestExamplesTeach(t *testing.T) {
	u := teach(t)
	for _, c := range []struct {
		text, expect, mentions, intent string
		in                             bool
	}{
		{"the cup is shattered in pieces", "", "broken", "broken", true},
		{"玻璃都碎了", "", "broken", "broken", true},
		{"still no sign of my delivery", "intent", "late", "order", true}, // counted as what it belongs to
		{"the parcel is late", "", "late", "order", true},
		{"please reimburse the full amount", "intent", "refund", "refund", true},
		// What is given up or denied is never wished for.
		{"keep the refund", "", "-refund", "", true},
		{"no need to reimburse me", "intent", "", "", true},
		{"I do not want to be reimbursed", "intent", "", "", true},
		// An answer is no wish, a long message may be one beside it.
		{"yes", "yesno", "", "", true},
		{"no", "yesno", "", "", true},
		{"in pieces", "slot:text", "", "", true},
		// What nobody wrote about is none of ours, whatever day it names.
		{"what is the weather in paris tomorrow", "", "", "", false},
		{"明天上海天气怎么样", "", "", "", false},
		{"solve this equation for me", "", "", "", false},
	} {
		r := u.Understand(c.text, intents.Context{Now: now, Expect: message.Expect{Kind: c.expect}})
		if got := names(r); got != c.mentions {
			t.Errorf("%q (%s): mentions %q, want %q (%v)", c.text, c.expect, got, c.mentions, r.Why)
		}
		if c.intent != "" && r.Intent != c.intent {
			t.Errorf("%q: intent %q, want %q (%v)", c.text, r.Intent, c.intent, r.Ranked)
		}
		if r.InScope != c.in {
			t.Errorf("%q: in scope %t (%v)", c.text, r.InScope, r.Ranked)
		}
	}
}

func TestLearnedMentionsSayWhy(t *testing.T) {
	r := teach(t).Understand("the vase is smashed", intents.Context{Now: now})
	m, ok := r.Mentioned("broken")
	if !ok || m.Cue != "" || m.Score < 0.5 || m.Score > 1 {
		t.Fatalf("mentions %+v", r.Mentions)
	}
	if !slices.ContainsFunc(r.Why, func(w string) bool { return strings.HasPrefix(w, "model:broken (") && len(w) > len("model:broken ()") }) {
		t.Errorf("why: %q", r.Why)
	}
}

func TestRankedAddsUp(t *testing.T) {
	u := teach(t)
	for _, text := range []string{"the vase is smashed", "my parcel is late and the cup is broken", "钱呢", "what is the weather", "refund"} {
		r := u.Understand(text, intents.Context{Now: now})
		sum, last := 0.0, 1.0
		for _, x := range r.Ranked {
			if x.P < 0 || x.P > last {
				t.Errorf("%q: %v is not in order", text, r.Ranked)
			}
			sum, last = sum+x.P, x.P
		}
		if len(r.Ranked) == 0 || len(r.Ranked) > 3 || sum > 1.001 {
			t.Errorf("%q: %v", text, r.Ranked)
			continue
		}
		if r.Intent != r.Ranked[0].Name || r.Confidence != r.Ranked[0].P {
			t.Errorf("%q: intent %s %v, ranked %v", text, r.Intent, r.Confidence, r.Ranked)
		}
	}
}

// Each of several sentences is read by itself.
func TestSentencesAreReadOneByOne(t *testing.T) {
	r := teach(t).Understand("the mirror came shattered in pieces. and please reimburse the full amount I paid", intents.Context{Now: now})
	for _, want := range []string{"broken", "refund"} {
		if _, ok := r.Mentioned(want); !ok {
			t.Errorf("%s is not heard: %+v (%v)", want, r.Mentions, r.Why)
		}
	}
}

// The model answers nothing: whatever was learned, what accepts and refuses is
// read as without it.
func TestTheModelAnswersNothing(t *testing.T) {
	words, _, broader := taughtWords()
	cues, err := intents.New(words, intents.Options{Broader: broader})
	if err != nil {
		t.Fatal(err)
	}
	u := teach(t)
	for _, kind := range []string{"yesno", "choice", "intent", "slot:order", ""} {
		for _, text := range []string{"yes", "no", "ok but pay me back", "好的", "不要", "fine, send the cash back", "不行,把钱还给我", "sure", "maybe", "is it broken?", "I would if it came on monday"} {
			ctx := intents.Context{Now: now, Expect: message.Expect{Kind: kind, Currency: "USD"}}
			a, b := cues.Understand(text, ctx), u.Understand(text, ctx)
			if a.Answer != b.Answer || a.Choice != b.Choice {
				t.Errorf("%q (%s): answer %q, with the model %q", text, kind, a.Answer, b.Answer)
			}
		}
	}
}

func TestNothingToLearnFrom(t *testing.T) {
	words, _, broader := taughtWords()
	u, err := intents.Taught(words, intents.Words{"gift.birthday": en("it is for her birthday")}, broader)
	if err != nil {
		t.Fatal(err)
	}
	r := u.Understand("the parcel is late", intents.Context{Now: now})
	if r.Intent != "order" || names(r) != "late" || len(r.Ranked) > 0 {
		t.Errorf("by the cues alone: %+v", r)
	}
}

// What was learned once is kept, by its content and by nothing else.
func TestASchoolLearnsOnce(t *testing.T) {
	var school intents.School
	learn := func(change func(intents.Words)) *model.Model {
		_, sentences, _ := taughtWords()
		change(sentences)
		m, err := school.Learn(sentences)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	first := learn(func(intents.Words) {})
	if learn(func(intents.Words) {}) != first {
		t.Error("the same sentences are learned twice")
	}
	if learn(func(w intents.Words) { w["drop:refund"]["en"][0] = "another" }) != first {
		t.Error("what is not learned makes another model")
	}
	for i := range 4 {
		if learn(func(w intents.Words) { w["late"]["en"][i] += " please" }) == first {
			t.Error("another sentence makes no other model")
		}
	}
	if learn(func(w intents.Words) { w["outside"] = en("engrave my name") }) == first {
		t.Error("another sentence for nobody makes no other model")
	}
	if learn(func(intents.Words) {}) == first {
		t.Error("everything is kept for ever")
	}
}

// Of what is used, the flow in use stays, however many drafts are saved; and who
// asks while it is learned waits for the same model.
func TestASchoolKeepsWhatIsUsed(t *testing.T) {
	var school intents.School
	_, sentences, _ := taughtWords()
	got := make(chan *model.Model, 8)
	for range cap(got) {
		go func() {
			m, err := school.Learn(sentences)
			if err != nil {
				t.Error(err)
			}
			got <- m
		}()
	}
	first := <-got
	for range cap(got) - 1 {
		if <-got != first {
			t.Error("learned more than once")
		}
	}
	for i := range 4 {
		_, draft, _ := taughtWords()
		draft["late"]["en"][i] += " please"
		if _, err := school.Learn(draft); err != nil {
			t.Fatal(err)
		}
		if m, err := school.Learn(sentences); err != nil || m != first {
			t.Errorf("draft %d drove out the flow in use (%v)", i, err)
		}
	}
}

// A cue of a section that has no sentences stands, whatever the model makes of the
// rest: that it does not think of what it was not taught means nothing.
func TestUntaughtCuesStand(t *testing.T) {
	words, sentences, broader := taughtWords()
	words["engraving"] = both([]string{"engraving"}, []string{"刻字"})
	u, err := intents.Taught(words, sentences, broader)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"the lamp with the engraving arrived in pieces, all smashed and shattered", "刻字的杯子碎了,裂成两半"} {
		r := u.Understand(text, intents.Context{Now: now})
		if _, ok := r.Mentioned("engraving"); !ok || r.Intent != "engraving" {
			t.Errorf("%q: %s, %+v (%v)", text, r.Intent, r.Mentions, r.Why)
		}
	}
}
