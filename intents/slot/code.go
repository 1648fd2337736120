package slot

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/text"
)

// emails finds mail addresses: pieces glued around an @ with a dot behind it.
func (f *finder) emails() {
	for i := range f.t {
		if !f.mark(i, "@") || f.used[i] {
			continue
		}
		first, last := i, i
		for f.glued(first) && f.mailPiece(first-1) {
			first--
		}
		for f.glued(last+1) && f.mailPiece(last+1) {
			last++
		}
		for last > i && f.t[last].Kind == text.Punct {
			last--
		}
		for first < i && f.t[first].Kind == text.Punct {
			first++
		}
		raw := norm.NFKC.String(f.doc.Raw[f.t[first].Start:f.t[last].End])
		at := strings.IndexByte(raw, '@')
		if first == i || last == i || at < 0 || !strings.Contains(raw[at:], ".") {
			continue
		}
		f.put(message.Slot{Kind: message.SlotEmail, Text: strings.ToLower(raw)}, first, last)
	}
}

func (f *finder) mailPiece(i int) bool {
	switch f.t[i].Kind {
	case text.Word, text.Number:
		return true
	case text.Punct:
		return strings.Contains("._-+%", f.t[i].Norm)
	}
	return false
}

// codes finds order numbers that are said to be one: a keyword, then four to
// ten digits, or letters and digits.
func (f *finder) codes() {
	for i := 0; i < len(f.t); i++ {
		n := f.orderWord(i)
		if n == 0 {
			continue
		}
		j := i + n
		for j < len(f.t) && j < i+n+4 && f.between(j) {
			j++
		}
		if last, id, ok := f.codeAt(j); ok {
			f.put(message.Slot{Kind: message.SlotOrder, Text: id}, j, last)
			i = last
		}
	}
}

// orderWord says how many tokens of a keyword for an order number stand at i.
func (f *finder) orderWord(i int) int {
	if f.oneOf(i, "order", "orders", "case", "ticket", "booking", "ref", "reference", "parcel", "tracking") || f.mark(i, "#") {
		return 1
	}
	if f.oneOf(i, "no") && f.mark(i+1, ".") {
		return 2
	}
	if f.t[i].Kind != text.Han {
		return 0
	}
	_, n := f.hanAny(i, "订单", "单号", "编号", "定单", "单子", "案号")
	return n
}

// between says that token j may stand between the keyword and the number.
func (f *finder) between(j int) bool {
	if f.t[j].Kind == text.Han {
		return strings.Contains("号码是为的编叫", f.t[j].Norm)
	}
	return f.mark(j, "#") || f.mark(j, ":") || f.mark(j, "-") || f.mark(j, ".") || f.mark(j, "\"") ||
		f.oneOf(j, "number", "no", "nr", "num", "id", "is", "the", "was", "ref", "reference", "code", "it")
}

