package dialog

import (
	"slices"
	"time"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Checks are questions the bot asks of its own accord after the end: surveys
// (survey.go) and follow-ups (followup.go). They are a machine of their own
// beside the control:
//
//	planned → asked → answered by a button, or over in silence
//	planned → dropped, where its time has passed or the customer wants none
//	asked → taken away, where anything else needs the customer
//
// One is open at a time, and only while the conversation rests at its end with
// nothing else asked; one that has to wait comes a while after that is so
// again, never in the quiet hours. One timer stands for whatever comes next.

// Check is a question planned for after the end.
type Check struct {
	Kind  AsideKind `json:"kind"` // survey or follow_up
	Name  string    `json:"name"` // in the flow
	From  time.Time `json:"from"`
	Until time.Time `json:"until"` // not asked after this
	Case  string    `json:"case,omitempty"`

	// Of a follow-up: the promise that was kept, when, as the bot speaks of it,
	// and what its matter looked up, so that it can be gone on with.
	Promise int          `json:"promise,omitzero"`
	Kept    time.Time    `json:"kept,omitzero"`
	Text    string       `json:"text,omitempty"`
	Order   message.Slot `json:"order,omitzero"`

	// Of a survey: what is still to be asked, the next first; the scores that
	// were poor, in words, and the promise that was made because of them.
	Items []CheckItem `json:"items,omitempty"`
	Poor  []string    `json:"poor,omitempty"`
	Task  int         `json:"task,omitzero"`
}

// CheckItem is one thing a survey asks about: an expectation as it stood at
// the end of its matter, or, with none, how the customer was treated.
type CheckItem struct {
	Text        string              `json:"text"` // as the customer reads it
	Expectation *expect.Expectation `json:"expectation,omitempty"`
}

const timerCheck = "check"

// checkPause is how long after anything else a question that had to wait
// comes: it must not look like part of what was just over.
const checkPause = time.Hour

// maxChecks bounds what is planned; the oldest goes.
const maxChecks = 8

// calm says whether the customer may be asked how things went: nothing else is
// asked or on the way, and nothing they were promised is late.
func (t *turn) calm() bool {
	return t.rests() && !slices.ContainsFunc(t.s.Promises, expect.Promise.Late)
}

// rests says whether the conversation is at its end with nothing else open.
func (t *turn) rests() bool {
	return t.kind() == flow.End && t.s.Handoff == nil && t.free() && !t.keptBack() &&
		!slices.ContainsFunc(t.s.Asides, func(a Aside) bool { return a.Check == nil })
}

// openCheck is the check that is asked at present; nil where none is.
func (t *turn) openCheck() *Aside {
	return t.findAside(func(a Aside) bool { return a.Check != nil })
}

// endChecks takes what is asked away, without a word.
func (t *turn) endChecks() {
	t.dropAsides("", func(a Aside) bool { return a.Check != nil })
}

// plan adds a check, in place of one that asks the same about the same case.
func (t *turn) plan(c Check) {
	if t.s.NoChecks || t.s.Blocked {
		return
	}
	t.s.Checks = slices.DeleteFunc(t.s.Checks, func(o Check) bool { return o.Kind == c.Kind && o.Name == c.Name && o.Case == c.Case })
	t.s.Checks = append(t.s.Checks, c)
	if n := len(t.s.Checks); n > maxChecks {
		t.s.Checks = t.s.Checks[n-maxChecks:]
	}
}

// tend keeps the one timer of checks true after every step, and takes away
// what is asked as soon as anything else needs the customer.
func (t *turn) tend() {
	if t.s.Blocked || t.s.NoChecks {
		t.s.Checks = nil
	}
	if !t.rests() {
		t.endChecks()
	}
	due := t.nextCheck()
	switch {
	case due.Equal(t.s.CheckAt):
	case due.IsZero():
		t.emit(ClearTimer{Name: timerCheck})
	default:
		t.emit(SetTimer{Name: timerCheck, Due: due})
	}
	t.s.CheckAt = due
}

// nextCheck is when something happens to a check next; zero where nothing
// does until something else has.
func (t *turn) nextCheck() time.Time {
	if a := t.openCheck(); a != nil {
		return a.Until
	}
	if !t.calm() {
		return time.Time{}
	}
	var next time.Time
	t.s.Checks = slices.DeleteFunc(t.s.Checks, func(c Check) bool {
		at := t.checkTime(c)
		if at.After(c.Until) {
			return true
		}
		if next.IsZero() || at.Before(next) {
			next = at
		}
		return false
	})
	return next
}

// checkTime is when a check can be asked, by the clock alone.
func (t *turn) checkTime(c Check) time.Time {
	at := c.From
	if !at.After(t.in.At) { // it had to wait
		at = t.in.At.Add(checkPause)
	}
	return t.loud(at)
}

// loud is the first instant at or after at that lies outside the quiet hours.
func (t *turn) loud(at time.Time) time.Time { return t.f.Quiet.Hold(at, t.set.Zone).UTC() }

// checkStep acts when the timer falls due: what is asked is over, or the next
// is asked.
func (t *turn) checkStep() {
	now := t.in.At.Add(timerSlack)
	if t.s.CheckAt.IsZero() || now.Before(t.s.CheckAt) {
		return // it was moved while this was on its way
	}
	t.s.CheckAt = time.Time{}
	if t.openCheck() != nil {
		t.endChecks()
		return
	}
	if !t.calm() || t.loud(now).After(now) {
		return
	}
	for i, c := range t.s.Checks {
		if now.Before(c.From) || t.in.At.After(c.Until) {
			continue
		}
		t.s.Checks = slices.Delete(slices.Clone(t.s.Checks), i, i+1)
		t.putCheck(c)
		return
	}
}

// putCheck asks, if the flow, which may have been edited, still has the words.
func (t *turn) putCheck(c Check) {
	switch {
	case c.Kind == AsideSurvey && t.f.Survey(c.Name) != nil:
		t.putSurvey(c, true)
	case c.Kind == AsideFollowUp && t.f.FollowUp(c.Name) != nil:
		t.putFollowUp(c)
	}
}

// putCheckAside asks one question of a check, with its buttons.
func (t *turn) putCheckAside(c Check, about, question string, choices []message.Choice) {
	t.putAside(Aside{Kind: c.Kind, Check: &c, Case: c.Case, Text: about, Choices: choices,
		Until: t.in.At.Add(time.Duration(t.f.Limits.Close))}, question, message.Bot)
}

// checkPressed takes a press on a button of a check; late says that it was
// over already. The same question, put twice, is answered once.
func (t *turn) checkPressed(a Aside, late bool) error {
	if a.Check == nil { // answered already
		return nil
	}
	over := t.over()
	for i := range over {
		over[i].Pressed = over[i].Pressed || over[i].asksAs(a)
	}
	if a.Kind == AsideSurvey {
		t.surveyAnswered(a, late)
		return nil
	}
	return t.followUpAnswered(*a.Check, t.in.Tap.Choice)
}

// asksAs says whether two checks ask the same.
func (a Aside) asksAs(b Aside) bool {
	return a.Check != nil && b.Check != nil && a.Kind == b.Kind && a.Check.Name == b.Check.Name && a.Case == b.Case && a.Text == b.Text
}

// brief is a check as it is kept once its question is over.
func (c Check) brief() *Check {
	if len(c.Items) > 1 {
		c.Items = c.Items[:1]
	}
	return &c
}

// stopsChecks takes "stop" for an answer while a check is asked, and never
// asks any again.
func (t *turn) stopsChecks() bool {
	if t.openCheck() == nil || t.sideOf() != string(message.SideCancel) {
		return false
	}
	t.s.NoChecks = true
	t.endChecks()
	t.add(t.line("asks.stopped"))
	return true
}

// passOn promises an answer about what a customer was not content with, under
// the number they know.
func (t *turn) passOn(number, owner, key string, more ...any) expect.Promise {
	if number == "" {
		number = t.in.Case
		t.emit(UseCase{Number: number})
	}
	by := t.answerBy()
	text := t.line(key, append(more, "by", by)...)
	return t.record(expect.Promise{Kind: expect.ToAnswer, Case: number, Text: text, Owner: owner, Due: by})
}
