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

// get finds a variable that was given by name.
func (r renderer) get(name string) (any, bool) {
	for i := len(r.more) - 2; i >= 0; i -= 2 {
		if r.more[i] == name {
			return r.more[i+1], true
		}
	}
	if r.vars == nil {
		return nil, false
	}
	if text, ok := r.vars.Text(name); ok {
		return text, true
	}
	return r.vars.Var(name)
}

// localised is the column of a fact in a language.
func localised(name string, lang message.Lang) string { return name + "." + string(lang) }

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
	for _, p := range t {
		if p.name == "" {
			b.WriteString(p.text)
			continue
		}
		text, isText := r.text(p.name)
		switch {
		case p.mark != 0:
			if full := isText && r.plainText(text) != "" || !isText && r.filled(r.value(p.name)); full == (p.mark == '?') {
				r.write(b, p.body)
			}
		case p.filter != "":
			b.WriteString(filters[p.filter](r, r.value(p.name)))
		case isText:
			b.WriteString(r.plainText(text))
		default:
			b.WriteString(r.plain(r.value(p.name)))
		}
	}
}

// text finds a variable that is a text. Most are, and as such they cost nothing
// to pass on.
func (r renderer) text(name string) (string, bool) {
	for i := len(r.more) - 2; i >= 0; i -= 2 {
		if r.more[i] == name {
			text, ok := r.more[i+1].(string)
			return text, ok
		}
	}
	if r.vars == nil {
		return "", false
	}
	if text, ok := r.vars.Text(name); ok {
		return text, true
	}
	if _, ok := r.vars.Var(name); ok {
		return "", false
	}
	if s, ok := r.vars.Words()[name]; ok {
		return s.Text, s.Kind != message.SlotDate && s.Kind != message.SlotTime && s.Kind != message.SlotMoney && s.Kind != message.SlotNumber
	}
	facts := r.vars.Found()
	if v, ok := facts[name]; ok {
		return v, true
	}
	v, ok := facts[localised(name, r.lang)]
	return v, ok
}

// filled says whether a variable counts as not empty; no money is empty.
func (r renderer) filled(v any) bool {
	if a, ok := v.(Amount); ok {
		return a.Minor != 0
	}
	return r.plain(v) != ""
}

// value finds a variable, or its column in the line's language.
func (r renderer) value(name string) any {
	if v, ok := r.get(name); ok || r.vars == nil {
		return v
	}
	if s, ok := r.vars.Words()[name]; ok {
		return slotVar(s)
	}
	facts := r.vars.Found()
	if v, ok := facts[name]; ok {
		return v
	}
	local := localised(name, r.lang)
	if v, ok := facts[local]; ok {
		return v
	}
	v, _ := r.get(local)
	return v
}

// named is a variable that is no slot and no fact.
func (r renderer) named(name string) any {
	v, _ := r.get(name)
	return v
}

// slotVar is what a slot stands for in a line.
func slotVar(s message.Slot) any {
	switch s.Kind {
	case message.SlotDate, message.SlotTime:
		return s.Time
	case message.SlotMoney:
		return Amount{Minor: s.Amount, Currency: s.Currency}
	case message.SlotNumber:
		return s.Amount
	}
	return s.Text
}

// plainText writes a text, which may be a fact's day or hour.
func (r renderer) plainText(v string) string {
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

func clock(m moment) string { return m.t.Format("15:04") }

// when writes a day, and the hour where there is one.
func (r renderer) when(m moment) string {
	switch {
	case !m.hour:
		return r.day(m)
	case r.lang.Chinese():
		return r.day(m) + clock(m)
	}
	return r.day(m) + ", " + clock(m)
}

// weekdays in Chinese, Sunday first.
var weekdays = [...]string{"日", "一", "二", "三", "四", "五", "六"}

// day writes a date with its day of the week; the year only where it is not
// the present one.
func (r renderer) day(m moment) string {
	now, ok := r.named("now").(time.Time)
	year := ok && !now.IsZero() && now.In(r.zone()).Year() != m.t.Year()
	if !r.lang.Chinese() {
		if year {
			return m.t.Format("Monday, 2 January 2006")
		}
		return m.t.Format("Monday, 2 January")
	}
	week := "周"
	if r.lang == message.Traditional {
		week = "週"
	}
	text := m.t.Format("1月2日") + "（" + week + weekdays[m.t.Weekday()] + "）"
	if year {
		text = m.t.Format("2006年") + text
	}
	return text
}
