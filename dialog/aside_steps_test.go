package dialog

import (
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

func TestAsideStepByStep(t *testing.T) {
	typed := says("yes", message.Reading{Lang: message.English, Answer: message.Accept})
	told := says("yes, the lamp is broken", message.Reading{Lang: message.English, Answer: message.Accept, Mentions: []message.Mention{{Name: "damaged_item", Score: 1}}})
	refuses := says("no", message.Reading{Lang: message.English, Answer: message.Refuse})
	soon, due := promiseTimer(1, soonEvent), promiseTimer(1, dueEvent)
	renewal := then(pledged, moreTime("ana", 1, 8*time.Hour))
	runMachine(t, []machineCase{
		{"a typed yes is pointed at the buttons", then(isLate, typed), "relay text; retire 1; bot asks 2 wait call answer", func(s State) bool { return s.Asides[0].Points == 1 }},
		{"twice", then(isLate, typed, typed), "relay text; retire 2; bot asks 3 wait call answer", func(s State) bool { return s.Asides[0].Points == maxPoints }},
		{"and not a third time", then(isLate, typed, typed, typed), "relay text; bot says", func(s State) bool { return s.Asides[0].Points == maxPoints }},
		{"a yes that tells something is no answer", then(isLate, told), "relay text; hand-off briefed; bot says", func(s State) bool { return s.Asides[0].Points == 0 && s.Matter.Incident == "damaged" }},
		{"at the end, about a promise", then(renewal, typed), "retire 1 yes; clear promise:1:ask; clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 renewed as 2; set promise:2:soon 7h0m0s; set promise:2:due 8h0m0s; promise 2 made; bot! says; clear wait", func(s State) bool { return s.Kind == flow.End && len(s.Asides) == 0 }},
		{"at the end, no to a promise", then(renewal, refuses), "retire 1 no; clear promise:1:ask; promise 1 declined; bot! says; clear wait", func(s State) bool { return s.Promises[0].Declined }},
		{"at the end, beside another question", then(isOffered, until("ana", InPromised, "I call", 5*time.Hour), anaCloses, moreTime("ana", 1, 8*time.Hour), typed), "retire 2; bot! asks 3 yes no; clear wait", func(s State) bool { return s.Promises[0].Renewed == 0 }},
		{"nothing asked beside", then(pledged, typed), "clear wait", nil},
		{"the old buttons after the hint", then(isLate, typed, tapsOn(1, choiceAnswer)), "retire 2 Answer by Thursday, 26 November, 11:00; clear wait:ask; case A-0004; set promise:1:soon 23h55m0s; set promise:1:due 24h55m0s; promise 1 made; relay answer A-0004; hand-off briefed; bot says", func(s State) bool { return len(s.Asides) == 0 }},
		{"pressed twice", then(isLate, taps(AsideWait, choiceAnswer), tapsOn(1, choiceAnswer)), "", nil},
		{"an answer promised for want of one, then a call", then(isLate, fires(timerAsk), taps(AsideWait, choiceCall)), "clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 withdrawn; clear wait:ask; set promise:2:soon 23h50m0s; set promise:2:due 24h50m0s; promise 2 made; relay call A-0003; hand-off briefed; bot says", func(s State) bool { return s.Handoff.Promise == 0 && s.Handoff.Call == 2 }},
		{"and when that time has passed", then(isLate, fires(timerAsk), passes(3*day), taps(AsideWait, choiceCall)), "clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 withdrawn; clear wait:ask; set promise:2:soon 23h50m0s; set promise:2:due 24h50m0s; promise 2 made; relay call A-0003; hand-off briefed; bot says", func(s State) bool { return s.Handoff.Call == 2 }},
		{"an answer promised, then waits all the same", then(isLate, fires(timerAsk), taps(AsideWait, choiceWait)), "relay wait A-0003; bot says", nil},
		{"an answer promised, then that", then(isLate, fires(timerAsk), taps(AsideWait, choiceAnswer)), "relay answer A-0003; bot says", nil},
		{"pressed late, twice", then(isLate, fires(timerAsk), tapsOn(1, choiceAnswer), passes(time.Hour), chats, tapsOn(1, choiceCall)), "", nil},
		{"pressed when somebody has come", then(isLate, anaTakes, tapsOn(1, choiceCall)), "relay tap; clear wait", nil},
		{"pressed when it is put back", then(isLate, anaTakes, agent("ana", InReleased, ""), tapsOn(1, choiceCall)), "clear wait:ask; case A-0005; set promise:1:soon 23h55m0s; set promise:1:due 24h55m0s; promise 1 made; relay call A-0005; hand-off briefed; bot says", nil},
		{"pressed when it is all over", then(isLate, anaTakes, anaCloses, tapsOn(1, choiceCall)), "bot says; clear wait", nil},
		{"a renewal pressed late, the promise is kept", then(renewal, onPromise("ana", InDone, 1), taps(AsideRenew, choiceYes)), "bot says; clear wait", nil},
		{"a button nobody knows", then(isLate, tapsOn(77, choiceYes)), "bot says", nil},
		{"words that waited are said when back", then(pledged, blocks, fires(soon), fires(due), unblocks), "unreachable false; bot! says", func(s State) bool { return len(s.Pending) == 0 }},
		{"writing is being back", then(pledged, blocks, fires(soon), fires(due), typed), "unreachable false; bot! says; clear wait", func(s State) bool { return !s.Blocked && len(s.Pending) == 0 }},
		{"blocked twice", then(pledged, blocks, blocks), "", nil},
	})
}

func TestSettledStepByStep(t *testing.T) {
	lamp := message.Reading{Lang: message.English, Mentions: []message.Mention{{Name: "damaged_item", Score: 1}}}
	with := func(change func(*message.Reading)) message.Reading { r := lamp; change(&r); return r }
	order := message.Slot{Kind: message.SlotOrder, Text: "48213"}
	settled := []step{says("a person, the lamp is broken", with(func(r *message.Reading) { r.Person, r.Slots = true, []message.Slot{order} })), anaTakes, anaCloses}
	at := func(k flow.Kind) func(State) bool { return func(s State) bool { return s.Kind == k } }
	runMachine(t, []machineCase{
		{"said again", then(settled, says("the lamp is broken", lamp)), "bot says; clear wait", at(flow.End)},
		{"said a third time", then(settled, says("the lamp is broken", lamp), says("it is broken", lamp)), "set quiet 3s; set remind 30m0s; set close 24h0m0s", at(flow.Listen)},
		{"with thanks", then(settled, says("thanks for the lamp", with(func(r *message.Reading) { r.Side = message.SideThanks }))), "bot says; clear wait", func(s State) bool { return s.Kind == flow.End && !s.Settled.Said }},
		{"another thing", then(settled, says("my parcel is late", message.Reading{Mentions: []message.Mention{{Name: "late_parcel", Score: 1}}})), "set quiet 3s; set remind 30m0s; set close 24h0m0s", at(flow.Listen)},
		{"with a wish for a person", then(settled, says("a person", with(func(r *message.Reading) { r.Person = true }))), "hand-off opened; set wait 2m30s; bot says", at(flow.Queue)},
		{"as a correction", then(settled, says("I meant the lamp", with(func(r *message.Reading) { r.Correction = true }))), "set quiet 3s; set remind 30m0s; set close 24h0m0s", at(flow.Listen)},
		{"in anger", then(settled, says("broken!", with(func(r *message.Reading) { r.Anger = 0.9 }))), "set quiet 3s; set remind 30m0s; set close 24h0m0s", at(flow.Listen)},
		{"a day later", then(settled, passes(sameOrder), says("the lamp is broken", lamp)), "set quiet 3s; set remind 30m0s; set close 24h0m0s", at(flow.Listen)},
		{"a day later, with the order", then(settled, passes(sameOrder), says("the lamp is broken", with(func(r *message.Reading) { r.Slots = []message.Slot{order} }))), "bot says; clear wait", at(flow.End)},
		{"a week later, with the order", then(settled, passes(comeBack), says("the lamp is broken", with(func(r *message.Reading) { r.Slots = []message.Slot{order} }))), "set quiet 3s; set remind 30m0s; set close 24h0m0s", at(flow.Listen)},
	})
}
