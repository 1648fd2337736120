package intents

import (
	"regexp"
	"strings"

	"github.com/accord-chat/accord/intents/text"
)

// Words of assent bind only whom they come from, and only now. Somebody else's
// agreement, one of the past, one that would be given under another sky and one
// that merely says "I heard you" are each a question away from an acceptance.
// These run behind every other rule, on texts that would pass as an assent.
var (
	othersEn = regexp.MustCompile(`\b(he|she|they|everyone|everybody|husband|wife|boss|partner|mum|mom|dad|mother|father|son|daughter|manager|friend|colleague|roommate|girlfriend|boyfriend) (will |would |has |have |had |also |already |is |are )*(agrees?|agreed|accepts?|accepted|consents?|ok|okay)\b`)
	wouldEn  = regexp.MustCompile(`\b(i|we) (would|could|might) (have |then |gladly |happily |probably )*(accept|accepted|agree|agreed|take (it|that|this|the))\b`)
	pastEn   = regexp.MustCompile(`\b(it|that|this|which) was (ok|okay|fine|good|great|alright|acceptable)\b`)
	heardEn  = regexp.MustCompile(`\bi (do |fully |totally |completely )?(understand|see|hear you|hear that)( it| that| now| you)?( [.,!]|$)`)

	othersZh = regexp.MustCompile(`(老公|老婆|先生|太太|妈|爸|儿子|女儿|男友|女友|朋友|同事|老板|领导|经理|主管|家人|家里人|客户|他|她|他们|她们|人家|别人|大家)(都|也|全|已经|肯定|应该|就)?(同意|接受|愿意|答应|赞成)|(他|她|们|人家|别人)(都|也|说)?(可以|行|没问题| ?ok)`)
	oursZh   = regexp.MustCompile(`(我|咱)(们)?(自己|也|都|就|是|本人)*(同意|接受|愿意|答应|赞成|可以|没问题)|我(们)?(和|跟|与)|(我|咱)们(都|也)?(可以|行)`)
	pastZh   = regexp.MustCompile(`(昨天|昨晚|前天|原来|原本|本来|之前|以前|上次|上回|当时|那时候?|刚才|先前|曾经)(是|我|都|也|就|还)*(可以|行|好|同意|接受|愿意|没问题| ?ok)`)
	dayZh    = regexp.MustCompile(`^(今天|明天|后天|今晚|明晚|明早)(都|也|就)?(可以|行|好| ?ok)(的|啊|呀|哦|了|呢)*$`)
)

// notNow says that the assent of a text is another person's, is of another
// time, or only says that something was heard.
func (a *analysis) notNow() bool {
	s := a.joinedNorms()
	if a.lang.Chinese() && (othersZh.MatchString(s) && !oursZh.MatchString(s) || pastZh.MatchString(s) || dayZh.MatchString(s)) {
		return true
	}
	return othersEn.MatchString(s) || wouldEn.MatchString(s) || pastEn.MatchString(s) || heardEn.MatchString(s) && a.onlyNods()
}

// joinedNorms gives the text in its normal form, a space around every word of
// letters and nothing between Chinese characters.
func (a *analysis) joinedNorms() string {
	var b strings.Builder
	for i := range a.doc.Tokens {
		t := &a.doc.Tokens[i]
		if i > 0 && t.Kind != text.Han {
			b.WriteByte(' ')
		}
		b.WriteString(t.Norm)
	}
	return b.String()
}

// onlyNods says that every word of assent in the text is one that people also
// say to show that they listen: "yes, I see" does, "that works, I see" does not.
func (a *analysis) onlyNods() bool {
	for i := range a.segs {
		s := &a.segs[i]
		if !s.mask.has(tagAccept) && !s.mask.has(tagAcceptOpen) {
			continue
		}
		if s.first != s.last || !nods(a.doc.Tokens[s.first].Norm) {
			return false
		}
	}
	return true
}

func nods(w string) bool {
	switch w {
	case "yes", "yeah", "yep", "yup", "ok", "okay", "k", "right", "alright", "sure", "indeed", "aye", "ya", "yea":
		return true
	}
	return false
}
