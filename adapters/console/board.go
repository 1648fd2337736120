package console

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/accord-chat/accord/dialog/message"
)

// boardPage is the list at the left.
type boardPage struct {
	Sections []section
	Status   string // for screen readers: what is waiting
	Waiting  int    // nobody has taken these
	Unread   int    // customers of mine who have written since I last did
	Hint     string // what to do where nothing is open on the page
}

type section struct {
	ID, Title, Empty string
	Items            []item
}

// item is one row. About tells it from others, News says what I have not
// answered yet.
type item struct {
	ID, Address, Title, Standing, About, News string
	Late, Here                                bool
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
	p, now := boardPage{}, a.cfg.Now()
	tasks := slices.Clone(cards)
	slices.SortStableFunc(tasks, func(x, y Card) int { return x.Due.Compare(y.Due) })
	for _, c := range tasks {
		if c.Within != "" {
			continue // it stands with the hand-off it is about
		}
		i := place(c, me, now)
		it, unread, err := a.item(ctx, c, c.Owner == me && i == 1, now)
		if err != nil {
			return boardPage{}, nil, err
		}
		it.Here = c.Anchor == here
		sections[i].Items = append(sections[i].Items, it)
		p.Unread += unread
	}
	p.Waiting, p.Hint = len(sections[0].Items), w.ChooseHint
	p.Status = fmt.Sprintf(w.status, p.Waiting, len(sections[3].Items))
	for _, s := range sections {
		if len(s.Items) > 0 || s.Empty != "" {
			p.Sections = append(p.Sections, s)
		}
	}
	a.rows.keep(cards)
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

// item is the row of c. mine rows say what came since I answered; unread is 1
// where something did.
func (a *Adapter) item(ctx context.Context, c Card, mine bool, now time.Time) (it item, unread int, err error) {
	w := a.words
	s, err := a.summary(ctx, c.Anchor, mine)
	if err != nil {
		return item{}, 0, err
	}
	it = item{ID: "item-" + c.Anchor, Address: cardPath(c.Anchor), Title: s.title, About: s.gist}
	switch {
	case !c.Due.IsZero():
		it.Title = first(join(w.colon, c.Case, c.Text), it.Title)
		if it.Late = !c.Due.After(now); it.Late {
			it.Standing = fmt.Sprintf(w.overdueBy, w.span(now.Sub(c.Due)))
		} else {
			it.Standing = fmt.Sprintf(w.dueIn, w.span(c.Due.Sub(now)))
		}
	case c.Owner == "":
		it.Standing = fmt.Sprintf(w.waitingFor, w.span(now.Sub(c.Opened)))
		if !c.Answer.IsZero() {
			it.Standing += w.dot + fmt.Sprintf(w.answerBy, a.when(c.Answer))
		}
	case mine && s.news > 0:
		unread = 1
		it.News = fmt.Sprintf(w.news, s.news)
		it.Standing = fmt.Sprintf(w.waitsForYou, w.span(now.Sub(s.since)))
	case !mine:
		it.Standing = fmt.Sprintf(w.owned, first(message.CleanName(c.OwnerName), w.somebody))
	}
	if s.called && c.Due.IsZero() {
		it.Late = true
		it.Standing = join(w.dot, w.stepIn, it.Standing)
	}
	return it, unread, nil
}

// join puts the parts that are not empty together.
func join(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), between)
}

// links lead from a card to what else is open with the same customer.
func (a *Adapter) links(ctx context.Context, cards []Card, anchor string) ([]linkView, error) {
	var out []linkView
	for _, c := range cards {
		if c.Anchor == anchor || conversation(c.Anchor) != conversation(anchor) {
			continue
		}
		s, err := a.summary(ctx, c.Anchor, false)
		if err != nil {
			return nil, err
		}
		label := s.title
		if !c.Due.IsZero() {
			label = join(a.words.dot, join(a.words.colon, c.Case, c.Text), fmt.Sprintf(a.words.by, a.when(c.Due)))
		}
		out = append(out, linkView{Label: label, Address: cardPath(c.Anchor)})
	}
	return out, nil
}

// conversation is the part of an anchor that names the customer's.
func conversation(anchor string) string {
	_, rest, _ := strings.Cut(anchor, ":")
	conv, _, _ := strings.Cut(rest, ":")
	return conv
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
