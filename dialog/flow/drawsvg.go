package flow

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// SVG draws the flow as a picture that stands on its own: states in layers
// from the first to the last, in the colour of what they do, with the classes
// on the arrows. "2×" is how often a budget allows an arrow to be taken;
// "then" marks the way out once it is used up. Lines take the colour of the
// state they lead to, and those that lead to the same one share their way. It
// holds no scripts, and all text in it is text. The same flow always gives the
// same picture.
func (f *Flow) SVG() string {
	s := f.sketch()
	boxes, arrows, roots := s.boxes()
	g := newGraph(boxes, arrows, roots)
	g.order()
	width, high := g.place()
	p := &painter{graph: g, sketch: s, head: 64}
	beside := p.beside()
	p.open(max(width+2*margin, beside+legendWide+margin), max(high+p.head, legendHigh)+margin)
	for i := range g.segments {
		p.line(g.segments[i])
	}
	for i := range g.segments {
		p.label(g.segments[i])
	}
	for _, v := range g.vertices {
		if !v.bend {
			p.box(v)
		}
	}
	p.legend(beside, margin)
	p.b.WriteString("</svg>\n")
	return p.b.String()
}

// margin is left free around a picture.
const margin = 24

// boxes gives the vertices of a picture: a box for each state, and one for
// what leads on from everywhere.
func (s sketch) boxes() (boxes []vertex, arrows []drawnArrow, roots []int) {
	for _, st := range s.states {
		boxes = append(boxes, newBox(st.kind, append([]string{st.title()}, st.notes...)))
	}
	arrows, roots = s.arrows, []int{s.start}
	if len(s.everywhere) == 0 {
		return boxes, arrows, roots
	}
	text := []string{"from everywhere"}
	for _, e := range s.everywhere {
		text = append(text, s.exit(e))
	}
	from := len(boxes)
	boxes, roots = append(boxes, newBox("", text)), append(roots, from)
	led := map[int]bool{s.start: true}
	for _, a := range arrows {
		led[a.to] = true
	}
	for _, e := range s.everywhere { // a state that nothing else leads to would hang in the air
		if e.to >= 0 && !led[e.to] {
			led[e.to] = true
			arrows = append(arrows, drawnArrow{from: from, to: e.to, labels: []string{e.label}, says: []string{e.label}})
		}
	}
	return boxes, arrows, roots
}

// newBox makes a box as large as its text, of which long notes are broken.
func newBox(kind Kind, text []string) vertex {
	v := vertex{kind: kind, text: text[:1:1], width: textWidth(text[0], titleSize) * boldness}
	for _, note := range text[1:] {
		v.text = append(v.text, broken(note, noteWide)...)
	}
	for _, row := range v.text[1:] {
		v.width = max(v.width, textWidth(row, labelSize))
	}
	v.width += 2 * boxPad
	v.high = float64(len(v.text))*rowHigh + boxPad + 4
	return v
}

// painter writes a placed graph as SVG.
type painter struct {
	*graph
	sketch
	b    strings.Builder
	head float64 // room for the title
}

