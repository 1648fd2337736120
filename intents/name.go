package intents

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/text"
)

// name reads the name customers give themselves: "I'm Mei", "Ken here", 我叫陈静,
// 我是林小姐. It would rather miss one than call somebody "Angry": a bare "I am
// …" needs a capital letter and nothing behind it, a Chinese name begins with a
// surname.
func (a *analysis) name() (message.Slot, bool) {
	for i := range a.doc.Tokens {
		first, last, ok := a.nameAt(i)
		if !ok {
			continue
		}
		words := strings.TrimSpace(a.doc.Span(first, last))
		if words == "" || utf8.RuneCountInString(words) > maxNameRunes {
			continue
		}
		a.note("name")
		return message.Slot{Kind: message.SlotName, Text: words, Span: words}, true
	}
	return message.Slot{}, false
}

const maxNameRunes = 40

// nameAt gives the tokens of the name that the words at i announce.
func (a *analysis) nameAt(i int) (first, last int, ok bool) {
	switch t := a.doc.Tokens; {
	case a.words(i, "my", "name", "is"):
		return a.latinName(i+3, true)
	case a.words(i, "my", "name"): // "my name's Mei" has lost its ending
		return a.latinName(i+2, false)
	case a.words(i, "call", "me"):
		return a.latinName(i+2, true)
	case a.words(i, "i", "am"), a.words(i, "this", "is"):
		return a.latinName(i+2, false)
	case t[i].Kind == text.Word && (i == 0 || t[i-1].Kind == text.Punct) && a.words(i+1, "here") && a.endsAt(i+2):
		return i, i, a.properNoun(i)
	case t[i].Norm == "我":
		return a.hanName(i)
	}
	return 0, 0, false
}

// words says that these words stand at i.
func (a *analysis) words(i int, words ...string) bool {
	t := a.doc.Tokens
	if i+len(words) > len(t) {
		return false
	}
	for k, w := range words {
		if t[i+k].Norm != w {
			return false
		}
	}
	return true
}

// endsAt says that nothing but a mark stands at i.
func (a *analysis) endsAt(i int) bool {
	return i >= len(a.doc.Tokens) || a.doc.Tokens[i].Kind == text.Punct || a.doc.Tokens[i].Kind == text.Emoji
}

// latinName is one to three words with a capital letter, or, where it was
// announced as a name, one in any letters.
func (a *analysis) latinName(i int, announced bool) (first, last int, ok bool) {
	t := a.doc.Tokens
	last = i - 1
	for last+1 < len(t) && last-i < 2 && t[last+1].Kind == text.Word && a.properNoun(last+1) {
		last++
	}
	switch {
	case last < i && announced:
		return a.smallName(i)
	case last < i:
		return 0, 0, false
	case announced, a.endsAt(last + 1):
		return i, last, true
	}
	return i, last, slices.Contains([]string{"and", "from", "here", "again", "with", "speaking", "writing"}, t[last+1].Norm)
}

// smallName is an announced name in small letters: one word or two, up to the
// end of the clause or an "and".
func (a *analysis) smallName(i int) (first, last int, ok bool) {
	t := a.doc.Tokens
	for last = i; last < i+2 && last < len(t) && t[last].Kind == text.Word && !isNoName(t[last].Norm); last++ {
		if a.endsAt(last+1) || t[last+1].Norm == "and" {
			return i, last, true
		}
	}
	return 0, 0, false
}

// properNoun says that a word is written like a name and is no other word that
// often stands there.
func (a *analysis) properNoun(i int) bool {
	t := a.doc.Tokens[i]
	raw := a.doc.Raw[t.Start:t.End]
	first, size := utf8.DecodeRuneInString(raw)
	return unicode.IsUpper(first) && size < len(raw) && !t.Shout && !isNoName(t.Norm)
}

