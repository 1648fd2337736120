package bot_test

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/telegram"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
)

func TestARestartGoesOnWhereItWas(t *testing.T) {
	r := setup(t)
	mei := r.telegram.Customer(7, "Mei", "en")
	restated(r, mei)
	r.stop()
	if _, err := mei.Taps("Yes"); err != nil { // while nobody is there
		t.Fatal(err)
	}
	r.start()
	r.waitText(mei, "voucher of")
	r.clock.advance(31 * time.Minute) // a timer from before
	r.waitText(mei, "I am still here.")
	r.settled()
	r.replays()
}

func TestPoisonIsParkedAndNeighboursGoOn(t *testing.T) {
	for name, fail := range map[string]func() (dialog.Result, error){
		"panic": func() (dialog.Result, error) { panic("the secret words") },
		"error": func() (dialog.Result, error) { return dialog.Result{}, errors.New("no such state") },
	} {
		t.Run(name, func(t *testing.T) {
			r := blank(t)
			var tries atomic.Int32
			r.wrap = func(step bot.Step) bot.Step {
				return func(f *flow.Flow, set dialog.Settings, s dialog.State, in dialog.Input) (dialog.Result, error) {
					if strings.Contains(in.Text, "poison") {
						tries.Add(1)
						return fail()
					}
					return step(f, set, s, in)
				}
			}
			r.start()
			mei, tom := r.telegram.Customer(7, "Mei", "en"), r.telegram.Customer(8, "Tom", "en")
			mei.Says("this is poison")
			tom.Says("/start")
			r.waitText(tom, welcome)
			r.waitText(mei, "Something of ours failed")
			r.waitText(mei, "A colleague takes over.")
			r.waitPost("Mei needs a person")
			if st := r.settled(); st.Dead != 1 || tries.Load() != 5 {
				t.Errorf("%+v after %d tries", st, tries.Load())
			}
			r.replays()
		})
	}
}

// TestAPoisonedRescueEnds: when even going to a person fails, it is kept aside
// and does not come back for ever.
func TestAPoisonedRescueEnds(t *testing.T) {
	r := blank(t)
	r.wrap = func(bot.Step) bot.Step {
		return func(*flow.Flow, dialog.Settings, dialog.State, dialog.Input) (dialog.Result, error) {
			return dialog.Result{}, errors.New("nothing works")
		}
	}
	r.start()
	mei := r.telegram.Customer(7, "Mei", "en")
	mei.Says("hello")
	r.waitText(mei, "Something of ours failed")
	if st := r.settled(); st.Dead != 2 {
		t.Errorf("%d dead letters, want the input and its rescue", st.Dead)
	}
}

func TestHistoryShowsBothSidesInOrder(t *testing.T) {
	r := setup(t)
	mei := r.telegram.Customer(7, "Mei", "en")
	restated(r, mei)
	if _, err := mei.Taps("Yes"); err != nil {
		t.Fatal(err)
	}
	r.waitText(mei, "voucher of")
	r.settled()
	ctx := deadline(t)
	all, err := r.bot.History(ctx, telegram.Channel, "7", 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := shape(all); got != "wrote:text said wrote:tap settled said" {
		t.Errorf("history is %q", got)
	}
	later, err := r.bot.History(ctx, telegram.Channel, "7", all[1].Said.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := shape(later); got != "wrote:tap settled said" {
		t.Errorf("history after the question is %q", got)
	}
	if none, err := r.bot.History(ctx, telegram.Channel, "12", 0); err != nil || none != nil {
		t.Errorf("a stranger's history is %v, %v", none, err)
	}
}

func shape(list []bot.Entry) string {
	var out []string
	for _, e := range list {
		switch {
		case e.Wrote != nil:
			out = append(out, "wrote:"+string(e.Wrote.Kind))
		case e.Said.Settle != nil:
			out = append(out, "settled")
		default:
			out = append(out, "said")
		}
	}
	return strings.Join(out, " ")
}

func TestARevokedTokenIsAnAlarmAndKeepsTheRows(t *testing.T) {
	r := setup(t)
	mei := r.telegram.Customer(7, "Mei", "en")
	mei.Says("/start")
	r.waitText(mei, welcome)
	if err := r.bot.Ready(deadline(t)); err != nil {
		t.Errorf("not ready: %v", err)
	}
	r.slack.Fail(slackRefusal())
	mei.Says("/human")
	r.waitText(mei, "A colleague takes over.")
	ctx, tick := deadline(t), time.NewTicker(5*time.Millisecond)
	defer tick.Stop()
	for r.bot.Ready(ctx) == nil {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal("no alarm")
		}
	}
	if err := r.bot.Ready(ctx); !strings.Contains(err.Error(), "slack/") {
		t.Errorf("the alarm is %v", err)
	}
	if st, err := r.store.Stats(ctx); err != nil || st.Unsent == 0 || st.Dead != 0 {
		t.Errorf("%+v, %v", st, err)
	}
}

func TestStoppingTwiceAndBeforeTheStart(t *testing.T) {
	r := setup(t)
	mei := r.telegram.Customer(7, "Mei", "en")
	mei.Says("/start")
	r.waitText(mei, welcome)
	if err := r.bot.Stop(deadline(t)); err != nil {
		t.Error(err)
	}
	if err := r.bot.Stop(deadline(t)); err != nil {
		t.Error(err)
	}
	if err := r.bot.Run(deadline(t)); err == nil {
		t.Error("ran twice")
	}
	never, err := bot.New(bot.Config{Store: r.store, Adapters: []adapters.Adapter{silentChannel{}}, Flow: r.flow, Understand: noReading})
	if err != nil {
		t.Fatal(err)
	}
	if err := never.Stop(deadline(t)); err != nil {
		t.Error(err)
	}
	var cfg bot.Config
	if _, err := bot.New(cfg); err == nil || !strings.Contains(err.Error(), "Store") || !strings.Contains(err.Error(), "Flow") {
		t.Errorf("an empty configuration gives %v", err)
	}
}
