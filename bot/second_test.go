package bot_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// adviser is a second opinion that says and takes its time as the test wants.
type adviser struct {
	advise func(ctx context.Context, text string) (name string, err error)
	reword func(ctx context.Context, line string) (string, error)

	mu      sync.Mutex
	asked   []string
	lines   []string
	choices map[string]bool // ids that were ever shown
}

func (a *adviser) Unsure(r message.Reading, c intents.Context) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.choices == nil {
		a.choices = map[string]bool{}
	}
	for _, x := range c.Expect.Choices {
		a.choices[x.ID] = true
	}
	return len(r.Mentions) == 0 && r.Answer == message.NoAnswer && r.Side == message.NoSide && !r.Person
}

func (a *adviser) Advise(ctx context.Context, text string, r message.Reading, _ intents.Context) (message.Reading, error) {
	a.mu.Lock()
	a.asked = append(a.asked, text)
	a.mu.Unlock()
	name, err := a.advise(ctx, text)
	if err != nil {
		return r, err
	}
	r.Mentions = []message.Mention{{Name: name, Score: 0.7}}
	r.Intent, r.Confidence, r.InScope, r.Why = name, 0.7, true, []string{"advised:" + name}
	return r, nil
}

func (a *adviser) Reword(ctx context.Context, _ message.Lang, line string) (string, error) {
	a.mu.Lock()
	a.lines = append(a.lines, line)
	a.mu.Unlock()
	if a.reword == nil {
		return "", intents.TroubleNone
	}
	return a.reword(ctx, line)
}

func (a *adviser) texts() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.asked)
}

// readings are those the journal has, by the text they are of.
func readings(r *rig) map[string]message.Reading {
	r.t.Helper()
	out := map[string]message.Reading{}
	ids, err := r.store.Conversations(deadline(r.t), 0, 100)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, id := range ids {
		rows, err := r.store.Journal(deadline(r.t), id, 0)
		if err != nil {
			r.t.Fatal(err)
		}
		for _, row := range rows {
			var in dialog.Input
			if row.Kind == "input" && json.Unmarshal(row.Payload, &in) == nil && in.Text != "" {
				out[in.Text] = in.Reading
			}
		}
	}
	return out
}

const puzzle = "the glowy thing went to bits"

// TestASecondOpinionHoldsUpNobodyElse: while one customer's message waits for an
// opinion, another is answered and the first one's next message waits in order. The
// opinion is in the journal, and a replay needs nobody.
func TestASecondOpinionHoldsUpNobodyElse(t *testing.T) {
	asked, hold := make(chan struct{}), make(chan struct{})
	a := &adviser{advise: func(ctx context.Context, _ string) (string, error) {
		close(asked)
		select {
		case <-hold:
			return "damaged", nil
		case <-ctx.Done():
			return "", intents.TroubleTimeout
		}
	}}
	r := setup(t, func(c *bot.Config) { c.Second = a })
	mei, ben := r.telegram.Customer(7, "Mei", "en"), r.telegram.Customer(8, "Ben", "en")
	mei.Says(puzzle)
	<-asked
	mei.Says("/help")
	ben.Says("/help")
	r.waitText(ben, "at any time")
	if n := len(mei.Inbox()); n != 0 {
		t.Errorf("%d messages came before the first was read", n)
	}
	close(hold)
	r.waitText(mei, "at any time")
	r.waitText(mei, "Which order is it?")
	r.settled()
	r.replays()
	if got := readings(r)[puzzle]; got.Intent != "damaged" || !slices.Contains(got.Why, "advised:damaged") {
		t.Errorf("the journal has %+v", got)
	}
	if n := counted(t, r.bot, "accord_llm_calls_total", "answered"); n != 1 {
		t.Errorf("%v answers are counted; asked %q", n, a.texts())
	}
	if mei.Typings() == 0 {
		t.Error("the customer saw nobody at it")
	}
}

// TestNoOpinionInTimeIsNone: a message whose opinion does not come is read as
// without one, once its time is over.
func TestNoOpinionInTimeIsNone(t *testing.T) {
	asked := make(chan struct{}, 10)
	a := &adviser{advise: func(ctx context.Context, _ string) (string, error) {
		asked <- struct{}{}
		<-ctx.Done()
		return "", intents.TroubleTimeout
	}}
	r := setup(t, func(c *bot.Config) { c.Second = a })
	mei := r.telegram.Customer(7, "Mei", "en")
	mei.Says(puzzle)
	<-asked
	r.clock.advance(4 * time.Second)
	r.waitText(mei, "Please tell me in other words.")
	mei.Says("it is broken, order 48213")
	r.waitText(mei, "What would help you most?")
	r.settled()
	r.replays()
	if got := readings(r)[puzzle]; len(got.Mentions) != 0 || slices.ContainsFunc(got.Why, func(w string) bool { return strings.HasPrefix(w, "advised") }) {
		t.Errorf("the journal has %+v", got)
	}
	if texts := a.texts(); len(texts) != 1 {
		t.Errorf("asked about %q", texts)
	}
}

