package bot_test

import (
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// TestWhispersDoNotPileUp: however often a stranger or a colleague presses what
// is not theirs, each is told once, in a lane in which nobody's words wait; the
// audit has every press.
func TestWhispersDoNotPileUp(t *testing.T) {
	const presses = 15
	s := newStage(t)
	now := s.clock.now() // all presses within one minute
	s.clock.advance(now.Truncate(time.Minute).Add(time.Minute).Sub(now))
	card := s.handedOff()
	take := button(t, card.Post.Buttons, "take")
	for range presses {
		s.agents.presses("a stranger", card.got, card.got, take, nil)
		s.agents.presses("ben", card.got, card.got, take, nil)
	}
	s.settled()
	told := map[message.UserRef]int{}
	for _, d := range s.agents.deliveries() {
		if d.Post != nil && d.Post.Private != "" {
			told[d.Post.Private]++
		}
	}
	verdicts := map[string]int{}
	for _, row := range s.audits() {
		if row.Act == "take" {
			verdicts[row.Verdict]++
		}
	}
	if told["a stranger"] != 1 || told["ben"] != 1 {
		t.Errorf("told %v", told)
	}
	if verdicts["denied"] != presses || verdicts["allowed"] != presses+1 { // and Anna's own
		t.Errorf("the audit has %v", verdicts)
	}
	for who, want := range map[message.UserRef]int{"ben": 1, "anna": 0} {
		list, err := s.bot.DeskWhispers(deadline(t), who, card.Post.Anchor)
		if err != nil || len(list) != want || want > 0 && list[0].Post.Private != who {
			t.Errorf("%s reads %+v, %v", who, list, err)
		}
	}
	if list, err := s.bot.DeskWhispers(deadline(t), "ben", "handoff:1:2"); err != nil || len(list) != 0 {
		t.Errorf("in another card's thread stands %+v, %v", list, err)
	}
	s.replays()
}

// TestAColleagueCannotKeepWhatIsNotTheirs: the question stays, and whose words
// they are can still have them sent.
func TestAColleagueCannotKeepWhatIsNotTheirs(t *testing.T) {
	s := newStage(t)
	card := s.handedOff()
	s.agents.writes("anna", card.got, "a1", "note: order 48213 is yours")
	held := s.agents.waitMark(t, "a1", adapters.MarkHeld)
	s.agents.presses("ben", card.got, held.got, button(t, held.Mark.Buttons, "keep"), nil)
	if no := s.agents.waitWords(t, "anna has this hand-off"); no.Post.Private != "ben" {
		t.Errorf("said to %q", no.Post.Private)
	}
	s.agents.presses("anna", card.got, held.got, button(t, held.Mark.Buttons, "anyway"), nil)
	s.customers.wait(t, "the note", says("note: order 48213 is yours"))

	// Once it is over there is no owner; who wrote the words still may.
	s.agents.writes("anna", card.got, "a2", "note: she is upset")
	kept := s.agents.waitMark(t, "a2", adapters.MarkHeld)
	s.agents.presses("anna", card.got, card.got, adapters.Button{Action: "return", Value: "1:1"}, nil)
	s.agents.waitWords(t, "has given it back")
	s.agents.presses("ben", card.got, kept.got, button(t, kept.Mark.Buttons, "keep"), nil)
	s.agents.waitWords(t, "no longer open")
	s.agents.presses("anna", card.got, kept.got, button(t, kept.Mark.Buttons, "keep"), nil)
	s.agents.waitMark(t, "a2", adapters.MarkKept)
	s.settled()
	s.replays()
}
