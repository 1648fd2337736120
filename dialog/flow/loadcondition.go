package flow

import (
	"maps"
	"strconv"
	"strings"
)

// condition checks and compiles a condition; nil stays nil and always holds.
func (r *catalogReader) condition(p path, f *conditionFile) *condition {
	if f == nil {
		return nil
	}
	forms := 0
	for _, set := range []bool{f.All != nil, f.Any != nil, f.Not != nil, f.Fact != "", f.Slot != "", f.Wish != ""} {
		if set {
			forms++
		}
	}
	if forms != 1 {
		r.add(r.value(p), "a condition has exactly one of all, any, not, fact, slot or wish")
		return nil
	}
	if (f.Op != "" || f.Value != "") && f.Fact == "" && f.Slot == "" && f.Wish == "" {
		r.add(r.value(p), "op and value belong to a fact, slot or wish")
	}
	switch {
	case f.Not != nil:
		return &condition{not: r.condition(p.in("not"), f.Not)}
	case f.All != nil:
		return &condition{all: r.conditions(p.in("all"), f.All)}
	case f.Any != nil:
		return &condition{any: r.conditions(p.in("any"), f.Any)}
	}
	return r.comparison(p, f)
}

func (r *catalogReader) conditions(p path, fs []conditionFile) []*condition {
	if len(fs) == 0 {
		r.add(r.value(p), "the list of conditions is empty")
	}
	out := []*condition{}
	for i := range fs {
		out = append(out, r.condition(p.item(i), &fs[i]))
	}
	return out
}

func (r *catalogReader) comparison(p path, f *conditionFile) *condition {
	c := &condition{left: operand{fact: f.Fact, slot: f.Slot, wish: f.Wish}}
	if f.Wish != "" {
		oneOf(r, p.in("wish"), "side of a wish", f.Wish, sides)
	}
	r.names(p.in("fact"), f.Fact, p.in("slot"), f.Slot)
	if f.Op == "" {
		r.add(r.value(p), "op is missing; operators are %s", listed(maps.Keys(operators)))
		return c
	}
	if !oneOf(r, p.in("op"), "operator", f.Op, operators) {
		return c
	}
	c.op = operators[f.Op]
	_, given := r.keys[p.in("value")]
	switch {
	case c.op.unary() && given:
		r.add(r.key(p.in("value")), "%s takes no value", c.op)
	case c.op.unary():
	case !given:
		r.add(r.value(p), "%s needs a value: text, fact:NAME or slot:NAME", c.op)
	default:
		c.right = r.operand(p.in("value"), c.op, f.Value)
	}
	return c
}

// operand reads the right side of a comparison.
func (r *catalogReader) operand(p path, op operator, text string) operand {
	if op.timely() {
		m := r.moment(p, text)
		return operand{moment: m}
	}
	if name, ok := strings.CutPrefix(text, "fact:"); ok {
		r.names(p, name, p, "")
		return operand{fact: name}
	}
	if name, ok := strings.CutPrefix(text, "slot:"); ok {
		r.names(p, "", p, name)
		return operand{slot: name}
	}
	if n, err := strconv.ParseFloat(text, 64); op.numeric() && (err != nil || n-n != 0) {
		r.add(r.value(p), "%s compares numbers: %q is none", op, text)
	}
	return operand{text: text}
}

// names checks the name of a fact and of a slot; "" is left alone.
func (r *catalogReader) names(factAt path, fact string, slotAt path, slot string) {
	if fact != "" && r.facts != nil {
		oneOf(r, factAt, "fact", fact, r.facts)
	}
	if slot != "" {
		oneOf(r, slotAt, "slot", slot, slots)
	}
}

// moment checks and compiles a time expression.
func (r *catalogReader) moment(p path, text string) *momentExpr {
	e, err := parseMoment(text)
	if err != nil {
		r.add(r.value(p), "%v, not %q", err, text)
		return &e
	}
	switch e.kind {
	case factMoment:
		r.names(p, e.name, p, "")
	case slotMoment:
		r.names(p, "", p, e.name)
	}
	return &e
}
