package dialog

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Where anger begins to count. The first sign is soothed early, because a
// question on top of it makes it worse; once soothed, a sharp word is just
// one until it is clearly more.
const (
	upset = 0.45
	angry = 0.6
)

// heated says whether a is anger that counts here.
func (t *turn) heated(a float64) bool {
	if t.s.Control.Soothing == 0 {
		return a >= upset
	}
	return a >= angry
}

// longText is the number of runes above which a message is answered with a
// request for the part that counts, where nothing in it was understood.
const longText = 2000

// customer handles what a customer wrote or pressed.
func (t *turn) customer() error {
	if t.in.Kind == InTap && t.in.Tap.Question != 0 && t.in.Tap.Question == t.s.Answered {
		return nil
	}
	t.fromCustomer, t.since = true, t.in.At.Sub(t.s.Matter.LastAt)
	t.identify()
	if !t.edited {
		t.keepCustomer()
	}
	if t.s.Blocked {
		t.reach(false) // whoever writes has let us in again
	}
	if t.in.Kind == InTap && t.in.Tap.Question != 0 {
		if a := t.findAside(func(a Aside) bool { return a.N == t.in.Tap.Question }); a != nil && has(a.Choices, t.in.Tap.Choice) {
			return t.asidePressed(*a)
		}
		if a, ok := t.s.late(t.in.Tap.Question); ok && has(a.Choices, t.in.Tap.Choice) {
			return t.pressedLate(a)
		}
	}
	if t.s.Strayed {
		t.s.Strayed = false // silence may have ended the matter meanwhile
		if t.can(flow.Person) {
			return t.strayed()
		}
	}
	switch t.kind() {
	case flow.Owned:
		t.toOwner()
		return nil
	case flow.Queue:
		return t.whileQueued()
	case flow.Greet, flow.End:
		return t.opening()
	case flow.Listen:
		return t.listening()
	}
	t.hear()
	if t.kind() != flow.Lookup && t.outOfTurns() { // what is told while facts are on their way is part of the turn before
		return t.run(flow.Class{Name: flow.Person})
	}
	cl := t.classify()
	switch {
	case cl.Name == "":
		return nil
	case !t.can(cl.Name):
		cl = t.misread("")
	}
	return t.run(cl)
}

// strayed hands over a customer whose matter an edited flow cannot go on with,
// with everything they have told.
func (t *turn) strayed() error {
	t.hear()
	t.cause = causeLimit
	return t.run(flow.Class{Name: flow.Person})
}

// outOfTurns counts the customer's turns in this matter and says whether the
// backstop is reached; a flow that is proved never reaches it.
func (t *turn) outOfTurns() bool {
	t.s.Matter.Turns++
	if t.s.Matter.Turns <= t.f.Limits.Turns || !t.can(flow.Person) {
		return false
	}
	t.cause = causeLimit
	return true
}

// maxName bounds the name a customer gave, in runes.
const maxName = 40

// identify keeps who writes and in which language they are answered. Their
// own words count for more than what the platform says of them, but a few
// foreign words do not turn the buttons of the agent who talks with them.
func (t *turn) identify() {
	if t.in.From.Ref != "" || t.in.From.Name != "" {
		t.s.From = t.in.From
	}
	r := t.in.Reading
	if name, ok := r.Slot(message.SlotName); ok && t.in.From.Name == "" {
		t.s.Called = clip(name.Text, maxName)
	}
	t.s.From.Name = cmp.Or(t.s.From.Name, t.s.Called)
	switch {
	case t.s.Owned() && r.SwitchTo == "" && t.s.Lang != "": // a person picks the language with them
	case r.SwitchTo != "" && t.speaks(r.SwitchTo):
		t.s.Lang = r.SwitchTo
	case r.Lang != "" && t.speaks(r.Lang) && (enoughToSwitch(t.in.Text, r) || t.s.Lang == "" && !t.speaks(t.in.From.Lang)):
		t.s.Lang = r.Lang
	case t.s.Lang == "" && t.speaks(t.in.From.Lang):
		t.s.Lang = t.in.From.Lang
	case t.s.Lang == "":
		t.s.Lang = t.f.Langs()[0]
	}
}

func (t *turn) speaks(l message.Lang) bool { return l != "" && t.f.Has(l, "greet") }

// enoughToSwitch says whether a message is long enough to show that the
// customer changed language: an "ok" in the middle of Chinese is none.
func enoughToSwitch(text string, r message.Reading) bool {
	if r.Lang.Chinese() {
		return len([]rune(text)) >= 2
	}
	words := 0
	for range strings.FieldsSeq(text) {
		words++
	}
	return words >= 3
}

// opening handles the first message of a conversation, or one after its end.
func (t *turn) opening() error {
	if t.in.Kind == InTap && !strings.HasPrefix(t.in.Tap.Choice, langChoice) {
		return t.staleOpening()
	}
	if t.in.Kind == InCommand && t.in.Command == "start" && t.can(flow.Start) {
		return t.run(flow.Class{Name: flow.Start})
	}
	if t.kind() == flow.Greet && t.switchesLanguage() && t.can(flow.Start) {
		t.side = string(message.SideLanguage)
		t.speakSide()
		return t.run(flow.Class{Name: flow.Start})
	}
	if t.stopsChecks() {
		return nil
	}
	if t.complains() {
		return t.complained()
	}
	if t.pointAside() || t.restsInEnd() {
		return nil
	}
	contradicts := t.kind() == flow.End && (t.callsOff() || t.in.Reading.Correction && t.absorb(false).changed && t.contradicts())
	if !contradicts {
		t.newMatter()
	}
	if err := t.run(flow.Class{Name: flow.Message}); err != nil {
		return err
	}
	if contradicts && t.can(flow.Person) {
		t.hear()
		t.standsStill()
		return t.run(flow.Class{Name: flow.Person})
	}
	return t.listening()
}

