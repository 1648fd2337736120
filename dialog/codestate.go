package dialog

import (
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// The fields of a state and of all it is made of, with their numbers, in the
// order of these. A new field takes the next number of its type, at the end; a
// number that is no longer used stays unused for ever. Of a state the fields
// come first that others rely on: what was damaged further on leaves them whole
// ([Remains]).

// codeState opens its groups itself, and not with codeGroup: what is handed to a
// function that is a value has to be on the heap, and a state is large.
func codeState(c *coder, s *State) {
	codeText(c, 1, &s.At)
	codeText(c, 2, &s.Kind)
	if c.opens(3, s.From == (message.Person{})) {
		codePerson(c, &s.From)
		c.closes()
	}
	codeText(c, 4, &s.Lang)
	codeTime(c, 5, &s.Greeted)
	codeBool(c, 6, &s.Blocked)
	codeText(c, 7, &s.Called)
	codeList(c, 8, &s.Promises, codePromise)
	codeInt(c, 9, &s.PromiseNo)
	codePointer(c, 10, &s.Handoff, codeHandoff)
	codeInt(c, 11, &s.HandoffNo)
	codeInt(c, 12, &s.Question)
	if c.opens(13, s.Control == (flow.Control{})) {
		codeControl(c, &s.Control)
		c.closes()
	}
	codePointer(c, 14, &s.Ask, codeAsk)
	codeInt(c, 15, &s.Answered)
	codeList(c, 16, &s.Asides, codeAside)
	codeList(c, 17, &s.Gone, codeAside)
	codeList(c, 18, &s.Checks, codeCheck)
	codeTime(c, 19, &s.CheckAt)
	codeBool(c, 20, &s.NoChecks)
	codePointer(c, 21, &s.Settled, codeSettled)
	codeBool(c, 22, &s.Strayed)
	codeTexts(c, 23, &s.Pending)
	if c.opens(24, false) {
		codeMatter(c, &s.Matter)
		c.closes()
	}
	codeText(c, 25, &s.LastSaid)
	codeList(c, 26, &s.Said, codeLine)
}

func codePerson(c *coder, p *message.Person) {
	codeText(c, 1, &p.Ref)
	codeText(c, 2, &p.Name)
	codeText(c, 3, &p.Lang)
}

func codePromise(c *coder, p *expect.Promise) {
	codeInt(c, 1, &p.N)
	codeText(c, 2, &p.Case)
	codeText(c, 3, &p.Kind)
	codeText(c, 4, &p.Service)
	codeText(c, 5, &p.Do)
	codeText(c, 6, &p.Text)
	codeText(c, 7, &p.Owner)
	codeTime(c, 8, &p.Opened)
	codeTime(c, 9, &p.Due)
	codeText(c, 10, &p.State)
	codeInt(c, 11, &p.Renewed)
	codeInt(c, 12, &p.From)
	codeInt(c, 13, &p.Next)
	codeBool(c, 14, &p.Declined)
	codeBool(c, 15, &p.Personal)
	codeText(c, 16, &p.Result)
	codeTime(c, 17, &p.Closed)
	codeText(c, 18, &p.Order)
	codeInt(c, 19, &p.Pay)
	codeInt(c, 20, &p.Worth)
	codeBool(c, 21, &p.Bent)
	codeText(c, 22, &p.Currency)
}

func codeHandoff(c *coder, h *Handoff) {
	codeInt(c, 1, &h.N)
	codeText(c, 2, &h.Cause)
	codeText(c, 3, &h.Owner)
	codeText(c, 4, &h.Name)
	codeTime(c, 5, &h.Opened)
	codeTime(c, 6, &h.Told)
	codeBool(c, 7, &h.Late)
	codeInt(c, 8, &h.Promise)
	codeInt(c, 9, &h.Call)
	codeTime(c, 10, &h.Since)
	codeBool(c, 11, &h.Nudged)
	codeBool(c, 12, &h.Called)
	codeInt(c, 13, &h.Asked)
	codeText(c, 14, &h.Choice)
	codeTime(c, 15, &h.AskAt)
	codeBool(c, 16, &h.Unheard)
	codeTime(c, 17, &h.Unanswered)
	codeBool(c, 18, &h.Idle)
	codeText(c, 19, &h.Former)
	codeText(c, 20, &h.FormerName)
	codeText(c, 21, &h.PassedBy)
	codeText(c, 22, &h.PassedNote)
	codeList(c, 23, &h.Refused, codeBriefOffer)
	codeTexts(c, 24, &h.About)
}

func codeControl(c *coder, x *flow.Control) {
	codeInt(c, 1, &x.Open)
	codeInt(c, 2, &x.Refusals)
	codeInt(c, 3, &x.Tries)
	codeInt(c, 4, &x.Questions)
	codeInt(c, 5, &x.Misread)
	codeInt(c, 6, &x.Side)
	codeInt(c, 7, &x.Soothing)
	codeInt(c, 8, &x.Corrections)
	codeInt(c, 9, &x.Reminded)
	codeInt(c, 10, &x.Looks)
	codeInt(c, 11, &x.Singly)
}

func codeAsk(c *coder, a *Ask) {
	codeInt(c, 1, &a.N)
	codeList(c, 2, &a.Choices, codeChoice)
	codeText(c, 3, &a.Slot)
	codeText(c, 4, &a.Key)
}

func codeAside(c *coder, a *Aside) {
	codeInt(c, 1, &a.N)
	codeText(c, 2, &a.Kind)
	codeList(c, 3, &a.Choices, codeChoice)
	codeInt(c, 4, &a.Handoff)
	codeInt(c, 5, &a.Promise)
	codeTime(c, 6, &a.Until)
	codeText(c, 7, &a.Case)
	codeText(c, 8, &a.Text)
	codeText(c, 9, &a.By)
	codeInt(c, 10, &a.Points)
	codeBool(c, 11, &a.Undated)
	codePointer(c, 12, &a.Check, codeCheck)
	codeBool(c, 13, &a.Pressed)
}

func codeCheck(c *coder, x *Check) {
	codeText(c, 1, &x.Kind)
	codeText(c, 2, &x.Name)
	codeTime(c, 3, &x.From)
	codeTime(c, 4, &x.Until)
	codeText(c, 5, &x.Case)
	codeInt(c, 6, &x.Promise)
	codeTime(c, 7, &x.Kept)
	codeText(c, 8, &x.Text)
	codeGroup(c, 9, &x.Order, x.Order == (message.Slot{}), codeSlot)
	codeList(c, 10, &x.Items, codeCheckItem)
	codeTexts(c, 11, &x.Poor)
	codeInt(c, 12, &x.Task)
}

func codeSettled(c *coder, s *Settled) {
	codeTime(c, 1, &s.At)
	codeText(c, 2, &s.By)
	codeText(c, 3, &s.Note)
	codeTexts(c, 4, &s.About)
	codeBool(c, 5, &s.Said)
}

func codeMatter(c *coder, m *Matter) {
	codeInt(c, 1, &m.Turns)
	codeTexts(c, 2, &m.Story)
	codeText(c, 3, &m.Incident)
	codeSlots(c, 4, &m.Slots)
	codeTexts(c, 5, &m.Skipped)
	codeText(c, 6, &m.Asked)
	codeInt(c, 7, &m.Put)
	codeInt(c, 8, &m.Heard)
	codeTime(c, 9, &m.Since)
	codeTime(c, 10, &m.LastAt)
	codeBool(c, 11, &m.Fresh)
	codeBool(c, 12, &m.Soothed)
	codeText(c, 13, &m.Side)
	codeFloat(c, 14, &m.Anger)
	codeText(c, 15, &m.Unread)
	codeFloats(c, 16, &m.Moods)
	codeList(c, 17, &m.Passed, codeMention)
	codeFacts(c, 18, &m.Facts, m.Stored)
	codeBool(c, 19, &m.Unverified)
	codeText(c, 20, &m.Looked)
	codeText(c, 21, &m.Kept)
	codeList(c, 22, &m.Wishes, codeExpectation)
	codeTexts(c, 23, &m.Later)
	codeBool(c, 24, &m.Ranked)
	codeInt(c, 25, &m.Focus)
	codeText(c, 26, &m.Objection)
	codeTexts(c, 27, &m.Objected)
	codeBool(c, 28, &m.Why)
	codeText(c, 29, &m.Source)
	codeBool(c, 30, &m.Candid)
	codeBool(c, 31, &m.Bent)
	codePointer(c, 32, &m.Proposed, codeOption)
	codePointer(c, 33, &m.Accepted, codeOption)
	codeInt(c, 34, &m.Countered)
	codeInt(c, 35, &m.Limit)
	codeNumbers(c, 36, &m.Shelving)
	codeTime(c, 37, &m.ShelveBy)
	codeTexts(c, 38, &m.Again)
	codeTexts(c, 39, &m.GivenUp)
	codeText(c, 40, &m.Left)
	codeInt(c, 41, &m.Given)
	codeText(c, 42, &m.Case)
	codeTime(c, 43, &m.Ended)
	codeBool(c, 44, &m.Silenced)
	codeBool(c, 45, &m.Carried)
	codeNumbers(c, 46, &m.Made)
	codeBool(c, 47, &m.Returned)
	codeText(c, 48, &m.Reopens)
	codeTexts(c, 49, &m.Held)
	codeTexts(c, 50, &m.HeldKeys)
	codeText(c, 51, &m.Greet)
}

func codeLine(c *coder, l *Line) {
	codeText(c, 1, &l.By)
	codeText(c, 2, &l.Name)
	codeText(c, 3, &l.Text)
}

func codeBriefOffer(c *coder, b *BriefOffer) {
	codeText(c, 1, &b.Text)
	codeText(c, 2, &b.By)
	codeTime(c, 3, &b.Until)
	codeBool(c, 4, &b.Lapsed)
}

func codeChoice(c *coder, x *message.Choice) {
	codeText(c, 1, &x.ID)
	codeText(c, 2, &x.Label)
}

func codeSlot(c *coder, s *message.Slot) {
	codeText(c, 1, &s.Kind)
	codeText(c, 2, &s.Text)
	codeInt(c, 3, &s.Amount)
	codeText(c, 4, &s.Currency)
	codeTime(c, 5, &s.Time)
	codeText(c, 6, &s.Span)
	codeBool(c, 7, &s.Wanted)
	codeBool(c, 8, &s.Floats)
}

func codeCheckItem(c *coder, x *CheckItem) {
	codeText(c, 1, &x.Text)
	codePointer(c, 2, &x.Expectation, codeExpectation)
}

func codeMention(c *coder, m *message.Mention) {
	codeText(c, 1, &m.Name)
	codeFloat(c, 2, &m.Score)
	codeBool(c, 3, &m.Dropped)
	codeText(c, 4, &m.Cue)
}

func codeExpectation(c *coder, e *expect.Expectation) {
	codeText(c, 1, &e.Service)
	codeText(c, 2, &e.Clarity)
	codeText(c, 3, &e.Aspect)
	codeGroup(c, 4, &e.Asked, e.Asked.IsZero(), codeLevel)
	codeGroup(c, 5, &e.Desired, e.Desired.IsZero(), codeLevel)
	codeGroup(c, 6, &e.Adequate, e.Adequate.IsZero(), codeLevel)
	codeText(c, 7, &e.Source)
	codeText(c, 8, &e.Reasonable)
	codeInt(c, 9, &e.Importance)
	codeText(c, 10, &e.Verdict)
	codeText(c, 11, &e.Status)
	codeBool(c, 12, &e.Bent)
	codeTexts(c, 13, &e.Rungs)
	codeList(c, 14, &e.Offered, codeOffer)
}

func codeOption(c *coder, o *expect.Option) {
	codeText(c, 1, &o.ID)
	codeList(c, 2, &o.Terms, codeTerm)
}

func codeLevel(c *coder, l *expect.Level) {
	codeInt(c, 1, &l.Amount)
	codeText(c, 2, &l.Currency)
	codeTime(c, 3, &l.By)
	codeInt(c, 4, &l.Count)
	codeText(c, 5, &l.Value)
}

func codeOffer(c *coder, o *expect.Offer) {
	codeText(c, 1, &o.Rung)
	codeTexts(c, 2, &o.Techniques)
	codeList(c, 3, &o.Options, codeOption)
	codeText(c, 4, &o.Currency)
}

func codeTerm(c *coder, t *expect.Term) {
	codeText(c, 1, &t.Do)
	codeText(c, 2, &t.Owner)
	codeTime(c, 3, &t.By)
	codeInt(c, 4, &t.Pay)
	codeInt(c, 5, &t.UpTo)
	codeInt(c, 6, &t.Worth)
}

// namedSlot is an entry of a matter's slots.
type namedSlot struct {
	name string
	slot message.Slot
}

func codeNamedSlot(c *coder, n *namedSlot) {
	codeText(c, 1, &n.name)
	if c.opens(2, false) {
		codeSlot(c, &n.slot)
		c.closes()
	}
}

// codeSlots keeps slots in the order of their names.
func codeSlots(c *coder, number uint64, p *map[string]message.Slot) {
	if !c.reading && len(*p) == 0 || !c.field(number, kindGroups) {
		return
	}
	if !c.reading {
		c.writeNumber(uint64(len(*p)))
		var room [maxSorted]string
		for _, name := range sorted(*p, &room) {
			n := namedSlot{name, (*p)[name]}
			codeNamedSlot(c, &n)
			c.end()
		}
		return
	}
	n := c.count()
	all := make(map[string]message.Slot, min(n, 64))
	for ; n > 0 && c.err == nil; n-- {
		var one namedSlot
		c.next()
		codeNamedSlot(c, &one)
		c.end()
		all[one.name] = one.slot
	}
	*p = all
	c.done()
}
