package dialog

import (
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

func TestOwnedStepByStep(t *testing.T) {
	written := then(isOwned, chats)
	idle := then(written, fires(timerIdle))
	called := then(idle, fires(timerIdle))
	anaSays := agent("ana", InSaid, "here I am")
	ownedBy := func(who message.UserRef) func(State) bool {
		return func(s State) bool { return s.Handoff != nil && s.Handoff.Owner == who }
	}
	runMachine(t, []machineCase{
		{"taken", isOwned, "bot says; set idle 15m0s; clear wait; clear wait:ask; hand-off taken; clear wait", ownedBy("T/ana")},
		{"taken, pressed twice", then(isOwned, anaTakes), "", ownedBy("T/ana")},
		{"taken by another", then(isOwned, benTakes), "hand-off lost", ownedBy("T/ana")},
		{"the customer writes", written, "relay text; clear wait", nil},
		{"and writes again: it counts from the first", then(written, passes(time.Minute), chats), "relay text; clear wait", nil},
		{"no answer", idle, "hand-off idle; set idle 15m0s", func(s State) bool { return s.Handoff.Idle && !s.Handoff.Called }},
		{"still no answer", called, "hand-off escalated; set idle 15m0s", func(s State) bool { return s.Handoff.Called }},
		{"the timer too early", then(written, strays(timerIdle)), "set idle 15m0s", nil},
		{"a long stop", then(written, passes(day), strays(timerIdle)), "clear idle; bot says; set wait 2m30s; hand-off lapsed", ownedBy("")},
		{"no answer at all: back in the queue, and the customer hears it", then(called, fires(timerIdle)), "clear idle; bot says; set wait 2m30s; hand-off lapsed", func(s State) bool {
			h := s.Handoff
			return h.Owner == "" && h.PassedBy == "ana" && s.Kind == flow.Queue
		}},
		{"then asked as anybody who waits", then(called, fires(timerIdle), fires(timerWait), fires(timerWait)), "hand-off late; set wait:ask 5m0s; bot asks 1 wait call answer; set wait 5m0s", nil},
		{"then taken by the one who was silent", then(called, fires(timerIdle), anaTakes), "bot says; set idle 15m0s; clear wait; clear wait:ask; hand-off taken; clear wait", ownedBy("T/ana")},
		{"thanks wait for no answer", then(isOwned, anaSays, says("thanks", message.Reading{Lang: message.English, Side: message.SideThanks})), "relay text; clear wait", func(s State) bool { return s.Handoff.Unanswered.IsZero() }},
		{"answered", then(written, anaSays), "clear idle; agent says", func(s State) bool { return s.Handoff.Unanswered.IsZero() }},
		{"answered, and the timer all the same", then(written, anaSays, passes(day), strays(timerIdle)), "", nil},
		{"answered late, silent again: escalated again", then(called, anaSays, chats, fires(timerIdle), fires(timerIdle)), "hand-off escalated; set idle 15m0s", nil},
		{"taken over from a silent owner", then(idle, benTakes), "bot says; set idle 15m0s; clear wait; clear wait:ask; hand-off taken: ana", func(s State) bool {
			h := s.Handoff
			return h.Owner == "T/ben" && h.Former == "T/ana" && h.FormerName == "ana" && !h.Idle && !h.Called
		}},
		{"a second owner is silent too", then(called, benTakes, fires(timerIdle)), "hand-off idle; set idle 15m0s", func(s State) bool { return s.Handoff.Idle }},
		{"and the supervisor is called again", then(called, benTakes, fires(timerIdle), fires(timerIdle)), "hand-off escalated; set idle 15m0s", func(s State) bool { return s.Handoff.Called }},
		{"put back", then(isOwned, agent("ana", InReleased, " for the workshop ")), "clear idle; bot says; set wait 2m30s; hand-off released: for the workshop", func(s State) bool {
			h := s.Handoff
			return h.Owner == "" && h.PassedBy == "ana" && h.PassedNote == "for the workshop" && h.Cause == causePassed && h.Former == ""
		}},
		{"put back: the wait begins anew", then(called, agent("ana", InReleased, ""), fires(timerWait), fires(timerWait), fires(timerWait)), "hand-off escalated", nil},
		{"put back and taken again", then(isOwned, agent("ana", InReleased, "x"), benTakes), "bot says; set idle 15m0s; clear wait; clear wait:ask; hand-off taken; clear wait", ownedBy("T/ben")},
		{"returned", then(isOwned, agent("ana", InReturned, "")), "hand-off returned; clear idle; bot asks 1 all more; set remind 30m0s; set close 24h0m0s", func(s State) bool { return s.Handoff == nil && s.Settled.By == "ana" && s.Settled.Note == "" }},
		{"returned with what was settled", then(isOwned, agent("ana", InReturned, "a new lamp on Monday.")), "hand-off returned: a new lamp on Monday.; clear idle; bot asks 1 all more; set remind 30m0s; set close 24h0m0s", func(s State) bool { return s.Settled.Note == "a new lamp on Monday." }},
		{"returned, with words that waited", then(isOwned, until("ana", InPromised, "I call", time.Hour), fires(promiseTimer(1, dueEvent)), agent("ana", InReturned, "a new lamp")), "hand-off returned: a new lamp; clear idle; bot says; bot! says; bot asks 1 all more; set remind 30m0s; set close 24h0m0s",
			func(s State) bool { return len(s.Pending) == 0 }},
		{"returned, with a note among colleagues", then(isOwned, agent("ana", InReturned, "// give up")), "hold internal", ownedBy("T/ana")},
		{"returned, nobody to hear it", then(isOwned, blocks, agent("ana", InReturned, "")), "hand-off returned; clear idle; set remind 30m0s; set close 24h0m0s", func(s State) bool { return s.Handoff == nil && len(s.Pending) > 0 }},
		{"closed", then(isOwned, anaCloses), "hand-off closed: settled; clear idle; bot says; clear wait", func(s State) bool { return s.Kind == flow.End && s.Settled.Note == "" }},
		{"closed by who does not own it", then(isOwned, agent("ben", InClosed, "")), "hand-off denied", ownedBy("T/ana")},
		{"words of who does not own it", then(isOwned, agent("ben", InSaid, "hello")), "hold not_owner", nil},
		{"words to nobody", []step{agent("ana", InSaid, "hello")}, "hold closed", nil},
		{"an act on nothing", []step{agent("ana", InReleased, "")}, "hand-off over", nil},
		{"an act on an earlier hand-off", then(isOwned, anaCloses, asksHuman, does(agentDoes("late", InTaken, AgentAct{Name: "ana", Handoff: 1}, ""))), "hand-off over", ownedBy("")},
		{"an edit", then(isOwned, anaSays, agent("ana", InEdited, "here I am now")), "amend", nil},
		{"an edit into a note", then(isOwned, anaSays, agent("ana", InEdited, "// oops")), "hold internal", nil},
		{"taken back", then(isOwned, anaSays, agent("ana", InDeleted, "")), "amend", nil},
		{"the customer blocks", then(written, blocks), "unreachable true; clear idle; relay blocked", func(s State) bool { return s.Handoff.Unanswered.IsZero() }},
		{"words to who has blocked us", then(isOwned, blocks, anaSays), "hold blocked", nil},
		{"a place", then(isOwned, agent("ana", InSaid, "geo:24.1,120.7")), "clear idle; agent says", nil},
		{"taken, and left alone from the start", then(isOwned, fires(timerIdle), fires(timerIdle)), "hand-off escalated; set idle 15m0s", nil},
	})
}

func TestCallBackStepByStep(t *testing.T) {
	promised := then(isLate, taps(AsideWait, choiceCall))
	runMachine(t, []machineCase{
		{"promised, the number is asked for", promised, "retire 1 Call me back; clear wait:ask; case A-0003; set promise:1:soon 23h55m0s; set promise:1:due 24h55m0s; promise 1 made; relay call A-0003; hand-off briefed; bot says", func(s State) bool { return s.Handoff.Call == 1 && s.Handoff.Promise == 0 }},
		{"promised, the number is known", then([]step{asksHuman, phones}, fires(timerWait), fires(timerWait), taps(AsideWait, choiceCall)), "retire 1 Call me back; clear wait:ask; case A-0004; set promise:1:soon 23h55m0s; set promise:1:due 24h55m0s; promise 1 made; relay call A-0004; hand-off briefed; bot says", nil},
		{"the number is told", then(promised, phones), "relay text; promise 1 reworded; hand-off briefed; bot says", func(s State) bool {
			return s.Matter.Slots[slotPhone].Text == "+15550102" && strings.Contains(s.Promises[0].Text, "+15550102")
		}},
		{"a number, and no call is promised", []step{asksHuman, phones}, "relay text; hand-off briefed; bot says", func(s State) bool { return s.Matter.Slots[slotPhone].Text == "+15550102" }},
		{"taken", then(promised, anaTakes), "bot says; set idle 15m0s; clear wait; clear wait:ask; promise 1 assigned; hand-off taken; clear wait", func(s State) bool {
			return s.Promises[0].Owner == "ana" && s.Promises[0].Personal && s.Promises[0].Standing()
		}},
		{"put back", then(promised, anaTakes, agent("ana", InReleased, "")), "clear idle; promise 1 assigned; bot says; set wait 2m30s; hand-off released", func(s State) bool { return s.Promises[0].Owner == "" && !s.Promises[0].Personal }},
		{"closed: it stays with who had it", then(promised, anaTakes, anaCloses), "hand-off closed: settled; clear idle; bot says; clear wait", func(s State) bool { return s.Promises[0].Owner == "ana" && s.Promises[0].Standing() }},
		{"called off", then(promised, callsOff), "relay text; hand-off closed; clear wait; clear wait:ask; clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 withdrawn; bot says; clear wait", promiseIs(1, "withdrawn")},
		{"called off while more time is asked for", then(promised, moreTime("ana", 1, 60*time.Hour), callsOff), "relay text; hand-off closed; clear wait; clear wait:ask; retire 2; clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 withdrawn; bot says; clear wait", promiseIs(1, "withdrawn")},
		{"done", then(promised, onPromise("ana", InDone, 1)), "clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 done; bot! says; hand-off briefed", promiseIs(1, "kept")},
		{"done, then the customer calls off", then(promised, onPromise("ana", InDone, 1), callsOff), "relay text; hand-off closed; clear wait; clear wait:ask; bot says; clear wait", promiseIs(1, "kept")},
	})
}