// switchesLanguage says whether the customer names the language to go on in.
func (t *turn) switchesLanguage() bool {
	return t.in.Reading.SwitchTo != "" || t.in.Kind == InTap && strings.HasPrefix(t.in.Tap.Choice, langChoice)
}

// restsInEnd answers what needs no new matter: thanks, a question after a
// promise, a word about the bot.
func (t *turn) restsInEnd() bool {
	side := t.sideOf()
	if t.kind() == flow.End && t.restates() {
		t.side = side
		if !t.gratefully() {
			t.side = sideSettled
		}
		t.speakSide()
		return true
	}
	if t.asksPromise() {
		t.speakPromised()
		return true
	}
	if side == "" && t.kind() == flow.End && t.in.Kind == InMessage && t.in.Reading.Answer != message.NoAnswer && !t.tellsMatter() {
		return t.restsOnAnswer()
	}
	if side == "" && t.kind() == flow.End && t.wordless() {
		side = sideMedia
		if len(t.in.Attachments) == 0 {
			side = string(message.SideThanks)
		}
		if puzzled(t.in.Text) {
			side = sidePuzzled
		}
	}
	if side == "" {
		return false
	}
	if t.kind() == flow.Greet && (side == string(message.SideGreeting) || side == string(message.SideThanks) || side == string(message.SideBye)) {
		return false
	}
	if side == string(message.SideGreeting) {
		return false
	}
	if t.in.Kind == InMessage && t.tellsMatter() {
		return false
	}
	t.side = side
	if t.in.Kind == InCommand && t.in.Command == "cancel" || side == string(message.SideCancel) {
		t.side = string(message.SideStatus)
	}
	t.speakSide()
	return true
}

// restsOnAnswer handles a yes or no after the end, and says whether that is all
// there is to it. After an agreement nothing is asked for and nothing need be
// said ("ok, good to know"); what silence left open is gone on with, for that
// was offered.
func (t *turn) restsOnAnswer() bool {
	if !t.leftOpen() {
		return true
	}
	if t.in.Reading.Answer != message.Refuse {
		return false
	}
	t.s.Matter.Silenced = false
	t.add(t.line("end.nothing"))
	return true
}

// leftOpen says whether silence ended a matter that can still be gone on with.
func (t *turn) leftOpen() bool {
	m := &t.s.Matter
	return t.kind() == flow.End && m.Silenced && t.in.At.Sub(m.Ended) < comeBack
}

// staleOpening meets a press on a button of long ago where nothing is open:
// what silence left open is gone on with; else the words say how to go on.
func (t *turn) staleOpening() error {
	if !t.leftOpen() {
		t.add(t.first([]string{"side.stale.end", "side.stale"}))
		return nil
	}
	t.add(t.line("side.stale"))
	t.newMatter()
	if err := t.run(flow.Class{Name: flow.Message}); err != nil {
		return err
	}
	if t.told() && t.can(flow.Told) {
		return t.run(flow.Class{Name: flow.Told})
	}
	t.ask(t.line("listen.what"), nil, "")
	return nil
}

// wordless says whether a message holds nothing to begin a matter with: a
// sticker, a thumb, an emoji.
func (t *turn) wordless() bool {
	r := t.in.Reading
	if t.in.Kind != InMessage || r.Empty && len(t.in.Attachments) == 0 {
		return false
	}
	return r.Lang == "" && len(r.Slots) == 0 && len(r.Mentions) == 0 && (r.Empty || !strings.ContainsFunc(t.in.Text, isWord))
}

// puzzled says whether a message without words asks or presses: "??", "...",
// "!!!". A thumb or a heart does not.
func puzzled(text string) bool {
	text = strings.TrimSpace(text)
	return strings.ContainsAny(text, "?？") || text != "" && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPunct(r) && !unicode.IsSpace(r) })
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// tellsMatter says whether a message holds something the catalog covers.
func (t *turn) tellsMatter() bool {
	for _, m := range t.in.Reading.Mentions {
		if !m.Dropped && (t.incidentHeard(m.Name) != nil || t.serviceHeard(m.Name) != nil) {
			return true
		}
	}
	_, order := t.in.Reading.Slot(message.SlotOrder)
	return order
}

// anger names how angry a message is for the machine. After soothing, rage
// goes to a person at once.
func (t *turn) anger(a float64) flow.Class {
	t.s.Matter.Anger = a
	if a >= t.f.Limits.Anger && t.s.Control.Soothing > 0 && t.can(flow.Rage) {
		return flow.Class{Name: flow.Rage}
	}
	return flow.Class{Name: flow.Anger}
}

// aside marks a side turn; what is said for it is worded when its edge fires.
func (t *turn) aside(side string) flow.Class {
	t.side = side
	return flow.Class{Name: flow.Aside}
}

// unreadable says why a text has nothing to be understood in it; "" where that
// is not so.
func (t *turn) unreadable() string {
	switch {
	case t.in.Reading.Empty && len(t.in.Attachments) == 0:
		return "empty"
	case len([]rune(t.in.Text)) > longText:
		return "long"
	}
	return ""
}

// misread marks what was not understood.
func (t *turn) misread(why string) flow.Class {
	t.side = why
	return flow.Class{Name: flow.Misread}
}