// codeAt reads a code of letters, digits and dashes at token j.
func (f *finder) codeAt(j int) (int, string, bool) {
	if j >= len(f.t) || f.t[j].Kind != text.Number && f.t[j].Kind != text.Word {
		return 0, "", false
	}
	last, digits, n := j, 0, 0
	var b strings.Builder
	for k := j; k < len(f.t) && (k == j || f.glued(k)); k++ {
		switch f.t[k].Kind {
		case text.Number:
			digits += len(f.t[k].Norm)
			b.WriteString(f.t[k].Norm)
		case text.Word:
			b.WriteString(strings.ToUpper(f.t[k].Norm))
		default:
			if f.t[k].Norm != "-" || k+1 >= len(f.t) || !f.t[k+1].Glued || f.t[k+1].Kind != text.Number && f.t[k+1].Kind != text.Word {
				k = len(f.t)
				continue
			}
		}
		if k < len(f.t) && f.t[k].Kind != text.Punct {
			last = k
		}
		n++
	}
	id := b.String()
	plain := len(id) == digits
	if plain && (digits < 4 || digits > 14) || !plain && (digits < 1 || len(id) < 4 || len(id) > 14) || !ascii(id) {
		return 0, "", false
	}
	if plain && n > 1 {
		return 0, "", false // 2026-11-28 is a day
	}
	return last, id, true
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// orders finds order numbers that nothing announces: expected, standing alone
// in their clause, or named in passing ("my desk 52764 is late").
func (f *finder) orders() {
	for i := 0; i < len(f.t); i++ {
		if f.used[i] || i > 0 && f.glued(i) && f.t[i-1].Kind != text.Punct && f.t[i-1].Kind != text.Han {
			continue
		}
		last, id, ok := f.codeAt(i)
		if !ok || f.used[last] || f.glued(last+1) && f.mark(last+1, "@") {
			continue
		}
		if f.otherNumber(i) {
			i = last
			continue
		}
		bare := f.t[i].Kind == text.Number && last == i
		n := len(id)
		switch {
		case f.want == "order" && (bare && n >= 4 && n <= 14 || !bare && !f.product(i, last, id)),
			f.want == "" && bare && n >= 5 && n <= 8 && f.clauseOfItsOwn(i) && !f.offered(),
			f.want == "" && bare && n >= 5 && n <= 8 && f.announced(i),
			f.want == "" && bare && n >= 5 && n <= 8 && f.inPassing(id),
			f.want == "" && !bare && f.mark(i+1, "-") && n >= 5 && n <= 8:
			f.put(message.Slot{Kind: message.SlotOrder, Text: id}, i, last)
		}
		i = last
	}
}

// product says that letters and digits name a thing rather than an order:
// iphone15, covid19. They are a word in small letters with a number of up to
// two digits behind it, where a shop's own codes stand in capitals.
func (f *finder) product(first, last int, id string) bool {
	raw := f.doc.Raw[f.t[first].Start:f.t[last].End]
	letters := strings.TrimRight(raw, "0123456789")
	return len(raw) == len(id) && len(letters) >= 4 && len(raw)-len(letters) <= 2 && strings.Trim(letters[1:], "abcdefghijklmnopqrstuvwxyz") == ""
}

// otherNumber says that a number is named as one that is no order's: a
// postcode, a tax number.
func (f *finder) otherNumber(i int) bool {
	return f.hanEndsAny(i, "邮编", "邮政编码", "邮递区号", "统编", "统一编号", "税号", "身份证", "身份证号", "尾号", "末四码", "验证码") ||
		f.oneOf(i-1, "zip", "zipcode", "postcode", "postal", "pin", "otp")
}

// offered says that a bare number answers an open offer of money instead.
func (f *finder) offered() bool {
	return f.o.Expect.Currency != "" && (f.o.Expect.Kind == "yesno" || f.o.Expect.Kind == "choice") && len(f.t) == 1
}

// inPassing says that a number within a sentence may be an order's: only while
// nothing is on offer, where it could be meant as money, only the first, and
// not a round figure, which counts something.
func (f *finder) inPassing(id string) bool {
	open := f.o.Expect.Currency != "" && (f.o.Expect.Kind == "yesno" || f.o.Expect.Kind == "choice")
	if open || strings.HasSuffix(id, "000") {
		return false
	}
	for _, h := range f.hits {
		if h.Kind == message.SlotOrder {
			return false
		}
	}
	return true
}

// clauseOfItsOwn says that marks or the ends of the text enclose the number.
func (f *finder) clauseOfItsOwn(i int) bool {
	if f.alone(i, i) {
		return true
	}
	before := i == 0 || f.t[i-1].Kind == text.Punct && (!f.glued(i) || f.mark(i-1, ",") && !f.isNumber(i-2))
	after := i+1 == len(f.t) || f.t[i+1].Kind == text.Punct
	return before && after
}

// announced says that "it's" or 是 stands before the number.
func (f *finder) announced(i int) bool {
	return f.oneOf(i-1, "is", "was", "meant", "mean") || f.hanEndsAny(i, "是", "应该是", "改成", "换成")
}
