package flow

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/accord-chat/accord/dialog/message"
)

// Vars are what a line's variables stand for: string, int, int64, [Amount],
// time.Time or []string; anything else counts as empty, as do "", an empty
// list, an amount of nothing and the zero time. "zone" (*time.Location) is the zone times are
// written in (UTC without it), "now" (time.Time) decides whether a year is
// shown, and "currency" (string) is that of bare amounts under the filter
// money. What is not among them is looked for in "slots"
// (map[string]message.Slot) and then in "facts" (map[string]string), each as
// they stand, so that they need not be copied for every line. Where {item} is
// nowhere, "item.en" is used in English.
type Vars map[string]any

// Source gives a line's variables one by one, for whoever would have to build
// [Vars] anew for every line. Words and Found are what a name not known
// otherwise is looked for in: slots, then facts. [Vars] is one.
type Source interface {
	// Text gives a variable that is a text, Var any other.
	Text(name string) (text string, ok bool)
	Var(name string) (value any, ok bool)
	Words() map[string]message.Slot
	Found() map[string]string
}

// Var implements Source.
func (v Vars) Var(name string) (any, bool) {
	value, ok := v[name]
	return value, ok
}

// Text implements Source.
func (v Vars) Text(name string) (string, bool) {
	text, ok := v[name].(string)
	return text, ok
}

// Words implements Source.
func (v Vars) Words() map[string]message.Slot {
	slots, _ := v["slots"].(map[string]message.Slot)
	return slots
}

// Found implements Source.
func (v Vars) Found() map[string]string {
	facts, _ := v["facts"].(map[string]string)
	return facts
}

// renderer writes one line: in a language, with variables. more are pairs of
// name and value laid over them.
type renderer struct {
	lang message.Lang
	vars Source
	more []any
}

// localised puts the column of a fact in a language to the end of b. It is
// looked for whenever a variable is empty: as bytes, it need not be made a
// string for that.
func localised(b []byte, name string, lang message.Lang) []byte {
	return append(append(append(b, name...), '.'), lang...)
}

// filters are the forms a variable can be written in.
var filters = map[string]func(r renderer, v any) string{
	"day":   func(r renderer, v any) string { return r.time(v, r.day) },
	"when":  func(r renderer, v any) string { return r.time(v, r.when) },
	"clock": func(r renderer, v any) string { return r.time(v, clock) },
	"money": renderer.money,
	"list":  renderer.list,
	"join":  renderer.join,
	"lower": func(r renderer, v any) string { return lower(r.plain(v)) },
}

func (r renderer) write(b *strings.Builder, t template) {
	for i := range t {
		p := &t[i]
		if p.name == "" {
			b.WriteString(p.text)
			continue
		}
		v := r.find(p.name)
		switch {
		case p.mark != 0:
			if v.filled(r) == (p.mark == '?') {
				r.write(b, p.body)
			}
		case p.filter != "":
			b.WriteString(filters[p.filter](r, v.any()))
		case v.isText:
			b.WriteString(r.plainText(v.text))
		default:
			b.WriteString(r.plain(v.other))
		}
	}
}

// varValue is what a variable stands for. Most are texts, and as such they cost
// nothing to pass on.
type varValue struct {
	text   string
	other  any
	isText bool
}

// any is the value as filters take it.
func (v varValue) any() any {
	if v.isText {
		return v.text
	}
	return v.other
}

// filled says whether a variable counts as not empty; no money is empty.
func (v varValue) filled(r renderer) bool {
	if v.isText {
		return v.text != ""
	}
	switch other := v.other.(type) {
	case Amount:
		return other.Minor != 0
	case time.Time:
		return !other.IsZero()
	}
	return r.plain(v.other) != ""
}

// find finds a variable, or its column in the line's language.
func (r renderer) find(name string) varValue {
	for i := len(r.more) - 2; i >= 0; i -= 2 {
		if r.more[i] == name {
			return variableOf(r.more[i+1])
		}
	}
	if r.vars == nil {
		return varValue{}
	}
	if text, ok := r.vars.Text(name); ok {
		return varValue{text: text, isText: true}
	}
	if v, ok := r.vars.Var(name); ok {
		return variableOf(v)
	}
	if s, ok := r.vars.Words()[name]; ok {
		return slotGiven(s)
	}
	facts := r.vars.Found()
	if v, ok := facts[name]; ok {
		return varValue{text: v, isText: true}
	}
	var room [64]byte
	local := localised(room[:0], name, r.lang)
	if v, ok := facts[string(local)]; ok {
		return varValue{text: v, isText: true}
	}
	if own, ok := r.vars.(Vars); ok { // only they are given in columns
		return variableOf(own[string(local)])
	}
	return varValue{}
}

func variableOf(v any) varValue {
	if text, ok := v.(string); ok {
		return varValue{text: text, isText: true}
	}
	return varValue{other: v}
}

// value is a variable as filters and conditions take it.
func (r renderer) value(name string) any { return r.find(name).any() }

