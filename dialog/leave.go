package dialog

import (
	"slices"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Why a conversation goes to a person.
const (
	causeAsked     = "asked"
	causeAnger     = "anger"
	causeMisread   = "misread"
	causeLimit     = "limit"
	causeRefused   = "refused"
	causeUnknown   = "unknown"
	causeAuthority = "authority"
	causePassed    = "passed_on" // a colleague put it back into the queue
	causePromised  = "promised"  // a correction bears on what was promised
	causeLoss      = "loss"      // a death in the family: nobody sorts that out with a program
	causeBeside    = "side"      // too much beside the matter, or not as understood: a limit, in kinder words
)

// leave does what a class means for the matter in the state it was said in,
// before the next state is entered.
func (t *turn) leave(from flow.Kind, edge flow.Edge, cl flow.Class) {
	switch cl.Name {
	case flow.Aside:
		if t.s.Handoff != nil || edge.Stay || t.kind() != flow.Queue || t.lasts() {
			t.speakSide()
		}
	case flow.Misread:
		t.misreadBefore(from, edge)
	case flow.Remind:
		if edge.Stay {
			t.add(t.line("silence.remind"))
		}
	case flow.Cancel:
		t.giveUp()
	case flow.Grant:
		t.grant()
	case flow.Noted:
		t.note()
	case flow.More:
		t.moreBefore(from)
	}
	t.leaveKind(from, edge, cl)
	if kind := t.kind(); kind == flow.Queue && from != flow.Queue {
		t.cause = t.causeOf(from, cl)
	}
}

// leaveKind does what a class means only in states of a certain kind.
func (t *turn) leaveKind(from flow.Kind, edge flow.Edge, cl flow.Class) {
	m := &t.s.Matter
	switch {
	case from == flow.Elicit && (cl.Name == flow.Unsure || cl.Name == flow.Misread && !edge.Stay):
		t.skipAsked()
	case from == flow.Rank && cl.Name == flow.Unsure:
		t.rankFirst(max(0, expect.Top(m.Wishes)))
	case cl.Name == flow.Change:
		t.rebuild(from)
	case from == flow.Shelve && cl.Name == flow.Accept:
		t.shelve()
	case from == flow.Shelve && cl.Name == flow.Remind && !edge.Stay:
		t.shelve()
		t.made += len(m.Shelving) // said as made, right here
		t.add(t.line("shelved", "by", m.ShelveBy))
	case from == flow.Shelve && cl.Name == flow.Silence:
		t.shelveRest()
	case cl.Name == flow.Withdraw:
		t.withdrawFocus(from)
	case from == flow.Queue && cl.Name == flow.Late:
		t.queueLate()
	}
}

// causeOf names why a person takes over, for the customer and the card.
func (t *turn) causeOf(from flow.Kind, cl flow.Class) string {
	if t.cause != "" {
		return t.cause
	}
	switch cl.Name {
	case flow.Person:
		return causeAsked
	case flow.Anger, flow.Rage:
		return causeAnger
	case flow.Misread, flow.Vague:
		return causeMisread
	case flow.Nothing:
		return causeUnknown
	case flow.ToPerson:
		return causeAuthority
	case flow.Refuse:
		if from == flow.Shelve {
			return causeRefused
		}
		return causeBeside
	case flow.Aside, flow.Change, flow.Answer: // nobody has gone round in a circle
		return causeBeside
	}
	return causeLimit
}

// skipAsked goes on without the slot that was asked for.
func (t *turn) skipAsked() {
	if a := t.s.Matter.Asked; a != "" && !slices.Contains(t.s.Matter.Skipped, a) {
		t.s.Matter.Skipped = append(t.s.Matter.Skipped, a)
	}
}

// giveUp ends the matter at the customer's wish; promises stand.
func (t *turn) giveUp() {
	for i := range t.s.Matter.Wishes {
		if !t.s.Matter.Wishes[i].Settled() {
			t.s.Matter.Wishes[i].Status = expect.Withdrawn
		}
	}
}

// withdrawFocus takes off the list what the customer gave up: the wish in
// focus, or those about to be shelved.
func (t *turn) withdrawFocus(from flow.Kind) {
	m := &t.s.Matter
	which := []int{m.Focus - 1}
	if from == flow.Shelve {
		which = m.Shelving
	}
	t.withdraw(which)
	m.Focus, m.Proposed = 0, nil
}

// moreBefore begins the next matter. What the customer said along with "one
// more thing" is its first message.
func (t *turn) moreBefore(from flow.Kind) {
	if from != flow.Close {
		return
	}
	later := len(t.s.Matter.Later) > 0
	t.newMatter()
	if t.in.Kind == InMessage && t.tellsMatter() {
		t.hear()
		t.absorb(true)
		t.s.Matter.Heard, t.s.Matter.Fresh = 1, true
		t.s.Matter.Anger = t.in.Reading.Anger
	} else if later {
		t.s.Matter.Heard, t.s.Matter.Fresh = 1, true
	}
}

// misreadBefore words a misunderstanding, as long as the edge stays: other
// words first, then buttons. Where a person takes over, the hand-off has the
// words.
func (t *turn) misreadBefore(from flow.Kind, edge flow.Edge) {
	if !edge.Stay || from == flow.Elicit {
		return
	}
	switch {
	case t.side == "empty":
		t.add(t.line("misread.empty"))
	case t.side == "long":
		t.add(t.line("misread.long"))
	case t.s.Control.Misread > 1:
		t.add(t.line("misread.2"))
	default:
		t.add(t.line("misread.1"))
	}
}

// speakSide words a side turn.
func (t *turn) speakSide() {
	switch t.side {
	case "":
		return
	case sideSettled:
		t.speakSettled()
	case sideWithdrawn, sideCorrected: // their words are held already
	case sideMedia:
		t.add(t.line(t.mediaKey()))
	case sideLater:
		later := t.s.Matter.Later
		t.add(t.line("side.later", "wish", t.line("wish."+later[len(later)-1])))
	case string(message.SideStatus):
		t.speakStatus()
	case string(message.SideExpect):
		t.add(t.line("side.expect", "items", t.canExpect()))
	case string(message.SideRepeat):
		t.repeat()
	case string(message.SideLanguage):
		t.speakLanguage()
	case string(message.SideBye):
		t.add(t.line("side.thanks"))
	case string(message.SideBot):
		t.add(t.line("side.bot"))
	case sideFirst: // the proposal has the words
	case sideQuestion:
		t.speakQuestion()
	case sideWhich:
		t.speakWhich()
	case sidePuzzled:
		t.add(t.first([]string{"side.puzzled", "listen.what"}))
	case string(message.SideCancel):
		t.speakStatus()
	default:
		t.add(t.line("side." + t.side))
	}
}

// speakQuestion says who knows what was asked, and that an offer stands.
func (t *turn) speakQuestion() {
	offer := ""
	if k := t.kind(); k == flow.Lower || k == flow.Propose {
		offer = "yes"
	}
	t.add(t.line("side.question", "offer", offer))
}

func (t *turn) repeat() {
	t.add(t.line("side.repeat"))
	t.add(t.s.LastSaid)
}

// lasts says whether a side turn is worth its words where a person takes over
// with the next sentence: an offer that is read out once more is not.
func (t *turn) lasts() bool {
	switch t.side {
	case string(message.SideRepeat), sideQuestion, sideWhich, sideFirst, string(message.SideHelp):
		return false
	case string(message.SideStatus), string(message.SideCancel):
		return len(t.standing()) > 0
	}
	return true
}

// speakStatus lists what was promised and still stands, with sorry where it is
// late: whoever was let down is greeted by nothing lighter.
func (t *turn) speakStatus() {
	if items := t.standing(); len(items) > 0 {
		late := ""
		if t.lateAny() {
			late = "yes"
			if t.s.Matter.Greet == "greet.again" {
				t.s.Matter.Greet = ""
			}
		}
		t.add(t.line("side.status", "items", items, "late", late))
		t.chase()
	} else if t.inHand() {
		t.add(t.line("side.status.now", "items", t.wishTexts(t.s.Lang)))
	} else if t.s.Handoff == nil {
		t.add(t.line("side.status.none"))
	}
	if t.s.Handoff != nil {
		t.add(t.line("side.status.queue"))
	}
}

// inHand says whether a matter is being talked about: who asks how it stands
// does not hear that there is none.
func (t *turn) inHand() bool {
	switch t.kind() {
	case flow.Elicit, flow.Lookup, flow.Restate, flow.Correct, flow.Rank, flow.Lower, flow.Propose, flow.Shelve:
		return true
	}
	return false
}

// canExpect lists what the catalog can do for what happened, or in general.
func (t *turn) canExpect() []string {
	var names []string
	if inc := t.f.Catalog.Incident(t.s.Matter.Incident); inc != nil {
		names = inc.Offers
	} else {
		for _, svc := range t.f.Catalog.Services {
			if svc.Menu {
				names = append(names, svc.Name)
			}
		}
	}
	var out []string
	for _, n := range names {
		if len(out) < maxWishes {
			out = append(out, t.line("wish."+n))
		}
	}
	return out
}

// speakLanguage switches, or offers the languages as buttons that never grow
// stale: they belong to no question.
func (t *turn) speakLanguage() {
	if t.in.Reading.SwitchTo != "" {
		t.add(t.line("language.switched"))
		return
	}
	if t.in.Kind == InTap {
		if l := message.Lang(t.in.Tap.Choice[len(langChoice):]); t.speaks(l) {
			t.s.Lang = l
		}
		t.add(t.line("language.switched"))
		return
	}
	var choices []message.Choice
	for _, l := range t.f.Langs() {
		choices = append(choices, message.Choice{ID: langChoice + string(l), Label: t.line("lang." + string(l))})
	}
	t.add(t.line("language.ask"))
	text := t.joined()
	t.text = nil
	t.unhold()
	t.utter(Say{Out: message.Outbound{Text: text, Choices: choices}, State: t.stateName()})
}

// mediaKey is the line that acknowledges what was sent beside text, by its
// kind.
func (t *turn) mediaKey() string {
	if len(t.in.Attachments) > 0 {
		if key := "media." + string(t.in.Attachments[0].Kind); t.f.Has(t.s.Lang, key) {
			return key
		}
	}
	return "media.other"
}
