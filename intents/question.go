package intents

import (
	"regexp"
	"slices"

	"github.com/accord-chat/accord/dialog/message"
)

// A question about what is on the table ("how far is it?") is no answer to it,
// whatever else its words look like. One that only has a question mark to show
// for it may be a wish, a reason or a jeer; one that begins as people ask for
// information is a question in any case.
var (
	informs = regexp.MustCompile(`(?i)(^|[.!?,;\n]\s*|\b(?:ok|and|but|so|well|hm+)[,\s]+)(` +
		`how (far|long|big|large|small|heavy|many|old|wide|high|quiet|near|close)\b|` +
		`what('s| is| are| does| do| kind| sort| size| colou?r| time)\b|` +
		`(where|who|which)('s|\s)\s*\w+|when (is|are|does|do|would|will|can)\b|` +
		`(does|do) (it|i|we|they|the|that|this|these|those|your)\b|` +
		`(is|are) (it|there|they|the|that|this|these|those|your|breakfast|parking|wifi)\b|` +
		`(has|have) (it|they|the|that)\b|(will|would) (it|there|that|they|the)\b|` +
		`(can|could|may) (i|we) (see|look|check|walk|bring|use|park|know|get there|take (it|them) along)\b|` +
		`(can|could) you (tell|explain|say)\b)`)
	informsZh = regexp.MustCompile(`[多有][远遠久大小高重]|什[么麼]是|是什[么麼]|在哪|哪[里裡]|[几幾][点點楼樓]|有没有|有沒有|有[^，。！,.!]{1,12}[吗嗎]|` +
		`[能可][以]?(走|用|看|带|帶|停)[^，。！,.!]{0,10}[吗嗎]|要(另外|不要)?[^，。！,.!]{0,4}(付|加|押金)[^，。！,.!]{0,4}[吗嗎]|怎[么麼](走|办|辦|用)|(出|付|包|负责|負責|免费|免費|算)[?？]`)
	// jeers are questions to which nobody wants an answer.
	jeers = regexp.MustCompile(`(?i)\b(kidding|joking|serious(ly)?|deaf|stupid|crazy|insane)\b|\b(is that|that's|that is|nothing|anything) (really )?(all|it|else|the best|better)\b|耍我|耍人|[开開]玩笑|搞什[么麼]|搞笑|就[这這][些样樣点點]|什[么麼]叫`)
	// flatly begins a refusal that ends in a question.
	flatly = regexp.MustCompile(`(?i)^\s*(no|nope|nah|never|不|没|沒|别|別)`)
)

// maxQuestion is how long a question is at most, in bytes: a story is told for
// its own sake, whatever it asks on the way.
const maxQuestion = 300

// question says whether a text asks for information.
func (a *analysis) question(r message.Reading) bool {
	raw := a.doc.Raw
	switch {
	case !a.asking() || len(raw) > maxQuestion || a.ctx.Expect.Kind == "":
		return false
	case r.Answer == message.Accept, r.Correction, r.Person, jeers.MatchString(raw):
		return false
	case informs.MatchString(raw), a.lang.Chinese() && informsZh.MatchString(raw):
		return true
	}
	return r.Choice == "" && r.Objection == message.NoObjection && len(r.Mentions)+len(r.Slots) == 0 && len(a.doc.Tokens) >= 3 && !flatly.MatchString(raw)
}

// asking says whether some clause is a question, with or without its mark.
func (a *analysis) asking() bool {
	switch a.doc.Tokens[0].Norm {
	case "does", "do", "is", "are", "has", "have", "will", "would", "can", "could", "may", "how", "what", "where", "when", "who", "which":
		return true
	}
	return slices.ContainsFunc(a.clauses, func(c clause) bool { return c.asked })
}