func (p *painter) open(width, high float64) {
	fmt.Fprintf(&p.b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="img" aria-labelledby="title desc" font-family="system-ui, 'Segoe UI', Helvetica, Arial, 'Noto Sans', sans-serif">`+"\n", width, high, width, high)
	fmt.Fprintf(&p.b, "<title id=\"title\">Flow %s</title>\n", html.EscapeString(p.name))
	fmt.Fprintf(&p.b, "<desc id=\"desc\">%s</desc>\n", html.EscapeString(p.description()))
	fmt.Fprintf(&p.b, "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n")
	p.text(margin, 32, 20, "#1f1f1f", "600", "start", p.name)
	p.text(margin, 50, 12, "#5f5e5a", "400", "start", fmt.Sprintf("%d states; begins in %s", len(p.states), p.states[p.start].name))
}

// description says in words what the picture shows, for those who hear it.
func (p *painter) description() string {
	var b strings.Builder
	fmt.Fprintf(&b, "A conversation begins in %s.", p.states[p.start].name)
	for i, st := range p.states {
		for _, a := range p.sketch.arrows {
			if a.from == i {
				fmt.Fprintf(&b, " From %s to %s: %s.", st.name, p.states[a.to].name, strings.Join(a.says, "; "))
			}
		}
	}
	for _, e := range p.everywhere {
		fmt.Fprintf(&b, " From everywhere: %s.", p.exit(e))
	}
	return b.String()
}

func (p *painter) text(x, y float64, size int, colour, weight, anchor, text string) {
	fmt.Fprintf(&p.b, `<text x="%.0f" y="%.0f" font-size="%d" fill="%s" font-weight="%s" text-anchor="%s">%s</text>`+"\n", x, y, size, colour, weight, anchor, html.EscapeString(text))
}

// upperEnd is where a segment touches its upper vertex, and how far it goes
// past a label from there; lowerEnd is the same below.
func (p *painter) upperEnd(s segment) (x, y, past float64) {
	v := p.vertices[s.upper]
	return margin + v.x + s.atUpper.offset, p.head + v.y + v.high, s.atUpper.high
}

func (p *painter) lowerEnd(s segment) (x, y, past float64) {
	v := p.vertices[s.lower]
	return margin + v.x + s.atLower.offset, p.head + v.y, s.atLower.high
}

// levels are the heights between which lines may bend below a layer.
func (p *painter) levels(rank int) (from, to float64) {
	to = math.Inf(1)
	for _, s := range p.segments {
		if p.vertices[s.upper].rank == rank {
			_, y, past := p.upperEnd(s)
			from = max(from, y+past)
			_, y, past = p.lowerEnd(s)
			to = min(to, y-past)
		}
	}
	return from, to
}

// line draws one piece of an arrow, with its head where it ends.
func (p *painter) line(s segment) {
	x1, y1, past1 := p.upperEnd(s)
	x2, y2, past2 := p.lowerEnd(s)
	from, to := p.levels(p.vertices[s.upper].rank)
	colour := hues[hueOf(p.vertices[s.target].kind)].stroke
	tip1, tip2 := 0.0, 0.0
	if s.ends && s.up {
		tip1 = 6
	} else if s.ends {
		tip2 = 6
	}
	middle := (from + to) / 2
	dash := ""
	if s.up {
		dash = ` stroke-dasharray="5 3"`
	}
	fmt.Fprintf(&p.b, `<path d="M%.0f %.1fV%.1fC%.0f %.1f %.0f %.1f %.0f %.1fV%.1f" fill="none" stroke="%s" stroke-width="1.3"%s/>`+"\n",
		x1, y1+past1+tip1, from, x1, middle, x2, middle, x2, to, y2-past2-tip2, colour, dash)
	switch {
	case s.ends && s.up:
		p.tip(x1, y1, 7, colour)
	case s.ends:
		p.tip(x2, y2, -7, colour)
	}
	p.through(s, colour, dash)
}

// tip draws the head of an arrow that touches a box at x, y.
func (p *painter) tip(x, y, long float64, colour string) {
	fmt.Fprintf(&p.b, `<path d="M%.0f %.1fl-4 %.0fh8z" fill="%s"/>`+"\n", x, y, long, colour)
}

// through leads a line past the boxes of the layer in which it bends.
func (p *painter) through(s segment, colour, dash string) {
	bend := s.lower
	if s.up {
		bend = s.upper
	}
	v := p.vertices[bend]
	if !v.bend || s.ends && !s.up {
		return
	}
	fmt.Fprintf(&p.b, `<path d="M%.0f %.1fv%.1f" fill="none" stroke="%s" stroke-width="1.3"%s/>`+"\n", margin+v.x, p.head+v.y, v.high, colour, dash)
}

// label writes the classes of an arrow where it leaves its state.
func (p *painter) label(s segment) {
	if s.arrow < 0 {
		return
	}
	a := p.graph.arrows[s.arrow]
	x, y, high := p.upperEnd(s)
	wide := s.atUpper.width
	if s.up {
		x, y, high = p.lowerEnd(s)
		y, wide = y-high, s.atLower.width
	}
	colour := hues[hueOf(p.vertices[s.target].kind)].stroke
	fmt.Fprintf(&p.b, `<g><title>%s</title><rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="4" fill="#ffffff" stroke="%s" stroke-width="0.7"/>`+"\n",
		html.EscapeString("to "+p.states[s.target].name+": "+strings.Join(a.says, "; ")), x-wide/2, y+1, wide, high-2, colour)
	for i, l := range p.labels(s.arrow) {
		p.text(x, y+float64(i+1)*(rowHigh-2), labelSize, "#1f1f1f", "400", "middle", l)
	}
	p.b.WriteString("</g>\n")
}

func (p *painter) box(v vertex) {
	fill, stroke, dash := "#ffffff", "#888780", ` stroke-dasharray="3 3"`
	if v.kind != "" {
		h := hues[hueOf(v.kind)]
		fill, stroke, dash = h.fill, h.stroke, ""
	}
	x, y := margin+v.x, p.head+v.y
	fmt.Fprintf(&p.b, `<g><rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="8" fill="%s" stroke="%s" stroke-width="1.2"%s/>`+"\n",
		x-v.width/2, y, v.width, v.high, fill, stroke, dash)
	for i, row := range v.text {
		size, weight, colour := labelSize, "400", "#444441"
		if i == 0 {
			size, weight, colour = titleSize, "600", "#1f1f1f"
		}
		p.text(x, y+boxPad/2+float64(i+1)*rowHigh-3, size, colour, weight, "middle", row)
	}
	p.b.WriteString("</g>\n")
}

// The legend stands in the upper right corner.
const (
	legendWide = 250
	legendHigh = 300
)

// beside is where there is room for the legend: to the right of all that
// stands as high.
func (p *painter) beside() float64 {
	x := 0.0
	for _, v := range p.vertices {
		if p.head+v.y < legendHigh {
			x = max(x, v.x+v.width/2)
		}
	}
	for _, s := range p.segments { // lines and labels below the boxes there
		if p.head+p.vertices[s.upper].y < legendHigh {
			x = max(x, p.vertices[s.lower].x+s.atLower.offset)
		}
	}
	return x + 3*margin
}

// legend explains colours, dashes and budgets.
func (p *painter) legend(x, y float64) {
	for i, h := range hues {
		row := y + float64(i)*21
		fmt.Fprintf(&p.b, `<rect x="%.0f" y="%.0f" width="14" height="14" rx="3" fill="%s" stroke="%s"/>`+"\n", x, row, h.fill, h.stroke)
		p.text(x+22, row+11, 12, "#1f1f1f", "400", "start", h.says)
	}
	y += 21*float64(len(hues)) + 16
	says := []string{"A line has the colour of the state it leads to; a dashed one leads back."}
	if len(p.budgets) > 0 {
		says = append(says, "2× = at most so often; then the way marked “then”.", "Arrows share a budget: "+strings.Join(p.budgets, ", ")+".")
	}
	for _, sentence := range says {
		for _, row := range broken(sentence, legendWide*labelSize/12) {
			p.text(x, y, 12, "#5f5e5a", "400", "start", row)
			y += 16
		}
		y += 5
	}
}
