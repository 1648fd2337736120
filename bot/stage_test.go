package bot_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/bot/store/sqlite"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// stage is a bot between two stands, on a real store.
type stage struct {
	*rig
	customers, agents *stand
}

func newStage(t *testing.T, tune ...func(*bot.Config)) *stage {
	t.Helper()
	s := blankStage(t)
	s.open(tune...)
	return s
}

func blankStage(t *testing.T) *stage {
	t.Helper()
	f, err := flow.Parse(smallFlow())
	if err != nil {
		t.Fatal(err)
	}
	return &stage{rig: &rig{t: t, dir: t.TempDir(), flow: f, log: zap.NewNop()}, customers: newStand("till"), agents: newStand("desk")}
}

// open starts the bot; it can be called again after stop.
func (s *stage) open(tune ...func(*bot.Config)) {
	s.t.Helper()
	read, err := intents.New(intents.Words(s.flow.Words), intents.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	if s.store, err = sqlite.Open(context.Background(), sqlite.Config{Dir: s.dir, Logger: s.log, Now: s.clock.now}); err != nil {
		s.t.Fatal(err)
	}
	cfg := bot.Config{Store: s.store, Adapters: []adapters.Adapter{s.customers}, Desk: s.agents, Flow: s.flow, Settings: settings(),
		Understand: read.Understand, Logger: s.log, Now: s.clock.now, Grace: 5 * time.Second}
	for _, f := range tune {
		f(&cfg)
	}
	if s.bot, err = bot.New(cfg); err != nil {
		s.t.Fatal(err)
	}
	bot.HurryRecovery(s.bot)
	s.run()
}

// handedOff takes chat 7 to a hand-off that Anna owns, and gives its card.
func (s *stage) handedOff() received {
	s.t.Helper()
	card := s.asked()
	s.agents.presses("anna", card.got, card.got, button(s.t, card.Post.Buttons, "take"), nil)
	s.customers.waitWords(s.t, "anna takes over now.")
	s.agents.waitWords(s.t, "has taken this")
	return card
}

// asked takes chat 7 to a hand-off nobody has taken yet.
func (s *stage) asked() received {
	s.t.Helper()
	s.customers.says("7", "m1", "I want to talk to a person")
	return s.agents.waitWords(s.t, "Mei needs a person")
}

func (s *stage) audits() []store.AuditRow {
	s.t.Helper()
	rows, err := s.store.Audits(deadline(s.t), 100)
	if err != nil {
		s.t.Fatal(err)
	}
	return rows
}

// gone is a network that is not there, and unclear one that does not answer.
func gone(adapters.Delivery) error {
	return &adapters.SendError{Outcome: adapters.NotSent, Reason: "no network"}
}

func never(adapters.Delivery) error {
	return &adapters.SendError{Outcome: adapters.Refused, Reason: "it is older than two days"}
}

func stateOf(t *testing.T, s *stage, conv message.ConversationID) dialog.State {
	t.Helper()
	it, err := s.store.Conversation(deadline(t), conv)
	if err != nil {
		t.Fatal(err)
	}
	state, err := dialog.Decode(s.flow, it.State)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// seconds is an instant as forms bring it back.
func seconds(at int64) string { return strconv.FormatInt(at, 10) }
