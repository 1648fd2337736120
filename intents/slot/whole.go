package slot

import (
	"strings"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents/text"
)

// wholes reads what only makes sense when it was asked for.
func (f *finder) wholes() {
	switch f.want {
	case "name":
		f.name()
	case "address":
		f.address()
	}
}

var nameOpeners = []string{"my name is", "my names", "the name is", "name is", "name", "i am", "this is", "it is", "call me", "im", "my name"}

// name takes what is left of a short text once "my name is" is gone.
func (f *finder) name() {
	first := f.skipGreeting(0)
	for _, o := range nameOpeners {
		if n := f.words(first, strings.Fields(o)); n > 0 {
			first += n
			break
		}
	}
	if _, n := f.hanAny(first, "我的名字是", "我的名字叫", "我名字叫", "我叫", "我姓", "我是", "叫我", "姓名", "名字是", "敝姓", "免贵姓", "收件人", "联系人"); n > 0 {
		first += n
	}
	for first < len(f.t) && f.t[first].Kind == text.Punct {
		first++
	}
	first = f.skipTitle(first)
	last := first
	for last < len(f.t) && !f.oneOf(last, "please", "thanks", "here") && !f.tailOfName(last) && (f.t[last].Kind == text.Word || f.initial(last) || f.t[last].Kind == text.Han || f.t[last].Kind == text.Other || f.mark(last, "-") || f.mark(last, "·")) {
		last++
	}
	n := last - first
	if n == 0 || first < len(f.t) && (f.t[first].Kind == text.Han && n > 6 || f.t[first].Kind != text.Han && n > 4) || f.notAName(first) || f.noName(first, last) {
		return
	}
	f.put(message.Slot{Kind: message.SlotName, Text: f.doc.Span(first, last-1)}, first, last-1)
}

// skipTitle leaves out what a person is called besides: Mr, Dr.
func (f *finder) skipTitle(i int) int {
	if !f.oneOf(i, "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "madam") {
		return i
	}
	i++
	if f.mark(i, ".") {
		i++
	}
	return i
}

// tailOfName says that a courtesy stands behind a name: 叫我小王就行.
func (f *finder) tailOfName(i int) bool {
	_, n := f.hanAny(i, "就行", "就好", "就可以", "即可", "谢谢")
	return n > 0
}

// initial says that token i is the point behind a letter that stands for a
// name: John F. Kennedy.
func (f *finder) initial(i int) bool {
	return f.mark(i, ".") && f.glued(i) && len(f.t[i-1].Norm) == 1 && i+1 < len(f.t) && f.t[i+1].Kind == text.Word
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
	_, n := f.hanAny(i, "不", "为什么", "没", "什么", "谁", "算", "我", "你", "怎么", "可以", "好", "谢", "随便", "保密", "问", "干嘛", "有必要", "跳过")
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
	first, last := f.addressLead(), len(f.t)-1
	if f.tells(first, number && place) {
		return
	}
	for last > first && (f.oneOf(last, "please", "thanks", "pls") || f.t[last].Kind == text.Punct && !f.mark(last, ")")) {
		last--
	}
	if first > last {
		return
	}
	f.hits = nil
	clear(f.used)
	f.put(message.Slot{Kind: message.SlotAddress, Text: strings.TrimSpace(f.doc.Span(first, last))}, first, last)
}

// addressLeads are what people write before an address.
var addressLeads = []string{"my new address is", "the new address is", "new address is", "my address is", "the address is", "address is", "new address", "my address", "address", "please deliver it to", "please deliver to",
	"deliver it to", "deliver to", "please send it to", "send it to", "send to", "change it to", "it is", "it is now", "to", "we live at", "i live at"}

var addressLeadsHan = []string{"我的新地址是", "我的地址是", "新地址是", "收货地址是", "收件地址是", "地址改成", "地址改为", "地址换成", "地址是", "收货地址", "收件地址", "新地址", "地址", "请寄到", "请送到", "寄到", "送到", "改成", "改到", "改为", "换成", "发到", "我住在", "我住", "住在"}

// addressLead gives the token at which the address itself begins.
func (f *finder) addressLead() int {
	first := f.skipGreeting(0)
	for _, o := range addressLeads {
		if n := f.words(first, strings.Fields(o)); n > 0 {
			first += n
			break
		}
	}
	if _, n := f.hanAny(first, addressLeadsHan...); n > 0 {
		first += n
	}
	for first < len(f.t) && f.t[first].Kind == text.Punct {
		first++
	}
	return first
}

// noName says that what stands between first and last is a state, a deed or a
// jest: "I am angry", "call me later", 我是来退货的, 叫我爸爸.
func (f *finder) noName(first, last int) bool {
	if f.oneOf(first, "angry", "furious", "upset", "annoyed", "mad", "tired", "sad", "busy", "sick", "late", "later", "waiting", "back", "fine", "good", "so", "very", "really", "still", "sorry", "just",
		"call", "your", "a", "an", "this", "that", "it", "tomorrow", "today", "now", "soon", "asap", "anytime", "whatever", "nobody", "somebody", "someone", "looking", "trying", "asking", "done", "here", "in", "on", "at") {
		return true
	}
	for i := first + 1; i < last; i++ {
		if f.oneOf(i, "the", "my", "your", "is", "are", "was") {
			return true
		}
	}
	if _, n := f.hanAny(first, "爸爸", "妈妈", "爷爷", "老子", "祖宗", "大爷"); n > 0 && n == last-first {
		return true
	}
	return f.t[first].Norm == "无" && last == first+1 || f.t[first].Kind == text.Han && f.t[last-1].Norm == "的"
}

// tells says that a text tells or asks something instead of giving an address:
// "12 days late", "my street is flooded", 你们路上堵车吗. One with a number and a
// street may hold a sentence beside them.
func (f *finder) tells(first int, both bool) bool {
	for i := first; i < len(f.t); i++ {
		if _, n := f.hanAny(i, "等了", "吗", "为什么", "怎么", "什么时候", "还没", "堵车", "我等"); n > 0 {
			return true
		}
		if !both && f.oneOf(i, "is", "are", "was", "were", "days", "day", "weeks", "hours", "late", "why", "what", "when", "waiting", "waited", "been") {
			return true
		}
	}
	return false
}
