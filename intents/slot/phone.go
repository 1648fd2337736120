package slot

import (
	"strconv"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/text"
)

// phones finds phone numbers: with a leading plus, behind a word for phone,
// in the shape of a mobile number, or asked for.
func (f *finder) phones() {
	for i := 0; i < len(f.t); i++ {
		if f.used[i] {
			continue
		}
		plus := f.mark(i, "+")
		open := f.mark(i, "(")
		said := f.spoken(i) != "" && (f.want == "phone" || f.calledPhone(i))
		if !plus && !open && !said && !f.isNumber(i) {
			continue
		}
		last, digits := f.dialled(i, said)
		if last < 0 {
			continue
		}
		if f.phone(i, last, digits, plus) {
			if plus {
				digits = "+" + digits
			}
			f.put(message.Slot{Kind: message.SlotPhone, Text: digits}, i, last)
		}
		i = last
	}
}

// dialled reads digits with the marks that people put between them; said lets
// digits in words stand among them.
func (f *finder) dialled(i int, said bool) (int, string) {
	var b strings.Builder
	last := -1
	for k := i; k < len(f.t) && k < i+16; k++ {
		if w := f.spoken(k); said && w != "" && !f.used[k] && b.Len() < 15 {
			b.WriteString(w)
			last = k
			continue
		}
		if f.isNumber(k) && !f.used[k] {
			if b.Len()+len(f.t[k].Norm) > 15 {
				break
			}
			b.WriteString(f.t[k].Norm)
			last = k
			continue
		}
		if f.t[k].Kind != text.Punct || !strings.Contains("+-() .", f.t[k].Norm) {
			break
		}
	}
	return last, b.String()
}

func (f *finder) phone(first, last int, digits string, plus bool) bool {
	n := len(digits)
	switch {
	case n < 7 || n > 15, strings.Trim(digits, digits[:1]) == "":
		return false
	case n == 10 && digits[0] == '1' && !plus: // one digit short in China, and none of America's begins so
		return false
	case plus, f.want == "phone":
		return true
	case n == 11 && digits[0] == '1' && digits[1] >= '3':
		return true
	case n == 10 && digits[:2] == "09":
		return true
	case n == 10 && last-first >= 4:
		return true
	}
	return f.calledPhone(first) || n >= 9 && f.ownNumber(first)
}

// spoken gives the digit that a word or a character stands for: "five", 幺.
func (f *finder) spoken(i int) string {
	switch t := &f.t[i]; t.Kind {
	case text.Word:
		if t.Norm == "zero" || t.Norm == "oh" {
			return "0"
		}
		if v, ok := englishUnit(t.Norm); ok && v > 0 && v < 10 {
			return strconv.FormatInt(v, 10)
		}
	case text.Han:
		if t.Norm == "幺" {
			return "1"
		}
		if v, ok := hanDigit(t.Norm); ok && v < 10 && t.Norm != "两" {
			return strconv.FormatInt(v, 10)
		}
	}
	return ""
}

// ownNumber says that a number is called the writer's own: who has an order
// says "my order number".
func (f *finder) ownNumber(i int) bool {
	return f.oneOf(i-3, "my") && f.oneOf(i-2, "number") && f.oneOf(i-1, "is")
}

func (f *finder) calledPhone(i int) bool {
	for k := i - 1; k >= 0 && k >= i-5; k-- {
		if f.oneOf(k, "phone", "call", "tel", "mobile", "cell", "telephone", "whatsapp", "ring", "dial", "contact") {
			return true
		}
		if f.hanEndsAny(k+1, "电话", "手机", "手机号", "联系方式", "号码", "座机", "市话", "微信", "热线", "传真") {
			return true
		}
	}
	return false
}

// numbers finds the whole numbers that are nothing else.
func (f *finder) numbers() {
	if f.want != "" && f.want != "number" && f.want != "order" {
		return
	}
	if f.want == "number" {
		f.counts()
	}
	for i := 0; i < len(f.t); i++ {
		fig, ok := f.figureAt(i)
		if !ok {
			continue
		}
		last := i + fig.n - 1
		if f.negative(i) || fig.written && f.phrase(i, last) {
			i = last
			continue
		}
		if _, k := f.hanAny(last+1, "几", "共", "定", "般", "起", "直", "些"); k > 0 && fig.written {
			continue // 十几个 is not ten, 一共 not one
		}
		if !f.used[i] && fig.whole && len(fig.digits) <= 12 && (!fig.written || f.want == "number") && !f.hanEnds(i, "第") {
			f.put(message.Slot{Kind: message.SlotNumber, Amount: fig.cents / 100}, i, last)
		}
		i = last
	}
}

// negative says that a minus stands before the digits at i.
func (f *finder) negative(i int) bool {
	return f.glued(i) && f.mark(i-1, "-") && !f.glued(i-1)
}

// phrase says that characters for a number are a piece of a saying that counts
// nothing: 一点都不, 十分感谢, 三十而立.
func (f *finder) phrase(first, last int) bool {
	if _, n := f.hanAny(last+1, "点都", "点也", "点儿", "点不", "而立", "分感谢", "分满意", "分抱歉", "分不", "分失望", "分生气", "分着急", "分愿意"); n > 0 {
		return true
	}
	return f.hanEndsAny(first, "乱七")
}
