package dialog

import "testing"

var isLate = []step{asksHuman, fires(timerWait), fires(timerWait)}

func TestWaitingStepByStep(t *testing.T) {
	runMachine(t, []machineCase{
		{"queued", []step{asksHuman}, "hand-off opened; set wait 2m30s; bot says", nil},
		{"half the wait", []step{asksHuman, fires(timerWait)}, "hand-off nudged; set wait 2m30s", nil},
		{"the whole wait", isLate, "hand-off late; set wait:ask 5m0s; bot asks 1 wait call answer; set wait 5m0s", nil},
		{"the whole wait, and nobody could press a button", []step{asksHuman, fires(timerWait), blocks, fires(timerWait)}, "hand-off late; clear wait:ask; case A-0003; set promise:1:soon 23h55m0s; set promise:1:due 24h55m0s; promise 1 made; set wait 5m0s; hand-off briefed", nil},
		{"twice the wait", then(isLate, fires(timerWait)), "hand-off escalated", nil},
		{"a timer too early", []step{asksHuman, strays(timerWait)}, "set wait 2m30s", nil},
		{"a long stop: the last of several steps alone", []step{asksHuman, passes(day), strays(timerWait)}, "hand-off late; set wait:ask 5m0s; bot asks 1 wait call answer; hand-off escalated", nil},
		{"keeps waiting", then(isLate, taps(AsideWait, choiceWait)), "retire 1 Keep waiting; set wait:ask 5m0s; relay wait; bot says", nil},
		{"keeps waiting, and is asked once more", then(isLate, taps(AsideWait, choiceWait), fires(timerWait), fires(timerAsk)), "set wait:ask 5m0s; bot asks 2 wait call answer", nil},
		{"keeps waiting, and blocks", then(isLate, taps(AsideWait, choiceWait), blocks, fires(timerAsk)), "clear wait:ask; case A-0005; set promise:1:soon 23h50m0s; set promise:1:due 24h50m0s; promise 1 made; hand-off briefed", nil},
		{"keeps waiting twice", then(isLate, taps(AsideWait, choiceWait), fires(timerAsk), taps(AsideWait, choiceWait)), "retire 2 Keep waiting; clear wait:ask; case A-0005; set promise:1:soon 23h50m0s; set promise:1:due 24h50m0s; promise 1 made; relay wait A-0005; hand-off briefed; bot says", nil},
		{"asked twice, no answer", then(isLate, taps(AsideWait, choiceWait), fires(timerAsk), fires(timerAsk)), "retire 2; clear wait:ask; case A-0005; set promise:1:soon 23h45m0s; set promise:1:due 24h45m0s; promise 1 made; hand-off briefed; bot says", nil},
		{"an answer will do", then(isLate, taps(AsideWait, choiceAnswer)), "retire 1 Answer by Thursday, 26 November, 11:00; clear wait:ask; case A-0003; set promise:1:soon 23h55m0s; set promise:1:due 24h55m0s; promise 1 made; relay answer A-0003; hand-off briefed; bot says", nil},
		{"an answer will do, by a time that has passed", then(isLate, passes(3*day), taps(AsideWait, choiceAnswer)), "retire 1 Answer by Thursday, 26 November, 11:00; clear wait:ask; case A-0003; set promise:1:soon 23h55m0s; set promise:1:due 24h55m0s; promise 1 made; relay answer A-0003; hand-off briefed; bot says", nil},
		{"a call", then(isLate, taps(AsideWait, choiceCall)), "retire 1 Call me back; clear wait:ask; case A-0003; set promise:1:soon 23h55m0s; set promise:1:due 24h55m0s; promise 1 made; relay call A-0003; hand-off briefed; bot says", nil},
		{"no choice", then(isLate, fires(timerAsk)), "retire 1; clear wait:ask; case A-0003; set promise:1:soon 23h50m0s; set promise:1:due 24h50m0s; promise 1 made; hand-off briefed; bot says", nil},
		{"the question's timer too early", then(isLate, strays(timerAsk)), "", nil},
		{"the question's timer, and promised already", then(isLate, taps(AsideWait, choiceAnswer), strays(timerAsk)), "", nil},
		{"the desk is out of reach", []step{asksHuman, unheardOf(0)}, "clear wait:ask; case A-0001; set promise:1:soon 23h0m0s; set promise:1:due 24h0m0s; promise 1 made; hand-off unheard; bot says", func(s State) bool { return s.Handoff.Unheard }},
		{"out of reach is said once", []step{asksHuman, unheardOf(0), unheardOf(0)}, "", nil},
		{"out of reach while asked", then(isLate, unheardOf(1)), "retire 1; clear wait:ask; case A-0003; set promise:1:soon 23h55m0s; set promise:1:due 24h55m0s; promise 1 made; hand-off unheard; bot says", nil},
		{"out of reach, promised already", then(isLate, taps(AsideWait, choiceAnswer), unheardOf(1)), "hand-off unheard; bot says", nil},
		{"out of reach, of another hand-off", []step{asksHuman, unheardOf(7)}, "", nil},
		{"out of reach, and taken", []step{asksHuman, anaTakes, unheardOf(1)}, "", nil},
		{"taken while asked", then(isLate, anaTakes), "bot says; set idle 15m0s; clear wait; clear wait:ask; retire 1; hand-off taken; clear wait", nil},
		{"taken after the promise", then(isLate, taps(AsideWait, choiceAnswer), anaTakes), "bot says; set idle 15m0s; clear wait; clear wait:ask; clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 done; hand-off taken; clear wait", nil},
		{"late, and promised already", []step{asksHuman, unheardOf(0), fires(timerWait), fires(timerWait)}, "hand-off late; set wait 5m0s", nil},
		{"writes while waiting", []step{asksHuman, chats}, "relay text; bot says", nil},
		{"writes again at once", []step{asksHuman, chats, chats}, "relay text", nil},
		{"writes again later", []step{asksHuman, chats, passes(toldPause + 1), chats}, "relay text; bot says", nil},
		{"calls off", []step{asksHuman, callsOff}, "relay text; hand-off closed; clear wait; clear wait:ask; bot says; clear wait", func(s State) bool { return s.Handoff == nil }},
		{"calls off what was promised", then(isLate, taps(AsideWait, choiceAnswer), callsOff), "relay text; hand-off closed; clear wait; clear wait:ask; clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 withdrawn; bot says; clear wait", func(s State) bool { return s.Matter.Case == "" }},
	})
}
