package dialogtest

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Coverage counts which states, edges and lines of a flow conversations come
// through, in each language. Safe for concurrent use.
type Coverage struct {
	f *flow.Flow

	mu    sync.Mutex
	talks map[message.Lang]int
	seen  map[place]bool
}

// place is a part of a flow in a language.
type place struct {
	lang message.Lang
	what string // "state", "edge", "line"
	name string
}

// NewCoverage counts the lines that f says from now on. It must be called
// before f is used, and f must be used for nothing else: see flow.Flow.OnLine.
func NewCoverage(f *flow.Flow) *Coverage {
	c := &Coverage{f: f, talks: map[message.Lang]int{}, seen: map[place]bool{}}
	f.OnLine(func(lang message.Lang, key string) { c.see(place{lang, "line", key}) })
	return c
}

func (c *Coverage) see(p place) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen[p] = true
}

// Add counts where a conversation has been.
func (c *Coverage) Add(s *Session) error {
	edges := map[string]flow.Edge{}
	for _, e := range c.f.Table.Edges() {
		edges[e.ID] = e
	}
	lang := c.f.Langs()[0]
	for _, turn := range s.Journal() {
		st, err := dialog.Decode(c.f, turn.State)
		if err != nil {
			return err
		}
		if st.Lang != "" {
			lang = st.Lang
		}
		for _, fired := range turn.Trace {
			e := edges[fired.Edge]
			c.see(place{lang, "edge", fired.Edge})
			c.see(place{lang, "state", c.f.Table.Name(e.From)})
			c.see(place{lang, "state", c.f.Table.Name(e.To)})
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.talks[lang]++
	return nil
}

// Report is what was come through and what was not.
type Report struct {
	// States and Edges count what any conversation came through.
	States Part `json:"states"`
	Edges  Part `json:"edges"`
	// Languages are in the flow's order.
	Languages []LanguageReport `json:"languages"`
}

// LanguageReport is what conversations in one language came through.
// Conversations counts those that ended in it.
type LanguageReport struct {
	Language      message.Lang `json:"language"`
	Conversations int          `json:"conversations"`
	States        Part         `json:"states"`
	Edges         Part         `json:"edges"`
	Lines         Part         `json:"lines"`
}

// Part is how many of something were seen, and which were not, sorted.
type Part struct {
	Of     int      `json:"of"`
	Seen   int      `json:"seen"`
	Missed []string `json:"missed"`
}

// Percent is the share that was seen, rounded down: 100 is all of it.
func (p Part) Percent() int {
	if p.Of == 0 {
		return 100
	}
	return 100 * p.Seen / p.Of
}

// Report says how far the conversations so far have come.
func (c *Coverage) Report() Report {
	c.mu.Lock()
	defer c.mu.Unlock()
	var edges []string
	for _, e := range c.f.Table.Edges() {
		edges = append(edges, e.ID)
	}
	langs := c.f.Langs()
	r := Report{States: c.part(langs, "state", c.f.Table.Names()), Edges: c.part(langs, "edge", edges)}
	for _, l := range langs {
		one := []message.Lang{l}
		r.Languages = append(r.Languages, LanguageReport{Language: l, Conversations: c.talks[l],
			States: c.part(one, "state", c.f.Table.Names()), Edges: c.part(one, "edge", edges), Lines: c.part(one, "line", c.f.Keys(l))})
	}
	return r
}

// part counts what was seen of all in any of langs.
func (c *Coverage) part(langs []message.Lang, what string, all []string) Part {
	missed := map[string]bool{}
	for _, name := range all {
		missed[name] = !slices.ContainsFunc(langs, func(l message.Lang) bool { return c.seen[place{l, what, name}] })
	}
	maps.DeleteFunc(missed, func(_ string, m bool) bool { return !m })
	p := Part{Of: len(all), Seen: len(all) - len(missed), Missed: slices.SortedFunc(maps.Keys(missed), strings.Compare)}
	if p.Missed == nil {
		p.Missed = []string{}
	}
	return p
}
