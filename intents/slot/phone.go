package slot

import (
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
		if !plus && !open && !f.isNumber(i) {
			continue
		}
		last, digits := f.dialled(i)
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

// dialled reads digits with the marks that people put between them.
func (f *finder) dialled(i int) (int, string) {
	var b strings.Builder
	last := -1
	for k := i; k < len(f.t) && k < i+12; k++ {
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
	case n < 7 || n > 15:
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
	return f.calledPhone(first)
}

func (f *finder) calledPhone(i int) bool {
	for k := i - 1; k >= 0 && k >= i-5; k-- {
		if f.oneOf(k, "phone", "call", "tel", "mobile", "cell", "telephone", "whatsapp") {
			return true
		}
		if f.hanEndsAny(k+1, "电话", "手机", "手机号", "联系方式", "号码") {
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
	for i := 0; i < len(f.t); i++ {
		fig, ok := f.figureAt(i)
		if !ok {
			continue
		}
		last := i + fig.n - 1
		if !f.used[i] && fig.whole && len(fig.digits) <= 12 && (!fig.written || f.want == "number") && !f.hanEnds(i, "第") {
			f.put(message.Slot{Kind: message.SlotNumber, Amount: fig.cents / 100}, i, last)
		}
		i = last
	}
}

// wholes reads what only makes sense when it was asked for.
func (f *finder) wholes() {
	switch f.want {
	case "name":
		f.name()
	case "address":
		f.address()
	}
}

var nameOpeners = []string{"my name is", "my names", "the name is", "name is", "name", "i am", "this is", "it is", "call me", "im"}

// name takes what is left of a short text once "my name is" is gone.
func (f *finder) name() {
	first := f.skipGreeting(0)
	for _, o := range nameOpeners {
		if n := f.words(first, strings.Fields(o)); n > 0 {
			first += n
			break
		}
	}
	if _, n := f.hanAny(first, "我的名字是", "我的名字叫", "我名字叫", "我叫", "我姓", "我是", "叫我", "姓名", "名字是", "敝姓"); n > 0 {
		first += n
	}
	for first < len(f.t) && f.t[first].Kind == text.Punct {
		first++
	}
	last := first
	for last < len(f.t) && (f.t[last].Kind == text.Word || f.t[last].Kind == text.Han || f.t[last].Kind == text.Other || f.mark(last, "-") || f.mark(last, "·")) {
		last++
	}
	n := last - first
	if n == 0 || first < len(f.t) && (f.t[first].Kind == text.Han && n > 6 || f.t[first].Kind != text.Han && n > 4) || f.notAName(first) {
		return
	}
	f.put(message.Slot{Kind: message.SlotName, Text: f.doc.Span(first, last-1)}, first, last-1)
}

func (f *finder) skipGreeting(i int) int {
	for f.oneOf(i, "hi", "hello", "hey", "ok", "sure", "yes") || i < len(f.t) && f.t[i].Kind == text.Punct {
		i++
	}
	if _, n := f.hanAny(i, "你好", "您好", "好的"); n > 0 {
		i += n
	}
	for i < len(f.t) && f.t[i].Kind == text.Punct {
		i++
	}
	return i
}

func (f *finder) words(i int, words []string) int {
	for k, w := range words {
		if !f.word(i+k, w) {
			return 0
		}
	}
	return len(words)
}

// notAName keeps answers that are none from becoming a customer's name.
func (f *finder) notAName(i int) bool {
	if f.oneOf(i, "i", "do", "no", "not", "why", "what", "who", "yes", "ok", "never", "skip", "none", "nope", "where", "when", "how", "can", "could", "please", "the", "my", "you", "thanks", "thank", "stop", "help", "anonymous") {
		return true
	}
	_, n := f.hanAny(i, "不", "为什么", "没", "什么", "谁", "算", "我", "你", "怎么", "可以", "好", "谢", "随便", "保密")
	return n > 0
}

// address takes the whole text when it is long enough to be one.
func (f *finder) address() {
	if len(f.t) < 3 || len(f.hits) > 0 && f.hits[0].Kind == message.SlotEmail {
		return
	}
	number, place := false, false
	for i := range f.t {
		number = number || f.t[i].Kind == text.Number
		place = place || f.oneOf(i, "street", "st", "road", "rd", "avenue", "ave", "lane", "drive", "apt", "apartment", "square", "court", "floor", "house", "blvd", "way") ||
			f.t[i].Kind == text.Han && strings.Contains("路街号区市县省楼室巷弄村段幢栋", f.t[i].Norm)
	}
	if !number && !place {
		return
	}
	f.hits = nil
	clear(f.used)
	f.put(message.Slot{Kind: message.SlotAddress, Text: strings.TrimSpace(f.doc.Span(0, len(f.t)-1))}, 0, len(f.t)-1)
}
