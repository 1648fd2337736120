package console

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/accord-chat/accord/adapters"
)

// summary is what a row of the board says of a card, beside its standing.
type summary struct {
	title, gist string
	called      bool      // somebody has to step in
	news        int       // messages since an agent last answered
	since       time.Time // the first of them
	read        time.Time
}

const (
	// rowsLast is how long a summary is believed where no post changes it.
	rowsLast = 2 * time.Minute
	// gistLength bounds a customer's first words in a row, in characters.
	gistLength = 90
)

// summaries remembers what open cards are called, so that a board does not
// read every thread each time. What it forgets is read again.
type summaries struct {
	mu sync.Mutex
	of map[string]summary
}

func newSummaries() *summaries { return &summaries{of: map[string]summary{}} }

// keep forgets all cards but these.
func (s *summaries) keep(cards []Card) {
	open := make(map[string]bool, len(cards))
	for _, c := range cards {
		open[c.Anchor] = true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for anchor := range s.of {
		if !open[anchor] {
			delete(s.of, anchor)
		}
	}
}

// forget forgets the card that a post is about; a further post about a card has
// the card's anchor and more behind it.
func (s *summaries) forget(about string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for anchor := range s.of {
		if about == anchor || strings.HasPrefix(about, anchor+":") {
			delete(s.of, anchor)
		}
	}
}

// summary reads the card under anchor; fresh means not from memory. A card
// whose post is not in the outbox yet has only its number.
func (a *Adapter) summary(ctx context.Context, anchor string, fresh bool) (summary, error) {
	now := a.cfg.Now()
	a.rows.mu.Lock()
	known, ok := a.rows.of[anchor]
	a.rows.mu.Unlock()
	if ok && !fresh && now.Sub(known.read) < rowsLast {
		return known, nil
	}
	history, err := a.cfg.History(ctx, anchor)
	if err != nil {
		return summary{}, fmt.Errorf("console: summary: %w", err)
	}
	t, ok := fold(anchor, "", history)
	if !ok {
		return summary{title: anchor}, nil
	}
	s := summarize(t)
	s.read = now
	a.rows.mu.Lock()
	a.rows.of[anchor] = s
	a.rows.mu.Unlock()
	return s, nil
}

func summarize(t thread) summary {
	p := t.card.Post
	s := summary{title: first(p.Title, p.Fallback, t.anchor), gist: first(p.Gist, firstWords(p)), called: t.called}
	if strings.Contains(s.title, s.gist) {
		s.gist = ""
	}
	for i, l := range t.lines {
		switch {
		case l.Wrote != nil && !l.among() && (l.mark == nil || l.mark.State != adapters.MarkHeld):
			s.news, s.since = 0, time.Time{}
		case l.Post != nil && fromCustomer(l.Post) && !t.along(i):
			s.news++
			if s.since.IsZero() {
				s.since = l.At
			}
		}
	}
	return s
}

// along says whether line i is a file that came with the words before it.
func (t thread) along(i int) bool {
	if i == 0 || len(t.lines[i].Post.Files) == 0 {
		return false
	}
	before := t.lines[i-1]
	return before.Post != nil && fromCustomer(before.Post) && before.At.Equal(t.lines[i].At)
}

// firstWords are the first words of the customer on a card, for one without a
// gist.
func firstWords(p *adapters.Post) string {
	for _, b := range p.Blocks {
		if b.Kind != adapters.Quote {
			continue
		}
		line, _, _ := strings.Cut(strings.TrimSpace(b.Text), "\n")
		if utf8.RuneCountInString(line) > gistLength {
			line = string([]rune(line)[:gistLength]) + "…"
		}
		return line
	}
	return ""
}
