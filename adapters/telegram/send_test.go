package telegram

import (
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/dialog/message"
)

func say(chat message.Chat, text string) adapters.Delivery {
	return adapters.Delivery{ID: 1, Chat: chat, Say: &message.Outbound{Text: text, From: message.Bot}}
}

func TestSendShowsTextAndButtons(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	d := say("1", "Is <b>this</b> *right*? See https://example.org")
	d.Say.Choices = []message.Choice{{ID: "yes", Label: "Yes"}, {ID: "no", Label: "No"}}
	d.Say.Tokens = []string{"tok-yes", strings.Repeat("n", 64)}
	r, err := a.Send(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	m, err := ann.Next(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if m.Text != d.Say.Text || m.ParseMode != "" || !m.PreviewOff || r.ID != platformID(m.ID) || len(r.Parts) != 1 {
		t.Errorf("sent %+v, receipt %+v", m, r)
	}
	want := [][]telegramfake.Button{{{Label: "Yes", Data: "tok-yes"}, {Label: "No", Data: d.Say.Tokens[1]}}}
	if diff := cmp.Diff(want, m.Rows); diff != "" {
		t.Error(diff)
	}
}

func TestALongTextIsSplitWithTheButtonsLast(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	d := say("1", strings.Repeat("A sentence of some length. ", 400))
	d.Say.Choices, d.Say.Tokens = []message.Choice{{ID: "ok", Label: "OK"}}, []string{"t"}
	tg.Throttle(1, 1)
	if _, err := a.Send(ctx, d); adapters.OutcomeOf(err) != adapters.Throttled || len(ann.Inbox()) != 0 {
		t.Fatalf("first part throttled: %v", err)
	}
	r, err := a.Send(ctx, d)
	inbox := ann.Inbox()
	if err != nil || len(inbox) != 3 || len(r.Parts) != 3 || r.ID != platformID(inbox[2].ID) {
		t.Fatalf("%d messages, receipt %+v, %v", len(inbox), r, err)
	}
	if inbox[0].Rows != nil || inbox[1].Rows != nil || len(inbox[2].Rows) != 1 {
		t.Error("the buttons are not under the last part alone")
	}
}

// outcomes are all the ways in which Telegram can answer a send.
var outcomes = []struct {
	name   string
	fault  telegramfake.Fault
	want   adapters.SendError
	landed int // how many messages are in the chat all the same
}{
	{"429", telegramfake.Fault{Status: 429, RetryAfter: 7}, adapters.SendError{Outcome: adapters.Throttled, RetryAfter: 7 * time.Second}, 0},
	{"429 without a time", telegramfake.Fault{Status: 429}, adapters.SendError{Outcome: adapters.Throttled, RetryAfter: defaultPause}, 0},
	{"400", telegramfake.Fault{Status: 400}, adapters.SendError{Outcome: adapters.Refused}, 0},
	{"413", telegramfake.Fault{Status: 413}, adapters.SendError{Outcome: adapters.Refused}, 0},
	{"403", telegramfake.Fault{Status: 403}, adapters.SendError{Outcome: adapters.Refused, Gone: true}, 0},
	{"moved", telegramfake.Fault{Status: 400, MigrateTo: -1001}, adapters.SendError{Outcome: adapters.Refused, MovedTo: "-1001"}, 0},
	{"401", telegramfake.Fault{Status: 401}, adapters.SendError{Outcome: adapters.Refused, Fatal: true}, 0},
	{"404", telegramfake.Fault{Status: 404}, adapters.SendError{Outcome: adapters.Refused, Fatal: true}, 0},
	{"500", telegramfake.Fault{Status: 500}, adapters.SendError{Outcome: adapters.Unknown}, 0},
	{"500 after", telegramfake.Fault{Status: 500, After: true}, adapters.SendError{Outcome: adapters.Unknown}, 1},
	{"HTML", telegramfake.Fault{Status: 502, Body: "<html>"}, adapters.SendError{Outcome: adapters.Unknown}, 0},
	{"HTML 404", telegramfake.Fault{Status: 404, Body: "<html>"}, adapters.SendError{Outcome: adapters.Unknown}, 0},
	{"half an answer", telegramfake.Fault{Status: 200, Body: `{"ok":true,"resu`, After: true}, adapters.SendError{Outcome: adapters.Unknown}, 1},
	{"no message id", telegramfake.Fault{Status: 200, Body: `{"ok":true,"result":true}`, After: true}, adapters.SendError{Outcome: adapters.Unknown}, 1},
	{"enormous", telegramfake.Fault{Status: 200, Body: strings.Repeat(" ", maxBody+1), After: true}, adapters.SendError{Outcome: adapters.Unknown}, 1},
	{"cut before", telegramfake.Fault{Cut: true}, adapters.SendError{Outcome: adapters.Unknown}, 0},
	{"cut after", telegramfake.Fault{Cut: true, After: true}, adapters.SendError{Outcome: adapters.Unknown}, 1},
	{"silence", telegramfake.Fault{Hang: true, After: true}, adapters.SendError{Outcome: adapters.Unknown}, 1},
	{"redirect", telegramfake.Fault{Status: 307}, adapters.SendError{Outcome: adapters.Unknown}, 0},
}

func TestOutcomes(t *testing.T) {
	for _, c := range outcomes {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ctx, tg := deadline(t), newFake(t)
			ann := tg.Customer(1, "Ann", "en")
			times := brisk
			if c.fault.Hang {
				times.Send = 300 * time.Millisecond
			}
			a, _ := newAdapter(t, tg.URL(), times)
			tg.Fail(c.fault)
			_, err := a.Send(ctx, say("1", "hello"))
			checkSendError(t, err, c.want)
			if n := len(ann.Inbox()); n != c.landed {
				t.Errorf("%d messages landed, want %d", n, c.landed)
			}
		})
	}
}

