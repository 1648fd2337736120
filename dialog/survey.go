package dialog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// A survey asks about the same things that were expected: one question a
// message, with nine buttons. Every answer is told at once (Rated), so that
// one who stops half-way has not answered in vain. At a poor score a person
// hears, and the customer has an answer promised.

// planSurveys plans what is asked about a matter that ends here by cl: only
// where something was settled, and not where the customer gave it up or fell
// silent, who has more questions than they care for already.
func (t *turn) planSurveys(cl flow.Class) {
	defer func(drawn uint64) { t.drawn = drawn }(t.drawn) // nothing of it is said now
	m := &t.s.Matter
	if cl.Name == flow.Cancel || cl.Name == flow.Silence {
		return
	}
	for _, s := range t.f.Surveys {
		if items := t.surveyItems(s); len(items) > 0 {
			from := t.in.At.Add(s.After)
			t.plan(Check{Kind: AsideSurvey, Name: s.Name, From: from, Until: t.in.At.Add(s.Until), Case: m.Case, Items: items})
		}
	}
}

// surveyItems lists what a survey asks about the present matter: what matters
// most first, how the customer was treated last. How a thing comes out that was
// put aside nobody knows yet.
func (t *turn) surveyItems(s flow.Survey) []CheckItem {
	wishes := slices.DeleteFunc(slices.Clone(t.s.Matter.Wishes), func(e expect.Expectation) bool {
		return !e.Settled() || e.Status == expect.Withdrawn || e.Clarity == expect.Implicit // nobody is asked about what they never said
	})
	if len(wishes) == 0 {
		return nil
	}
	slices.SortStableFunc(wishes, func(a, b expect.Expectation) int {
		return cmp.Or(cmp.Compare(unranked(a), unranked(b)), cmp.Compare(a.Importance, b.Importance))
	})
	var out []CheckItem
	room := s.Most
	if slices.Contains(s.Ask, expect.Process) {
		room--
	}
	for i := range wishes {
		if e := wishes[i]; e.Status != expect.Shelved && len(out) < room && slices.Contains(s.Ask, expect.Outcome) {
			text := t.wishText(t.s.Lang, e)
			e.Rungs, e.Offered = nil, nil // the journal has them
			out = append(out, CheckItem{Text: text, Expectation: &e})
		}
	}
	if slices.Contains(s.Ask, expect.Process) {
		out = append(out, CheckItem{Text: t.line("survey.treatment")})
	}
	return out
}

// unranked is 1 for an expectation without a rank, which comes after all that
// have one.
func unranked(e expect.Expectation) int {
	if e.Importance == 0 {
		return 1
	}
	return 0
}

// putSurvey asks the next question of a survey.
func (t *turn) putSurvey(c Check, first bool) {
	yes := ""
	if first {
		yes = "yes"
	}
	key, item := "survey.outcome", c.Items[0]
	if item.Expectation == nil {
		key = "survey.process"
	}
	var scores []message.Choice
	for n := 1; n <= flow.TopScore; n++ {
		scores = append(scores, message.Choice{ID: strconv.Itoa(n), Label: strconv.Itoa(n)})
	}
	t.putCheckAside(c, item.Text, t.line(key, "wish", item.Text, "first", yes), scores)
}

// surveyAnswered notes a score and asks what is left, unless the survey was
// over already.
func (t *turn) surveyAnswered(a Aside, late bool) {
	c := *a.Check
	score, err := strconv.Atoi(t.in.Tap.Choice)
	if err != nil || score < 1 || score > flow.TopScore || len(c.Items) == 0 {
		return
	}
	item := c.Items[0]
	t.emit(Rated{Survey: c.Name, Case: c.Case, Aspect: item.aspect(), Score: score, Expectation: item.Expectation})
	spec := t.f.Survey(c.Name)
	if spec != nil && score <= spec.Poor {
		t.fellShort(&c, item, score, spec.Owner)
	}
	c.Items = c.Items[1:]
	if len(c.Items) > 0 && !late && spec != nil && t.rests() {
		t.putSurvey(c, false)
		return
	}
	if t.s.Owned() {
		return // by the time the bot may speak nobody thinks of it any more
	}
	poor := ""
	if len(c.Poor) > 0 {
		poor = "yes"
	}
	t.add(t.line("survey.thanks", "poor", poor))
}

// aspect is what an item is about.
func (i CheckItem) aspect() expect.Aspect {
	if i.Expectation == nil {
		return expect.Process
	}
	return cmp.Or(i.Expectation.Aspect, expect.Outcome)
}

// fellShort passes a poor score on. A second one in the same survey goes to
// the same person.
func (t *turn) fellShort(c *Check, item CheckItem, score int, owner string) {
	c.Poor = append(slices.Clone(c.Poor), t.line("survey.item", "wish", item.Text, "score", score))
	if p := t.findPromise(c.Task); p != nil && p.Standing() {
		p.Text = t.line("promised.survey", "items", c.Poor, "by", p.Due)
		t.changed(*p, PromiseReworded)
		return
	}
	p := t.passOn(c.Case, owner, "promised.survey", "items", c.Poor)
	c.Task, c.Case = p.N, p.Case
	t.add(t.line("survey.sorry", "by", p.Due, "owner", t.ownerName(t.s.Lang, owner), "case", p.Case))
}

// typedScore says whether a message is nothing but a number a survey could
// mean. It answers nothing; who types it is shown the buttons.
func (t *turn) typedScore() bool {
	a := t.openCheck()
	n, err := strconv.Atoi(strings.TrimSpace(t.in.Text))
	return a != nil && a.Kind == AsideSurvey && err == nil && n >= 0 && n <= flow.TopScore+1
}
