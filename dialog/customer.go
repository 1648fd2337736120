package dialog

import (
	"strings"
	"time"
	"unicode"

	"github.com/accord-chat/accord/dialog/expect"
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
	t.fromCustomer = true
	t.identify()
	if t.s.Blocked {
		t.reach(false) // whoever writes has let us in again
	}
	if t.s.Strayed {
		return t.strayed()
	}
	switch t.kind() {
	case flow.Owned:
		t.relay()
		return nil
	case flow.Queue:
		return t.whileQueued()
	case flow.Greet, flow.End:
		return t.opening()
	case flow.Listen:
		return t.listening()
	}
	t.hear()
	if t.outOfTurns() {
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
	t.s.Strayed = false
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

// identify keeps who writes and in which language they are answered. Their
// own words count for more than what the platform says of them.
func (t *turn) identify() {
	if t.in.From.Ref != "" || t.in.From.Name != "" {
		t.s.From = t.in.From
	}
	r := t.in.Reading
	switch {
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
	return len(strings.Fields(text)) >= 3
}

// opening handles the first message of a conversation, or one after its end.
func (t *turn) opening() error {
	if t.in.Kind == InTap && !strings.HasPrefix(t.in.Tap.Choice, langChoice) {
		t.side = sideStale
		t.speakSide()
		return nil
	}
	if t.in.Kind == InCommand && t.in.Command == "start" && t.can(flow.Start) {
		return t.run(flow.Class{Name: flow.Start})
	}
	if t.kind() == flow.Greet && t.switchesLanguage() && t.can(flow.Start) {
		t.side = string(message.SideLanguage)
		t.speakSide()
		return t.run(flow.Class{Name: flow.Start})
	}
	if t.restsInEnd() {
		return nil
	}
	t.newMatter()
	if err := t.run(flow.Class{Name: flow.Message}); err != nil {
		return err
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
	if side == "" && t.kind() == flow.End && t.in.Kind == InMessage && t.in.Reading.Answer != message.NoAnswer && !t.tellsMatter() {
		return true // "ok, good to know": nothing is asked for, nothing need be said
	}
	if side == "" && t.kind() == flow.End && t.wordless() {
		side = sideMedia
		if len(t.in.Attachments) == 0 {
			side = string(message.SideThanks)
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

// wordless says whether a message holds nothing to begin a matter with: a
// sticker, a thumb, an emoji.
func (t *turn) wordless() bool {
	r := t.in.Reading
	if t.in.Kind != InMessage || r.Empty && len(t.in.Attachments) == 0 {
		return false
	}
	return r.Lang == "" && len(r.Slots) == 0 && len(r.Mentions) == 0 && (r.Empty || !strings.ContainsFunc(t.in.Text, isWord))
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

// listening takes one message of a burst. Words wait for the quiet that ends
// the burst; a person, a command or a button is answered at once.
func (t *turn) listening() error {
	t.hear()
	if t.outOfTurns() {
		return t.run(flow.Class{Name: flow.Person})
	}
	if cl, now := t.atOnce(); now {
		return t.run(cl)
	}
	m := &t.s.Matter
	if t.edited && m.Heard == 1 {
		t.unhear() // the message it replaces was all there was
	}
	l := t.absorb(true)
	t.forget(l.withdrew)
	m.Heard++
	m.Fresh = m.Fresh || l.any
	if side := t.sideOf(); side != "" {
		m.Side = message.Side(side)
	}
	if len(t.in.Attachments) > 0 {
		t.holdLine(t.mediaKey())
	}
	m.Unread = t.unreadable()
	if m.Heard == 1 {
		m.Since = t.in.At
	}
	t.emit(SetTimer{Name: timerQuiet, Due: t.burstEnds()})
	return nil
}

// unhear forgets what the one message of this burst told, because it was
// edited: its new wording stands for it.
func (t *turn) unhear() {
	old := t.s.Matter
	t.s.Matter = Matter{Slots: map[string]message.Slot{}, Facts: map[string]string{}, Held: old.Held, Greet: old.Greet, Turns: old.Turns,
		Story: old.Story, Moods: old.Moods, Anger: t.in.Reading.Anger}
}

// maxQuiets is how many quiet windows a burst may last in all: who writes on
// and on is answered all the same.
const maxQuiets = 5

// burstEnds is when the burst counts as told: a quiet window after its last
// message, but not later than a few windows after its first.
func (t *turn) burstEnds() time.Time {
	quiet := t.f.Table.Spec(t.s.Control.At).Quiet
	end, latest := t.in.At.Add(quiet), t.s.Matter.Since.Add(maxQuiets*quiet)
	if latest.Before(end) {
		return latest
	}
	return end
}

// atOnce picks out what does not wait for a burst to end.
func (t *turn) atOnce() (flow.Class, bool) {
	switch {
	case t.in.Reading.Person && t.can(flow.Person), t.in.Kind != InMessage:
		return t.classify(), true
	case t.in.Reading.Side == message.SideCancel && t.can(flow.Cancel):
		return flow.Class{Name: flow.Cancel}, true
	case t.in.Reading.Side == message.SideLanguage:
		return t.aside(string(message.SideLanguage)), true
	}
	return flow.Class{}, false
}

// burst classifies what was heard until now, when the quiet has come.
func (t *turn) burst() flow.Class {
	m := &t.s.Matter
	anger, side, heard, fresh, unread := m.Anger, m.Side, m.Heard, m.Fresh, m.Unread
	m.Anger, m.Side, m.Heard, m.Fresh, m.Unread = 0, "", 0, false, ""
	switch {
	case heard == 0:
		return flow.Class{}
	case t.heated(anger):
		return t.anger(anger)
	case t.told() && (fresh || side == ""):
		return flow.Class{Name: flow.Told}
	case side != "" && side != message.SideGreeting:
		return t.aside(string(side))
	case side == message.SideGreeting && t.s.Control.Tries > 0:
		return t.aside(string(side))
	case side == message.SideGreeting, len(m.Held) > 0:
		return flow.Class{Name: flow.Vague}
	case unread == "" && len(t.standing()) > 0 && t.s.Control.Side == 0:
		return t.aside(string(message.SideStatus)) // most likely that is what it is about
	}
	return t.misread(unread)
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

// forget takes wishes off that the customer gave up before they were put to
// them; the last first, so that the indices stay true.
func (t *turn) forget(given []int) {
	for i := len(given) - 1; i >= 0; i-- {
		w := t.s.Matter.Wishes
		if t.kind() != flow.Listen { // they were put to the customer or asked for
			t.holdLine("withdraw.done", "wish", t.wishText(t.s.Lang, w[given[i]]))
		}
		t.s.Matter.Wishes = append(w[:given[i]:given[i]], w[given[i]+1:]...)
	}
}

// How long a matter that ended in silence can be gone on with, and how long
// the order of the last matter is taken to be meant still.
const (
	comeBack  = 7 * 24 * time.Hour
	sameOrder = 24 * time.Hour
)

// newMatter forgets the last matter and keeps the person: language, name,
// promises. What was named for later becomes the first wishes of the new one.
// A matter that silence ended is gone on with: nobody tells a thing twice.
func (t *turn) newMatter() {
	old := t.s.Matter
	t.s.Matter = Matter{Slots: map[string]message.Slot{}, Facts: map[string]string{}, Held: old.Held, Greet: old.Greet}
	since := t.in.At.Sub(old.Ended)
	switch {
	case old.Silenced && since < comeBack:
		t.carryOver(old)
	case old.Ended.IsZero() || since < sameOrder:
		t.keepOrder(old)
	}
	for _, name := range old.Later {
		if svc := t.f.Catalog.Service(name); svc != nil && !t.wished(name) {
			t.addWish(svc, expect.Explicit)
		}
	}
}

// keepOrder takes the order of the matter before for the one that is meant,
// as long as no other is named; the restatement names it.
func (t *turn) keepOrder(old Matter) {
	slot := t.f.Catalog.Lookup.Slot
	if s, ok := old.Slots[slot]; ok && len(old.Facts) > 0 {
		t.s.Matter.Slots[slot], t.s.Matter.Facts, t.s.Matter.Looked, t.s.Matter.Kept = s, old.Facts, old.Looked, s.Text
	}
}

// carryOver takes what was told in a matter that silence ended into the new
// one. What was settled has its promise and stays out.
func (t *turn) carryOver(old Matter) {
	m := &t.s.Matter
	m.Carried = true
	m.Incident, m.Slots, m.Facts, m.Looked, m.Story, m.Soothed = old.Incident, old.Slots, old.Facts, old.Looked, old.Story, old.Soothed
	for _, e := range old.Wishes {
		if e.Status == expect.Open {
			m.Wishes = append(m.Wishes, expect.Expectation{Service: e.Service, Clarity: e.Clarity, Asked: e.Asked, Adequate: e.Adequate, Status: expect.Open})
		}
	}
}
