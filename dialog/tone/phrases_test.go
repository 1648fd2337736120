package tone

import (
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/message"
)

// Every phrase is found as it stands in its table, under its own rule: a
// longer phrase of another rule would hide it, a character that folding
// changes would make it deaf.
func TestEveryPhraseIsFound(t *testing.T) {
	for _, lang := range message.Langs() {
		rules := For(lang)
		for _, p := range tableOf(lang) {
			for _, w := range p.words {
				for _, phrase := range spelled(w) {
					found := rules.Check(phrase)
					switch {
					case p.rule == harmless && len(found) > 0:
						t.Errorf("%s: the harmless %q gives %v", lang, phrase, found)
					case p.rule != harmless && (len(found) != 1 || found[0].Rule != p.rule || found[0].Match != phrase):
						t.Errorf("%s %s: %q gives %v", lang, p.rule, phrase, found)
					}
				}
			}
		}
	}
}

// A better wording must not break the rules itself, and is written in its
// language: with its own marks, and in Taiwan's or the mainland's characters.
func TestBetterWordingsAreGood(t *testing.T) {
	for _, lang := range message.Langs() {
		for _, p := range tableOf(lang) {
			if p.rule == harmless {
				if p.better != "" {
					t.Errorf("%s: the harmless %v has a better wording", lang, p.words)
				}
				continue
			}
			if p.better == "" {
				t.Errorf("%s %s: nothing better is named for %v", lang, p.rule, p.words)
			}
			if found := Check(lang, p.better); len(found) > 0 {
				t.Errorf("%s %s: the better %q breaks %v", lang, p.rule, p.better, found)
			}
			if lang.Chinese() && strings.ContainsAny(p.better, ",.?!:;") {
				t.Errorf("%s: %q has half-width marks", lang, p.better)
			}
		}
	}
}
