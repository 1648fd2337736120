package intents

import (
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// side gives what is said beside the matter, and with SideLanguage the
// language asked for. Remarks that also are common words count only where they
// are all the text holds, so that "hello, my lamp is broken" stays a matter.
func (a *analysis) side(r message.Reading) (message.Side, message.Lang) {
	if to := a.switchTo(); to != "" {
		a.note("side:language")
		return message.SideLanguage, to
	}
	if len(r.Slots) == 0 && a.whole(1, tagLangAsk) {
		a.note("side:language")
		return message.SideLanguage, "" // which one is asked with buttons
	}
	s := a.sideKind(r)
	if s != message.NoSide {
		a.note("side:" + string(s))
	}
	return s, ""
}

func (a *analysis) sideKind(r message.Reading) message.Side {
	plain := len(r.Slots) == 0 && !r.Correction && !r.Person
	switch {
	case a.has(tagBot) && !r.Person:
		return message.SideBot
	case plain && a.whole(1, tagRepeat) && r.Answer != message.Accept:
		return message.SideRepeat
	case !r.Person && (a.has(tagStatus) || a.whole(0, tagStatusWhole)) && r.Answer != message.Accept:
		return message.SideStatus
	case a.has(tagExpect) && r.Answer != message.Accept:
		return message.SideExpect
	case plain && r.Answer != message.Accept && a.whole(0, tagCancel) && !a.tellsOfStop():
		return message.SideCancel
	case plain && !a.ctx.offering() && a.whole(0, tagCancelSoft):
		return message.SideCancel
	case plain && r.Answer != message.Accept && a.whole(0, tagHelp):
		return message.SideHelp
	case plain && a.whole(1, tagBye) && !a.soft():
		return message.SideBye
	case plain && !r.InScope && a.abusive(r):
		return message.SideAbuse
	case plain && len(r.Mentions) == 0 && r.Answer == message.NoAnswer && r.Objection == message.NoObjection:
		return a.courtesies()
	case plain && len(r.Mentions) == 0 && r.Answer == message.Accept && !a.ctx.offering() && a.whole(0, tagThanks):
		return message.SideThanks // 好,謝謝 where nothing is on offer
	}
	return message.NoSide
}

// tellsOfStop keeps "it stopped working" from calling everything off: that is
// what happened, and no command.
func (a *analysis) tellsOfStop() bool {
	for _, m := range a.lex {
		if tag(m.Value) != tagCancel {
			continue
		}
		if w := a.doc.Tokens[m.First].Norm; strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing") || a.told(m) {
			return true
		}
	}
	return false
}

// soft keeps a bare "no problem" or 没问题了 in an open offer an answer.
func (a *analysis) soft() bool {
	_, ok := a.tagged(tagAsk)
	return ok
}

func (a *analysis) courtesies() message.Side {
	switch {
	case a.whole(0, tagThanks):
		return message.SideThanks
	case a.whole(0, tagGreeting):
		return message.SideGreeting
	}
	return message.NoSide
}

// abusive says that the text swears and has no matter in it.
func (a *analysis) abusive(r message.Reading) bool {
	return a.has(tagAbuse) && len(r.Mentions) == 0 && r.Objection == message.NoObjection && a.length() <= 10 &&
		r.Answer != message.Accept && r.Answer != message.Counter
}

// has says that a phrase with the tag is in the text, outside the phrases that
// only look alike.
func (a *analysis) has(t tag) bool {
	for _, m := range a.lex {
		if tag(m.Value) == t && !(t == tagAbuse && a.overlapsCalm(m.First, m.Last)) {
			return true
		}
	}
	return false
}

// switchTo gives the language that the text asks for. "Chinese" without a
// script is the one the customer writes or wrote, else simplified.
func (a *analysis) switchTo() message.Lang {
	switch {
	case a.asksLang(tagLangHant, tagLangHantWhole):
		return message.Traditional
	case a.asksLang(tagLangHans, tagLangHansWhole):
		return message.Simplified
	case a.asksLang(tagLangEn, tagLangEnWhole):
		return message.English
	case a.asksLang(tagLangZh, tagLangZhWhole):
		switch {
		case a.lang.Chinese():
			return a.lang
		case a.ctx.Lang.Chinese():
			return a.ctx.Lang
		}
		return message.Simplified
	}
	return ""
}

// asksLang keeps "the manual is in English" a matter: the wish must be most
// of what is said, or a verb must ask for it.
func (a *analysis) asksLang(t, whole tag) bool {
	return a.has(t) && (a.length() <= 9 || a.lang.Chinese() && a.length() <= 14) && !a.named || a.whole(0, whole)
}