// isNoName lists what people say they are, or what "this" is, with a capital
// letter.
func isNoName(w string) bool {
	return slices.Contains([]string{"i", "angry", "furious", "sorry", "done", "here", "there", "not", "so", "very", "too", "late", "waiting", "fine", "good", "ok", "okay",
		"happy", "unhappy", "upset", "sick", "tired", "ridiculous", "unacceptable", "terrible", "awful", "bad", "annoyed", "disappointed", "disgusted", "still", "just",
		"really", "sure", "ready", "back", "now", "later", "today", "tomorrow", "again", "when", "please", "asap", "by", "home", "out", "always", "only", "the", "a", "an", "my", "your", "it", "that", "what", "why", "how", "anyone", "anybody",
		"someone", "somebody", "nobody", "nothing", "everyone", "hello", "hi", "yes", "no", "please", "thanks", "order", "new", "old", "broken", "damaged", "interested",
		"looking", "trying", "calling", "writing", "asking", "missing", "afraid", "glad", "pregnant", "urgent", "monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday", "sunday", "english", "chinese", "american", "about", "for", "in", "on", "at", "from", "back", "when", "where", "who", "customer", "human", "over"}, w)
}

// hanName reads 我叫…, 我的名字是…, 我姓…, 我是…小姐 and 我是 with a whole name.
func (a *analysis) hanName(i int) (first, last int, ok bool) {
	t := a.doc.Tokens
	for _, lead := range []string{"我的名字叫", "我的名字是", "我名字叫", "我叫", "我姓", "我是"} {
		n := utf8.RuneCountInString(lead)
		if !a.han(i, lead) {
			continue
		}
		first = i + n
		last = first - 1
		for last+1 < len(t) && last-first < 5 && t[last+1].Kind == text.Han {
			last++
		}
		return a.hanNameIn(lead, first, last)
	}
	if a.words(i, "我", "叫") || a.words(i, "我", "是") {
		return a.latinName(i+2, false)
	}
	return 0, 0, false
}

// han says that these characters stand at i.
func (a *analysis) han(i int, chars string) bool {
	for _, r := range chars {
		if i >= len(a.doc.Tokens) || a.doc.Tokens[i].Norm != string(r) {
			return false
		}
		i++
	}
	return true
}

// hanNameIn finds the name in a run of characters behind its lead.
func (a *analysis) hanNameIn(lead string, first, last int) (int, int, bool) {
	for last >= first && strings.Contains("啊呀哦喔啦哈的", a.doc.Tokens[last].Norm) {
		last--
	}
	n := last - first + 1
	if n < 1 {
		return a.latinName(first, false)
	}
	run := ""
	for i := first; i <= last; i++ {
		run += a.doc.Tokens[i].Norm
	}
	for _, title := range []string{"小姐", "先生", "女士", "太太", "老师", "阿姨"} {
		if family, _, found := strings.Cut(run, title); found && surname(family) > 0 && utf8.RuneCountInString(family) <= 4 {
			return first, first + utf8.RuneCountInString(family+title) - 1, true
		}
	}
	s := surname(run)
	switch {
	case s == 0 || !a.endsAt(first+n):
		return 0, 0, false
	case lead == "我姓":
		return first, last, n == s
	case lead == "我是":
		return first, last, n > s && n <= s+2 && !strings.Contains("一二三四五六日天末期中卡领牛级档管总在从于要有没不", a.doc.Tokens[first+s].Norm)
	}
	return first, last, n > s && n <= s+2
}

// surname gives how many characters of s are a surname, 0 for none. The short
// form 小周, 阿明 counts as one.
func surname(s string) int {
	r := []rune(s)
	switch {
	case len(r) == 0:
		return 0
	case len(r) > 1 && slices.Contains([]string{"欧阳", "上官", "司马", "诸葛", "司徒", "东方", "夏侯", "张简", "范姜"}, string(r[:2])):
		return 2
	case strings.ContainsRune(surnames, r[0]), len(r) == 2 && strings.ContainsRune("小阿", r[0]):
		return 1
	}
	return 0
}

const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万覃武钱戴严莫孔向汤温柯庄游詹简纪施洪赖涂翁"