func checkSendError(t *testing.T, err error, want adapters.SendError) {
	t.Helper()
	var got *adapters.SendError
	if !errors.As(err, &got) {
		t.Fatalf("error is %v, want a SendError", err)
	}
	if got.Reason == "" {
		t.Error("no reason given")
	}
	bare := *got
	bare.Reason = ""
	if bare != want {
		t.Errorf("got %+v (%s), want %+v", bare, got.Reason, want)
	}
}

func TestPeopleWhoCannotBeReached(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	a, _ := newAdapter(t, tg.URL(), brisk)
	ann := tg.Customer(1, "Ann", "en")
	ann.Blocks()
	_, err := a.Send(ctx, say("1", "hello"))
	checkSendError(t, err, adapters.SendError{Outcome: adapters.Refused, Gone: true})
	_, err = a.Send(ctx, say("99", "hello"))
	checkSendError(t, err, adapters.SendError{Outcome: adapters.Refused, Gone: true})
	ann.Unblocks()
	if _, err = a.Send(ctx, say("1", "hello")); err != nil {
		t.Errorf("after unblocking: %v", err)
	}
}

func TestNoByteWrittenIsNotSent(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + listener.Addr().String()
	_ = listener.Close()
	a, _ := newAdapter(t, address, brisk)
	_, err = a.Send(deadline(t), say("1", "hello"))
	checkSendError(t, err, adapters.SendError{Outcome: adapters.NotSent})
}

func TestWhatIsRefusedBeforeSending(t *testing.T) {
	tg := newFake(t)
	a, _ := newAdapter(t, tg.URL(), brisk)
	buttons := func(labels, tokens []string) adapters.Delivery {
		d := say("1", "choose")
		for _, l := range labels {
			d.Say.Choices = append(d.Say.Choices, message.Choice{Label: l})
		}
		d.Say.Tokens = tokens
		return d
	}
	for name, d := range map[string]adapters.Delivery{
		"empty":       say("1", " \n "),
		"chat":        say("C123", "hello"),
		"no token":    buttons([]string{"Yes"}, nil),
		"long token":  buttons([]string{"Yes"}, []string{strings.Repeat("x", 65)}),
		"empty label": buttons([]string{""}, []string{"t"}),
		"post":        {Chat: "1", Post: &adapters.Post{}},
		"mark":        {Chat: "1", Mark: &adapters.Mark{}},
	} {
		_, err := a.Send(deadline(t), d)
		if adapters.OutcomeOf(err) != adapters.Refused {
			t.Errorf("%s: %v", name, err)
		}
	}
	if calls := tg.Calls(""); len(calls) != 0 {
		t.Errorf("called all the same: %v", calls)
	}
}

