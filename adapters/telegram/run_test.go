package telegram

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
	"go.uber.org/zap/zapcore"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/dialog/message"
)

func TestRunStoresWhatArrives(t *testing.T) {
	inBothModes(t, func(t *testing.T, mode string) {
		ctx, tg, sink := deadline(t), newFake(t), newSink()
		a, _ := newAdapterIn(t, mode, tg.URL(), brisk)
		stop := run(t, a, sink)
		ann, ben := tg.Customer(1, "Ann", "en"), tg.Customer(2, "Ben", "zh-hans")
		ann.Says("hello")
		ben.Says("你好")
		raws := sink.wait(ctx, t, 2)
		slices.SortFunc(raws, func(a, b adapters.Raw) int { return strings.Compare(a.Dedup, b.Dedup) }) // chats are not ordered among themselves
		if raws[0].Dedup != "telegram/4711:1001" || raws[0].Chat != "1" || raws[1].Chat != "2" {
			t.Errorf("raws: %v %v, %v %v", raws[0].Dedup, raws[0].Chat, raws[1].Dedup, raws[1].Chat)
		}
		in, err := a.Decode(raws[1].Payload)
		if err != nil || in.Text != "你好" || in.From.Lang != message.Simplified {
			t.Errorf("decoded %+v, %v", in, err)
		}
		if err := tg.Await(ctx, func() bool { return tg.Waiting() == 0 }); err != nil {
			t.Errorf("stored updates were not confirmed: %v", err)
		}
		if err := stop(); err != nil {
			t.Errorf("Run: %v", err)
		}
	})
}

func TestNothingIsConfirmedBeforeItIsStored(t *testing.T) {
	inBothModes(t, func(t *testing.T, mode string) {
		ctx, tg, sink := deadline(t), newFake(t), newSink()
		sink.failures = 3
		var early atomic.Bool
		sink.before = func() {
			if tg.Waiting() != 1 {
				early.Store(true)
			}
		}
		tg.Customer(1, "Ann", "en").Says("keep me")
		a, logs := newAdapterIn(t, mode, tg.URL(), brisk)
		run(t, a, sink)
		sink.wait(ctx, t, 1)
		if err := tg.Await(ctx, func() bool { return tg.Waiting() == 0 }); err != nil {
			t.Fatal(err)
		}
		if early.Load() {
			t.Error("the update was confirmed while the store was still refusing it")
		}
		if n := logs.FilterMessageSnippet("cannot be stored").Len(); n != 1 {
			t.Errorf("noted %d times that the store fails, want once", n)
		}
	})
}

func TestAKilledPollerLosesNothing(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	tg.Customer(1, "Ann", "en").Says("first")
	first, second := newSink(), newSink()
	blocked, release := make(chan struct{}), make(chan struct{})
	first.before = func() { close(blocked); <-release }
	a, _ := newAdapter(t, tg.URL(), brisk)
	stop := run(t, a, first)
	<-blocked // polled, and not yet stored
	go close(release)
	_ = stop()
	b, _ := newAdapter(t, tg.URL(), brisk)
	run(t, b, second)
	again := second.wait(ctx, t, 1)
	if again[0].Dedup != "telegram/4711:1001" {
		t.Errorf("the update came back as %s", again[0].Dedup)
	}
}

func TestMalformedUpdatesArePassedOver(t *testing.T) {
	inBothModes(t, func(t *testing.T, mode string) {
		ctx, tg, sink := deadline(t), newFake(t), newSink()
		ann := tg.Customer(1, "Ann", "en")
		ann.Says("before")
		tg.Inject(map[string]any{"message": "oops"})
		tg.InjectRaw(`{"no":"id"}`)
		ann.Says("after")
		a, _ := newAdapterIn(t, mode, tg.URL(), brisk)
		run(t, a, sink)
		raws := sink.wait(ctx, t, 4)
		bad := 0
		for _, r := range raws {
			if r.Err != "" {
				bad++
			}
			if r.Dedup == "" || (r.Err == "") != (r.Chat == "1") {
				t.Errorf("dedup %q, chat %q, err %q", r.Dedup, r.Chat, r.Err)
			}
		}
		if bad != 2 {
			t.Errorf("%d are malformed, want 2", bad)
		}
		if err := tg.Await(ctx, func() bool { return tg.Waiting() == 0 }); err != nil {
			t.Errorf("malformed updates hold up the queue: %v", err)
		}
	})
}

