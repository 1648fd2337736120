package flow

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/accord-chat/accord/dialog/message"
)

// A line that is written in each language must say the same in each. What can be
// seen of that without reading: the amounts and times it names, and the script
// it is written in.

// translations compares the wordings of each line.
func (l *linter) translations() {
	byKey := map[string]map[message.Lang][]wording{}
	foreign := map[message.Lang][]wording{}
	for _, w := range l.words {
		if byKey[w.key] == nil {
			byKey[w.key] = map[message.Lang][]wording{}
		}
		byKey[w.key][w.lang] = append(byKey[w.key][w.lang], w)
		if l.script(w) {
			foreign[w.lang] = append(foreign[w.lang], w)
		}
	}
	for _, lang := range l.flow.langs {
		if all := foreign[lang]; len(all) > 1 { // a file that was copied and not translated yet
			l.doubt("language", all[0].whole(), Finding{Lang: lang, Better: "write it in Chinese"}, "line %q and %d more are not written in %s", all[0].key, len(all)-1, lang)
		} else if len(all) == 1 {
			l.doubt("language", all[0].whole(), Finding{Lang: lang, Better: "write it in Chinese"}, "line %q is not written in %s", all[0].key, lang)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		for _, from := range l.flow.langs {
			for _, to := range l.flow.langs {
				l.dropped(byKey[key][from], byKey[key][to])
			}
		}
	}
}

// dropped finds amounts and times that one language always names, and another
// never: a promise without its day.
func (l *linter) dropped(from, to []wording) {
	if len(from) == 0 || len(to) == 0 || from[0].lang == to[0].lang || !slices.Contains(binding, from[0].family()) {
		return
	}
	var gone []string
	for name := range weighty(outright(from[0].say)) {
		always := !slices.ContainsFunc(from, func(w wording) bool { return !weighty(outright(w.say))[name] })
		ever := slices.ContainsFunc(to, func(w wording) bool { return weighty(w.say)[name] })
		if always && !ever {
			gone = append(gone, "{"+name+"}")
		}
	}
	if len(gone) > 0 {
		w := to[0]
		l.doubt("language", w.whole(), Finding{Lang: w.lang, Better: "name it here too, or leave it out there"}, "line %q does not say %s, which %s says", w.key, listed(slices.Values(gone)), from[0].lang)
	}
}

// binding are the families of lines that say what is promised, and by when.
var binding = []string{"term", "grant", "goodwill", "agree", "shelve", "shelved", "promise", "promised", "wait"}

// outright is a text without what it says under a condition only.
func outright(t template) template {
	return slices.DeleteFunc(slices.Clone(t), func(p part) bool { return p.mark != 0 })
}

// weighty are the amounts and times in a text.
func weighty(t template) map[string]bool {
	out := map[string]bool{}
	t.uses(func(p part) {
		base, _, _ := strings.Cut(p.name, ".")
		timed := p.filter == "money" || p.filter == "day" || p.filter == "when" || p.filter == "clock"
		if p.mark == 0 && p.name != "now" && (timed || base == "pay" || base == "by" || base == "terms") {
			out[p.name] = true
		}
	})
	return out
}

// script finds characters that are not written so in their file's language, and
// says whether the whole text is written in another script.
func (l *linter) script(w wording) (foreign bool) {
	if w.family() == "lang" {
		return false
	}
	text := []rune(w.node.Value)
	other, latin, han := otherScript(w.lang), 0, false
	depth := 0
	for i, r := range text {
		switch {
		case r == '{':
			depth++
		case r == '}':
			depth--
		case unicode.Is(unicode.Han, r):
			han = true
			if w.lang == message.English || other[r] {
				l.doubt("language", w.at(i), Finding{Lang: w.lang, Better: "write it as people read it there"}, "%q is not written so in %s, in line %q", string(r), w.lang, w.key)
				return false
			}
		case depth == 0 && r < unicode.MaxLatin1 && unicode.IsLetter(r):
			latin++
		}
	}
	return w.lang.Chinese() && !han && latin > 12
}

// otherScript are characters that are written otherwise where a Chinese language
// is read.
func otherScript(lang message.Lang) map[rune]bool {
	out := map[rune]bool{}
	for i, r := range []rune(twins) {
		if (i%2 == 0) == (lang == message.Traditional) && lang.Chinese() {
			out[r] = true
		}
	}
	return out
}

// twins are pairs of a simplified character and its traditional twin, of those
// that are frequent and stand for nothing else in the other script.
const twins = "们們这這个個时時为為来來对對会會说說没沒还還过過发發开開间間问問应應该該给給让讓样樣点點无無与與从從现現经經实實电電话話单單订訂货貨贵貴换換请請谢謝宽寬达達运運费費门門号號听聽买買卖賣变變边邊长長车車书書东東动動关關" +
	"观觀广廣规規国國汉漢机機积積计計记記见見将將较較结結尽盡进進觉覺决決课課亏虧劳勞乐樂类類离離联聯两兩临臨录錄满滿难難评評齐齊钱錢轻輕热熱认認伤傷设設声聲师師试試属屬数數随隨岁歲态態体體条條头頭图圖网網维維温溫稳穩线線项項响響" +
	"写寫兴興选選压壓严嚴养養业業页頁医醫义義异異银銀员員园園远遠愿願约約杂雜则則张張证證执執质質终終众眾转轉装裝状狀资資总總组組释釋陆陸诉訴误誤详詳责責额額简簡报報补補标標别別产產场場厂廠偿償称稱诚誠处處传傳带帶担擔当當导導递遞" +
	"断斷独獨队隊儿兒坏壞欢歡获獲击擊价價减減检檢讲講紧緊惊驚旧舊据據库庫块塊礼禮历歷领領闹鬧频頻启啟区區权權确確扰擾软軟赔賠顾顧归歸护護坚堅亲親务務虽雖节節办辦帮幫备備宾賓层層测測尝嘗迟遲冲衝错錯恼惱"
