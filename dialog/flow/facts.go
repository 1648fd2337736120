package flow

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/accord-chat/accord/dialog/message"
)

// facts is facts.csv: its columns, and its rows by the look-up's key.
type facts struct {
	columns []string
	rows    map[string][]string
}

// relative is how a cell names a day counted from today, so that the demo
// orders are always recent.
var (
	relative  = regexp.MustCompile(`^([+-])(\d{1,4})d(?: (\d\d:\d\d))?$`)
	relatives = regexp.MustCompile(`^[+-]\d+d`)
	column    = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}(?:\.[A-Za-z-]+)?$`)
)

// Fact gives the demo row whose key column is key (compared without regard to
// case); it is what the file-backed look-up answers with. Cells such as "+5d"
// or "-3d 20:00" become days ("2006-01-02") or hours ("2006-01-02T15:04") in
// zone (nil = UTC), counted from now. Localised columns keep their names
// ("item.en"). The row is the caller's own.
func (f *Flow) Fact(key string, now time.Time, zone *time.Location) (row map[string]string, found bool) {
	cells, ok := f.facts.rows[factKey(key)]
	if !ok {
		return nil, false
	}
	if zone == nil {
		zone = time.UTC
	}
	row = make(map[string]string, len(cells))
	for i, cell := range cells {
		row[f.facts.columns[i]] = fromToday(cell, now.In(zone))
	}
	return row, true
}

func factKey(key string) string { return strings.ToUpper(strings.TrimSpace(key)) }

func fromToday(cell string, now time.Time) string {
	m := relative.FindStringSubmatch(cell)
	if m == nil {
		return cell
	}
	days, _ := strconv.Atoi(m[1] + m[2])
	day := now.AddDate(0, 0, days).Format(dayLayout)
	if m[3] == "" {
		return day
	}
	return day + "T" + m[3]
}

// names lists the facts conditions and lines may speak of: a column, without
// its language.
func (f facts) names() map[string]bool {
	out := map[string]bool{}
	for _, c := range f.columns {
		name, _, _ := strings.Cut(c, ".")
		out[name] = true
	}
	return out
}

// loadFacts reads facts.csv. The key column must be there and be unique; ok
// is false where the columns are not to be relied on.
func loadFacts(r *report, file string, content []byte, key string) (f facts, ok bool) {
	if !readable(r, file, content) {
		return f, false
	}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	t := table{report: r, file: file, lines: strings.Split(string(content), "\n"), in: csv.NewReader(bytes.NewReader(content))}
	head, ok := t.row()
	if !ok {
		r.add(mark{file, 1, 1}, "the file is empty; its first line names the columns")
		return f, false
	}
	f.columns, f.rows = head, map[string][]string{}
	at, good := t.header(head, key)
	if !good {
		return f, false
	}
	t.rows(f, key, at)
	return f, true
}

// rows reads the rows below the header into f; at is the key's column.
func (t *table) rows(f facts, key string, at int) {
	lines := map[string]int{}
	for {
		cells, more := t.row()
		if !more {
			return
		}
		t.cells(f.columns, cells)
		if at < 0 || len(cells) != len(f.columns) {
			continue
		}
		id := factKey(cells[at])
		where := t.at(at)
		switch first, twice := lines[id]; {
		case id == "":
			t.add(where, "%s is empty", key)
		case twice:
			t.add(where, "%s %q is given already in line %d", key, cells[at], first)
		default:
			lines[id], f.rows[id] = where.line, cells
		}
	}
}

// table is a CSV file being read.
type table struct {
	*report
	file  string
	lines []string
	in    *csv.Reader
}

// row gives the next row; rows that are no CSV are reported and end it.
func (t *table) row() ([]string, bool) {
	t.in.FieldsPerRecord = -1
	cells, err := t.in.Read()
	var bad *csv.ParseError
	switch {
	case err == nil:
		return cells, true
	case errors.Is(err, io.EOF):
	case errors.As(err, &bad):
		t.add(t.place(bad.Line, bad.Column), "not CSV: %v", bad.Err)
	default:
		t.add(mark{t.file, 1, 1}, "not CSV: %v", err)
	}
	return nil, false
}

// at is where the i-th cell of the present row stands.
func (t *table) at(i int) mark { return t.place(t.in.FieldPos(i)) }

// place turns the reader's column, in bytes, into characters.
func (t *table) place(line, col int) mark {
	if line >= 1 && line <= len(t.lines) {
		text := t.lines[line-1]
		col = utf8.RuneCountInString(text[:min(max(col-1, 0), len(text))]) + 1
	}
	return mark{t.file, line, col}
}

// header checks the columns' names and finds the key's.
func (t *table) header(head []string, key string) (at int, ok bool) {
	at, ok = -1, true
	seen := map[string]bool{}
	if len(head) == 1 && strings.Count(head[0], ";") > 1 {
		t.addBetter(t.at(0), "save the table as CSV with commas; in a spreadsheet: comma separated, UTF-8", "the cells are separated by semicolons")
		return -1, false
	}
	for i, name := range head {
		_, lang, localised := strings.Cut(name, ".")
		switch {
		case !column.MatchString(name):
			t.add(t.at(i), "a column's name has small letters, digits and _ only, perhaps with a language (item.en): %q does not", name)
			ok = false
		case localised && message.ParseLang(lang) != message.Lang(lang):
			t.addNear(t.at(i), string(message.ParseLang(lang)), "unknown language %q", lang)
		case seen[name]:
			t.add(t.at(i), "the column %q is given twice", name)
			ok = false
		}
		seen[name] = true
		if name == key {
			at = i
		}
	}
	return at, ok
}

// cells checks a row against the columns.
func (t *table) cells(head, cells []string) {
	if len(cells) != len(head) {
		t.add(t.at(0), "the row has %d cells, the first line names %d columns", len(cells), len(head))
		return
	}
	for i, cell := range cells {
		if !relatives.MatchString(cell) {
			continue
		}
		m := relative.FindStringSubmatch(cell)
		if m == nil || m[3] != "" && !clockForm.MatchString(m[3]) {
			t.add(t.at(i), "%q is no day counted from today, such as +5d, -3d or \"+2d 20:00\"", cell)
		}
	}
}
