package dialog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// variables are those every line may use, as they are at the moment.
type variables struct{ *turn }

// Text implements flow.Source.
func (t variables) Text(name string) (string, bool) {
	switch name {
	case "business":
		return t.set.Business, true
	case "name":
		return firstName(t.s.From.Name), true
	case "case":
		return t.s.Matter.Case, true
	case "incident":
		return t.s.Matter.Incident, true
	}
	return "", false
}

// Var implements flow.Source.
func (t variables) Var(name string) (any, bool) {
	switch name {
	case "zone":
		return t.set.Zone, true
	case "now":
		return t.now(), true
	}
	return nil, false
}

// now is when it happened, made a value of any type once: nearly every line with
// a day in it asks.
func (t *turn) now() any {
	if t.at == nil {
		t.at = t.in.At
	}
	return t.at
}

// Words implements flow.Source.
func (t variables) Words() map[string]message.Slot { return t.s.Matter.Slots }

// Found implements flow.Source.
func (t variables) Found() map[string]string { return t.s.Matter.Facts }

// line words a key in the customer's language.
func (t *turn) line(key string, more ...any) string {
	return t.lineIn(t.s.Lang, key, more...)
}

func (t *turn) lineIn(lang message.Lang, key string, more ...any) string {
	t.drawn++
	return t.f.LineFrom(lang, key, t.in.Seed+t.drawn*0x9E3779B97F4A7C15, variables{t}, more...)
}

// lineIf words a key, if the flow has it.
func (t *turn) lineIf(lang message.Lang, key string, more ...any) (string, bool) {
	text, has := t.f.LineIf(lang, key, t.in.Seed+(t.drawn+1)*0x9E3779B97F4A7C15, variables{t}, more...)
	if has {
		t.drawn++
	}
	return text, has
}

// first words the first of keys that the flow has: from the special to the
// general.
func (t *turn) first(keys []string, more ...any) string {
	for _, k := range keys {
		if text, has := t.lineIf(t.s.Lang, k, more...); has {
			return text
		}
	}
	return ""
}

// add puts a line into the message being put together; an empty one adds
// nothing.
func (t *turn) add(text string) {
	if text = strings.TrimSpace(text); text != "" {
		t.text = append(t.text, text)
	}
}

// joined is the message put together so far. English puts a space between
// lines; Chinese puts none.
func (t *turn) joined() string {
	sep := " "
	if t.s.Lang.Chinese() {
		sep = ""
	}
	var parts []string
	if t.s.Matter.Greet != "" {
		if greeting := strings.TrimSpace(t.line(t.s.Matter.Greet)); greeting != "" {
			parts = append(parts, greeting)
		}
	}
	parts = append(append(parts, t.s.Matter.Held...), t.text...)
	return strings.Join(parts, sep)
}

// maxHeld bounds the lines that wait for the next message.
const maxHeld = 6

// holdLine keeps a line back until there is more to say. The same line about
// the same thing is kept once: six pictures in a row are one album.
func (t *turn) holdLine(key string, more ...any) {
	m := &t.s.Matter
	id := key + fmt.Sprint(more...)
	text := t.line(key, more...)
	if text == "" || len(m.Held) >= maxHeld || slices.Contains(m.HeldKeys, id) {
		return
	}
	m.Held, m.HeldKeys = append(m.Held, text), append(m.HeldKeys, id)
}

// unhold forgets what waited, because it was said or has lost its sense.
func (t *turn) unhold() { t.s.Matter.Held, t.s.Matter.HeldKeys, t.s.Matter.Greet = nil, nil, "" }

// flush says what was put together, as a message without a question.
func (t *turn) flush() {
	if len(t.text) == 0 {
		return
	}
	t.say(t.joined(), nil)
}

// say gives what was put together to the customer.
func (t *turn) say(text string, choices []message.Choice) {
	t.text = nil
	t.unhold()
	out := message.Outbound{Text: text, Choices: choices}
	if len(choices) > 0 {
		out.Question = t.s.Question
	}
	if t.side == "" { // "say that again" means the matter, not what was beside it
		t.s.LastSaid = text
	}
	state := t.stateName()
	if t.as != "" {
		state, t.as = t.as, ""
	}
	t.utter(Say{Out: out, State: state})
}

// utter is the one place where the bot speaks. While a person owns the
// conversation, or the customer cannot be reached, it keeps the words back.
func (t *turn) utter(e Say) {
	if t.s.Owned() || t.s.Blocked {
		t.s.Pending = append(t.s.Pending, e.Out.Text)
		return
	}
	e.Out.Lang, e.Out.From = t.s.Lang, message.Bot
	t.keepLine(message.Bot, "", e.Out.Text, nil)
	t.emit(e)
}

