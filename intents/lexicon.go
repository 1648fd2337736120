package intents

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"github.com/accord-chat/accord/intents/phrase"
)

// tag says what a phrase of the built-in lexicon does in a conversation.
type tag int32

// The tags, in the order of their names below. Those up to tagOpen take part
// in the reading of answers.
const (
	tagAccept tag = iota
	tagAcceptOpen
	tagRefuse
	tagRefuseStart
	tagUnsure
	tagWry
	tagCounter
	tagCounterWeak
	tagIf
	tagBut
	tagNot
	tagAsk
	tagBad
	tagFill
	tagHedge
	tagOpen
	tagStatus
	tagStatusWhole
	tagExpect
	tagBot
	tagThanks
	tagGreeting
	tagRepeat
	tagCancel
	tagCancelSoft
	tagHelp
	tagBye
	tagLangEn
	tagLangEnWhole
	tagLangZh
	tagLangZhWhole
	tagLangHans
	tagLangHansWhole
	tagLangHant
	tagLangHantWhole
	tagLangAsk
	tagAnger1
	tagAnger2
	tagAnger3
	tagAngerUp
	tagCalm
	tagAbuse
	tagObjPrice
	tagObjTime
	tagObjEffort
	tagObjKind
	tagObjTrust
	tagObjFairness
	tagObjFact
	tagGiveBefore
	tagGiveAfter
	tagGiveNot
	tagCorrect
	tagCorrectWeak
	tagStory
	tagPerson
	tagPersonNot
	tagAnyTime
	tagAcceptWhole
	tagRefuseWhole
	tagRhetoric
	tagThreat
	tagThing
	tagCount
)

// tagNames are the section headings of the lexicon files.
var tagNames = [tagCount]string{
	"accept", "accept.open", "refuse", "refuse.start", "unsure", "wry", "counter", "counter.weak", "if", "but", "not", "ask", "bad", "fill", "hedge", "open",
	"side.status", "side.status.whole", "side.expect", "side.bot", "side.thanks", "side.greeting", "side.repeat", "side.cancel", "side.cancel.soft", "side.help", "side.bye",
	"lang.en", "lang.en.whole", "lang.zh", "lang.zh.whole", "lang.hans", "lang.hans.whole", "lang.hant", "lang.hant.whole", "lang.ask",
	"anger.1", "anger.2", "anger.3", "anger.up", "calm", "abuse",
	"obj.price", "obj.time", "obj.effort", "obj.kind", "obj.trust", "obj.fairness", "obj.fact",
	"giveup.before", "giveup.after", "giveup.not", "correct", "correct.weak", "story", "person", "person.not", "anytime", "accept.whole", "refuse.whole", "rhetoric", "threat", "thing",
}

//go:embed lexicon/*.txt
var lexiconFiles embed.FS

// lexicon is compiled once for all: it never changes, and thousands of phrases
// take a few milliseconds.
var lexicon = sync.OnceValues(loadLexicon)

// lexiconRoom is about how many nodes the built-in phrases take.
const lexiconRoom = 60_000

// loadLexicon compiles the built-in phrases. An error means that a file of
// this package is broken, and names the line.
func loadLexicon() (*phrase.Set, error) {
	byName := make(map[string]tag, tagCount)
	for i, n := range tagNames {
		byName[n] = tag(i)
	}
	files, err := lexiconFiles.ReadDir("lexicon")
	if err != nil {
		return nil, fmt.Errorf("intents: lexicon: %w", err)
	}
	b := phrase.New(phrase.WithRoom(lexiconRoom))
	for _, f := range files {
		data, err := lexiconFiles.ReadFile("lexicon/" + f.Name())
		if err != nil {
			return nil, fmt.Errorf("intents: lexicon: %w", err)
		}
		if err := addLexicon(b, byName, string(data)); err != nil {
			return nil, fmt.Errorf("intents: lexicon %s: %w", f.Name(), err)
		}
	}
	return b.Build(), nil
}

func addLexicon(b *phrase.Builder, byName map[string]tag, data string) error {
	at, known := tag(0), false
	for n, line := range strings.Split(data, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			at, known = byName[strings.Trim(line, "[]")]
			if !known {
				return fmt.Errorf("line %d: unknown section %s", n+1, line)
			}
		case !known:
			return fmt.Errorf("line %d: phrase outside a section", n+1)
		default:
			if err := addFamily(b, line, int32(at)); err != nil {
				return fmt.Errorf("line %d: %w", n+1, err)
			}
		}
	}
	return nil
}

// maxFamily bounds how many phrases one line may stand for: a line that asks
// for more is a slip that would cost memory in every process.
const maxFamily = 1000

// addFamily adds every phrase that a line stands for: "(no|not a) problem
// (at all|)" is four of them.
func addFamily(b *phrase.Builder, line string, value int32) error {
	if !strings.Contains(line, "(") || strings.Contains(line, "…") {
		return b.Add(line, value)
	}
	parts, size := familyOf(line)
	if size > maxFamily {
		return fmt.Errorf("%d phrases, more than %d", size, maxFamily)
	}
	if err := b.AddFamily(parts, value); err != nil {
		return fmt.Errorf("%q: %w", line, err)
	}
	return nil
}

// familyOf takes a line apart at its round brackets, which do not nest, and
// says how many phrases it stands for.
func familyOf(line string) (parts [][]string, size int) {
	size = 1
	for {
		before, rest, open := strings.Cut(line, "(")
		parts = append(parts, []string{before})
		if !open {
			return parts, size
		}
		inside, after, _ := strings.Cut(rest, ")")
		alternatives := strings.Split(inside, "|")
		parts = append(parts, alternatives)
		size *= len(alternatives)
		line = after
	}
}
