package flow

import (
	"strconv"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// operator compares what a fact or slot holds with a value.
type operator string

// The operators. is and not compare texts (without regard to case), numbers
// or times; lt to ge numbers; before, after and by times, and by whole days
// where either side is one. by means not after.
const (
	opIs      operator = "is"
	opNot     operator = "not"
	opLess    operator = "lt"
	opAtMost  operator = "le"
	opMore    operator = "gt"
	opAtLeast operator = "ge"
	opBefore  operator = "before"
	opAfter   operator = "after"
	opBy      operator = "by"
	opKnown   operator = "known"
	opUnknown operator = "unknown"
)

var operators = map[string]operator{"is": opIs, "not": opNot, "lt": opLess, "le": opAtMost, "gt": opMore, "ge": opAtLeast,
	"before": opBefore, "after": opAfter, "by": opBy, "known": opKnown, "unknown": opUnknown}

func (o operator) numeric() bool {
	return o == opLess || o == opAtMost || o == opMore || o == opAtLeast
}
func (o operator) timely() bool { return o == opBefore || o == opAfter || o == opBy }
func (o operator) unary() bool  { return o == opKnown || o == opUnknown }

// condition is a compiled condition. The nil condition always holds.
//
// A comparison one side of which is missing, or cannot be compared in the
// operator's way, does not hold, whatever the operator: what is not known
// decides nothing. So "op: not" needs the fact to be known, while
// "not: {...}" around a comparison holds where the fact is missing.
type condition struct {
	all, any []*condition
	not      *condition
	left     operand
	op       operator
	right    operand
}

// operand is a side of a comparison: a fact, a slot, something of the wish that
// is weighed, or text that stands for itself; with moment set it is a time.
type operand struct {
	fact, slot, wish, text string
	moment                 *momentExpr
}

// holds decides the condition in env.
func (c *condition) holds(env Env, usual string) bool {
	switch {
	case c == nil:
		return true
	case c.not != nil:
		return !c.not.holds(env, usual)
	case c.all != nil:
		for _, k := range c.all {
			if !k.holds(env, usual) {
				return false
			}
		}
		return true
	case c.any != nil:
		for _, k := range c.any {
			if k.holds(env, usual) {
				return true
			}
		}
		return false
	}
	return c.compare(env, usual)
}

func (c *condition) compare(env Env, usual string) bool {
	left, known := c.left.value(env, usual)
	if c.op.unary() {
		return known == (c.op == opKnown)
	}
	right, ok := c.right.value(env, usual)
	switch {
	case !known || !ok:
		return false
	case c.op == opIs:
		return left.same(right)
	case c.op == opNot:
		return !left.same(right)
	case c.op.numeric():
		return left.numeric && right.numeric && ordered(c.op, left.number, right.number)
	}
	return left.timely && right.timely && inTime(c.op, left.when.compare(right.when))
}

func ordered(op operator, a, b float64) bool {
	switch op {
	case opLess:
		return a < b
	case opAtMost:
		return a <= b
	case opMore:
		return a > b
	}
	return a >= b
}

func inTime(op operator, order int) bool {
	switch op {
	case opBefore:
		return order < 0
	case opAfter:
		return order > 0
	}
	return order <= 0
}

// value is what an operand amounts to: always a text, and a number or a time
// where it can be read as one.
type value struct {
	text    string
	number  float64
	numeric bool
	when    moment
	timely  bool
}

func (v value) same(o value) bool {
	switch {
	case v.numeric && o.numeric:
		return v.number == o.number
	case v.timely && o.timely:
		return v.when.compare(o.when) == 0
	}
	return strings.EqualFold(strings.TrimSpace(v.text), strings.TrimSpace(o.text))
}

// value works an operand out; false where it is missing.
func (o operand) value(env Env, usual string) (value, bool) {
	switch {
	case o.moment != nil:
		m, ok := o.moment.in(env)
		return value{when: m, timely: ok}, ok
	case o.fact != "":
		text := env.Facts[o.fact]
		return textValue(text, env), text != ""
	case o.slot != "":
		s, ok := env.Slots[o.slot]
		if !ok {
			return value{}, false
		}
		return slotValue(s, env, usual)
	case o.wish != "":
		return wishValue(o.wish, env, usual)
	}
	return textValue(o.text, env), true
}

func textValue(text string, env Env) value {
	v := value{text: text}
	v.when, v.timely = parseTime(text, env.zone())
	// Most texts are no numbers; to ask the parser costs more than to look.
	if !v.timely && text != "" && strings.IndexByte("+-.0123456789", text[0]) >= 0 {
		if n, err := strconv.ParseFloat(text, 64); err == nil && n-n == 0 {
			v.number, v.numeric = n, true
		}
	}
	return v
}

// slotValue reads a slot. Money in another currency than the one the facts
// are in cannot be compared with them and counts as missing.
func slotValue(s message.Slot, env Env, usual string) (value, bool) {
	v := value{text: s.Text}
	switch s.Kind {
	case message.SlotMoney:
		if s.Currency != "" && s.Currency != env.currency(usual) {
			return v, false
		}
		v.number, v.numeric = float64(s.Amount)/100, true
	case message.SlotNumber:
		v.number, v.numeric = float64(s.Amount), true
	case message.SlotDate, message.SlotTime:
		v.when, v.timely = slotTime(s, env.zone())
		return v, v.timely
	default:
		return textValue(s.Text, env), true
	}
	return v, true
}
