package flow_test

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/dialog/lines"
)

func parsed(t *testing.T, files flow.Files) *flow.Flow {
	t.Helper()
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestPictures compares both forms of picture of the small flow with what was
// looked at and found good.
func TestPictures(t *testing.T) {
	f := parsed(t, flowtest.Minimal())
	for name, got := range map[string]string{"minimal.svg": f.SVG(), "minimal.mmd": f.Mermaid()} {
		path := filepath.Join("testdata", "draw", name)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s looks different now: draw it anew with -update and look at it", name)
		}
	}
}

// A picture must be the same each time, or it could not be kept beside the
// flow and compared.
func TestPicturesAreTheSameEachTime(t *testing.T) {
	svg, mermaid := "", ""
	for range 3 {
		f := parsed(t, flowtest.Minimal())
		if svg != "" && (f.SVG() != svg || f.Mermaid() != mermaid) {
			t.Fatal("the same flow gives two pictures")
		}
		svg, mermaid = f.SVG(), f.Mermaid()
	}
}

// drawnRect is a rectangle of a picture.
type drawnRect struct {
	x, y, w, h float64
	fill       string
}

func (a drawnRect) overlaps(b drawnRect) bool {
	return a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h
}

// rects reads a picture and gives its rectangles and its texts; anything that
// is no well-formed XML, or could run, fails the test.
func rects(t *testing.T, svg string) (out []drawnRect, texts []string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out, texts
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.CharData:
			texts = append(texts, strings.TrimSpace(string(e)))
		case xml.StartElement:
			if strings.EqualFold(e.Name.Local, "script") || strings.EqualFold(e.Name.Local, "foreignObject") {
				t.Fatalf("a picture holds <%s>", e.Name.Local)
			}
			r := drawnRect{}
			for _, a := range e.Attr {
				if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || a.Name.Local == "href" {
					t.Fatalf("a picture holds %s=%q", a.Name.Local, a.Value)
				}
				v, _ := strconv.ParseFloat(a.Value, 64)
				switch a.Name.Local {
				case "x":
					r.x = v
				case "y":
					r.y = v
				case "width":
					r.w = v
				case "height":
					r.h = v
				case "fill":
					r.fill = a.Value
				}
			}
			if e.Name.Local == "rect" && r.w > 0 {
				out = append(out, r)
			}
		}
	}
}

var upright = regexp.MustCompile(`<path d="M(\d+) ([\d.]+)v([\d.]+)"`)

// TestPicturesAreReadable holds every shipped flow's picture to what makes it
// one: no box or label covers another, no line runs through a box, every state
// is named.
func TestPicturesAreReadable(t *testing.T) {
	for _, name := range lines.Names() {
		t.Run(name, func(t *testing.T) {
			files, err := lines.Files(name)
			if err != nil {
				t.Fatal(err)
			}
			f := parsed(t, files)
			svg := f.SVG()
			boxes, texts := rects(t, svg)
			if len(boxes) < 2*len(f.Table.Names()) {
				t.Fatalf("only %d rectangles for %d states", len(boxes), len(f.Table.Names()))
			}
			for i, a := range boxes {
				for _, b := range boxes[:i] {
					if a.overlaps(b) {
						t.Errorf("%+v covers %+v", a, b)
					}
				}
			}
			lines := upright.FindAllStringSubmatch(svg, -1)
			if len(lines) == 0 {
				t.Error("no line passes a layer: is the expression of this test out of date?")
			}
			for _, m := range lines {
				x, _ := strconv.ParseFloat(m[1], 64)
				y, _ := strconv.ParseFloat(m[2], 64)
				h, _ := strconv.ParseFloat(m[3], 64)
				for _, b := range boxes {
					if b.overlaps(drawnRect{x: x, y: y, w: 0.1, h: h}) {
						t.Errorf("the line at %v,%v runs through %+v", x, y, b)
					}
				}
			}
			all := "\n" + strings.Join(texts, "\n") + "\n"
			for _, state := range f.Table.Names() {
				if !strings.Contains(all, "\n"+state+"\n") && !strings.Contains(all, "\n"+state+" (") {
					t.Errorf("the state %q is not in the picture", state)
				}
			}
		})
	}
}

// everywhereSaid is what a picture's description says of the ways out that all
// states have.
var everywhereSaid = regexp.MustCompile(`From everywhere: ([^.]*)\.`)

// Each way out that all states have stands whole in the box for them, however
// long the names are that break its rows.
func TestTheBoxFromEverywhereIsWhole(t *testing.T) {
	for _, name := range lines.Names() {
		files, err := lines.Files(name)
		if err != nil {
			t.Fatal(err)
		}
		_, texts := rects(t, parsed(t, files).SVG())
		said := slices.IndexFunc(texts, func(s string) bool { return strings.HasPrefix(s, "A conversation begins") })
		exits := everywhereSaid.FindAllStringSubmatch(texts[said], -1)
		rows := strings.Join(strings.FieldsFunc(strings.Join(slices.Concat(texts[:said], texts[said+1:]), " "), func(r rune) bool { return r == ' ' }), " ")
		if len(exits) < 5 {
			t.Fatalf("%s: only %d ways out from everywhere", name, len(exits))
		}
		for _, m := range exits {
			if !strings.Contains(rows, m[1]) {
				t.Errorf("%s: %q is not in the box", name, m[1])
			}
		}
	}
}

// Every way out of a state is in both pictures: its own, or among those that
// lead from everywhere.
func TestPicturesShowEveryEdge(t *testing.T) {
	f := parsed(t, flowtest.Minimal())
	svg, mermaid := f.SVG(), f.Mermaid()
	for _, name := range f.Table.Names() {
		id, _ := f.Table.Find(name)
		for class, e := range f.Table.Spec(id).On {
			if e.To == "" || e.To == name {
				continue
			}
			own := regexp.MustCompile("From " + name + " to " + e.To + `: [^.]*\b` + string(class) + `\b`)
			everywhere := regexp.MustCompile(`From everywhere: ` + string(class) + `[^.]*→ ` + e.To)
			if !own.MatchString(svg) && !everywhere.MatchString(svg) {
				t.Errorf("%s %s to %s is not in the picture's description", name, class, e.To)
			}
			arrow := regexp.MustCompile("s_" + name + " --> s_" + e.To + ` : .*\b` + string(class) + `\b`)
			note := regexp.MustCompile(`(?m)^    ` + string(class) + `\b.*→ ` + e.To)
			if !arrow.MatchString(mermaid) && !note.MatchString(mermaid) {
				t.Errorf("%s %s to %s is not in the diagram", name, class, e.To)
			}
		}
	}
}
