package message

import "strings"

// Lang is one of the languages Accord speaks, as a BCP 47 tag.
type Lang string

// The languages of the default flows.
const (
	English     Lang = "en"
	Simplified  Lang = "zh-Hans"
	Traditional Lang = "zh-Hant"
)

// Langs lists the languages in a fixed order.
func Langs() []Lang { return []Lang{English, Simplified, Traditional} }

// Chinese says whether l is written in Chinese characters.
func (l Lang) Chinese() bool { return l == Simplified || l == Traditional }

// ParseLang maps a platform's language hint (an IETF tag such as "zh-TW" or
// "en-GB") to a language we speak. An unknown or empty tag gives "".
func ParseLang(tag string) Lang {
	t := strings.ToLower(strings.ReplaceAll(tag, "_", "-"))
	switch {
	case t == "en" || strings.HasPrefix(t, "en-"):
		return English
	case strings.HasPrefix(t, "zh-hant"), strings.HasPrefix(t, "zh-tw"), strings.HasPrefix(t, "zh-hk"), strings.HasPrefix(t, "zh-mo"):
		return Traditional
	case t == "zh" || strings.HasPrefix(t, "zh-"):
		return Simplified
	}
	return ""
}