// TestAnOpinionCutOffIsAskedForOnceMore: a stop in the middle costs one call and
// stores no reading; what has waited too long at the next start is read at once.
func TestAnOpinionCutOffIsAskedForOnceMore(t *testing.T) {
	asked := make(chan struct{}, 10)
	a := &adviser{advise: func(ctx context.Context, _ string) (string, error) {
		asked <- struct{}{}
		<-ctx.Done()
		return "", intents.TroubleTimeout
	}}
	r := setup(t, func(c *bot.Config) { c.Second = a })
	mei := r.telegram.Customer(7, "Mei", "en")
	mei.Says(puzzle)
	<-asked
	r.stop()
	a.advise = func(context.Context, string) (string, error) { return "damaged", nil }
	r.clock.advance(-time.Second) // the restart took no time
	r.start()
	r.waitText(mei, "Which order is it?")
	r.settled()
	r.replays()
	if texts := a.texts(); len(texts) != 2 {
		t.Errorf("asked %d times", len(texts))
	}
	a.advise = func(ctx context.Context, _ string) (string, error) {
		asked <- struct{}{}
		<-ctx.Done()
		return "", intents.TroubleTimeout
	}
	mei.Says("zorp")
	<-asked
	r.stop()
	r.clock.advance(time.Minute)
	r.start()
	r.settled()
	if texts := a.texts(); len(texts) != 3 {
		t.Errorf("asked %d times", len(texts))
	}
}

// TestNobodyElseAnswersAQuestion: of the buttons of a question only those are shown
// to the second reader that tell what a matter is about.
func TestNobodyElseAnswersAQuestion(t *testing.T) {
	a := &adviser{advise: func(context.Context, string) (string, error) { return "", intents.TroubleNone }}
	r := setup(t, func(c *bot.Config) { c.Second = a })
	mei := r.telegram.Customer(7, "Mei", "en")
	mei.Says("it is broken, order 48213")
	r.waitText(mei, "What would help you most?")
	mei.Says("zorp")
	r.waitText(mei, "Which of these would help?")
	mei.Says("my money back")
	r.waitText(mei, "Have I understood you?")
	mei.Says("blip")
	r.settled()
	if texts := a.texts(); !slices.Contains(texts, "blip") {
		t.Errorf("asked about %q", texts)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.choices["svc:refund"] || a.choices["yes"] || a.choices["change"] || a.choices["person"] {
		t.Errorf("shown were %v", a.choices)
	}
}

// TestAFreeLineIsWordedAnew: only lines the flow names are given away, each without
// what stands around it; what was said is stored, and a replay does not mind.
func TestAFreeLineIsWordedAnew(t *testing.T) {
	files := smallFlow()
	files["flow.yaml"] = append(files["flow.yaml"], "\nreword: [misread.1, soothe.mild]\n"...)
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	a := &adviser{advise: func(context.Context, string) (string, error) { return "", intents.TroubleNone },
		reword: func(_ context.Context, line string) (string, error) {
			if line == "I am sorry about that." {
				return "", intents.TroubleRefused
			}
			return "Could you tell me in other words, please?", nil
		}}
	r := blank(t)
	r.flow = f
	r.tune = func(c *bot.Config) { c.Flow, c.Second = f, a }
	r.start()
	mei := r.telegram.Customer(7, "Mei", "en")
	mei.Says("zorp")
	r.waitText(mei, "Could you tell me in other words, please?")
	mei.Says("it is broken")
	r.waitText(mei, "I am sorry about that. Which order is it?")
	r.settled()
	r.replays()
	a.mu.Lock()
	defer a.mu.Unlock()
	if want := []string{"Please tell me in other words.", "I am sorry about that."}; !slices.Equal(a.lines, want) {
		t.Errorf("given away were %q", a.lines)
	}
	rows, err := r.store.Journal(deadline(t), 1, 0)
	if err != nil {
		t.Fatal(err)
	}
	said := slices.ContainsFunc(rows, func(row store.JournalRow) bool {
		return row.Kind == "words" && strings.Contains(string(row.Payload), "Could you tell me")
	})
	if !said {
		t.Error("the journal does not have what was said")
	}
}