func TestUpdatesWithoutAnyIDDoNotSpin(t *testing.T) {
	ctx, tg, sink := deadline(t), newFake(t), newSink()
	tg.InjectRaw(`[]`)
	a, logs := newAdapter(t, tg.URL(), brisk)
	run(t, a, sink)
	sink.wait(ctx, t, 3)
	tg.Customer(1, "Ann", "en").Says("and on")
	if err := tg.Await(ctx, func() bool { return tg.Waiting() == 0 }); err != nil {
		t.Fatal(err)
	}
	if logs.FilterMessageSnippet("without an id").Len() == 0 {
		t.Error("nothing was noted")
	}
}

func TestCopiesKeepTheirDedupKey(t *testing.T) {
	inBothModes(t, func(t *testing.T, mode string) {
		ctx, tg, sink := deadline(t), newFake(t), newSink()
		a, _ := newAdapterIn(t, mode, tg.URL(), brisk)
		run(t, a, sink)
		tg.Double(1)
		tg.Customer(1, "Ann", "en").Says("twice")
		sink.wait(ctx, t, 2)
		if err := tg.Await(ctx, func() bool { return tg.Waiting() == 0 }); err != nil {
			t.Fatal(err)
		}
		tg.Redeliver(1) // confirmed already, and below the offset
		for i, r := range sink.wait(ctx, t, 3) {
			if r.Dedup != "telegram/4711:1001" {
				t.Errorf("copy %d: %s", i, r.Dedup)
			}
		}
	})
}

