package console

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

// boardPage is the list at the left.
type boardPage struct {
	Sections []section
	Status   string // for screen readers: what is waiting
	Waiting  int
}

type section struct {
	ID, Title, Empty string
	Items            []item
}

type item struct {
	ID, Address, Title, Standing, Note string
	Late, Here                         bool
}

// readBoard makes the list: what waits, what is mine, what is others', and
// tasks, soonest first. here is the card that is open.
func (a *Adapter) readBoard(ctx context.Context, me message.UserRef, here string) (boardPage, []Card, error) {
	cards, err := a.cfg.Board(ctx)
	if err != nil {
		return boardPage{}, nil, fmt.Errorf("console: board: %w", err)
	}
	w := a.words
	sections := []section{
		{ID: "waiting", Title: w.Waiting, Empty: w.NobodyWaits}, {ID: "mine", Title: w.Mine, Empty: w.NothingMine},
		{ID: "others", Title: w.Others}, {ID: "overdue", Title: w.Overdue}, {ID: "tasks", Title: w.Tasks, Empty: w.NoTasks},
	}
	now := a.cfg.Now()
	tasks := slices.Clone(cards)
	slices.SortStableFunc(tasks, func(x, y Card) int { return x.Due.Compare(y.Due) })
	for _, c := range tasks {
		i := place(c, me, now)
		it, err := a.item(ctx, c, now)
		if err != nil {
			return boardPage{}, nil, err
		}
		it.Here = c.Anchor == here
		sections[i].Items = append(sections[i].Items, it)
	}
	p := boardPage{Waiting: len(sections[0].Items)}
	p.Status = fmt.Sprintf(w.status, p.Waiting, len(sections[3].Items))
	for _, s := range sections {
		if len(s.Items) > 0 || s.Empty != "" {
			p.Sections = append(p.Sections, s)
		}
	}
	a.titles.keep(cards)
	return p, cards, nil
}

// place says in which section a card stands.
func place(c Card, me message.UserRef, now time.Time) int {
	switch {
	case !c.Due.IsZero() && !c.Due.After(now):
		return 3
	case !c.Due.IsZero():
		return 4
	case c.Owner == "":
		return 0
	case c.Owner == me:
		return 1
	}
	return 2
}

func (a *Adapter) item(ctx context.Context, c Card, now time.Time) (item, error) {
	w := a.words
	it := item{ID: "item-" + c.Anchor, Address: cardPath(c.Anchor)}
	if !c.Due.IsZero() {
		it.Title, it.Note = c.Case, c.Text
		if it.Late = !c.Due.After(now); it.Late {
			it.Standing = fmt.Sprintf(w.overdueBy, w.span(now.Sub(c.Due)))
		} else {
			it.Standing = fmt.Sprintf(w.dueIn, w.span(c.Due.Sub(now)))
		}
		return it, nil
	}
	title, err := a.title(ctx, c.Anchor)
	if err != nil {
		return item{}, err
	}
	it.Title = title
	if c.Owner == "" {
		it.Standing = fmt.Sprintf(w.waitingFor, w.span(now.Sub(c.Opened)))
	} else {
		it.Standing = fmt.Sprintf(w.owned, first(c.OwnerName, w.somebody))
	}
	return it, nil
}

// titles remembers what open cards are called, so that a board does not read
// every thread each time. What it forgets is read again.
type titles struct {
	mu sync.Mutex
	of map[string]string
}

func newTitles() *titles { return &titles{of: map[string]string{}} }

// keep forgets all cards but these.
func (t *titles) keep(cards []Card) {
	open := make(map[string]bool, len(cards))
	for _, c := range cards {
		open[c.Anchor] = true
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for anchor := range t.of {
		if !open[anchor] {
			delete(t.of, anchor)
		}
	}
}

// title is what the card under anchor is called; a card whose post is not in
// the outbox yet has only its number.
func (a *Adapter) title(ctx context.Context, anchor string) (string, error) {
	a.titles.mu.Lock()
	known := a.titles.of[anchor]
	a.titles.mu.Unlock()
	if known != "" {
		return known, nil
	}
	history, err := a.cfg.History(ctx, anchor)
	if err != nil {
		return "", fmt.Errorf("console: title: %w", err)
	}
	t, ok := fold(anchor, "", history)
	if !ok {
		return anchor, nil
	}
	title := first(t.card.Post.Title, t.card.Post.Fallback, anchor)
	a.titles.mu.Lock()
	a.titles.of[anchor] = title
	a.titles.mu.Unlock()
	return title, nil
}

// cardOf finds an open card; ok is false for one that is closed.
func cardOf(cards []Card, anchor string) (Card, bool) {
	i := slices.IndexFunc(cards, func(c Card) bool { return c.Anchor == anchor })
	if i < 0 {
		return Card{}, false
	}
	return cards[i], true
}

const deskPath = "/admin/desk"

func cardPath(anchor string) string { return deskPath + "/" + anchor }
