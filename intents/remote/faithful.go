package remote

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/text"
)

// maxLine is the most characters of a reworded line. It stays well below what the
// strictest platform shows in one message, with other lines beside it.
const maxLine = 400

// faithful says whether is may be said in place of was: as far as words show it,
// both state, ask and promise the same. What it cannot judge it refuses, because
// the line that was written by a person is always there to be said.
func faithful(lang message.Lang, was, is string) bool {
	return bounded(was, is) && sameScript(lang, was, is) && !linked(is) &&
		same(numbers(was), numbers(is)) && same(names(was), names(is)) &&
		asks(was) == asks(is) && denials(lang, was) == denials(lang, is) && commits(lang, was, is)
}

// bounded holds length and shape: one paragraph of plain, visible text.
func bounded(was, is string) bool {
	w, n := utf8.RuneCountInString(was), utf8.RuneCountInString(is)
	if !utf8.ValidString(is) || n < max(1, w/3) || n > min(w+max(w/2, 20), maxLine) {
		return false
	}
	for _, r := range is {
		if !unicode.IsPrint(r) && r != '\u3000' || strings.ContainsRune("{}[]<>`*_|#\\", r) && !strings.ContainsRune(was, r) {
			return false
		}
		if unicode.In(r, unicode.So, unicode.Sk) && !strings.ContainsRune(was, r) { // emoji
			return false
		}
	}
	return norm.NFC.IsNormalString(is)
}

// sameScript wants the language of the line: no Han in English, no English words
// in Chinese that were not there, and no character of the other way of writing
// Chinese.
func sameScript(lang message.Lang, was, is string) bool {
	for _, r := range is {
		han := unicode.Is(unicode.Han, r)
		known := strings.ContainsRune(was, r)
		switch {
		case known || !unicode.IsLetter(r):
		case lang.Chinese() != han, !lang.Chinese() && !unicode.Is(unicode.Latin, r):
			return false
		}
	}
	if !lang.Chinese() {
		return true
	}
	got := text.Parse(is).Lang(lang)
	return got == lang && same(latin(was), latin(is))
}

var (
	latinWord = regexp.MustCompile(`\p{Latin}+`)
	digits    = regexp.MustCompile(`[\p{Sc}%％]|\p{Nd}+(?:[.,:：/]\p{Nd}+)*`)
	spelled   = regexp.MustCompile(`(?i)\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|hundred|thousand|half|dozen|double|twice|once|first|second|third)\b`)
	hanNumber = regexp.MustCompile(`[零〇一二两兩三四五六七八九十百千万萬半]+`)
	// oneOfNone are words with a numeral in them that counts nothing.
	oneOfNone = strings.NewReplacer("一下", "", "一些", "", "一点", "", "一點", "", "一起", "", "一样", "", "一樣", "", "一直", "", "万一", "", "萬一", "", "十分", "", "千万", "", "千萬", "")
	links     = regexp.MustCompile(`(?i)://|www\.|@|＠|\pL[.。．](?:com|net|org|io|cn|tw|hk|me|app|shop|link)\b`)
)

func latin(s string) []string { return latinWord.FindAllString(strings.ToLower(s), -1) }

// numbers are all amounts, counts, dates and hours of a line, as they are written.
func numbers(s string) []string {
	out := digits.FindAllString(s, -1)
	out = append(out, spelled.FindAllString(strings.ToLower(s), -1)...)
	return append(out, hanNumber.FindAllString(oneOfNone.Replace(s), -1)...)
}

// names are words that begin with a capital where no sentence begins.
func names(s string) []string {
	var out []string
	start := true
	for _, w := range strings.Fields(s) {
		bare := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		r, _ := utf8.DecodeRuneInString(bare)
		if !start && unicode.IsUpper(r) && bare != "I" && !strings.HasPrefix(bare, "I'") && !strings.HasPrefix(bare, "I’") {
			out = append(out, bare)
		}
		start = strings.ContainsAny(w[len(w)-1:], ".!?:")
	}
	return out
}

func linked(s string) bool { return links.MatchString(s) }

// asks counts the questions of a line.
func asks(s string) int { return strings.Count(s, "?") + strings.Count(s, "？") }

var (
	denialEn = regexp.MustCompile(`(?i)\b(?:no|not|never|none|nothing|nobody|neither|nor|without|cannot|unable|unfortunately)\b|n['’]t\b`)
	denialZh = regexp.MustCompile(`[不没沒无無未别別勿非莫]`)
)

func denials(lang message.Lang, s string) int {
	if lang.Chinese() {
		return len(denialZh.FindAllString(s, -1))
	}
	return len(denialEn.FindAllString(s, -1))
}

// commitments are words that promise, grant, hurry or give certainty. A line may
// keep those it has, and gains none.
var (
	commitEn = regexp.MustCompile(`(?i)\b(?:guarantee\w*|promis\w+|assur\w+|ensur\w+|definite\w*|certain\w*|sure\w*|always|never|will|shall|must|['’]ll|going to|refund\w*|free|gift\w*|discount\w*|voucher\w*|coupon\w*|compensat\w+|replac\w+|pay\w*|paid|credit\w*|cancel\w*|deliver\w*|send|sent|ship\w*|today|tonight|tomorrow|now|immediate\w*|instant\w*|soon\w*|asap|shortly|within|by|before|until|minute\w*|hour\w*|day\w*|week\w*|month\w*|fault\w*|liab\w+|agree\w*|accept\w*|approv\w+|confirm\w*|yes)\b|['’]ll\b`)
	commitZh = regexp.MustCompile(`保证|保證|承诺|承諾|一定|肯定|绝对|絕對|必定|必然|务必|務必|确保|確保|包您|会|會|将|將|马上|馬上|立即|立刻|即刻|尽快|盡快|儘快|很快|今天|今日|今晚|明天|明日|分钟|分鐘|小时|小時|之内|之內|以内|以內|天内|天內|退款|退钱|退錢|退费|退費|赔|賠|补偿|補償|免费|免費|赠|贈|折扣|优惠|優惠|同意|接受|批准|确认|確認|取消|发货|發貨|出貨|寄|换新|換新|责任|責任`)
)

func commits(lang message.Lang, was, is string) bool {
	form := commitEn
	if lang.Chinese() {
		form = commitZh
	}
	had := form.FindAllString(strings.ToLower(was), -1)
	for _, w := range form.FindAllString(strings.ToLower(is), -1) {
		i := slices.Index(had, w)
		if i < 0 {
			return false
		}
		had = slices.Delete(had, i, i+1)
	}
	return true
}

// same compares two lists in whatever order.
func same(a, b []string) bool { return maps.Equal(count(a), count(b)) }

func count(list []string) map[string]int {
	n := map[string]int{}
	for _, s := range list {
		n[s]++
	}
	return n
}
