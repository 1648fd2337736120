package dialog

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
)

// pledged is a promise by ana in five hours, from which she has gone.
var pledged = then(isOwned, until("ana", InPromised, "I call the driver", 5*time.Hour), anaCloses)

func promiseIs(n int, state expect.PromiseState) func(State) bool {
	return func(s State) bool {
		for _, p := range s.Promises {
			if p.N == n {
				return p.State == state
			}
		}
		return false
	}
}

func TestRenewalStepByStep(t *testing.T) {
	ask := moreTime("ana", 1, 8*time.Hour)
	told := then(pledged, fires(promiseTimer(1, soonEvent)), fires(promiseTimer(1, dueEvent)))
	waited := then(isLate, taps(AsideWait, choiceAnswer))
	runMachine(t, []machineCase{
		{"asked", then(pledged, ask), "bot! asks 1 yes no; promise 1 asking", nil},
		{"asked for a time that has passed", then(pledged, moreTime("ana", 1, -time.Hour)), "bot! asks 1 yes no; promise 1 asking", nil},
		{"asked for a time before the deadline", then(pledged, moreTime("ana", 1, time.Hour)), "bot! asks 1 yes no; promise 1 asking", nil},
		{"asked twice", then(pledged, ask, moreTime("ana", 1, 9*time.Hour)), "promise 1 asking", nil},
		{"asked while owned", then(isOwned, until("ana", InPromised, "I call", 5*time.Hour), ask), "promise 1 asking waits for ana", nil},
		{"asked while owned, put at the close", then(isOwned, until("ana", InPromised, "I call", 5*time.Hour), ask, anaCloses), "hand-off closed: settled; clear idle; bot! asks 1 yes no; bot says; clear wait", nil},
		{"asked while owned, the deadline passed", then(isOwned, until("ana", InPromised, "I call", 5*time.Hour), ask, passes(6*time.Hour), anaCloses), "hand-off closed: settled; clear idle; bot says; clear wait", nil},
		{"asked while blocked", then(pledged, blocks, ask), "promise 1 asking", nil},
		{"asked while blocked, put when back", then(pledged, blocks, ask, unblocks), "unreachable false; bot! asks 1 yes no", nil},
		{"asked while owned, closed while blocked", then(isOwned, until("ana", InPromised, "I call", 5*time.Hour), ask, blocks, anaCloses), "hand-off closed: settled; clear idle; clear wait",
			func(s State) bool { return len(s.Asides) == 1 && s.Asides[0].N == 0 }},
		{"put at the close beside an offer that stands", then(isOffered, until("ana", InPromised, "I call", 5*time.Hour), ask, anaCloses), "hand-off closed: settled; clear idle; bot! asks 2 yes no; bot says; clear wait",
			func(s State) bool { return len(s.Asides) == 2 && s.Asides[0].N == 1 }},
		{"one of two is done", then(isOwned, until("ana", InPromised, "I call", 5*time.Hour), until("ana", InPromised, "I write", 5*time.Hour), anaCloses, ask, moreTime("ana", 2, 8*time.Hour), onPromise("ana", InDone, 1)), "retire 1; clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 done; bot! says",
			func(s State) bool { return len(s.Asides) == 1 && s.Asides[0].Promise == 2 }},
		{"one of two is answered late", then(isOwned, until("ana", InPromised, "I call", 5*time.Hour), until("ana", InPromised, "I write", 9*time.Hour), anaCloses, moreTime("ana", 2, 12*time.Hour), ask, fires(promiseTimer(1, dueEvent)), tapsOn(2, choiceYes)), "clear promise:1:ask; clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 renewed as 3; set promise:3:soon 2h0m0s; set promise:3:due 3h0m0s; promise 3 made; bot! says; clear wait",
			func(s State) bool {
				return s.Promises[0].State == expect.PromiseRenewed && s.Promises[1].State == expect.PromiseOpen
			}},
		{"a press after no answer counted as a no", then(told, ask, fires(promiseTimer(1, askEvent)), taps(AsideRenew, choiceYes)), "bot says; clear wait", promiseIs(1, expect.PromiseTold)},
		{"a late yes to a time that has passed, with a person on the way", then(pledged, ask, fires(promiseTimer(1, soonEvent)), fires(promiseTimer(1, dueEvent)), asksHuman, passes(9*time.Hour), taps(AsideRenew, choiceYes)), "relay tap; bot says", promiseIs(1, expect.PromiseTold)},
		{"yes", then(pledged, ask, taps(AsideRenew, choiceYes)), "retire 1 Fine, by Wednesday, 25 November, 18:00; clear promise:1:ask; clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 renewed as 2; set promise:2:soon 7h0m0s; set promise:2:due 8h0m0s; promise 2 made; bot! says; clear wait", promiseIs(1, expect.PromiseRenewed)},
		{"yes, and asked once more", then(pledged, ask, taps(AsideRenew, choiceYes), moreTime("ana", 2, 20*time.Hour)), "promise 2 no_move", promiseIs(2, expect.PromiseOpen)},
		{"no", then(pledged, ask, taps(AsideRenew, choiceNo)), "retire 1 I would rather not; clear promise:1:ask; promise 1 declined; bot! says; clear wait", promiseIs(1, expect.PromiseOpen)},
		{"no, and asked once more", then(pledged, ask, taps(AsideRenew, choiceNo), ask), "promise 1 no_move", nil},
		{"the deadline comes", then(pledged, ask, fires(promiseTimer(1, soonEvent)), fires(promiseTimer(1, dueEvent))), "retire 1; set promise:1:late 48h0m0s; promise 1 due; bot! says", promiseIs(1, expect.PromiseTold)},
		{"a late yes", then(pledged, ask, fires(promiseTimer(1, soonEvent)), fires(promiseTimer(1, dueEvent)), taps(AsideRenew, choiceYes)), "clear promise:1:ask; clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 renewed as 2; set promise:2:soon 2h0m0s; set promise:2:due 3h0m0s; promise 2 made; bot! says; clear wait", promiseIs(1, expect.PromiseRenewed)},
		{"a late yes to a time that has passed", then(pledged, ask, fires(promiseTimer(1, soonEvent)), fires(promiseTimer(1, dueEvent)), passes(9*time.Hour), taps(AsideRenew, choiceYes)), "bot says; clear wait", promiseIs(1, expect.PromiseTold)},
		{"a late no", then(pledged, ask, fires(promiseTimer(1, soonEvent)), fires(promiseTimer(1, dueEvent)), taps(AsideRenew, choiceNo)), "clear promise:1:ask; promise 1 declined; bot! says; clear wait", nil},
		{"done while asked", then(pledged, ask, onPromise("ana", InDone, 1)), "retire 1; clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 done; bot! says", promiseIs(1, expect.PromiseKept)},
		{"asked when it is late already", then(told, ask), "bot! asks 1 yes no; set promise:1:ask 8h0m0s; promise 1 asking", nil},
		{"asked late, no answer", then(told, ask, fires(promiseTimer(1, askEvent))), "retire 1; promise 1 declined; bot! says", func(s State) bool { return s.Promises[0].Declined }},
		{"asked late, the timer too early", then(told, ask, strays(promiseTimer(1, askEvent))), "", nil},
		{"asked late, yes", then(told, ask, taps(AsideRenew, choiceYes)), "retire 1 Fine, by Wednesday, 25 November, 23:00; clear promise:1:ask; clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 renewed as 2; set promise:2:soon 7h0m0s; set promise:2:due 8h0m0s; promise 2 made; bot! says; clear wait", promiseIs(1, expect.PromiseRenewed)},
		{"asked late, no", then(told, ask, taps(AsideRenew, choiceNo)), "retire 1 I would rather not; clear promise:1:ask; promise 1 declined; bot! says; clear wait", promiseIs(1, expect.PromiseTold)},
		{"too many questions at once", then(isOwned, then(again(9, func(int) []step {
			return []step{until("ana", InPromised, "I call", 5*time.Hour)}
		}), then([]step{anaCloses}, again(9, func(i int) []step { return []step{moreTime("ana", i+1, 8*time.Hour)} })...)...)...), "promise 9 no_move",
			func(s State) bool { return len(s.Asides) == maxAsides }},
		{"the answer promised in the queue, later", then(waited, moreTime("ana", 1, 60*time.Hour), taps(AsideRenew, choiceYes)), "retire 2 Fine, by Friday, 27 November, 22:05; clear promise:1:ask; clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 renewed as 2; set promise:2:soon 59h0m0s; set promise:2:due 60h0m0s; promise 2 made; bot! says; hand-off briefed", func(s State) bool {
			return s.Handoff.Promise == 2 && strings.Contains(s.Promises[1].Text, "27 November")
		}},
		{"and kept by taking over", then(waited, moreTime("ana", 1, 60*time.Hour), taps(AsideRenew, choiceYes), anaTakes), "bot says; set idle 15m0s; clear wait; clear wait:ask; clear promise:2:soon; clear promise:2:due; clear promise:2:late; clear promise:2:ask; promise 2 done; hand-off taken; clear wait", promiseIs(2, expect.PromiseKept)},
		{"taking over ends the question about it", then(waited, moreTime("ana", 1, 60*time.Hour), anaTakes), "bot says; set idle 15m0s; clear wait; clear wait:ask; retire 2; clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 done; hand-off taken; clear wait", promiseIs(1, expect.PromiseKept)},
		{"the call promised in the queue, later", then(isLate, taps(AsideWait, choiceCall), moreTime("ana", 1, 60*time.Hour), taps(AsideRenew, choiceYes)), "retire 2 Fine, by Friday, 27 November, 22:05; clear promise:1:ask; clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 renewed as 2; set promise:2:soon 59h0m0s; set promise:2:due 60h0m0s; promise 2 made; bot! says; hand-off briefed",
			func(s State) bool { return s.Handoff.Call == 2 }},
	})
}