// named is a variable that is no slot and no fact.
func (r renderer) named(name string) any {
	for i := len(r.more) - 2; i >= 0; i -= 2 {
		if r.more[i] == name {
			return r.more[i+1]
		}
	}
	if r.vars == nil {
		return nil
	}
	if text, ok := r.vars.Text(name); ok {
		return text
	}
	v, _ := r.vars.Var(name)
	return v
}

// slotGiven is what a slot stands for in a line.
func slotGiven(s message.Slot) varValue {
	switch s.Kind {
	case message.SlotDate, message.SlotTime:
		return varValue{other: s.Time}
	case message.SlotMoney:
		return varValue{other: Amount{Minor: s.Amount, Currency: s.Currency}}
	case message.SlotNumber:
		return varValue{other: s.Amount}
	}
	return varValue{text: s.Text, isText: true}
}

// plainText writes a text, which may be a fact's day or hour.
func (r renderer) plainText(v string) string {
	if !timeLike(v) {
		return v
	}
	if m, ok := parseTime(v, r.zone()); ok {
		return r.when(m)
	}
	return v
}

// plain writes a value in its usual form; "" is what counts as empty.
func (r renderer) plain(v any) string {
	switch v := v.(type) {
	case string:
		return r.plainText(v)
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case Amount:
		return v.format(r.lang)
	case time.Time:
		return r.time(v, r.when)
	case []string:
		return r.join(v)
	}
	return ""
}

// money writes an amount; a bare number is in minor units, a text in whole
// ones, as facts hold them.
func (r renderer) money(v any) string {
	currency, _ := r.value("currency").(string)
	switch v := v.(type) {
	case int:
		return Amount{int64(v), currency}.format(r.lang)
	case int64:
		return Amount{v, currency}.format(r.lang)
	case string:
		if minor, ok := parseAmount(v); ok {
			return Amount{minor, currency}.format(r.lang)
		}
	}
	return r.plain(v)
}

// list numbers its items: "1. a, 2. b"; a single one stands alone.
func (r renderer) list(v any) string {
	items, ok := v.([]string)
	if !ok || len(items) < 2 {
		return r.plain(v)
	}
	between := ", "
	if r.lang.Chinese() {
		between = "；"
	}
	var b strings.Builder
	for i, item := range items {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(strconv.Itoa(i+1) + ". " + item)
	}
	return b.String()
}

func (r renderer) join(v any) string {
	items, ok := v.([]string)
	switch {
	case !ok:
		return r.plain(v)
	case r.lang.Chinese():
		return strings.Join(items, "；")
	}
	return strings.Join(items, "; ")
}

// lower makes the first letter small, where the word is not in capitals.
func lower(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[n:])
	if unicode.IsUpper(second) || !unicode.IsUpper(first) {
		return s
	}
	return string(unicode.ToLower(first)) + s[n:]
}

// zone is where times are written.
func (r renderer) zone() *time.Location {
	if z, ok := r.named("zone").(*time.Location); ok && z != nil {
		return z
	}
	return time.UTC
}

// time writes a time, or a fact's text that is one, in some form.
func (r renderer) time(v any, form func(moment) string) string {
	switch v := v.(type) {
	case time.Time:
		if v.IsZero() {
			return ""
		}
		t := v.In(r.zone())
		whole := t.Equal(atClock(t, 0)) || !t.Before(atClock(t, endOfDay)) // seconds are not shown
		return form(moment{t, !whole})
	case string:
		if m, ok := parseTime(v, r.zone()); ok {
			return form(m)
		}
	}
	return r.plain(v)
}

func clock(m moment) string { return m.t.Format(clockLayout) }

// when writes a day, and the hour where there is one.
func (r renderer) when(m moment) string {
	switch {
	case !m.hour:
		return r.day(m)
	case r.lang.Chinese():
		return r.dated(m, clockLayout)
	}
	return r.dated(m, ", "+clockLayout)
}

// weekdays in Chinese, Sunday first.
var weekdays = [...]string{"日", "一", "二", "三", "四", "五", "六"}

// day writes a date with its day of the week; the year only where it is not
// the present one.
func (r renderer) day(m moment) string { return r.dated(m, "") }

// clockLayout is how an hour is written.
const clockLayout = "15:04"

// dated writes a date, and after it the moment in the layout then.
func (r renderer) dated(m moment, then string) string {
	var room [64]byte
	now, ok := r.named("now").(time.Time)
	year := ok && !now.IsZero() && now.In(r.zone()).Year() != m.t.Year()
	b := room[:0]
	switch {
	case !r.lang.Chinese() && year:
		b = m.t.AppendFormat(b, "Monday, 2 January 2006")
	case !r.lang.Chinese():
		b = m.t.AppendFormat(b, "Monday, 2 January")
	default:
		if year {
			b = m.t.AppendFormat(b, "2006年")
		}
		week := "周"
		if r.lang == message.Traditional {
			week = "週"
		}
		b = append(append(append(append(m.t.AppendFormat(b, "1月2日"), "（"...), week...), weekdays[m.t.Weekday()]...), "）"...)
	}
	return string(m.t.AppendFormat(b, then))
}
