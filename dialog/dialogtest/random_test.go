package dialogtest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// said are things customers write, good and bad, in all languages.
var said = []string{
	"hi", "my parcel is late", "the lamp arrived broken, order 48213", "48213", "61907", "99999", "I want my money back", "a new one please",
	"saturday", "yes", "no", "ok", "maybe", "no idea", "neither", "too late", "too far away", "make it 20", "500 and we are done", "that's all", "one more thing",
	"the lamp", "keep the money", "I meant 35520, not 48213", "person please", "THIS IS AN OUTRAGE!!!", "are you a bot?", "thanks", "what is the status",
	"what may I expect?", "say that again", "never mind", "cancel", "asdf qwer", "👍", "👎", "😡😡", "", "\u200b\u200b", "مرحبا", "speak chinese please", "forget the explanation and the refund", "keep the money and forget the explanation", "退款和说明都不用了", "broken \xff\xfe bytes", "{order} {{x}}",
	"包裹还没到", "订单61907", "收到就坏了", "退款", "周六", "好", "不行", "太晚了", "再补80我就同意", "转人工", "你们搞什么!!", "谢谢", "没了",
	"咖啡機漏水", "訂單 35520", "退費", "可以", "都不適合", "補 300 我就去拿", "找真人", "沒有了,謝謝", strings.Repeat("lorem ipsum ", 900),
}

// openings lead to the middle of a matter, from where most is to be broken;
// "" is a pause that ends a burst.
var openings = [][]string{
	nil,
	{"the lamp arrived broken, order 48213", "", "saturday. a new one, and my money back too, and someone to explain it", "yes"},
	{"the lamp arrived broken, order 48213", "", "saturday. and my money back too, and someone to explain it", "yes", "the lamp"},
	{"my parcel is late, order 61907", "", "tomorrow", "yes"},
	{"说好周五送婴儿床,现在显示下周二。订单61907", "", "周六。运费也退我,还要个说明", "好", "当然是床"},
	{"咖啡機才三天就漏水,訂單 35520", "", "明天。我要換新機,還要說明", "好", "咖啡機"},
	{"can I get an invoice for order 48213", ""},
}

// answers are what customers say to offers.
var answers = []string{"no", "neither", "too late", "too far away, I need a taxi", "make it 20", "500 and we are done", "yes", "ok", "maybe", "never mind the lamp",
	"不行", "都不合适", "太晚了", "再补80我就同意", "好", "行吧", "太麻烦", "都不適合", "補 300 我就去拿", "太遠了", "可以", "算了"}

