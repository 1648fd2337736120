package flow

import (
	"maps"
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// keySpec says what a line must be like.
type keySpec struct {
	vars      []string // beside those of every line
	question  bool     // ends in a question mark
	statement bool     // does not
	optional  bool
	empty     bool // may say nothing
	most      int  // characters of its own text, 0 = any; half as many in Chinese
}

// keyGroup is a set of lines with the same demands, needed where the flow has
// a state of one of kinds (none = always).
type keyGroup struct {
	keys  string // separated by spaces
	kinds []Kind
	keySpec
}

// Demands that several groups share.
var (
	asks = keySpec{question: true}
	says = keySpec{statement: true}
)

func ask(vars ...string) keySpec  { return keySpec{question: true, vars: vars} }
func tell(vars ...string) keySpec { return keySpec{statement: true, vars: vars} }
func with(vars ...string) keySpec { return keySpec{vars: vars} }

// fixedKeys are the lines whose keys do not depend on the catalog. The
// engine's words are listed here and nowhere else.
var fixedKeys = []keyGroup{
	{"greet greet.full", nil, says},
	{"greet.again", nil, keySpec{statement: true, empty: true}},
	{"listen.what", []Kind{Listen}, asks},
	{"listen.vague listen.menu", []Kind{Listen}, keySpec{}},
	{"soothe.high soothe.mild soothe.back", []Kind{Soothe}, says},
	{"soothe.ask", []Kind{Soothe}, asks},
	{"soothe.again", []Kind{Soothe}, says},
	{"elicit.thanks", []Kind{Elicit}, keySpec{statement: true, empty: true}},
	{"lookup.missing lookup.still lookup.late lookup.other lookup.unreachable", []Kind{Lookup}, says},
	{"restate", []Kind{Restate}, ask("story", "wishes", "wish")},
	{"restate.one", []Kind{Restate}, ask("story", "wishes", "wish")},
	{"story.none", []Kind{Restate}, keySpec{empty: true}},
	{"story.occasion", []Kind{Restate}, keySpec{empty: true}},
	{"correct.ask", []Kind{Restate, Correct}, asks},
	{"correct.done", []Kind{Restate, Correct}, says},
	{"correct.stands", nil, tell("items")},
	{"rank.ask", []Kind{Rank}, ask("wishes")},
	{"rank.conflict", []Kind{Rank}, tell("a", "b")},
	{"fair", []Kind{Lower}, keySpec{statement: true, empty: true, vars: []string{"wish"}}},
	{"patient", []Kind{Lower}, tell("wish")},
	{"source.promise source.competitor source.price source.word source.experience", []Kind{Lower}, keySpec{statement: true, empty: true, vars: []string{"wish"}}},
	{"assess.candid", []Kind{Lower}, tell("wishes")},
	{"objection.question", []Kind{Lower}, ask("wish")},
	{"ask.idea", []Kind{Lower, Propose}, asks},
	{"conflict.closed", []Kind{Rank}, tell("a", "b")},
	{"grant.already", []Kind{Assess}, tell("items")},
	{"grant.done", []Kind{Assess}, tell("text")},
	{"currency.other", nil, tell("currency")},
	{"lookup.one", []Kind{Lookup}, tell("first", "other")},
	{"below below.day", []Kind{Lower}, tell("wish", "asked", "limit", "adequate")},
	{"propose", []Kind{Propose}, ask("terms", "wish")},
	{"propose.beyond propose.stands", []Kind{Propose, Lower}, ask("terms", "asked", "limit", "wish")},
	{"propose.which", []Kind{Propose, Lower}, ask("terms", "wish")},
	{"agree", []Kind{Agree}, tell("terms", "wish")},
	{"agree.counter", []Kind{Agree}, tell("terms", "amount", "wish")},
	{"shelve shelve.many", []Kind{Shelve}, ask("wishes", "wish", "owner", "by")},
	{"shelved", []Kind{Shelve}, tell("wishes", "wish", "owner", "by")},
	{"promised.answer", []Kind{Shelve}, tell("wish", "by")},
	{"promised.person", []Kind{Queue}, keySpec{statement: true, optional: true, vars: []string{"by"}}},
	{"close", []Kind{Close}, ask("items")},
	{"close.later", []Kind{Close}, ask("items", "wishes")},
	{"close.nothing close.said", []Kind{Close}, asks},
	{"end end.nothing", nil, tell("items")},
	{"silence.remind", nil, says},
	{"silence.close", nil, tell("items")},
	{"hand.asked hand.anger hand.misread hand.limit hand.side hand.refused hand.unknown hand.authority hand.agent hand.promised hand.loss", nil, tell("wish", "wishes", "agent")},
	{"queue.more", nil, says},
	{"hand.wish", []Kind{Queue}, keySpec{}},
	{"queue.late", nil, tell("by")},
	{"queue.unheard", nil, tell("by", "do")},
	{"wait.ask", nil, ask("by", "again")},
	{"wait.kept wait.answer", nil, tell("by")},
	{"wait.call wait.call.known wait.phone", nil, tell("by", "phone")},
	{"wait.cancelled", nil, says},
	{"promise.word", nil, with("text", "agent")},
	{"promised.call", nil, tell("by", "phone")},
	{"owned.taken owned.closed owned.released owned.silent", []Kind{Owned}, tell("agent")},
	{"close.returned", []Kind{Close}, says},
	{"agent.offer agent.promise", []Kind{Owned}, with("text", "by")},
	{"offer.taken offer.left offer.over", []Kind{Owned}, tell("text", "by", "agent")},
	{"point.wait point.renew point.offer", nil, ask("text", "by", "agent")},
	{"owned.returned", []Kind{Owned}, tell("agent", "note")},
	{"owned.settled", []Kind{Owned}, keySpec{statement: true, optional: true, vars: []string{"agent", "note"}}},
	{"queue.abuse", []Kind{Queue}, keySpec{statement: true, optional: true}},
	{"side.puzzled", nil, keySpec{optional: true}},
	{"card.need_by card.occasion card.what card.phone card.promised card.planned card.delivered card.status card.price card.window card.warranty", nil,
		keySpec{statement: true, optional: true, empty: true}},
	{"misread.1 misread.2 misread.empty misread.long", nil, keySpec{}},
	{"side.status", nil, with("items", "late")},
	{"side.expect", nil, with("items")},
	{"side.question", nil, tell("offer")},
	{"side.which", nil, tell("text")},
	{"side.status.now", nil, tell("items")},
	{"side.noted side.status.none side.status.queue side.bot side.thanks side.greeting side.stale side.stale.end side.edited side.cancel", nil, says},
	{"side.settled", nil, tell("agent", "note")},
	{"side.repeat side.abuse side.help", nil, keySpec{}},
	{"side.later", nil, tell("wish")},
	{"language.ask language.switched", nil, keySpec{}},
	{"withdraw.done", nil, tell("wish")},
	{"promise.item promise.late", nil, tell("text", "by")},
	{"promise.kept", nil, tell("kind", "result", "text", "by", "owner", "agent", "words")},
	{"promise.due promise.broken", nil, tell("kind", "text", "by", "owner", "agent", "words")},
	{"promise.ask", nil, ask("text", "by", "agent", "words")},
	{"promise.renewed", nil, tell("text", "by")},
	{"promise.stays", nil, tell("text", "by", "late")},
	{"promise.owner", nil, says},
	{"button.yes button.right button.no button.other button.change button.neither button.person button.all button.more button.wait button.call button.rather_not", nil, keySpec{}},
	{"button.answer button.fine", nil, with("by")},
	{"error.internal", nil, says},
}

// reasks are the questions that are put again, in short, after a side turn.
var reasks = map[Kind]string{Restate: "reask.restate", Rank: "reask.rank", Lower: "reask.lower", Propose: "reask.propose",
	Shelve: "reask.shelve", Close: "reask.close", Correct: "reask.correct", Elicit: "reask.elicit"}

// objections are the kinds of objections a rung can speak to.
var objections = map[string]message.Objection{"price": message.ObjectPrice, "time": message.ObjectTime, "effort": message.ObjectEffort,
	"kind": message.ObjectKind, "trust": message.ObjectTrust, "fairness": message.ObjectFairness, "fact": message.ObjectFalseFact}

// attachments are the things a customer may send beside words.
var attachments = []message.AttachmentKind{message.Photo, message.Voice, message.Video, message.Document, message.Location,
	message.Contact, message.Sticker, message.Other}

// everywhere are the variables of every line, beside slots and facts.
var everywhere = []string{"name", "business", "now", "case", "incident"}

// keysFor lists the lines a flow can have, by key.
func keysFor(kinds map[Kind]bool, c *catalogFile, langs []message.Lang) map[string]keySpec {
	out := map[string]keySpec{}
	for _, g := range fixedKeys {
		spec := g.keySpec
		spec.optional = spec.optional || !anyOf(kinds, g.kinds)
		for _, key := range strings.Fields(g.keys) {
			out[key] = spec
		}
	}
	for kind, key := range reasks {
		out[key] = keySpec{question: true, optional: !kinds[kind], vars: []string{"story", "wishes", "wish", "terms", "items", "owner", "by", "slot"}}
	}
	for o := range objections {
		out["objection."+o] = keySpec{statement: true, optional: !kinds[Lower], most: 80, vars: []string{"wish"}}
	}
	for _, o := range append(slices.Collect(maps.Keys(objections)), noObjection) {
		for _, m := range expect.Methods() { // worded as the method has it, where a flow wants that
			asks := m == expect.AskWhy
			out["objection."+o+"."+string(m)] = keySpec{statement: !asks, question: asks, optional: true, vars: []string{"wish"}}
		}
	}
	out["objection.none"] = keySpec{statement: true, optional: !kinds[Lower], most: 80, empty: true, vars: []string{"wish"}}
	commonKeys(out, kinds, langs)
	if c != nil {
		catalogKeys(out, kinds, c)
	}
	return out
}

// commonKeys adds the lines for what can be sent, spoken and asked.
func commonKeys(out map[string]keySpec, kinds map[Kind]bool, langs []message.Lang) {
	for _, a := range attachments {
		out["media."+string(a)] = says
	}
	for _, l := range message.Langs() {
		out["lang."+string(l)] = keySpec{optional: true}
	}
	for _, l := range langs {
		out["lang."+string(l)] = keySpec{}
	}
	for slot := range slots {
		spec := keySpec{question: true, optional: true}
		out["ask."+slot], out["ask."+slot+".again"] = spec, spec
	}
	needKeys(out, kinds, []string{"wish", "incident"}) // asked in every flow that asks at all
}

func anyOf(kinds map[Kind]bool, of []Kind) bool {
	for _, k := range of {
		if kinds[k] {
			return true
		}
	}
	return len(of) == 0
}
