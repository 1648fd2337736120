package intents

import (
	"github.com/accord-chat/accord/intents/text"
)

// How much each sign of anger weighs, alone. Signs add up as independent
// chances do, so that many weak ones come near to one and never pass it.
const (
	weightMild   = 0.22
	weightStrong = 0.42
	weightSwear  = 0.72
	weightBangs  = 0.22
	weightAsks   = 0.18
	weightShout  = 0.28
	weightYell   = 0.42
	raise        = 1.25
)

// anger measures from 0 (calm) to 1 (beyond words). A first angry complaint
// lies around 0.5, swearing above 0.7.
func (a *analysis) anger() float64 {
	calm := 1.0
	end, n := -1, 0
	for _, m := range a.lex {
		w := angerWeight(tag(m.Value))
		if w == 0 || m.First <= end || a.inside(m, tagCalm) || a.overlapsCalm(m.First, m.Last) {
			continue
		}
		if w < weightSwear && a.raised(m.First) {
			w *= raise
		}
		calm *= 1 - w
		end = m.Last
		n++
	}
	happy := n == 0 && a.happy()
	if !happy {
		calm *= (1 - a.bangs()) * (1 - a.shouts())
	}
	score := float64(int((1-calm)*100+0.5)) / 100
	if score >= 0.4 {
		a.note("anger")
	}
	return score
}

func angerWeight(t tag) float64 {
	switch t {
	case tagAnger1:
		return weightMild
	case tagAnger2:
		return weightStrong
	case tagAnger3:
		return weightSwear
	}
	return 0
}

func (a *analysis) overlapsCalm(first, last int) bool {
	for _, m := range a.lex {
		if tag(m.Value) == tagCalm && m.First <= last && first <= m.Last {
			return true
		}
	}
	return false
}

// raised says that an intensifier stands right before token i.
func (a *analysis) raised(i int) bool {
	for _, m := range a.lex {
		if tag(m.Value) == tagAngerUp && m.Last < i && i-m.Last <= 2 {
			return true
		}
	}
	return false
}

// happy says that the exclamation marks are those of thanks or assent.
func (a *analysis) happy() bool {
	good := false
	for _, m := range a.lex {
		switch tag(m.Value) {
		case tagThanks, tagGreeting, tagAccept:
			good = true
		case tagRefuse, tagRefuseStart, tagBad, tagNot:
			return false
		}
	}
	return good
}

// bangs weighs runs of exclamation and question marks.
func (a *analysis) bangs() float64 {
	run, asks, best := 0, 0, 0.0
	for i := range a.doc.Tokens {
		switch a.doc.Tokens[i].Norm {
		case "!":
			run++
		case "?":
			run++
			asks++
		default:
			run, asks = 0, 0
		}
		switch {
		case run >= 4:
			best = max(best, 0.34)
		case run >= 2 && asks == run:
			best = max(best, weightAsks)
		case run >= 2:
			best = max(best, weightBangs)
		}
	}
	return best
}

// shouts weighs words in capitals; short ones, codes and a text that is a
// single courtesy do not count.
func (a *analysis) shouts() float64 {
	loud, long, words := 0, 0, 0
	for i := range a.doc.Tokens {
		t := &a.doc.Tokens[i]
		if t.Kind != text.Word || i > 0 && a.doc.Tokens[i-1].Start == t.Start {
			continue
		}
		words++
		if !t.Shout || a.hitAt(i) >= 0 || acronym(t.Norm) || i+1 < len(a.doc.Tokens) && a.doc.Tokens[i+1].Glued && a.doc.Tokens[i+1].Kind == text.Number {
			continue
		}
		loud++
		if len(t.Norm) >= 4 {
			long++
		}
	}
	switch {
	case loud >= 3 || loud == 2 && words <= 4:
		return weightYell
	case long >= 1:
		return weightShout
	}
	return 0
}

func acronym(w string) bool {
	switch w {
	case "asap", "usa", "usb", "led", "vip", "fyi", "btw", "omg", "lol", "dhl", "ups", "usps", "fedex", "iban", "swift", "paypal", "html", "http", "https", "iphone", "ipad", "hdmi", "wifi", "atm", "pdf", "sms", "faq", "eta", "tba", "rsvp", "okay", "usd", "twd", "rmb", "cny":
		return true
	}
	return false
}
