package flow

import (
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// Names of a flow folder's files.
const (
	flowName    = "flow.yaml"
	catalogName = "catalog.yaml"
	factsName   = "facts.csv"
)

// role is what a file of the folder is for.
type role uint8

const (
	foreign role = iota // none of ours: a README, say
	aFlow
	aCatalog
	theFacts
	someLines
	someWords
	someIntents
	aTest
	misnamed // looks like one of ours
)

// roleOf reads a file's name. lang is set for lines and intents; hint is the
// name that a misnamed file should perhaps have.
func roleOf(name string) (r role, lang message.Lang, hint string) {
	dir, base := "", name
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		dir, base = name[:i], name[i+1:]
	}
	switch {
	case strings.HasPrefix(base, "."):
		return foreign, "", ""
	case name == flowName:
		return aFlow, "", ""
	case name == catalogName:
		return aCatalog, "", ""
	case name == factsName:
		return theFacts, "", ""
	case dir == "tests" && strings.HasSuffix(base, ".chat"):
		return aTest, "", ""
	}
	if l, ok := between(name, "lines.", ".yaml"); ok && spoken(l) {
		return someLines, l, ""
	}
	if l, ok := between(name, "words.", ".yaml"); ok && spoken(l) {
		return someWords, l, ""
	}
	if stem, ok := strings.CutSuffix(base, ".txt"); ok && dir == "intents" {
		if i := strings.LastIndexByte(stem, '.'); i > 0 && spoken(message.Lang(stem[i+1:])) {
			return someIntents, message.Lang(stem[i+1:]), ""
		}
	}
	return misname(name, dir, base)
}

// misname tells a mistyped file from one that is none of ours.
func misname(name, dir, base string) (role, message.Lang, string) {
	known := []string{flowName, catalogName, factsName}
	for _, l := range message.Langs() {
		known = append(known, linesName(l), wordsName(l))
	}
	_, ext, _ := cutLast(base, ".")
	hint := nearest(name, slices.Values(known))
	switch {
	case ext == "md":
	case ext == "yaml" || ext == "yml" || ext == "chat" || dir == "intents" || dir == "intent" || dir == "tests" && ext == "txt":
		return misnamed, "", hint
	case dir == "" && hint != "":
		return misnamed, "", hint
	}
	return foreign, "", ""
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func between(s, before, after string) (message.Lang, bool) {
	s, ok := strings.CutPrefix(s, before)
	if !ok {
		return "", false
	}
	s, ok = strings.CutSuffix(s, after)
	return message.Lang(s), ok
}

func spoken(l message.Lang) bool { return slices.Contains(message.Langs(), l) }

// folderMistakes reports misnamed files and required ones that are missing,
// and lists the languages there are lines for.
func folderMistakes(r *report, names []string) []message.Lang {
	var langs []message.Lang
	has := map[role]bool{}
	for _, name := range names {
		role, lang, hint := roleOf(name)
		has[role] = true
		switch role {
		case someLines:
			langs = append(langs, lang)
		case misnamed:
			r.addNear(mark{file: name}, hint, "not a file of a flow: there are flow.yaml, catalog.yaml, lines.LANG.yaml, words.LANG.yaml, intents/NAME.LANG.txt, facts.csv and tests/NAME.chat, with LANG one of en, zh-Hans, zh-Hant")
		}
	}
	if !has[aFlow] {
		r.add(mark{file: flowName}, "the file is missing")
	}
	if !has[aCatalog] {
		r.add(mark{file: catalogName}, "the file is missing")
	}
	if !has[someLines] {
		r.add(mark{file: "lines.en.yaml"}, "the file is missing: a flow needs its words in at least one language")
	}
	for _, name := range names {
		if role, lang, _ := roleOf(name); role == someWords && has[someLines] && !slices.Contains(langs, lang) {
			r.add(mark{name, 1, 1}, "there is no %s: these words would never be said", linesName(lang))
		}
	}
	slices.SortFunc(langs, func(a, b message.Lang) int {
		return slices.Index(message.Langs(), a) - slices.Index(message.Langs(), b)
	})
	return langs
}
