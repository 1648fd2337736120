package flow

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // zones for tests on machines without a database of them
)

// Whatever a file holds, Parse comes back with a flow or with findings that
// point into the file, twice the same.
func FuzzParse(f *testing.F) {
	f.Add(uint8(0), "version: 1\nname: x\nstart: a\nstates:\n  a: {kind: greet, on: {message: a}}\n")
	f.Add(uint8(1), "version: 1\ncurrency: USD\nservices:\n  a:\n    ladder:\n      - {id: x, when: {all: [{fact: a, op: is, value: \"slot:b\"}]}}\n")
	f.Add(uint8(2), "version: 1\nlanguage: en\nlines:\n  greet: \"a \\u0041 {?name:\\\n     x}\"\n  end: |\n\n   a\n   {b\n")
	f.Add(uint8(3), "order,item.en\n1,\"a\nb\"\n+5d,x\n")
	f.Add(uint8(4), "[a]\n= b\nc\n[\n")
	names := []string{flowName, catalogName, "lines.en.yaml", factsName, "intents/a.en.txt"}
	f.Fuzz(func(t *testing.T, which uint8, text string) {
		files := Files{}
		for _, n := range names {
			files[n] = []byte("version: 1\n")
		}
		files[names[int(which)%len(names)]] = []byte(text)
		_, err := Parse(files)
		_, again := Parse(files)
		if err == nil || again == nil || err.Error() != again.Error() {
			t.Fatalf("%v\n\n%v", err, again)
		}
		for _, found := range err.(Findings) { //nolint:errorlint // it is always that type
			lines := strings.Count(string(files[found.File]), "\n") + 1
			if found.Line < 0 || found.Line > lines+1 || found.Line > 0 && found.Column < 1 {
				t.Fatalf("%s points out of the file's %d lines", found, lines)
			}
		}
	})
}

func FuzzTemplate(f *testing.F) {
	for _, s := range []string{"{a}", "{?a: {b|day}}", "{!a:{?b:{c}}}", "{", "}", "{a|", "{?:}", "é{ü}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		parsed, err := parseTemplate(src)
		if err != nil {
			if err.at < 0 || err.at > len([]rune(src)) {
				t.Fatalf("%q: %v at %d", src, err, err.at)
			}
			return
		}
		var b strings.Builder
		renderer{"en", Vars{"a": "x", "b": time.Unix(0, 0)}, nil}.write(&b, parsed)
		_, _ = parsed.asks(), parsed.length()
		if !strings.ContainsAny(src, "{}") && b.String() != src {
			t.Fatalf("%q became %q", src, b.String())
		}
	})
}

func FuzzMoment(f *testing.F) {
	for _, s := range []string{"2d", "2d 20:00", "fact:a 10:00", "slot:b", "2026-11-28", "1h30m", "d", "9999d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, err := parseMoment(s)
		if err != nil {
			return
		}
		m, ok := e.in(Env{Now: today, Facts: map[string]string{"a": "2026-11-28"}})
		if ok && e.kind != fixedDay && m.deadline().Before(midnight(today.UTC())) {
			t.Fatalf("%q lies in the past: %v", s, m.deadline())
		}
		if later, known := e.notEarlier(e); !later || !known {
			t.Fatalf("%q is earlier than itself", s)
		}
	})
}

func FuzzCondition(f *testing.F) {
	f.Add("fact: a", "is", "b")
	f.Add("slot: need_by", "by", "2d")
	f.Add("not: {fact: a, op: known}", "", "")
	f.Add("all: [{any: [{fact: a, op: gt, value: 3}]}]", "", "")
	f.Fuzz(func(t *testing.T, left, op, value string) {
		text := "version: 1\nservices: {a: {verdict: [{verdict: meet, when: {" + left
		if op != "" {
			text += ", op: " + op + ", value: " + value
		}
		d := open(newReport(), catalogName, []byte(text+"}}]}}\n"))
		if d == nil {
			return
		}
		var raw catalogFile
		d.into(&raw)
		r := &catalogReader{document: d, raw: raw}
		c := r.read()
		if len(c.Services) == 0 {
			return
		}
		env := Env{Now: today, Facts: map[string]string{"a": "3"}}
		first, again := c.Services[0].Verdict(env), c.Services[0].Verdict(env)
		if first != again {
			t.Fatal("a verdict changes")
		}
	})
}