// TestRandomConversations plays conversations that nobody would write, and
// holds what must be true in each of them after every turn.
func TestRandomConversations(t *testing.T) {
	f, u := shop()
	rapid.Check(t, func(t *rapid.T) {
		s := dialogtest.New(f, settings, u.Understand, time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC))
		s.From = message.Person{Ref: "c", Name: "Mei"}
		w := &watcher{t: t, f: f}
		s.OnTurn = w.turn
		for _, text := range rapid.SampledFrom(openings).Draw(t, "opening") {
			var err error
			if text == "" {
				err = s.Advance(s.Now.Add(4 * time.Second))
			} else {
				err = s.Write(text)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for range rapid.IntRange(1, 45).Draw(t, "length") {
			if err := act(t, s); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Replay(); err != nil {
			t.Fatal(err)
		}
		checkControls(t, f, s)
		// Left alone for a week, every conversation is over or with a person.
		if err := s.Advance(s.Now.Add(7 * 24 * time.Hour)); err != nil {
			t.Fatal(err)
		}
		st, err := s.State()
		if err != nil {
			t.Fatal(err)
		}
		switch k := f.Table.Kind(st.Control.At); k {
		case flow.End, flow.Queue, flow.Owned, flow.Greet:
		default:
			t.Fatalf("after a week of silence the conversation still rests in %s", f.Table.Name(st.Control.At))
		}
	})
}

// act draws one thing that may happen and lets it happen.
func act(t *rapid.T, s *dialogtest.Session) error {
	st, err := s.State()
	if err != nil {
		return err
	}
	switch n := rapid.IntRange(0, 99).Draw(t, "act"); {
	case n < 20:
		return s.Write(rapid.SampledFrom(said).Draw(t, "text"))
	case n < 40:
		return s.Write(rapid.SampledFrom(answers).Draw(t, "answer"))
	case n < 72:
		return press(t, s, st)
	case n < 75:
		return s.Write("look", message.Attachment{Kind: message.Photo})
	case n < 78:
		return s.Write("/" + rapid.SampledFrom([]string{"start", "help", "human", "status", "language", "cancel", "x"}).Draw(t, "command"))
	case n < 80:
		return s.Edit(rapid.SampledFrom(said).Draw(t, "edit"))
	case n < 83:
		return s.Advance(s.Now.Add(rapid.SampledFrom([]time.Duration{5 * time.Second, 31 * time.Minute, 25 * time.Hour}).Draw(t, "pass")))
	case n < 84:
		return s.Do(dialog.Input{Kind: rapid.SampledFrom([]dialog.InputKind{dialog.InBlocked, dialog.InUnblocked}).Draw(t, "reach")})
	case n < 94:
		return agent(t, s, st)
	}
	return s.Advance(s.Now.Add(4 * time.Second))
}

func press(t *rapid.T, s *dialogtest.Session, st dialog.State) error {
	var choices []message.Choice
	if st.Ask != nil {
		choices = append(choices, st.Ask.Choices...)
	}
	for _, a := range st.Asides {
		choices = append(choices, a.Choices...)
	}
	if len(choices) == 0 {
		return s.Do(dialog.Input{Kind: dialog.InTap, From: s.From, Tap: &dialog.Tap{}})
	}
	return s.Press(rapid.SampledFrom(choices).Draw(t, "choice").Label)
}

func agent(t *rapid.T, s *dialogtest.Session, st dialog.State) error {
	name := rapid.SampledFrom([]string{"Ana", "Ben"}).Draw(t, "agent")
	a := &dialog.AgentAct{Ref: message.UserRef("T/" + name), Name: name, Message: "C:1"}
	kind := rapid.SampledFrom([]dialog.InputKind{dialog.InTaken, dialog.InTaken, dialog.InSaid, dialog.InReturned, dialog.InClosed,
		dialog.InDone, dialog.InMoreTime, dialog.InNoted, dialog.InReleased, dialog.InOffered, dialog.InPromised, dialog.InEdited, dialog.InDeleted, dialog.InUnheard}).Draw(t, "agent act")
	if st.PromiseNo > 0 {
		a.Promise = rapid.IntRange(0, st.PromiseNo).Draw(t, "promise")
	}
	a.Until = rapid.SampledFrom([]time.Time{{}, s.Now.Add(-time.Hour), s.Now.Add(time.Hour), s.Now.Add(72 * time.Hour)}).Draw(t, "until")
	a.Anyway = rapid.Bool().Draw(t, "anyway")
	return s.Do(dialog.Input{Kind: kind, Agent: a, Text: rapid.SampledFrom([]string{"good morning", "// between us", "note: ask him", ""}).Draw(t, "words")})
}

// watcher checks each turn as it happens.
type watcher struct {
	t      *rapid.T
	f      *flow.Flow
	owner  message.UserRef
	timers map[string]bool
	early  bool // the timer of this turn came before its time, and is still set
	braces bool // the customer has written braces, which may be said back to them
}

func (w *watcher) turn(in dialog.Input, r dialog.Result) {
	if w.timers == nil {
		w.timers = map[string]bool{}
	}
	if in.Kind == dialog.InTimer && !w.early {
		delete(w.timers, in.Timer)
	}
	questions := 0
	for _, e := range r.Effects {
		switch e := e.(type) {
		case dialog.SetTimer:
			w.timers[e.Name] = true
		case dialog.ClearTimer:
			delete(w.timers, e.Name)
		case dialog.Say:
			w.say(in, r, e)
			if r.State.Ask != nil && e.Out.Question == r.State.Ask.N {
				questions++
			}
			if e.Out.Question > 0 && !r.State.Open(e.Out.Question) {
				w.t.Fatalf("question %d was put and is not open", e.Out.Question)
			}
		}
	}
	if questions > 1 {
		w.t.Fatalf("%d questions in one turn", questions)
	}
	w.resting(in, r)
	w.money(r.State)
	w.bargain(r.State)
	w.owner = ""
	if h := r.State.Handoff; h != nil {
		w.owner = h.Owner
	}
	if len(r.State.Asides) > 8 {
		w.t.Fatalf("%d questions beside the open one", len(r.State.Asides))
	}
}

// say holds the rules of every message to a customer.
func (w *watcher) say(in dialog.Input, r dialog.Result, e dialog.Say) {
	if strings.TrimSpace(e.Out.Text) == "" && len(e.Out.Attachments) == 0 {
		w.t.Fatalf("an empty message after %s %q", in.Kind, in.Text)
	}
	if w.braces = w.braces || strings.ContainsAny(in.Text, "{}"); strings.ContainsAny(e.Out.Text, "{}") && !w.braces {
		w.t.Fatalf("a template shows: %q", e.Out.Text)
	}
	if e.Out.From == message.Bot && w.owner != "" && r.State.Owned() && r.State.Handoff.Owner == w.owner {
		w.t.Fatalf("the bot speaks while a person owns the conversation: %q", e.Out.Text)
	}
	seen := map[string]bool{}
	for _, c := range e.Out.Choices {
		if c.Label == "" || seen[c.ID] {
			w.t.Fatalf("buttons %v", e.Out.Choices)
		}
		seen[c.ID] = true
	}
}

// resting holds that no state waits without a timer or a person.
func (w *watcher) resting(in dialog.Input, r dialog.Result) {
	kind := w.f.Table.Kind(r.State.Control.At)
	switch kind {
	case flow.End, flow.Greet, flow.Owned, flow.Queue:
		if (kind == flow.Owned) != r.State.Owned() {
			w.t.Fatalf("state %s, owner %+v", kind, r.State.Handoff)
		}
		if (kind == flow.Queue || kind == flow.Owned) != (r.State.Handoff != nil) {
			w.t.Fatalf("state %s, hand-off %+v", kind, r.State.Handoff)
		}
		return
	}
	for _, name := range []string{"quiet", "wait", "close"} {
		if w.timers[name] {
			return
		}
	}
	w.t.Fatalf("after %s %q the conversation waits in %s without a timer", in.Kind, in.Text, kind)
}

// money holds that nothing is promised above the authority, that settled
// wishes have their promises, and that the open ones are counted right.
func (w *watcher) money(s dialog.State) {
	cur := w.f.Catalog.Currency
	if c := s.Matter.Facts["currency"]; c != "" {
		cur = c
	}
	if limit, ok := w.f.Catalog.Authority.Bot.In(cur); !ok || s.Matter.Given > limit {
		w.t.Fatalf("%d %s given away, the authority is %d", s.Matter.Given, cur, limit)
	}
	w.across(s)
	kind := w.f.Table.Kind(s.Control.At)
	switch kind {
	case flow.Rank, flow.Lower, flow.Propose, flow.Shelve, flow.Close:
		if open := expect.Unsettled(s.Matter.Wishes); open != int(s.Control.Open) {
			w.t.Fatalf("in %s %d wishes are open, the control counts %d: %s", kind, open, s.Control.Open, wishes(s))
		}
	}
	for _, e := range s.Matter.Wishes {
		if (e.Status == expect.Agreed || e.Status == expect.Shelved) && s.Matter.Case == "" {
			w.t.Fatalf("%s is %s without a case number", e.Service, e.Status)
		}
	}
}

func wishes(s dialog.State) string {
	var out []string
	for _, e := range s.Matter.Wishes {
		out = append(out, fmt.Sprintf("%s %s", e.Service, e.Status))
	}
	return strings.Join(out, ", ")
}