func TestTroubleIsWaitedOutAndNotedOnce(t *testing.T) {
	for name, fault := range map[string]telegramfake.Fault{
		"html":      {Status: 502, Body: "<html>"},
		"500":       {Status: 500},
		"cut":       {Cut: true},
		"429":       {Status: 429, RetryAfter: 1, Times: 1},
		"truncated": {Status: 200, Body: `{"ok":true,"result":[{"upd`},
		"no list":   {Status: 200, Body: `{"ok":true,"result":{}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, tg, sink := deadline(t), newFake(t), newSink()
			fault.Method = "getUpdates"
			if fault.Times == 0 {
				fault.Times = 4
			}
			tg.Fail(fault)
			tg.Customer(1, "Ann", "en").Says("still there?")
			a, logs := newAdapter(t, tg.URL(), brisk)
			run(t, a, sink)
			sink.wait(ctx, t, 1)
			if warned := logs.FilterLevelExact(zapcore.WarnLevel).Len(); warned != 1 {
				t.Errorf("%d warnings, want one: %v", warned, logs.All())
			}
			if logs.FilterMessageSnippet("trouble is over").Len() != 1 {
				t.Error("did not note that it was over")
			}
		})
	}
}

func TestTheNetworkComesBack(t *testing.T) {
	inBothModes(t, func(t *testing.T, mode string) {
		ctx, tg, sink := deadline(t), newFake(t), newSink()
		tg.Down(true)
		a, logs := newAdapterIn(t, mode, tg.URL(), brisk)
		a.now = time.Now
		run(t, a, sink)
		if err := a.Check(ctx); err == nil || errors.Is(err, adapters.ErrRefused) {
			t.Errorf("Check with no network: %v, want an error other than refused", err)
		}
		tg.Customer(1, "Ann", "en").Says("hello?")
		tg.Down(false)
		sink.wait(ctx, t, 1)
		tg.Down(true)
		tg.Down(false)
		tg.Customer(1, "Ann", "en").Says("again")
		sink.wait(ctx, t, 2)
		if logs.FilterLevelExact(zapcore.ErrorLevel).Len() != 0 {
			t.Errorf("a network that is down is no alarm: %v", logs.All())
		}
	})
}

// poll steals the place of the poller once, as a stray process would.
func poll(ctx context.Context, t *testing.T, url string) {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/bot"+telegramfake.Token+"/getUpdates?timeout=0&limit=1", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
}

func TestASecondPollerRaisesAnAlarmAndIsOutlived(t *testing.T) {
	ctx, tg, sink := deadline(t), newFake(t), newSink()
	a, logs := newAdapter(t, tg.URL(), brisk)
	run(t, a, sink)
	if err := tg.Await(ctx, tg.Polling); err != nil {
		t.Fatal(err)
	}
	poll(ctx, t, tg.URL())
	conflicts := func() bool {
		for _, c := range tg.Calls("getUpdates") {
			if c.Code == http.StatusConflict {
				return true
			}
		}
		return false
	}
	if err := tg.Await(ctx, conflicts); err != nil {
		t.Fatal(err)
	}
	tg.Customer(1, "Ann", "en").Says("whose turn?")
	sink.wait(ctx, t, 1)
	if n := logs.FilterLevelExact(zapcore.ErrorLevel).Len(); n != 1 {
		t.Errorf("%d alarms, want one", n)
	}
}

func TestAWebhookIsTakenOffWithoutLosingUpdates(t *testing.T) {
	ctx, tg, sink := deadline(t), newFake(t), newSink()
	tg.SetWebhook("https://example.org/hook")
	tg.Customer(1, "Ann", "en").Says("waiting")
	a, logs := newAdapter(t, tg.URL(), brisk)
	run(t, a, sink)
	sink.wait(ctx, t, 1)
	if n := logs.FilterMessageSnippet("a webhook was set on this bot; removed").Len(); n != 1 {
		t.Errorf("said %d times", n)
	}
}

func TestARefusedTokenEndsRun(t *testing.T) {
	inBothModes(t, func(t *testing.T, mode string) {
		ctx, tg := deadline(t), newFake(t)
		a, logs := newAdapterIn(t, mode, tg.URL(), brisk)
		done := make(chan error, 1)
		go func() { done <- a.Run(ctx, newSink()) }()
		receiving(ctx, t, tg, a)
		if err := a.Check(ctx); err != nil {
			t.Errorf("Check of a good token: %v", err)
		}
		tg.Revoke()
		select {
		case err := <-done:
			if !errors.Is(err, adapters.ErrRefused) {
				t.Errorf("Run: %v, want refused", err)
			}
		case <-ctx.Done():
			t.Fatal("Run goes on with a revoked token")
		}
		if err := a.Check(ctx); !errors.Is(err, adapters.ErrRefused) || !strings.Contains(err.Error(), "hint") {
			t.Errorf("Check of a revoked token: %v", err)
		}
		if logs.FilterLevelExact(zapcore.ErrorLevel).Len() != 1 {
			t.Error("no alarm")
		}
	})
}

func TestOnly404OfTelegramsOwnIsARefusal(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	a, _ := newAdapter(t, tg.URL(), brisk)
	tg.Fail(telegramfake.Fault{Method: "getMe", Status: 404})
	if err := a.Check(ctx); !errors.Is(err, adapters.ErrRefused) {
		t.Errorf("404 of Telegram: %v", err)
	}
	tg.Fail(telegramfake.Fault{Method: "getMe", Status: 404, Body: "<html>no such page</html>"})
	if err := a.Check(ctx); err == nil || errors.Is(err, adapters.ErrRefused) {
		t.Errorf("404 of a gateway: %v", err)
	}
}

func TestAnOffsetIsForgottenAfterASilentDay(t *testing.T) {
	ctx, tg, sink := deadline(t), newFake(t), newSink()
	a, _ := newAdapter(t, tg.URL(), brisk)
	clock := time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)
	a.now = func() time.Time { return clock }
	p := &poller{a: a, sink: sink, seen: clock, groups: make(chan string), pacer: a.pacer()}
	ann := tg.Customer(1, "Ann", "en")
	ann.Says("before")
	if err := p.once(ctx); err != nil {
		t.Fatal(err)
	}
	clock = clock.Add(8 * 24 * time.Hour)
	tg.RestartIDs(10) // below the offset, which would confirm it unseen
	ann.Says("a week later")
	if err := p.once(ctx); err != nil {
		t.Fatal(err)
	}
	raws := sink.wait(ctx, t, 2)
	if last := raws[len(raws)-1].Dedup; last != "telegram/4711:11" {
		t.Errorf("last stored: %s", last)
	}
}

func TestGroupsAreStoredIgnoredAndLeft(t *testing.T) {
	inBothModes(t, func(t *testing.T, mode string) {
		ctx, tg, sink := deadline(t), newFake(t), newSink()
		a, _ := newAdapterIn(t, mode, tg.URL(), brisk)
		run(t, a, sink)
		for range 2 {
			tg.Inject(map[string]any{"message": map[string]any{
				"message_id": 5, "date": 1, "text": "hi all", "from": map[string]any{"id": 1},
				"chat": map[string]any{"id": -100200, "type": "supergroup"},
			}})
		}
		raws := sink.wait(ctx, t, 2)
		if in, err := a.Decode(raws[0].Payload); err != nil || in.Kind != message.KindIgnored {
			t.Errorf("a group's message: %+v, %v", in, err)
		}
		if err := tg.Await(ctx, func() bool { return tg.Left(-100200) }); err != nil {
			t.Errorf("the group was not left: %v", err)
		}
		if n := len(tg.Calls("leaveChat")); n != 1 {
			t.Errorf("left %d times", n)
		}
	})
}

func TestMenusAreSetInThreeLanguages(t *testing.T) {
	inBothModes(t, func(t *testing.T, mode string) {
		ctx, tg := deadline(t), newFake(t)
		a, _ := newAdapterIn(t, mode, tg.URL(), brisk)
		run(t, a, newSink())
		fritz, mei, lin := tg.Customer(1, "Fritz", "de"), tg.Customer(2, "Mei", "zh-hans"), tg.Customer(3, "Lin", "zh-hant")
		if err := tg.Await(ctx, func() bool { return len(tg.Calls("setMyCommands")) == 3 }); err != nil {
			t.Fatal(err)
		}
		if err := a.SetMenu(ctx, "3", message.Traditional); err != nil {
			t.Fatal(err)
		}
		for c, lang := range map[*telegramfake.Customer]message.Lang{fritz: message.English, mei: message.Simplified, lin: message.Traditional} {
			menu := c.Menu()
			want := Menus()[lang]
			if len(menu) != 6 || menu[2].Name != "human" || menu[2].Description != want[2].Description {
				t.Errorf("%s sees %v", c.Name, menu)
			}
		}
		if err := a.SetMenu(ctx, "3", "tlh"); err == nil {
			t.Error("a language without a menu is accepted")
		}
	})
}

func TestAMenuMayLeaveLanguagesOut(t *testing.T) {
	ctx, tg := deadline(t), newFake(t)
	a, _ := newAdapter(t, tg.URL(), brisk)
	a.menus = map[message.Lang][]Command{message.English: {{"help", "Help"}}}
	if err := a.setMenus(ctx); err != nil || len(tg.Calls("setMyCommands")) != 2 {
		t.Errorf("%v, calls %v", err, tg.Calls("setMyCommands"))
	}
}

func TestRunLeavesNothingBehind(t *testing.T) {
	before := goleak.IgnoreCurrent()
	ctx, tg, sink := deadline(t), telegramfake.New(), newSink()
	a, _ := newAdapter(t, tg.URL(), brisk)
	stop := run(t, a, sink)
	tg.Customer(1, "Ann", "en").Says("hello")
	sink.wait(ctx, t, 1)
	if _, err := a.Send(ctx, say("1", "hello back")); err != nil {
		t.Error(err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	tg.Close()
	goleak.VerifyNone(t, before)
}