func TestPromiseStepByStep(t *testing.T) {
	soon, due, late := promiseTimer(1, soonEvent), promiseTimer(1, dueEvent), promiseTimer(1, lateEvent)
	broken := then(pledged, fires(soon), fires(due), fires(late))
	done := onPromise("ana", InDone, 1)
	runMachine(t, []machineCase{
		{"soon", then(pledged, fires(soon)), "promise 1 soon", nil},
		{"soon, too early", then(pledged, strays(soon)), "", nil},
		{"due", then(pledged, fires(soon), fires(due)), "set promise:1:late 48h0m0s; promise 1 due; bot! says", promiseIs(1, expect.PromiseTold)},
		{"due, too early", then(pledged, strays(due)), "", promiseIs(1, expect.PromiseOpen)},
		{"due twice", then(pledged, fires(soon), fires(due), strays(due)), "", nil},
		{"soon after it fell due", then(pledged, fires(soon), fires(due), strays(soon)), "", nil},
		{"long over: broken, and told", broken, "clear promise:1:ask; promise 1 escalated; bot! says", promiseIs(1, expect.PromiseBroken)},
		{"long over, too early", then(pledged, fires(soon), fires(due), strays(late)), "", promiseIs(1, expect.PromiseTold)},
		{"broken once", then(broken, strays(late)), "", promiseIs(1, expect.PromiseBroken)},
		{"broken, and due again", then(broken, strays(due)), "", promiseIs(1, expect.PromiseBroken)},
		{"broken, and done after all", then(broken, done), "clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 done; bot! says", func(s State) bool {
			return s.Promises[0].State == expect.PromiseBroken && !s.Promises[0].Standing()
		}},
		{"broken, done, and done again", then(broken, done, done), "promise 1 closed", nil},
		{"broken, and more time", then(broken, moreTime("ana", 1, 9*time.Hour)), "promise 1 no_move", nil},
		{"broken while it was asked about", then(pledged, fires(soon), fires(due), moreTime("ana", 1, 9*day), fires(late)), "retire 1; clear promise:1:ask; promise 1 escalated; bot! says", promiseIs(1, expect.PromiseBroken)},
		{"broken while it was asked about, and a yes all the same", then(pledged, fires(soon), fires(due), moreTime("ana", 1, 9*day), fires(late), taps(AsideRenew, choiceYes)), "clear promise:1:ask; clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 renewed as 2; set promise:2:soon 167h0m0s; set promise:2:due 168h0m0s; promise 2 made; bot! says; clear wait",
			func(s State) bool { return s.Promises[0].State == expect.PromiseBroken && s.Promises[0].Next == 2 }},
		{"broken while a person owns it", then(pledged, fires(soon), fires(due), asksHuman, benTakes, fires(late)), "clear promise:1:ask; promise 1 escalated; hand-off briefed", func(s State) bool { return len(s.Pending) == 1 }},
		{"done in time", then(pledged, done), "clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 done; bot! says", promiseIs(1, expect.PromiseKept)},
		{"done when it was late", then(pledged, fires(soon), fires(due), done), "clear promise:1:soon; clear promise:1:due; clear promise:1:late; clear promise:1:ask; promise 1 done; bot! says", promiseIs(1, expect.PromiseKept)},
		{"done twice", then(pledged, done, done), "promise 1 closed", nil},
		{"done, of no promise", then(pledged, onPromise("ana", InDone, 5)), "promise 5 closed", nil},
		{"a timer after it was done", then(pledged, done, passes(day), strays(due)), "", nil},
		{"many kept ones are forgotten", then(isOwned, again(maxClosed+5, func(i int) []step {
			return []step{until("ana", InPromised, fmt.Sprint("I call ", i), time.Hour), onPromise("ana", InDone, i+1)}
		})...), "clear promise:25:soon; clear promise:25:due; clear promise:25:late; clear promise:25:ask; promise 25 done waits for ana; hand-off briefed", func(s State) bool { return len(s.Promises) == maxClosed+1 }},
	})
}
