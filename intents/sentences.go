package intents

import (
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/text"
)

// A text of several sentences may be about several things: "the lamp came in
// pieces. and where is the chair that was to come with it?" Read as one, the
// louder drowns the other, so each sentence is read by itself where it says
// enough.

// maxSentences bounds how many are read one by one: a story is told in the first.
const maxSentences = 4

// run is the tokens first..next-1.
type run struct{ first, next int }

// hearSentences mentions what the model hears in a sentence in which nothing was
// named, if the text tells freely.
func (u *Understander) hearSentences(a *analysis, r *message.Reading, m meant) {
	if !a.free() || r.Side != message.NoSide || r.Person || a.needs(r) >= never {
		return
	}
	runs := a.sentences()
	if len(runs) < 2 {
		return
	}
	for _, s := range runs {
		if a.cuedIn(s) || len(r.Mentions) >= u.opts.MaxMentions {
			continue
		}
		sentence := m.part.cut(s)
		if says(sentence.doc.Tokens) < enough {
			continue
		}
		rank := u.opts.Model.Rank(sentence.doc, ranked)
		label, p := u.likeliest(rank)
		if p *= rank.Inside; rank.In && p >= surely && !smallTalk(label) && !u.mentioned(r, label) {
			u.mention(a, sentence, r, label, p)
		}
	}
}

// mentioned says that a section, or one that counts as the same, is mentioned or
// given up already.
func (u *Understander) mentioned(r *message.Reading, label string) bool {
	for _, m := range r.Mentions {
		if u.broad(m.Name) == u.broad(label) {
			return true
		}
	}
	return false
}

// sentences are the first sentences that are long enough to be about something.
func (a *analysis) sentences() []run {
	var out []run
	t := a.doc.Tokens
	first := 0
	for i := 0; i <= len(t) && len(out) < maxSentences; i++ {
		if i < len(t) && (t[i].Kind != text.Punct || !stops(t[i].Norm) || a.hitAt(i) >= 0) {
			continue
		}
		if s := (run{first, i}); a.saysEnough(s) {
			out = append(out, s)
		}
		first = i + 1
	}
	return out
}

func stops(mark string) bool {
	switch mark {
	case ".", "!", "?", ";", "\n":
		return true
	}
	return false
}

// enough is four words or six characters.
const enough = 12

// saysEnough says that a sentence may be about something.
func (a *analysis) saysEnough(s run) bool { return says(a.doc.Tokens[s.first:s.next]) >= enough }

// says is how much tokens say: three for a word, two for a character.
func says(tokens []text.Token) int {
	n := 0
	for i := range tokens {
		switch tokens[i].Kind {
		case text.Word:
			n += 3
		case text.Han:
			n += 2
		}
	}
	return n
}

// cut gives what a part has of the tokens of s.
func (p part) cut(s run) part {
	out := part{doc: &text.Doc{Raw: p.doc.Raw}, at: []int{}}
	for i := range p.doc.Tokens {
		at := i
		if p.at != nil {
			at = p.at[i]
		}
		if s.first <= at && at < s.next {
			out.doc.Tokens, out.at = append(out.doc.Tokens, p.doc.Tokens[i]), append(out.at, at)
		}
	}
	return out
}

// cuedIn says that a cue names something in a sentence.
func (a *analysis) cuedIn(s run) bool {
	for _, m := range a.cued {
		if s.first <= m.First && m.Last < s.next {
			return true
		}
	}
	return false
}
