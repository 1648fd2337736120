package intents

import (
	"github.com/accord-chat/accord/intents/text"
)

// How much each sign of anger weighs, alone. Signs add up as independent
// chances do, so that many weak ones come near to one and never pass it.
const (
	weightMild   = 0.22
	weightStrong = 0.42
	weightSwear  = 0.88
	weightThreat = 0.85
	weightBangs  = 0.22
	weightAsks   = 0.18
	weightShout  = 0.28
	weightYell   = 0.42
	raise        = 1.25
)

// anger measures from 0 (calm) to 1 (beyond words). From 0.6 somebody is
// clearly angry; 0.8 is for fury, abuse and threats. What was learned says
// whether somebody is angry, the signs say how much: a curse in a joyful
// message weighs little, and cold contempt counts without one.
func (a *analysis) anger() float64 {
	odds, fury := temper().Odds(a.doc, marks(a.lex))
	words, shape := a.signParts(fury)
	believed := min(1, doubted+odds/surelyCalm)
	signs := 1 - (1-words*believed)*(1-shape*min(1, 2*believed))
	measure := max(1-(1-climb(ladder[:], odds))*(1-signShare*signs), signs*signAlone)
	if odds >= surelyAngry {
		measure = max(measure, climb(beyond[:], fury))
	}
	if words == 0 && odds < 0.9 && a.whole(0, tagThanks, tagGreeting, tagAccept) {
		measure = min(measure, courtesies) // "YES!!"
	}
	if a.argues() && words+shape == 0 {
		measure = min(measure, arguing) // an argument is answered, not soothed
	}
	score := float64(int(measure*100+0.5)) / 100
	if score >= 0.4 {
		a.note("anger")
	}
	return score
}

const (
	surelyCalm   = 0.5  // odds below which words of anger are believed the less
	doubted      = 0.15 // how far they are believed at least
	surelyThreat = 0.6  // odds of fury from which a word of threats is one
	surelyAngry  = 0.5  // odds from which somebody may be furious
	signShare    = 0.33 // how far signs raise what was learned
	signAlone    = 0.9  // how far they count by themselves
	arguing      = 0.59 // the most where somebody argues what is fair, without a word of anger
	courtesies   = 0.1  // the most that a text of courtesies is given
)

// ladder turns the odds of being angry into a measure of anger: what is as
// likely as not is no more than annoyance, for most people who write are calm.
// beyond does the same for the odds of insults and threats, where somebody is
// surely angry.
var (
	ladder = [...][2]float64{{0, 0}, {0.3, 0.11}, {0.5, 0.21}, {0.78, 0.32}, {0.83, 0.6}, {0.9, 0.67}, {1, 0.7}}
	beyond = [...][2]float64{{0, 0}, {0.15, 0.4}, {0.28, 0.6}, {0.43, 0.8}, {1, 0.95}}
)

// climb finds the height on a ladder, straight between its rungs.
func climb(rungs [][2]float64, x float64) float64 {
	for i := 1; i < len(rungs); i++ {
		if lo, hi := rungs[i-1], rungs[i]; x <= hi[0] {
			return lo[1] + (hi[1]-lo[1])*(x-lo[0])/(hi[0]-lo[0])
		}
	}
	return rungs[len(rungs)-1][1]
}

// signs measures anger by the rules alone; words of threats are none to them.
func (a *analysis) signs() float64 {
	words, shape := a.signParts(0)
	return 1 - (1-words)*(1-shape)
}

// signParts adds up the words of anger, and the marks and capitals. A threat is
// one only from somebody furious: "my lawyer needs a copy" is none.
func (a *analysis) signParts(fury float64) (words, shape float64) {
	calm, end := 1.0, -1
	for _, m := range a.lex {
		w := angerWeight(tag(m.Value))
		if w == 0 || m.First <= end || tag(m.Value) == tagThreat && fury < surelyThreat || a.inside(m, tagCalm) || a.overlapsCalm(m.First, m.Last) {
			continue
		}
		if w < weightSwear && a.raised(m.First) {
			w *= raise
		}
		calm *= 1 - w
		end = m.Last
	}
	if end >= 0 || !a.happy() {
		shape = 1 - (1-a.bangs())*(1-a.shouts())
	}
	return 1 - calm, shape
}

// argues says that something is objected to in so many words.
func (a *analysis) argues() bool {
	for i := range a.lex {
		if t := tag(a.lex[i].Value); t >= tagObjPrice && t <= tagObjFact {
			return true
		}
	}
	return false
}

func angerWeight(t tag) float64 {
	switch t {
	case tagAnger1:
		return weightMild
	case tagAnger2:
		return weightStrong
	case tagAnger3:
		return weightSwear
	case tagThreat:
		return weightThreat
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
// single courtesies do not count.
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
