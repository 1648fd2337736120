package intents

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An assent passes only if everything in the text is accounted for, and signs
// are no exception: a sign nobody here knows may be a refusal ("ok ⛔"), disgust
// ("ok 💩") or a jest ("ok 🤡"). So the signs that may stand beside an assent
// are listed, and every other one spoils it. That costs a question; the other
// way round costs a promise nobody asked for.

// kindly are the signs of assent, thanks, joy and affection, and a few that
// say nothing at all.
const kindly = "👍👌🙏🤝🙌👏💪✌🤞🤙👊🫡🫶🫰👋🙋🙆🙇✋🤲💯🆗" +
	"😊🙂😄😃😀😁😆😉☺😌🤗🥰😍😘😇😋😎🤩🥳😸😺😻" +
	"❤🧡💛💚💙💜🤍🤎♥💕💖💗💓💞💝💐🌹🌷🌸🌺🌻🌼🍀🍻🥂☕🍵🎂" +
	"✅✔☑🎉🎊✨⭐🌟☀🌞🌈🎁🔥🚀📦🚚🏠📞📱💡🛋🔧📝⏰📅❗❕♀♂"

// plainMarks are the marks that people write with. Signs of arithmetic and of
// programs are missing on purpose: "ok != ok", "> ok" and "¬ok" are no assents.
const plainMarks = "!\"#$%&'()*+,-./:;?@[]^_`~" +
	"。，、！？：；～〜—–―‐‑‒·・•…‥“”‘’„«»「」『』《》〈〉【】〔〕（）﹏￥¥€£′ʼ´"

var (
	// smiles are the only signs made of marks that agree.
	smiles = regexp.MustCompile(`[:;=]['’]?-?[)D]+|\^[_.]?\^|<3|\(\^[_o.]\^\)|[(（][:;=]`)
	// frowns are made of marks that would pass one by one.
	frowns = regexp.MustCompile(`[:;]['’]?-?[(\[/@*]+(\s|[^\pL\d/]|$)|(^|\s)\)-?['’]?:|(^|\s)-[_.]*_[_.]*-|(^|\s)[._]?[TtQ;]_[TtQ;]`)
	// struck is how chat programs write words that are crossed out.
	struck = regexp.MustCompile(`(^|[\s\p{P}])(~~?)[\pL\d][^~\n]*(~~?)([\s\p{P}]|$)`)
	// denies is a mark of programs that means "not".
	denies = regexp.MustCompile(`(^|\s)[!！][\pL\d]`)
	// scare are quotes around the assent itself, with other words beside them:
	// so "ok" it is.
	scare = regexp.MustCompile(`[\pL\d][ ,]*["“「](?i:ok|okay|yes|yeah|fine|sure|great|deal|good|可以|好|好的|行|同意)[.!]?["”」]|["“「](?i:ok|okay|yes|yeah|fine|sure|great|deal|good|可以|好|好的|行|同意)[.!]?["”」][ ,]*[\pL\d]`)
)

// spoilt says that a text shows something an assent does not hold: an unknown
// sign, letters struck out or shown in another order, bytes that are no text,
// or a question mark before the first word.
func spoilt(raw string) bool {
	if frowns.MatchString(raw) || struck.MatchString(raw) || denies.MatchString(raw) || scare.MatchString(raw) || questioned(raw) {
		return true
	}
	if strings.ContainsAny(raw, "=<^") {
		raw = smiles.ReplaceAllString(raw, " ")
	}
	for i, r := range raw {
		if r == utf8.RuneError {
			return true // bytes in another encoding may have been a "not"
		}
		if r >= utf8.RuneSelf && !passes(r) || r < utf8.RuneSelf && !passesASCII(raw[i]) {
			return true
		}
	}
	return false
}

func passesASCII(c byte) bool {
	switch {
	case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c <= ' ', c == 0x7f:
		return true
	}
	return strings.IndexByte(plainMarks, c) >= 0
}

// passes says that a character beyond ASCII is a letter, which the phrases
// weigh, or a sign that spoils no assent.
func passes(r rune) bool {
	if r >= '！' && r <= '～' {
		r -= '！' - '!'
		return passesASCII(byte(r))
	}
	switch {
	case strikes(r), reverses(r):
		return false
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsSpace(r), unicode.In(r, unicode.Mn, unicode.Cf, unicode.Cc):
		return true
	case r == 0x20e3, r >= 0x1f3fb && r <= 0x1f3ff: // the frame of a keycap; tones of skin
		return true
	}
	return strings.ContainsRune(plainMarks, r) || strings.ContainsRune(kindly, r)
}

// strikes says that r is drawn across the letter before it or around it, as in
// y̶e̶s̶ and ok⃠.
func strikes(r rune) bool {
	return r >= 0x334 && r <= 0x338 || r >= 0x20d2 && r <= 0x20ff && r != 0x20e3 || r == 0x489
}

// reverses says that r shows what follows from right to left: what a person sees
// is another text than the one that is read. The mark that Arabic and Hebrew
// keyboards add to a single letter reverses nothing.
func reverses(r rune) bool {
	switch r {
	case 0x202b, 0x202d, 0x202e, 0x2067:
		return true
	}
	return false
}

// questioned says that a text begins with a question mark: none of its clauses
// ends with it, and the whole is doubted.
func questioned(raw string) bool {
	for _, r := range raw {
		switch {
		case asksMark(r):
			return true
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return false
		}
	}
	return false
}

func asksMark(r rune) bool {
	switch r {
	case '?', '？', '¿', '؟', '‽', '⁇', '⁈', '⁉', '⸮', '❓', '❔', '︖', '﹖':
		return true
	}
	return false
}
