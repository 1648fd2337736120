package bot_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/bot"
)

// The child of a crash test finds these in its environment.
const (
	childDir      = "ACCORD_CRASH_DIR"
	childTelegram = "ACCORD_CRASH_TELEGRAM"
	childSlack    = "ACCORD_CRASH_SLACK"
	childPoint    = "ACCORD_CRASH_POINT" // where to die; empty = nowhere
	childAfter    = "ACCORD_CRASH_AFTER" // how many times the point is passed first
)

func TestMain(m *testing.M) {
	if os.Getenv(childDir) != "" {
		child()
		return
	}
	goleak.VerifyTestMain(m)
}

// child runs a bot on what the parent gave it until it is killed: by its own
// fault, or by the parent.
func child() {
	var after int32
	_, _ = fmt.Sscan(os.Getenv(childAfter), &after)
	var passed atomic.Int32
	b, _, err := build(parts{
		dir: os.Getenv(childDir), telegram: os.Getenv(childTelegram), slack: os.Getenv(childSlack), now: time.Now,
		tune: func(c *bot.Config) {
			c.Fault = func(point string) {
				if point == os.Getenv(childPoint) && passed.Add(1) > after {
					_ = kill(os.Getpid())
					select {} // until the signal arrives
				}
			}
		},
	})
	if err == nil {
		bot.HurryRecovery(b)
		err = b.Run(context.Background())
	}
	fmt.Fprintln(os.Stderr, "child ended:", err)
	os.Exit(1)
}

func kill(pid int) error {
	p, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	return p.Kill()
}

// TestNothingIsLostWhereverItDies kills the process at each named point, lets
// the next one go on, and reads the platforms' ledgers: every message is
// answered, in order, and none twice unless its outcome was unknown.
func TestNothingIsLostWhereverItDies(t *testing.T) {
	for _, point := range bot.FaultPoints() {
		for _, after := range []string{"0", "3"} {
			t.Run(point+"/"+after, func(t *testing.T) {
				t.Parallel()
				crash(t, point, after)
			})
		}
	}
}

func crash(t *testing.T, point, after string) {
	r := blank(t)
	anna := r.slack.AddAgent("U0ANNA", "Anna")
	mei, tom := r.telegram.Customer(7, "Mei", "en"), r.telegram.Customer(8, "Tom", "en")
	dead := r.child(point, after)
	steps := []func(){
		func() { mei.Says("the lamp in order 48213 is broken, I want my money back") },
		func() { r.waitText(mei, "Have I understood you?") },
		func() { tap(t, mei, "Yes") },
		func() { tom.Says("I want to talk to a person") },
		func() { press(t, anna, r.waitPost("Tom needs a person"), "Take") },
		func() { r.waitText(tom, "Anna takes over now.") },
		func() { r.waitText(mei, "voucher of") },
		func() { mei.Says("/help") },
		func() { r.waitText(mei, "at any time") },
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, step := range steps {
			step()
		}
	}()
	select {
	case <-dead: // as ordered
		again := r.child("", "0")
		<-done
		r.killChild(again)
	case <-done: // a point that is not passed so often here
		if after == "0" {
			t.Error("this point was never passed")
		}
		r.killChild(dead)
	}
	r.start()
	st := r.settled()
	for _, c := range []*telegramfake.Customer{mei, tom} {
		seen := map[string]int{}
		for _, m := range c.Inbox() {
			seen[m.Text]++
		}
		for text, n := range seen {
			if int64(n-1) > st.Unknown {
				t.Errorf("%q was sent %d times with %d unknown outcomes", text, n, st.Unknown)
			}
		}
	}
	if st.Dead != 0 {
		t.Errorf("%d dead letters", st.Dead)
	}
	r.replays()
}

func tap(t *testing.T, c *telegramfake.Customer, label string) {
	if _, err := c.Taps(label); err != nil {
		t.Error(err)
	}
}

// child starts a process on the rig's folder and fakes; the channel is closed
// when it is dead.
func (r *rig) child(point, after string) chan struct{} {
	r.t.Helper()
	cmd := exec.Command(os.Args[0]) //nolint:noctx // the test kills it itself, at a moment of its choice
	cmd.Env = append(os.Environ(), childDir+"="+r.dir, childTelegram+"="+r.telegram.URL(), childSlack+"="+r.slack.URL(),
		childPoint+"="+point, childAfter+"="+after)
	var errs strings.Builder
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.process = cmd.Process
	dead := make(chan struct{})
	go func() {
		defer close(dead)
		_ = cmd.Wait()
		if s := errs.String(); s != "" {
			r.t.Errorf("child: %s", s)
		}
	}()
	r.t.Cleanup(func() { r.killChild(dead) })
	return dead
}

// killChild ends a child that lives and waits for it.
func (r *rig) killChild(dead chan struct{}) {
	select {
	case <-dead:
		return
	default:
	}
	_ = r.process.Kill()
	<-dead
}
