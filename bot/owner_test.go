package bot_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

var (
	claimTrials = flag.Int("bot.claims", 1_000, "raced claims; a fifth of them with -short or -race")
	claimSeed   = flag.Uint64("bot.seed", 0, "seed of the raced claims; 0 = by the clock")
)

// TestTheBotIsSilentFromTakeToReturn races an agent's claim against everything
// that would make the bot speak: what the customer writes, timers that fall due,
// facts that come back. Then it reads the outbox of each conversation: from the
// moment the claim is committed until the return there is no word in the bot's
// own voice, whatever came in between.
func TestTheBotIsSilentFromTakeToReturn(t *testing.T) {
	trials, seed := *claimTrials, *claimSeed
	if testing.Short() || raceDetector {
		trials /= 5
	}
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("%d raced claims, -bot.seed=%d", trials, seed)
	s := newStage(t)
	silent := 0
	const atOnce = 500
	for from := 0; from < trials; from += atOnce {
		n := min(atOnce, trials-from)
		r := &race{stage: s, from: from, n: n, rng: rand.New(rand.NewPCG(seed, uint64(from)))}
		silent += r.run()
	}
	if silent != trials {
		t.Errorf("%d of %d claims were examined", silent, trials)
	}
}

// race is a number of conversations that are claimed at once.
type race struct {
	*stage
	from, n int
	rng     *rand.Rand
	cards   map[message.ConversationID]received
}

func (r *race) chat(i int) message.Chat { return message.Chat(fmt.Sprint(1000 + r.from + i)) }

func (r *race) run() (examined int) {
	r.queue()
	var wg sync.WaitGroup
	for i := range r.n {
		conv := r.conv(i)
		card := r.cards[conv]
		take := button(r.t, card.Post.Buttons, "take")
		moves := []func(){
			func() { r.agents.presses("anna", card.got, card.got, take, nil) },
			func() { r.customers.says(r.chat(i), "", "/help") },
			func() { r.customers.says(r.chat(i), "", "hello? the lamp in order 48213 is broken") },
			func() { r.due(conv, "wait") },
			func() { r.fact(conv) },
			func() { r.agents.presses("ben", card.got, card.got, take, nil) },
		}
		r.rng.Shuffle(len(moves), func(a, b int) { moves[a], moves[b] = moves[b], moves[a] })
		wg.Go(func() {
			for _, move := range moves {
				move()
			}
		})
	}
	wg.Wait()
	r.patient()
	for i := range r.n {
		if r.examine(i) {
			examined++
		}
	}
	return examined
}

// queue takes every customer of the race to a hand-off that waits.
func (r *race) queue() {
	for i := range r.n {
		r.customers.says(r.chat(i), "", "I want to talk to a person")
	}
	r.patient()
	r.cards = map[message.ConversationID]received{}
	r.agents.mu.Lock()
	defer r.agents.mu.Unlock()
	for i, d := range r.agents.sent {
		var conv message.ConversationID
		if d.Post != nil && !d.Post.Update {
			if _, err := fmt.Sscanf(d.Post.Anchor, "handoff:%d:1", &conv); err == nil {
				r.cards[conv] = received{d, r.agents.ids[i]}
			}
		}
	}
}

func (r *race) conv(i int) message.ConversationID {
	id, err := r.store.FindConversation(r.t.Context(), "till", r.chat(i))
	if err != nil {
		r.t.Fatal(err)
	}
	return id
}

// due has a timer fall due, and fact a look-up come back, as the store would
// bring them.
func (r *race) due(conv message.ConversationID, name string) {
	r.input(conv, store.New{Kind: "timer", Payload: []byte(name)}, name)
}

func (r *race) fact(conv message.ConversationID) {
	b, err := json.Marshal(dialog.Input{Kind: dialog.InFact, Fact: &dialog.Fact{Key: "48213"}})
	if err != nil {
		panic(err)
	}
	r.input(conv, store.New{Kind: "input", Payload: b}, "fact")
}

func (r *race) input(conv message.ConversationID, in store.New, what string) {
	in.Conv, in.Dedup, in.At = conv, fmt.Sprintf("race:%d:%s", conv, what), time.Now().UnixMilli()
	if err := r.store.Ingest(r.t.Context(), []store.New{in}, nil); err != nil {
		r.t.Error(err)
	}
}

// patient is settled with more time.
func (r *race) patient() {
	r.t.Helper()
	for end := time.Now().Add(5 * time.Minute); time.Now().Before(end); {
		st, err := r.store.Stats(r.t.Context())
		if err != nil {
			r.t.Fatal(err)
		}
		if st.Pending == 0 && st.Unsent == 0 {
			return
		}
		clock := time.NewTimer(20 * time.Millisecond)
		<-clock.C
	}
	r.t.Fatal("it never settles")
}

// examine reads a conversation's outbox in the order of its commits. The words
// that say who takes over are committed with the claim; after them only agents
// may speak.
func (r *race) examine(i int) bool {
	rows, err := r.store.Sent(r.t.Context(), r.customers.Sender(), r.chat(i), 0, 100)
	if err != nil {
		r.t.Fatal(err)
	}
	claimed := false
	last := store.OutRow{}
	for _, row := range rows {
		if row.ID <= last.ID || row.At < last.At {
			r.t.Errorf("chat %s: row %d was committed after row %d", r.chat(i), last.ID, row.ID)
		}
		last = row
		var env struct {
			Say *message.Outbound `json:"say"`
		}
		if err := json.Unmarshal(row.Payload, &env); err != nil {
			r.t.Fatal(err)
		}
		if env.Say == nil { // buttons taken off are no words
			continue
		}
		if claimed && env.Say.From != message.Agent {
			r.t.Errorf("chat %s: the bot said %q after the claim", r.chat(i), env.Say.Text)
		}
		claimed = claimed || strings.Contains(env.Say.Text, "takes over now.")
	}
	return claimed
}

// TestAfterTheReturnTheBotSpeaksAgain is the other end of the silence, and that
// nobody is seen writing during it.
func TestAfterTheReturnTheBotSpeaksAgain(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	s.customers.says("7", "m2", "the lamp in order 48213 is broken")
	s.agents.waitWords(t, "48213")
	s.settled()
	s.customers.mu.Lock()
	typed, said := s.customers.typed, len(s.customers.sent)
	s.customers.mu.Unlock()
	if typed != 0 {
		t.Errorf("the bot was seen writing %d times while a person has it", typed)
	}
	back := adapters.Button{Action: "return", Value: "1:1"}
	s.agents.presses("anna", card.got, card.got, back, map[string]string{"text": "a new lamp is on its way"})
	s.customers.waitWords(t, "a new lamp is on its way")
	s.settled()
	if n := len(s.customers.deliveries()); n <= said {
		t.Error("the bot has not said a word since")
	}
	s.replays()
}