func TestHalfASplitTextIsUnknown(t *testing.T) {
	long := strings.Repeat("word ", 1200) // two parts
	for name, c := range map[string]struct {
		fault telegramfake.Fault
		want  adapters.SendError
	}{
		"refused":    {telegramfake.Fault{Status: 400}, adapters.SendError{Outcome: adapters.Unknown}},
		"blocked":    {telegramfake.Fault{Status: 403}, adapters.SendError{Outcome: adapters.Unknown, Gone: true}},
		"throttled":  {telegramfake.Fault{Status: 429, RetryAfter: 60}, adapters.SendError{Outcome: adapters.Unknown}},
		"no answer":  {telegramfake.Fault{Cut: true}, adapters.SendError{Outcome: adapters.Unknown}},
		"wait a bit": {telegramfake.Fault{Status: 429, RetryAfter: 1}, adapters.SendError{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, tg := deadline(t), newFake(t)
			ann := tg.Customer(1, "Ann", "en")
			a, _ := newAdapter(t, tg.URL(), brisk)
			c.fault.Skip = 1
			tg.Fail(c.fault)
			_, err := a.Send(ctx, say("1", long))
			if c.want.Outcome == "" {
				if err != nil || len(ann.Inbox()) != 2 {
					t.Errorf("a short pause was not waited out: %d parts, %v", len(ann.Inbox()), err)
				}
				return
			}
			checkSendError(t, err, c.want)
			if len(ann.Inbox()) != 1 {
				t.Errorf("%d parts landed, want 1", len(ann.Inbox()))
			}
		})
	}
}

func TestSettleTakesButtonsOffOnceAndForAll(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	d := say("1", "choose")
	d.Say.Choices, d.Say.Tokens = []message.Choice{{ID: "a", Label: "A"}}, []string{"t"}
	r, err := a.Send(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	settle := adapters.Delivery{Chat: "1", Settle: &adapters.Settle{Question: 1, Message: r.ID}}
	for i := range 2 { // the second time Telegram says "not modified"
		if got, err := a.Send(ctx, settle); err != nil || got.ID != r.ID {
			t.Errorf("time %d: %+v, %v", i+1, got, err)
		}
	}
	if m := ann.Inbox()[0]; len(m.Rows) != 0 || m.Edits != 1 || m.Text != "choose" {
		t.Errorf("the message is now %+v", m)
	}
	settle.Settle.Message = "9999"
	if _, err := a.Send(ctx, settle); err != nil {
		t.Errorf("a message that is no more: %v", err)
	}
	tg.Fail(telegramfake.Fault{Method: "editMessageReplyMarkup", Status: 500})
	if _, err := a.Send(ctx, settle); adapters.OutcomeOf(err) != adapters.Unknown {
		t.Errorf("a server error: %v", err)
	}
}

func TestTapsAreAnswered(t *testing.T) {
	ctx, tg := deadline(t), telegramfake.New()
	defer tg.Close()
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	tap := message.Tap{CallbackID: ann.TapsData("x")}
	if err := a.AnswerTap(ctx, tap, strings.Repeat("好", 300)); err != nil {
		t.Fatal(err)
	}
	if taps := tg.Taps(); !taps[0].Answered || len([]rune(taps[0].Answer)) != 200 || len(tg.Unanswered()) != 0 {
		t.Errorf("taps: %+v", taps)
	}
	stale := message.Tap{CallbackID: ann.TapsData("y")}
	tg.ExpireTaps()
	if err := a.AnswerTap(ctx, stale, ""); err != nil {
		t.Errorf("a tap that is too old: %v", err)
	}
	tg.Fail(telegramfake.Fault{Method: "answerCallbackQuery", Status: 500})
	if err := a.AnswerTap(ctx, stale, ""); err == nil {
		t.Error("a server error is hidden")
	}
}

func TestTyping(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	ann := tg.Customer(1, "Ann", "en")
	a, _ := newAdapter(t, tg.URL(), brisk)
	if err := a.Typing(ctx, "1"); err != nil || ann.Typings() != 1 {
		t.Errorf("%d, %v", ann.Typings(), err)
	}
}
