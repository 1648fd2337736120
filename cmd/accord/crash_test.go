package main_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/accord-chat/accord/adapters/telegram/telegramfake"
	"github.com/accord-chat/accord/bot"
)

var (
	crashKills = flag.Int("crash.kills", 8, "how often TestCrash kills the program")
	crashSeed  = flag.Uint64("crash.seed", 0, "seed of TestCrash; 0 = another one each time")
)

// faulty is the program with points at which it can be made to kill itself.
var faulty = sync.OnceValues(func() (string, error) {
	return build(filepath.Join(filepath.Dir(built.dir), "faulty"), "-tags", "accordfault")
})

// crash is an installation that is killed again and again while people use it.
type crash struct {
	*rig
	chance *rand.Rand
	base   atomic.Value // string: where the web chat is at present
	over   atomic.Bool  // people finish what they are at and leave
	surfed atomic.Int64 // posts to the web chat that were acknowledged
	causes map[string]int

	mu     sync.Mutex
	people []*telegramfake.Customer
}

// TestCrash kills the program at every named point and at random moments, in
// the middle of what several customers and an agent do, each time starting it
// again on what is left. In the end nothing may be lost, no state may be wrong,
// and a message may have come twice only where its outcome was unknown.
func TestCrash(t *testing.T) {
	t.Parallel()
	program, err := faulty()
	if err != nil {
		t.Fatal(err)
	}
	seed := *crashSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-crash.kills=%d -crash.seed=%d", *crashKills, seed)
	c := &crash{rig: blank(t, asked, hasty("3s", "1h", "1h")...), chance: rand.New(rand.NewPCG(seed, 0)), causes: map[string]int{}}
	c.program = program
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	people, ctx := errgroup.WithContext(ctx)
	c.begin(ctx, people)
	began := time.Now()
	for i := range *crashKills {
		c.once(ctx, i)
	}
	t.Logf("killed %d times in %v", *crashKills, time.Since(began))
	c.over.Store(true)
	c.start()
	c.base.Store(c.proc.base)
	if err := people.Wait(); err != nil {
		t.Fatal(err)
	}
	t.Logf("everybody has left after %v", time.Since(began))
	c.settle()
	t.Logf("%v; killed at %v", time.Since(began), c.causes)
	c.audit()
}

// once runs the program until it dies: at a named point, at a random moment, or
// at the latest after some seconds.
func (c *crash) once(ctx context.Context, i int) {
	const random = "a random moment"
	env, cause, life := c.env, random, time.Duration(c.chance.Int64N(int64(1500*time.Millisecond)))
	points := bot.FaultPoints()
	if i < len(points) || c.chance.IntN(2) == 0 {
		cause, life = points[len(points)-1-i%len(points)], 4*time.Second // the door first, while no chat waits
		env = append(env[:len(env):len(env)], fmt.Sprintf("ACCORD_FAULT=%s:%d", cause, 1+c.chance.IntN(nth(cause))))
	}
	p := spawn(c.t, launch{program: c.program, env: env, log: c.log})
	if p.up(ctx) {
		c.base.Store(p.base)
	}
	moment := time.NewTimer(life)
	defer moment.Stop()
	select {
	case <-p.ended:
	case <-moment.C:
		if cause != random {
			cause = random + ", as " + cause + " was not reached"
		}
	}
	p.kill()
	if p.cmd.ProcessState.Exited() {
		c.t.Errorf("it ended by itself: %v", p.err)
	}
	c.causes[cause]++
}

// nth is up to which time a point is passed before the program dies there. An
// agent waits at the door about once after each start, and timers are few.
func nth(point string) int {
	if point == bot.FaultDelayed || point == bot.FaultFired {
		return 1
	}
	return 5
}

// settle waits until everything that is stored was handled and sent, and ends
// the program in an orderly way.
func (c *crash) settle() {
	c.t.Helper()
	for range 10 {
		c.waitIdle()
		if code, _ := c.proc.stop(); code != 0 {
			c.t.Errorf("the orderly stop ended with code %d", code)
		}
		if waiting := c.waiting(); waiting == 0 { // no promise fell due meanwhile
			return
		}
		c.start()
	}
	c.t.Error("it never came to rest")
}

// waitIdle waits until nothing waits in the database, while the program uses it.
func (c *crash) waitIdle() {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 2*time.Minute)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for c.waiting() > 0 {
		select {
		case <-tick.C:
		case <-ctx.Done():
			c.t.Fatalf("%d things still wait", c.waiting())
		}
	}
}
