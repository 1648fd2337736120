package intents

import (
	"slices"

	"github.com/accord-chat/accord/intents/phrase"
	"github.com/accord-chat/accord/intents/text"
)

// person says that the text asks for a human.
func (a *analysis) person() bool {
	for _, m := range a.lex {
		if tag(m.Value) == tagPerson && !a.overlaps(m, tagPersonNot) && !a.wanted(m) {
			a.note("person")
			return true
		}
	}
	t := a.doc.Tokens
	for i := range t {
		if t[i].Kind == text.Word && humanNoun(t[i].Norm) && a.asksForHuman(i) {
			a.note("person")
			return true
		}
	}
	return a.noBots()
}

// wanted keeps a Chinese phrase that is negated or talks of somebody else
// from being a wish: 不要…, 别…, 送货的真人.
func (a *analysis) wanted(m phrase.Match) bool {
	if m.First == 0 {
		return false
	}
	switch a.doc.Tokens[m.First-1].Norm {
	case "别", "甭", "非", "跟":
		return a.doc.Tokens[m.First].Norm != "人" && a.doc.Tokens[m.First-1].Norm != "跟"
	case "不", "用":
		return a.doc.Tokens[m.First].Norm != "想" && a.doc.Tokens[m.First].Norm != "要"
	}
	return false
}

func humanNoun(w string) bool {
	switch w {
	case "human", "humans", "person", "people", "agent", "agents", "representative", "rep", "operator", "manager", "supervisor",
		"someone", "somebody", "employee", "staff", "advisor", "adviser", "colleague", "boss", "humanbeing", "being", "guy", "assistant", "specialist", "anyone", "superior", "human-being", "consultant", "service", "support", "man", "woman", "live":
		return true
	}
	return false
}

// asksForHuman walks left from a noun over its article and adjectives to a
// verb that asks: "I want to [speak to] [a real] person".
func (a *analysis) asksForHuman(i int) bool {
	t := a.doc.Tokens
	noun := t[i].Norm
	if !a.endsWell(i) {
		return false
	}
	left, adj := a.overAdjectives(i)
	loose := weakNoun(noun) && !adj
	if noun == "colleague" && a.alone(left+1, i) { // "then a colleague": nobody else says that of theirs
		return true
	}
	if left < 0 || a.brokenOff(left, i) {
		return !loose && a.alone(left+1, i) || (!loose || noun == "colleague") && a.aloneInClause(left+1, i)
	}
	prep := left
	for prep >= 0 && isPrep(t[prep].Norm) {
		prep--
	}
	if prep < left && prep >= 0 && speakVerb(t[prep].Norm) && !a.notAsked(prep) {
		return true
	}
	if prep < left && prep >= 0 && connectVerb(t[prep].Norm) && !a.notAsked(prep) {
		return !loose || noun != "service" && noun != "support" || adj
	}
	return !loose && a.plainWish(left) || !loose && a.alone(left+1, i)
}

// weakNoun says that a noun means a human agent only next to a verb of
// speaking or an adjective such as "real".
func weakNoun(w string) bool {
	switch w {
	case "people", "someone", "somebody", "anyone", "guy", "service", "support", "staff", "being", "boss", "assistant", "colleague", "man", "woman", "live", "employee", "specialist", "consultant":
		return true
	}
	return false
}

// overAdjectives skips articles and adjectives to the left of the noun.
func (a *analysis) overAdjectives(i int) (left int, adjective bool) {
	t := a.doc.Tokens
	left = i - 1
	for left >= 0 && t[left].Kind == text.Word {
		switch t[left].Norm {
		case "a", "an", "the", "your", "some", "any", "one", "another", "other":
		case "real", "live", "actual", "human", "living", "proper", "customer", "service", "support", "senior", "breathing", "flesh", "care", "genuine":
			adjective = true
		default:
			return left, adjective
		}
		left--
	}
	return left, adjective
}

func (a *analysis) brokenOff(left, i int) bool {
	return a.marked(left, i)
}

func isPrep(w string) bool {
	switch w {
	case "to", "with", "me", "us", "through", "over", "on", "in", "touch", "up", "my", "call", "this", "case", "the", "be", "back", "off", "directly":
		return true
	}
	return false
}

func speakVerb(w string) bool {
	return slices.Contains([]string{"speak", "talk", "chat", "speaking", "talking", "chatting", "spoke", "discuss", "communicate"}, w)
}

func connectVerb(w string) bool {
	return slices.Contains([]string{"connect", "transfer", "put", "pass", "switch", "hand", "forward", "escalate", "reach", "get", "give", "contact", "bring", "link", "redirect", "refer", "route", "send", "transferred", "connected"}, w)
}

// plainWish says that the word at i asks for the noun itself: "I want a
// human", "is there a person", "get your manager".
func (a *analysis) plainWish(i int) bool {
	if i < 0 || a.notAsked(i) {
		return false
	}
	switch a.doc.Tokens[i].Norm {
	case "want", "need", "get", "prefer", "request", "demand", "require", "reach", "contact", "call", "like", "for", "insist", "find", "where", "have", "bring", "fetch", "love", "rather":
		return true
	case "is", "are", "there":
		return a.doc.Tokens[i].Norm == "there" && i > 0 && (a.doc.Tokens[i-1].Norm == "is" || a.doc.Tokens[i-1].Norm == "are") && !a.past(i)
	}
	return false
}

func (a *analysis) past(i int) bool {
	return i > 1 && a.doc.Tokens[i-2].Norm == "if"
}

