package intents

import (
	"slices"
	"time"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/model"
	"github.com/accord-chat/accord/intents/phrase"
	"github.com/accord-chat/accord/intents/slot"
	"github.com/accord-chat/accord/intents/text"
)

// Words are the cues of a flow: section name → language → phrases. A cue may
// hold an ellipsis, which stands for up to twelve words or characters. Chinese
// cues match texts in either script, whichever language they are listed under. A
// cue that begins with "=" counts only where nothing else is said in its clause
// but values and courtesies.
type Words map[string]map[message.Lang][]string

// Options tunes an Understander. The zero value is right for customers.
type Options struct {
	// NoTypos turns off tolerance for misspelt English cues.
	NoTypos bool
	// Model is what was learned from the flow's example sentences ([Learn]). Nil
	// reads by the cues alone.
	Model *model.Model
	// Broader names the intent that a section counts as, where that is another.
	Broader map[string]string
	// MaxMentions bounds the mentions of one reading; 0 means 12.
	MaxMentions int
}

// Context is what a text is read against. A nil Zone means UTC.
type Context struct {
	Expect message.Expect
	Lang   message.Lang // of the conversation so far; "" at its beginning
	Now    time.Time
	Zone   *time.Location
}

// Understander reads texts. It is immutable.
type Understander struct {
	cues *cues
	lex  *phrase.Set
	opts Options
}

// New compiles the cues. Its error names the section and the cue that cannot
// be used; there is none for an empty Words.
func New(words Words, opts Options) (*Understander, error) {
	if opts.MaxMentions <= 0 {
		opts.MaxMentions = 12
	}
	lex, err := lexicon()
	if err != nil {
		return nil, err
	}
	temper() // learned before the first message waits for it
	c, err := compileCues(words, !opts.NoTypos)
	if err != nil {
		return nil, err
	}
	return &Understander{cues: c, lex: lex, opts: opts}, nil
}

// Understand reads one text. It takes any string, also an empty, a huge or a
// broken one; of a long text only both ends are read (see package text).
func (u *Understander) Understand(raw string, ctx Context) message.Reading {
	doc := text.Parse(raw)
	if doc.Blank() {
		return message.Reading{Empty: true, Why: []string{"empty"}}
	}
	a := u.analyse(doc, ctx)
	r := message.Reading{Lang: a.lang}
	for _, h := range a.hits {
		h.Wanted = a.needed(h)
		r.Slots = append(r.Slots, h.Slot)
	}
	if name, ok := a.name(); ok {
		r.Slots = append(r.Slots, name)
	}
	r.Person = a.person()
	r.Mentions = u.mentions(a)
	a.named = len(r.Mentions) > 0
	r.Correction = a.correction()
	r.Choice = u.choice(a)
	r.Mentions = a.besideLabel(r.Mentions)
	r.Anger = a.anger()
	a.angry = r.Anger
	r.Objection = a.objection()
	r.Answer = u.answer(a, r)
	if r.Person && r.Answer == message.Unsure {
		r.Answer = message.NoAnswer // who wants to talk to a person does not hesitate
	}
	if (r.Answer == message.Counter || r.Answer == message.Refuse) && r.Objection == message.NoObjection && a.belittles(r) {
		r.Objection = message.ObjectPrice
	}
	if r.Answer == message.Accept {
		r.Objection = message.NoObjection
	}
	if r.Answer == message.Refuse && r.Choice != "" && u.overAnother(a, r.Choice) {
		r.Answer = message.NoAnswer
	}
	r.Choice = u.settleChoice(a, r)
	switch {
	case a.unanswered(r):
		r.Answer = message.Unsure
		a.note("choice:talked")
	case r.Choice == "":
	case r.Answer == message.NoAnswer && (a.doubtful || a.remarked()):
		r.Answer = message.Unsure
	case r.Answer == message.Unsure && a.pickedOut():
		r.Answer = message.NoAnswer
	}
	r.Side, r.SwitchTo = a.side(r)
	if a.sayLabel() && r.Side != message.SideLanguage {
		r.Side, r.Correction = message.NoSide, false // "I want to cancel" on a button is about what that button is
	}
	u.learn(a, &r)
	if r.Asks = a.question(r); r.Asks {
		a.note("asks")
	}
	r.Why = a.why
	return r
}

// analyse does once what every rule needs.
func (u *Understander) analyse(doc *text.Doc, ctx Context) *analysis {
	a := &analysis{doc: doc, ctx: ctx, lang: doc.Lang(ctx.Lang)}
	a.hits = slot.Find(doc, slot.Options{Now: ctx.Now, Zone: ctx.Zone, Expect: ctx.Expect, Lang: a.lang})
	a.lex = u.lex.Find(doc)
	a.segment()
	return a
}

// best gives the mention to act on: an intent rather than a detail, then the
// surer one, then the one said first.
func best(ms []message.Mention) (string, float64) {
	at := -1
	for i, m := range ms {
		if m.Dropped {
			continue
		}
		if at < 0 || detail(ms[at].Name) && !detail(m.Name) ||
			detail(ms[at].Name) == detail(m.Name) && m.Score > ms[at].Score {
			at = i
		}
	}
	if at < 0 {
		return "", 0
	}
	return ms[at].Name, ms[at].Score
}

// inScope says that something in the text is for us.
func inScope(r message.Reading) bool {
	return len(r.Mentions) > 0 || r.Answer != message.NoAnswer || len(r.Slots) > 0 || r.Side != message.NoSide ||
		r.Person || r.Choice != "" || r.Correction || r.Objection != message.NoObjection
}

// offering says that an open question can be accepted or refused.
func (c Context) offering() bool {
	return c.Expect.Kind == "yesno" || c.Expect.Kind == "choice"
}

// note records which rule decided, once.
func (a *analysis) note(why string) {
	if !slices.Contains(a.why, why) {
		a.why = append(a.why, why)
	}
}