// ask puts the open question with its buttons, in place of any other.
func (t *turn) ask(question string, choices []message.Choice, slot string) {
	t.retire("")
	t.add(question)
	// A platform refuses a button without words, and the whole message with it.
	choices = slices.DeleteFunc(choices, func(c message.Choice) bool { return c.Label == "" })
	t.s.Question++
	t.s.Ask = &Ask{N: t.s.Question, Choices: choices, Slot: slot}
	t.say(t.joined(), choices)
}

// retire takes the buttons off the open question.
func (t *turn) retire(chosen string) {
	if t.s.Ask != nil && len(t.s.Ask.Choices) > 0 {
		t.emit(Retire{Question: t.s.Ask.N, Chosen: chosen})
		t.gone(Aside{N: t.s.Ask.N, Choices: t.s.Ask.Choices}, chosen)
	}
	t.s.Ask = nil
}

func (t *turn) choice(id, key string, more ...any) message.Choice {
	return message.Choice{ID: id, Label: t.line(key, more...)}
}

// firstName is what a customer is called by: the first word of the name their
// platform shows, unless it is not a name (emoji, digits, a handle). A Chinese
// surname alone is none to be called by.
func firstName(name string) string {
	var w string
	for w = range strings.FieldsSeq(name) {
		break
	}
	if w == "" {
		return ""
	}
	if n := len([]rune(w)); n > 20 || n == 1 && unicode.Is(unicode.Han, []rune(w)[0]) {
		return ""
	}
	if abusive(w) {
		return ""
	}
	for _, r := range w {
		if !unicode.IsLetter(r) && r != '-' && r != '\'' && r != '’' {
			return ""
		}
	}
	return w
}

// swearing is what some call themselves to hear it said back.
var swearing = [...]string{"fuck", "shit", "bitch", "cunt", "asshole", "arsehole", "bastard", "wanker", "nigger", "傻逼", "傻屄", "操你", "草泥马", "王八蛋", "混蛋", "他妈", "他媽", "幹你", "白痴", "去死"}

// abusive says whether a name is no name but abuse.
func abusive(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(swearing[:], func(w string) bool {
		return strings.HasPrefix(name, w) || w[0] > unicode.MaxASCII && strings.Contains(name, w)
	})
}

// wishText words what is hoped for.
func (t *turn) wishText(lang message.Lang, e expect.Expectation) string {
	more := []any{}
	if !e.Asked.By.IsZero() {
		more = append(more, "need_by", e.Asked.By)
	}
	if e.Asked.Amount != 0 {
		more = append(more, "amount", flow.Amount{Minor: e.Asked.Amount, Currency: cmp.Or(e.Asked.Currency, t.env().Currency)})
	}
	return t.lineIn(lang, "wish."+e.Service, more...)
}

// wishTexts words the unsettled wishes, in the order of their importance.
func (t *turn) wishTexts(lang message.Lang) []string {
	var out []string
	for _, e := range t.s.Matter.Wishes {
		if !e.Settled() {
			out = append(out, t.wishText(lang, e))
		}
	}
	return out
}

// termTexts words what an option would do.
func (t *turn) termTexts(lang message.Lang, o expect.Option) []string {
	var out []string
	for _, term := range o.Terms {
		out = append(out, t.termText(lang, term))
	}
	return out
}

func (t *turn) termText(lang message.Lang, term expect.Term) string {
	return t.lineIn(lang, "term."+term.Do, "by", term.By, "pay", t.money(term.Pay), "owner", t.ownerName(lang, term.Owner))
}

func (t *turn) ownerName(lang message.Lang, owner string) string {
	if owner == "" || !t.f.Has(lang, "owner."+owner) {
		return t.lineIn(lang, "promise.owner")
	}
	return t.lineIn(lang, "owner."+owner)
}

func (t *turn) money(minor int64) flow.Amount {
	return flow.Amount{Minor: minor, Currency: t.env().Currency}
}

// env is what the catalog's conditions read.
func (t *turn) env() flow.Env {
	m := &t.s.Matter
	e := flow.Env{Now: t.in.At, Zone: t.set.Zone, Facts: m.Facts, Slots: m.Slots, Currency: t.f.Catalog.Currency, Verified: len(m.Facts) > 0 && !m.Unverified}
	if c := m.Facts["currency"]; c != "" {
		e.Currency = c
	}
	return e
}

// local is an instant in the zone in which it is shown.
func (t *turn) local(at time.Time) time.Time { return at.In(t.set.Zone) }
