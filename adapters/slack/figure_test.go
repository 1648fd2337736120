package slack

import (
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/adapters/slack/slackfake"
	"github.com/accord-chat/accord/bot/store"        //nolint:depguard // the figure is about a real database
	"github.com/accord-chat/accord/bot/store/sqlite" //nolint:depguard // the same
	"github.com/accord-chat/accord/dialog/message"
)

var (
	deliveries   = flag.Int("slack.deliveries", 2000, "how many things happen in Slack in TestNothingLostNothingDoubled")
	deliverySeed = flag.Uint64("slack.seed", 0, "the seed of TestNothingLostNothingDoubled; 0 = a new one")
)

// The figure: whatever Slack and the network do to deliveries, each thing that
// happened stands in the database once. Lost acknowledgements, copies under new
// ids, any order, storms of disconnects, limits, events that Slack never brings;
// the real adapter, a real database.
func TestNothingLostNothingDoubled(t *testing.T) { eachMode(t, tryNothingLostNothingDoubled) }

func tryNothingLostNothingDoubled(t *testing.T, mode string) {
	seed := *deliverySeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("-slack.seed=%d -slack.deliveries=%d", seed, *deliveries)
	began := time.Now()
	w := newWorld(t, mode, seed)
	w.post(1 + min(*deliveries/500, 200))
	stop := runOn(t, w.fake, w.a, w.sink)
	for n := range *deliveries {
		w.happen(n)
		if n%32 == 31 {
			w.trouble()
			w.keepUp(400)
		}
	}
	w.fake.Reorder(0)
	w.keepUp(1)
	w.catchUp(w.threads)
	w.reading.Wait()
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	arrived := time.Since(began)
	w.settle()
	t.Logf("%d things in %d copies, %d of them left to be caught up with, %d presses seen to fail: %.0f s to store",
		*deliveries, w.fake.Copies(), w.swallowed, len(w.fake.Refused()), arrived.Seconds())
}

// world is Slack under way, and what must be in the database afterwards.
type world struct {
	t     *testing.T
	ctx   context.Context
	rng   *rand.Rand
	fake  *slackfake.Server
	agent *slackfake.Agent
	a     *Adapter
	db    *sqlite.Store
	sink  *ingest

	threads   []message.PlatformID
	living    []string // messages that can be changed
	want      map[string]bool
	ignored   int // things that are stored and of no concern
	swallowed int
	limits    int // 429s ordered so far; each costs a second
	reading   sync.WaitGroup
}

func newWorld(t *testing.T, mode string, seed uint64) *world {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Minute)
	t.Cleanup(cancel)
	fake := newFake(t, slackfake.Options{AckTimeout: time.Second, Retries: 1 << 20})
	db, err := sqlite.Open(ctx, sqlite.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return &world{
		t: t, ctx: ctx, rng: rand.New(rand.NewPCG(seed, 1)), fake: fake, agent: fake.AddAgent("U1ANNA", "Anna"),
		a: newAdapter(t, configIn(mode, fake)), db: db, sink: &ingest{db}, want: map[string]bool{},
	}
}

// ingest stores what arrives as the runtime does.
type ingest struct{ db *sqlite.Store }

func (i *ingest) Receive(ctx context.Context, ch message.Channel, batch []adapters.Raw) error {
	var inputs []store.New
	var dead []store.Dead
	for _, r := range batch {
		if r.Err != "" || r.Chat == "" || r.Dedup == "" {
			dead = append(dead, store.Dead{Source: string(ch), Dedup: r.Dedup, Payload: r.Payload, Reason: r.Err, At: 1})
			continue
		}
		inputs = append(inputs, store.New{Channel: ch, Chat: r.Chat, Dedup: r.Dedup, Kind: "raw", Payload: r.Payload, At: 1})
	}
	return i.db.Ingest(ctx, inputs, dead)
}

// post puts up the cards, against limits, as the outbox would.
func (w *world) post(n int) {
	w.fake.Fail(slackfake.Fault{Method: "chat.postMessage", Status: 429, RetryAfter: "1"})
	for i := range n {
		d := adapters.Delivery{ID: int64(i + 1), Post: card(adapters.Button{Action: "pick", Value: "x", Label: "Pick"})}
		r, err := w.a.Send(w.ctx, d)
		var se *adapters.SendError
		if errors.As(err, &se) && se.Outcome == adapters.Throttled {
			r, err = w.a.Send(w.ctx, d)
		}
		if err != nil {
			w.t.Fatal(err)
		}
		w.threads = append(w.threads, r.ID)
		w.ignored++ // we hear our own posts
	}
}

