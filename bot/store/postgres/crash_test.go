package postgres_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/postgres"
	"github.com/accord-chat/accord/bot/store/postgres/pgtest"
	"github.com/accord-chat/accord/dialog/message"
)

// The victim reads the database's address, its name and its first number from
// these.
const (
	childURL  = "ACCORD_TEST_VICTIM_URL"
	childName = "ACCORD_TEST_VICTIM_NAME"
	childFrom = "ACCORD_TEST_VICTIM_FROM"
)

const (
	victims     = 2 // at work side by side
	victimChats = 8 // of each, and both work on all
	kills       = 3 // of each
)

// playVictim ingests numbers from childFrom on and turns them, and those of the
// other victims, until it is killed. It prints each number after Ingest said that
// it is kept.
func playVictim(url string) int {
	from, err := strconv.ParseUint(os.Getenv(childFrom), 10, 64)
	if err != nil {
		return 2
	}
	ctx := context.Background()
	st, err := postgres.Open(ctx, postgres.Config{URL: url})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	for range 2 {
		go func() {
			for st.WaitWork(ctx) == nil {
				if _, err := st.Work(ctx, 4, remember); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(2)
				}
			}
		}()
	}
	for n := from; ; n++ {
		if err := st.Ingest(ctx, []store.New{numbered(os.Getenv(childName), n)}, nil); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 2
		}
		_, _ = fmt.Fprintln(os.Stdout, n) // the parent reads it
	}
}

func numbered(name string, n uint64) store.New {
	return store.New{Channel: "crash", Chat: message.Chat(fmt.Sprint(name, n%victimChats)),
		Dedup: fmt.Sprint(name, n), Kind: "raw", Payload: binary.BigEndian.AppendUint64(nil, n), At: 1}
}

// remember journals the number, says it, and keeps a count as the state.
func remember(_ context.Context, it store.Item) (store.Turn, error) {
	count := uint64(0)
	if it.State != nil {
		count = binary.BigEndian.Uint64(it.State)
	}
	if count != uint64(it.Version) {
		return store.Turn{}, errors.New("state and version do not belong together")
	}
	return store.Turn{
		State:  binary.BigEndian.AppendUint64(nil, count+1),
		Events: []store.Event{{Kind: "in", Payload: it.Payload}},
		Outbox: []store.Out{{Sender: "crash", Chat: it.Chat, Class: store.Reply, Payload: it.Payload}},
	}, nil
}

// TestKilled kills processes in the middle of their work, each again and again
// while others go on, and then looks for every number they said they had kept:
// each must have been handled once, in order, and answered once.
func TestKilled(t *testing.T) {
	url := pgtest.Database(t)
	acked := make([]uint64, victims) // highest number of each that was said to be kept
	var group sync.WaitGroup
	for v := range victims {
		rng := rand.New(rand.NewPCG(1, uint64(v)))
		group.Go(func() {
			for range kills {
				// Some numbers are given again: nobody knows what a dead process did.
				from := max(acked[v], 10) - 9
				acked[v] = max(acked[v], runVictim(t, url, nameOf(v), from, 50+rng.IntN(150)))
			}
		})
	}
	group.Wait()
	if t.Failed() {
		return
	}
	st := open(t, url)
	defer closed(t, st)
	finish(t, st)
	for v := range victims {
		seen := map[uint64]int{}
		for c := range victimChats {
			checkChat(t, st, message.Chat(fmt.Sprint(nameOf(v), c)), seen)
		}
		for n := uint64(1); n <= acked[v]; n++ {
			if seen[n] != 1 {
				t.Errorf("number %d of %s was handled %d times", n, nameOf(v), seen[n])
			}
		}
		t.Logf("%s: %d kills, %d acknowledged", nameOf(v), kills, acked[v])
	}
}

func nameOf(victim int) string { return string(rune('a' + victim)) }

func closed(t testing.TB, st *postgres.Store) {
	if err := st.Close(); err != nil {
		t.Error(err)
	}
}

// runVictim starts a victim and kills it after lines acknowledgements. It gives
// the last number that was acknowledged.
func runVictim(t *testing.T, url, name string, from uint64, lines int) uint64 {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childURL+"="+url, childName+"="+name, fmt.Sprintf("%s=%d", childFrom, from))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Error(err)
		return 0
	}
	var last uint64
	scan := bufio.NewScanner(out)
	for scan.Scan() {
		n, err := strconv.ParseUint(scan.Text(), 10, 64)
		if err != nil {
			break // a line that the kill cut short acknowledges nothing
		}
		last = n
		if lines--; lines == 0 {
			if err := cmd.Process.Kill(); err != nil {
				t.Error(err)
			}
		}
	}
	_ = cmd.Wait() // it was killed
	if lines > 0 {
		t.Errorf("victim %s ended by itself, %d lines early", name, lines)
	}
	return last
}

func finish(t *testing.T, st *postgres.Store) {
	t.Helper()
	for {
		stats, err := st.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if stats.Pending == 0 {
			return
		}
		if err := st.WaitWork(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := st.Work(t.Context(), 64, remember); err != nil {
			t.Fatal(err)
		}
	}
}

// checkChat counts the journalled numbers of one chat, and holds that they
// rise, that each turn is whole and that each was answered once.
func checkChat(t *testing.T, st *postgres.Store, chat message.Chat, seen map[uint64]int) {
	t.Helper()
	ctx := t.Context()
	id, err := st.FindConversation(ctx, "crash", chat)
	if err != nil {
		t.Fatal(err)
	}
	it, err := st.Conversation(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	journal, err := st.Journal(ctx, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	said, err := st.Sent(ctx, "crash", chat, 0, len(journal)+10)
	if err != nil {
		t.Fatal(err)
	}
	if it.Version != int64(len(journal)) || len(said) != len(journal) {
		t.Fatalf("chat %s: version %d, %d events, %d answers", chat, it.Version, len(journal), len(said))
	}
	last := uint64(0)
	for i, j := range journal {
		n := binary.BigEndian.Uint64(j.Payload)
		if n <= last || string(said[i].Payload) != string(j.Payload) {
			t.Errorf("chat %s: number %d after %d", chat, n, last)
		}
		last = n
		seen[n]++
	}
}
