package dialog

import (
	"testing"
	"time"
)

var (
	isOwned   = []step{asksHuman, anaTakes}
	isOffered = then(isOwned, until("ana", InOffered, "a new shade", 3*time.Hour))
	anaCloses = agent("ana", InClosed, "settled")
)

func TestOfferStepByStep(t *testing.T) {
	offered := func(n int) func(State) bool {
		return func(s State) bool { return len(s.Asides) == n }
	}
	runMachine(t, []machineCase{
		{"offered by a time", isOffered, "case A-0002; clear idle; agent asks 1 yes no; set offer:1 3h0m0s; hand-off asked: a new shade", offered(1)},
		{"offered without a time", then(isOwned, agent("ana", InOffered, "a new shade")), "case A-0002; clear idle; agent asks 1 yes no; set offer:1 24h0m0s; hand-off asked: a new shade", func(s State) bool { return s.Asides[0].Undated }},
		{"by a time that has passed", then(isOwned, until("ana", InOffered, "a new shade", -time.Hour)), "hold past", offered(0)},
		{"words that look like a note", then(isOwned, agent("ana", InOffered, "note: a shade")), "hold ask", offered(0)},
		{"nobody to hear it", then(isOwned, blocks, agent("ana", InOffered, "a new shade")), "hold blocked", offered(0)},
		{"by who does not own it", then(isOwned, agent("ben", InOffered, "a new shade")), "hand-off denied", offered(0)},
		{"offered again", then(isOffered, until("ana", InOffered, "a whole lamp", 5*time.Hour)), "retire 1; clear offer:1; relay lapsed; clear idle; agent asks 2 yes no; set offer:1 5h0m0s; hand-off asked: a whole lamp", offered(1)},
		{"offered again after a hand-off", then(isOffered, anaCloses, asksHuman, benTakes, agent("ben", InOffered, "a whole lamp")), "case A-0006; retire 1; clear offer:1; relay lapsed; clear idle; agent asks 2 yes no; set offer:2 24h0m0s; hand-off asked: a whole lamp", offered(1)},
		{"taken while owned", then(isOffered, taps(AsideOffer, choiceYes)), "retire 1 Yes; clear offer:1; relay accepted A-0002; set promise:1:soon 2h0m0s; set promise:1:due 3h0m0s; promise 1 made; agent says; hand-off briefed; clear wait", offered(0)},
		{"taken after the close", then(isOffered, anaCloses, taps(AsideOffer, choiceYes)), "retire 1 Yes; clear offer:1; relay accepted A-0002; set promise:1:soon 2h0m0s; set promise:1:due 3h0m0s; promise 1 made; bot says; clear wait", offered(0)},
		{"taken, no time named", then(isOwned, agent("ana", InOffered, "a new shade"), taps(AsideOffer, choiceYes)), "retire 1 Yes; clear offer:1; relay accepted A-0002; set promise:1:soon 23h0m0s; set promise:1:due 24h0m0s; promise 1 made; agent says; hand-off briefed; clear wait", offered(0)},
		{"taken after its time", then(isOffered, passes(4*time.Hour), taps(AsideOffer, choiceYes)), "retire 1 Yes; clear offer:1; relay accepted A-0002; set promise:1:soon 23h0m0s; set promise:1:due 24h0m0s; promise 1 made; agent says; hand-off briefed; clear wait", offered(0)},
		{"taken, and pressed again", then(isOffered, taps(AsideOffer, choiceYes), taps(AsideOffer, choiceNo)), "", offered(0)},
		{"turned down while owned", then(isOffered, taps(AsideOffer, choiceNo)), "retire 1 No; clear offer:1; relay declined; set idle 15m0s; hand-off briefed; clear wait", func(s State) bool { return len(s.Handoff.Refused) == 1 && !s.Handoff.Refused[0].Lapsed }},
		{"turned down after the close", then(isOffered, anaCloses, taps(AsideOffer, choiceNo)), "retire 1 No; clear offer:1; relay declined; bot says; clear wait", offered(0)},
		{"its time is over while owned", then(isOffered, fires(offerTimer(1))), "retire 1; relay lapsed; hand-off briefed", func(s State) bool { return len(s.Pending) == 1 && s.Handoff.Refused[0].Lapsed }},
		{"its time is over after the close", then(isOffered, anaCloses, fires(offerTimer(1))), "retire 1; relay lapsed; bot! says", offered(0)},
		{"a timer too early", then(isOffered, strays(offerTimer(1))), "", offered(1)},
		{"a timer of another hand-off", then(isOffered, passes(4*time.Hour), strays(offerTimer(2))), "", offered(1)},
		{"refused seven times", then(isOwned, again(7, func(int) []step {
			return []step{agent("ana", InOffered, "a new shade"), taps(AsideOffer, choiceNo)}
		})...), "retire 7 No; clear offer:1; relay declined; set idle 15m0s; hand-off briefed; clear wait", func(s State) bool { return len(s.Handoff.Refused) == maxRefused }},
		{"promised by a time", then(isOwned, until("ana", InPromised, "I call the driver.", time.Hour)), "case A-0002; set promise:1:due 1h0m0s; promise 1 made; clear idle; agent says; hand-off promised: I call the driver.", func(s State) bool { return s.Promises[0].Personal && s.Promises[0].Owner == "ana" }},
		{"promised without a time", then(isOwned, agent("ana", InPromised, "I call the driver.")), "case A-0002; set promise:1:soon 23h0m0s; set promise:1:due 24h0m0s; promise 1 made; clear idle; agent says; hand-off promised: I call the driver.", nil},
		{"promised by a time that has passed", then(isOwned, until("ana", InPromised, "I call", -time.Hour)), "hold past", nil},
		{"an offer ends the wait for an answer", then(isOwned, chats, agent("ana", InOffered, "a new shade")), "case A-0003; clear idle; agent asks 1 yes no; set offer:1 24h0m0s; hand-off asked: a new shade", func(s State) bool { return s.Handoff.Unanswered.IsZero() }},
		{"a promise ends the wait for an answer", then(isOwned, chats, agent("ana", InPromised, "I call")), "case A-0003; set promise:1:soon 23h0m0s; set promise:1:due 24h0m0s; promise 1 made; clear idle; agent says; hand-off promised: I call", func(s State) bool { return s.Handoff.Unanswered.IsZero() }},
	})
}