// notAsked says that a negation or the past takes the verb away: "I do not
// need a human", "I spoke to an agent yesterday", "I had to talk to".
func (a *analysis) notAsked(i int) bool {
	t := a.doc.Tokens
	switch t[i].Norm {
	case "spoke", "spoken":
		return true
	case "have", "for":
		if i > 0 && t[i].Norm == "for" && t[i-1].Stem != "ask" && t[i-1].Norm != "wait" && t[i-1].Norm != "waiting" {
			return true
		}
	}
	for k := i - 1; k >= 0 && k >= i-5; k-- {
		if t[k].Kind == text.Punct {
			return false
		}
		switch t[k].Norm {
		case "not", "never", "without", "no", "did", "had", "was", "already", "yesterday", "he", "she", "they", "you", "driver", "husband", "wife":
			if t[k].Norm == "not" && (k > 0 && t[k-1].Norm == "can" || k > 0 && t[k-1].Norm == "could" || k > 0 && t[k-1].Norm == "why") {
				return false
			}
			if t[k].Norm == "you" && (k > 0 && (t[k-1].Norm == "can" || t[k-1].Norm == "could" || t[k-1].Norm == "would" || t[k-1].Norm == "will")) {
				return false
			}
			return true
		}
	}
	return false
}

// endsWell says that what follows the noun leaves it a human to talk to:
// not "a person to sign for it", "the service center", "agent told me".
func (a *analysis) endsWell(i int) bool {
	t := a.doc.Tokens
	if i > 0 && (t[i-1].Norm == "delivery" || t[i-1].Norm == "courier" || t[i-1].Norm == "sales" || t[i-1].Norm == "first" || t[i-1].Norm == "in" || t[i-1].Norm == "young" || t[i-1].Norm == "old" || t[i-1].Norm == "sick" || t[i-1].Norm == "busy") {
		return false
	}
	if i+1 >= len(t) || t[i+1].Kind != text.Word {
		return true
	}
	switch t[i+1].Norm {
	case "you": // "a manager you useless machine" asks for one; "the guy you sent" tells of one
		return slices.ContainsFunc(a.lex, func(m phrase.Match) bool {
			k := tag(m.Value)
			return m.First == i+2 && (k == tagAbuse || k == tagAnger1 || k == tagAnger2 || k == tagAnger3)
		})
	case "to":
		return i+2 < len(t) && slices.Contains([]string{"talk", "speak", "chat", "help", "handle", "contact", "call", "deal", "discuss", "look", "take", "assist", "answer", "reply", "solve", "fix"}, t[i+2].Norm)
	case "please", "pls", "now", "who", "i", "instead", "here", "right", "immediately", "asap", "today", "that", "or", "and", "not", "there", "available", "thanks", "in", "at", "from", "on", "for", "about", "via", "of", "if", "because", "then", "already", "again", "real", "human", "like", "can", "person", "agent", "representative", "being", "quickly", "ok", "is", "over", "with", "by":
		return true
	}
	return false
}

// aloneInClause says that the noun phrase is all that its clause holds, with a
// word that asks: "… arrived broken, a person please".
func (a *analysis) aloneInClause(first, last int) bool {
	t := a.doc.Tokens
	asks := false
	for i := last + 1; i < len(t) && !a.marked(i, i+1); i++ {
		switch t[i].Norm {
		case "please", "pls", "now", "instead", "then":
			asks = true
		}
	}
	return asks && a.onlyAsks(first, last, func(i int) bool { return a.marked(min(i, last), max(i, last)) })
}

// alone says that the noun phrase is all the text holds: "human please".
func (a *analysis) alone(first, last int) bool {
	return a.onlyAsks(first, last, func(int) bool { return false })
}

// onlyAsks says that beside a noun phrase there are only words that ask or
// greet; skip leaves tokens out.
func (a *analysis) onlyAsks(first, last int, skip func(int) bool) bool {
	t := a.doc.Tokens
	for i := range t {
		if i >= first && i <= last || t[i].Kind == text.Punct || t[i].Kind == text.Emoji || skip(i) {
			continue
		}
		switch t[i].Norm {
		case "please", "pls", "now", "hello", "hi", "ok", "yes", "thanks", "thank", "you", "just", "a", "real", "right", "live", "no", "being", "immediately", "asap", "instead", "hey", "i", "said", "then", "service", "customer", "person", "agent", "human", "again":
		default:
			return false
		}
	}
	return true
}

// noBots hears the wish in its negative form: "stop this bot", "no more bots",
// "I don't want to talk to a machine".
func (a *analysis) noBots() bool {
	t := a.doc.Tokens
	for i := range t {
		switch t[i].Norm {
		case "bot", "bots", "robot", "robots", "machine", "chatbot", "ai", "computer":
		default:
			continue
		}
		said, against := false, false
		for k := max(0, i-8); k < i; k++ {
			switch {
			case speakVerb(t[k].Norm) || t[k].Norm == "deal" || t[k].Norm == "dealing":
				said = true
			case t[k].Norm == "not" || t[k].Norm == "stop" || t[k].Norm == "hate" || t[k].Norm == "tired" || t[k].Norm == "sick" || t[k].Norm == "refuse" || t[k].Norm == "instead":
				against = true
			}
		}
		if said && against || i > 0 && t[i-1].Norm == "no" || i > 1 && t[i-1].Norm == "more" && t[i-2].Norm == "no" || i == 1 && t[0].Norm == "not" || i == 2 && t[0].Norm == "not" {
			a.note("person")
			return true
		}
	}
	return false
}
