package bot_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/accord-chat/accord/adapters/telegram"
	"github.com/accord-chat/accord/bot"
	"github.com/accord-chat/accord/bot/store/sqlite"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// asJSON writes a state the way the release before did.
func asJSON(state string) string {
	s, whole := dialog.Remains([]byte(state))
	b, err := json.Marshal(s)
	if !whole || err != nil {
		panic(fmt.Sprint(whole, err))
	}
	return string(b)
}

// spoil changes the stored state of chat 7 while the bot is stopped, as a disk
// or a program of another version might.
func (r *rig) spoil(change func(string) string) {
	r.t.Helper()
	ctx := deadline(r.t)
	s, err := sqlite.Open(ctx, sqlite.Config{Dir: r.dir, Logger: r.log})
	if err != nil {
		r.t.Fatal(err)
	}
	id, err := s.FindConversation(ctx, telegram.Channel, "7")
	if err != nil {
		r.t.Fatal(err)
	}
	r.overwrite(ctx, id, change)
	it, err := s.Conversation(ctx, id)
	if err != nil {
		r.t.Fatal(err)
	}
	if _, err := dialog.Decode(r.flow, it.State); err == nil {
		r.t.Fatal("the state can still be read")
	}
	if err := s.Close(); err != nil {
		r.t.Fatal(err)
	}
}

// overwrite changes a state behind the store's back: a turn of its own would be
// one more input, and might be given another that still waits.
func (r *rig) overwrite(ctx context.Context, id message.ConversationID, change func(string) string) {
	r.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(r.dir, sqlite.FileName)+"?_pragma=busy_timeout(5000)")
	if err != nil {
		r.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var was string
	if err := db.QueryRowContext(ctx, `SELECT state FROM conversation WHERE id = ?`, id).Scan(&was); err != nil {
		r.t.Fatal(err)
	}
	is := change(was)
	if is == was {
		r.t.Fatal("nothing was spoiled")
	}
	if _, err := db.ExecContext(ctx, `UPDATE conversation SET state = ? WHERE id = ?`, []byte(is), id); err != nil {
		r.t.Fatal(err)
	}
}

// TestAStateThatCannotBeReadReachesAPerson: the customer is not left with a
// bot that fails at every message, agents hear that much is lost, and what was
// promised stands where it can still be read.
func TestAStateThatCannotBeReadReachesAPerson(t *testing.T) {
	for name, c := range map[string]struct {
		change func(string) string
		kept   bool // the promises can still be read
	}{
		"one member is of another type": {func(s string) string { return strings.Replace(asJSON(s), `"question":`, `"question":"x","was":`, 1) }, true},
		"cut off in the middle":         {func(s string) string { return s[:len(s)/2] }, true},
		"cut off at the beginning":      {func(s string) string { return s[:20] }, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := setup(t)
			mei, anna := r.telegram.Customer(7, "Mei", "en"), r.slack.AddAgent("U0ANNA", "Anna")
			task := promised(r, mei)
			r.settled()
			r.stop()
			r.spoil(c.change)
			r.start()
			mei.Says("is there any news?")
			r.waitPost("could not be read any more")
			r.waitText(mei, "A colleague takes over.")
			card := r.waitPost("Mei needs a person")
			press(t, anna, card, "Take")
			r.waitText(mei, "Anna takes over now.")
			if said := count(mei, "Something of ours failed"); said != 0 {
				t.Errorf("told %d times that it failed", said)
			}
			mei.Says("thank you Anna")
			r.waitPost("thank you Anna")
			if c.kept {
				press(t, anna, task, "Done")
				r.waitPost("Done by Anna")
			}
			if st := r.settled(); st.Dead != 1 || st.Handoffs != 1 {
				t.Errorf("%+v", st)
			}
			r.replays()
		})
	}
}

// TestAnEarlierHandoffEndsWithItsState: its row is closed and its card answers
// nothing any more.
func TestAnEarlierHandoffEndsWithItsState(t *testing.T) {
	r := setup(t)
	mei, anna := r.telegram.Customer(7, "Mei", "en"), r.slack.AddAgent("U0ANNA", "Anna")
	first := waiting(r, mei)
	r.settled()
	r.stop()
	r.spoil(func(s string) string { return s[:len(s)*3/4] })
	r.start()
	mei.Says("hello?")
	r.waitPost("begins anew")
	if st := r.settled(); st.Handoffs != 1 {
		t.Errorf("%d hand-offs are open", st.Handoffs)
	}
	press(t, anna, first, "Take")
	r.waitPost("This hand-off is no longer open")
	r.settled()
	if count(mei, "Anna takes over") != 0 {
		t.Error("an old card still stands for the new hand-off")
	}
	r.replays()
}

// TestARescueThatFailsIsHeardOfAtTheDesk: nobody has the customer then.
func TestARescueThatFailsIsHeardOfAtTheDesk(t *testing.T) {
	r := blank(t)
	r.wrap = func(bot.Step) bot.Step {
		return func(*flow.Flow, dialog.Settings, dialog.State, dialog.Input) (dialog.Result, error) {
			return dialog.Result{}, errors.New("nothing works")
		}
	}
	r.start()
	r.telegram.Customer(7, "Mei", "en").Says("hello")
	r.waitPost("what came in last was not handled")
	r.waitPost("Nobody has it now")
	r.settled()
}

// TestNobodyIsToldOfAColleagueWhereThereIsNoDesk: the words would not be true.
func TestNobodyIsToldOfAColleagueWhereThereIsNoDesk(t *testing.T) {
	r := blank(t)
	r.tune = func(c *bot.Config) { c.Desk = nil }
	r.wrap = func(step bot.Step) bot.Step {
		return func(f *flow.Flow, set dialog.Settings, s dialog.State, in dialog.Input) (dialog.Result, error) {
			if in.Text == "poison" {
				return dialog.Result{}, errors.New("no such state")
			}
			return step(f, set, s, in)
		}
	}
	r.start()
	mei := r.telegram.Customer(7, "Mei", "en")
	mei.Says("poison")
	r.waitText(mei, "A colleague takes over.")
	if st := r.settled(); st.Handoffs != 1 || count(mei, "a colleague has been told") != 0 {
		t.Errorf("%+v, and the customer was told of a colleague", st)
	}
}