// happen lets the agent do one thing.
func (w *world) happen(n int) {
	thread := string(w.threads[w.rng.IntN(len(w.threads))])
	name := strconv.Itoa(n)
	switch d := w.rng.IntN(100); {
	case d < 15 && len(w.living) > 0:
		i := w.rng.IntN(len(w.living))
		must(w.t, w.agent.Edits(w.living[i], name))
		w.want["edited "+w.living[i]+" "+name] = true
	case d < 20 && len(w.living) > 0:
		i := w.rng.IntN(len(w.living))
		must(w.t, w.agent.Deletes(w.living[i]))
		w.want["deleted "+w.living[i]+" "] = true
		w.living = slices.Delete(w.living, i, i+1)
	case d < 30:
		must(w.t, w.agent.ClicksStale(thread, slackfake.Button{ActionID: "pick#0", Value: name}))
		w.want["agent_tap pick "+name] = true
	case d < 33:
		w.agent.SaysInChannel(slackfake.Queue, name)
		w.ignored++
	default:
		w.write(thread, name, d > 97)
	}
}

// write says something in a thread, which Slack perhaps never brings. What it
// does not bring is not deleted: nobody could know of it.
func (w *world) write(thread, name string, swallow bool) {
	if swallow {
		w.fake.Swallow(1)
		w.swallowed++
	}
	ts, err := w.agent.Says(thread, name)
	if err != nil {
		w.t.Fatal(err)
	}
	id := string(platformID(slackfake.Queue, ts))
	w.want["agent_text "+id] = true
	if !swallow {
		w.living = append(w.living, id)
		if len(w.living) > 200 {
			w.living = w.living[1:]
		}
	}
}

// trouble makes one thing go wrong.
func (w *world) trouble() {
	switch w.rng.IntN(8) {
	case 0:
		w.fake.LoseAcks(w.rng.IntN(20))
	case 1, 2:
		w.fake.Duplicate(w.rng.IntN(40))
	case 3:
		w.fake.Reorder(2 + w.rng.IntN(20))
	case 4:
		w.fake.Drop()
	case 5:
		w.fake.Disconnect("refresh_requested")
	case 6:
		if w.limits++; w.limits <= 4 {
			w.fake.Fail(slackfake.Fault{Method: "apps.connections.open", Status: 429, RetryAfter: "1"})
			w.fake.Fail(slackfake.Fault{Method: "conversations.replies", Status: 429, RetryAfter: "1"})
			w.fake.Drop()
		}
	case 7: // reading goes on beside what arrives
		from := w.rng.IntN(len(w.threads))
		some := slices.Clone(w.threads[from:min(from+3, len(w.threads))])
		w.reading.Go(func() { w.catchUp(some) })
	}
}

func (w *world) catchUp(threads []message.PlatformID) {
	if err := w.a.CatchUp(w.ctx, w.sink, threads); err != nil {
		w.t.Errorf("catching up: %v", err)
	}
}

// keepUp waits until fewer than n things are on their way.
func (w *world) keepUp(n int) {
	if err := w.fake.Wait(w.ctx, func(s *slackfake.Server) bool { _, waiting, _ := s.Events(); return waiting < n }); err != nil {
		w.t.Fatal(err)
	}
}

// settle compares the database with what happened.
func (w *world) settle() {
	stats, err := w.db.Stats(w.ctx)
	if err != nil || stats.Dead != 0 {
		w.t.Fatalf("%d dead letters, %v", stats.Dead, err)
	}
	seen, ignored := w.drain()
	failed := map[string]bool{}
	for _, v := range w.fake.Refused() {
		failed["agent_tap pick "+v] = true
	}
	lost, doubled := 0, 0
	for what := range w.want {
		if seen[what] == 0 && !failed[what] {
			lost++
			w.t.Logf("lost: %s", what)
		}
	}
	for what, n := range seen {
		if n > 1 || !w.want[what] {
			doubled++
			w.t.Logf("%d times: %s", n, what)
		}
	}
	if lost != 0 || doubled != 0 || ignored != w.ignored {
		w.t.Errorf("%d lost, %d doubled or never done, %d ignored of %d", lost, doubled, ignored, w.ignored)
	}
	if _, waiting, gone := w.fake.Events(); waiting != 0 || gone != w.swallowed {
		w.t.Errorf("Slack still holds %d and gave up on %d, want %d", waiting, gone, w.swallowed)
	}
}

// drain reads every input once, through the door the runtime uses.
func (w *world) drain() (seen map[string]int, ignored int) {
	seen = map[string]int{}
	for {
		n, err := w.db.Work(w.ctx, 256, func(_ context.Context, it store.Item) (store.Turn, error) {
			in, err := w.a.Decode(it.Payload)
			if err != nil {
				return store.Turn{}, err
			}
			if in.Kind == message.KindIgnored {
				ignored++
			} else {
				seen[identity(in)]++
			}
			return store.Turn{State: []byte{1}}, nil
		})
		if err != nil {
			w.t.Fatal(err)
		}
		if n == 0 {
			return seen, ignored
		}
	}
}

// identity names what happened by its content, whatever its key was.
func identity(in message.Inbound) string {
	switch in.Kind {
	case message.KindAgentTap:
		return "agent_tap " + in.Tap.Data
	case message.KindAgentText: // what was read later may have been edited
		return "agent_text " + string(in.ID)
	}
	return strings.Join([]string{string(in.Kind), string(in.ID), in.Text}, " ")
}
