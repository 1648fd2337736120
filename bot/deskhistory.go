package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

const (
	// deskMax is how many rows of a card's lane are read, newest first: more
	// than any hand-off has.
	deskMax = 1000
	// deskTurns is how many turns of a customer's conversation are looked
	// through for agents' words.
	deskTurns = 500
	// looseMarks is how many of an agent's latest words are looked up one by
	// one, where the card's own lane says nothing of them.
	looseMarks = 20
	// noticesKept is how many posts outside of every card are remembered.
	noticesKept = 30
	noticesName = "desk notices"
)

// DeskEntry is one thing agents have seen of a card: exactly one of Post, Mark
// and Wrote (an agent's own words) is set. ID is the outbox row, 0 with Wrote.
type DeskEntry struct {
	ID    int64
	At    time.Time
	Post  *adapters.Post
	Mark  *adapters.Mark
	Wrote *message.Inbound
	// Internal, with Wrote: the words stayed among colleagues.
	Internal bool
}

// DeskCard is an open hand-off or promise. Due is zero for a hand-off, Owner
// and OwnerName for one that nobody has taken. Answer is by when a customer who
// still waits was promised an answer; the card of that promise names the
// hand-off in Within.
type DeskCard struct {
	Anchor      string
	Owner       message.UserRef
	OwnerName   string
	Case, Text  string
	Opened, Due time.Time
	Answer      time.Time
	Within      string
}

// DeskBoard lists what is open: hand-offs, oldest first, then promises,
// soonest first; at most max of each.
func (b *Bot) DeskBoard(ctx context.Context, max int) ([]DeskCard, error) {
	handoffs, err := b.cfg.Store.OpenHandoffs(ctx, max)
	if err != nil {
		return nil, fmt.Errorf("desk board: %w", err)
	}
	promises, err := b.cfg.Store.OpenPromises(ctx, 0, max)
	if err != nil {
		return nil, fmt.Errorf("desk board: %w", err)
	}
	cards := make([]DeskCard, 0, len(handoffs)+len(promises))
	for _, h := range handoffs {
		cards = append(cards, DeskCard{Anchor: desk.HandoffAnchor(h.Conv, h.N), Owner: h.Owner, OwnerName: h.Name, Opened: moment(h.Opened)})
	}
	for _, p := range promises {
		c := DeskCard{Anchor: fmt.Sprintf("%s:%d:%d", desk.TaskCard, p.Conv, p.N), OwnerName: p.Owner,
			Case: p.Case, Text: p.Text, Opened: moment(p.Opened), Due: moment(p.Due)}
		i := slices.IndexFunc(handoffs, func(h store.HandoffRow) bool { return h.Conv == p.Conv && h.Owner == "" })
		if i >= 0 {
			within, err := b.waitedFor(ctx, handoffs[i], p.N)
			if err != nil {
				return nil, err
			}
			if within {
				cards[i].Answer, c.Within = c.Due, cards[i].Anchor
			}
		}
		cards = append(cards, c)
	}
	return cards, nil
}

// waitedFor says whether the customer who waits in h was promised an answer
// under that number: whoever takes the hand-off keeps it by that. Without the
// conversation's state, or one that can be read, the two stand side by side.
func (b *Bot) waitedFor(ctx context.Context, h store.HandoffRow, promise int) (bool, error) {
	it, err := b.cfg.Store.Conversation(ctx, h.Conv)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("desk board: %w", err)
	}
	state, whole := dialog.Remains(it.State)
	if !whole || state.Handoff == nil {
		return false, nil
	}
	return state.Handoff.N == h.N && state.Handoff.Promise == promise, nil
}

// DeskHistory reads what agents have seen and written of the card under
// anchor, oldest first. An anchor that names no card, or one that is not
// known, has none.
func (b *Bot) DeskHistory(ctx context.Context, anchor string) ([]DeskEntry, error) {
	ref, ok := desk.ParseAnchor(anchor)
	if !ok {
		return nil, nil
	}
	shown, err := b.deskLane(ctx, anchor, deskMax)
	if err != nil || len(shown) == 0 {
		return nil, err
	}
	words, err := b.deskWords(ctx, ref)
	if err != nil {
		return nil, err
	}
	loose, err := b.deskLoose(ctx, shown, words)
	if err != nil {
		return nil, err
	}
	files, err := b.deskLane(ctx, anchor+filesLane, deskMax)
	if err != nil {
		return nil, err
	}
	all := slices.Concat(words, shown, files, loose) // words first where the clock cannot tell: a mark follows them
	slices.SortStableFunc(all, func(x, y DeskEntry) int { return x.At.Compare(y.At) })
	return all, nil
}

// whispersRead is how many of the latest whispers to one person are read.
const whispersRead = 100

// DeskWhispers reads what was lately said to one person alone in the thread of
// the card under anchor, oldest first. It is no part of DeskHistory, which is
// the same for everybody.
func (b *Bot) DeskWhispers(ctx context.Context, who message.UserRef, anchor string) ([]DeskEntry, error) {
	all, err := b.deskLane(ctx, desk.WhisperLane(who), whispersRead)
	return slices.DeleteFunc(all, func(e DeskEntry) bool { return e.Post == nil || e.Post.Thread != anchor }), err
}

// deskLane reads what was posted into one lane.
func (b *Bot) deskLane(ctx context.Context, lane string, max int) ([]DeskEntry, error) {
	rows, err := b.cfg.Store.Sent(ctx, b.deskSender(), message.Chat(lane), 0, max)
	if err != nil {
		return nil, fmt.Errorf("desk history: %w", err)
	}
	list := make([]DeskEntry, 0, len(rows))
	for _, row := range rows {
		if e, ok := deskEntry(row); ok {
			list = append(list, e)
		}
	}
	return list, nil
}

func deskEntry(row store.OutRow) (DeskEntry, bool) {
	env, err := decodeEnvelope(row.Payload)
	if err != nil || (env.Post == nil && env.Mark == nil) {
		return DeskEntry{}, false
	}
	return DeskEntry{ID: row.ID, At: moment(row.At), Post: env.Post, Mark: env.Mark}, true
}

// deskWords reads agents' own words from the end of the customer's journal.
// Words that were sent again are one entry.
func (b *Bot) deskWords(ctx context.Context, ref desk.Ref) ([]DeskEntry, error) {
	last, err := b.cfg.Store.Conversation(ctx, ref.Conv)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("desk history: %w", err)
	}
	rows, err := b.cfg.Store.Journal(ctx, ref.Conv, last.Version-deskTurns+1)
	if err != nil {
		return nil, fmt.Errorf("desk history: %w", err)
	}
	var list []DeskEntry
	at := -1 // the entry the turn is about
	for _, row := range rows {
		switch row.Kind {
		case eventInput:
			var in dialog.Input
			if json.Unmarshal(row.Payload, &in) != nil {
				return nil, fmt.Errorf("desk history: conversation %d, turn %d: the journal cannot be read", ref.Conv, row.Version)
			}
			list, at = b.addWords(list, ref, in)
		case eventEffects:
			if at >= 0 {
				list[at].Internal = heldInside(row.Payload)
			}
		}
	}
	return list, nil
}

// addWords adds what in says, if it is an agent's words about ref, and says
// where it stands (-1 = nowhere).
func (b *Bot) addWords(list []DeskEntry, ref desk.Ref, in dialog.Input) ([]DeskEntry, int) {
	act := in.Agent
	if act == nil || act.Message == "" {
		return list, -1
	}
	about := desk.Ref{Kind: desk.HandoffCard, Conv: ref.Conv, N: act.Handoff}
	switch in.Kind {
	case dialog.InSaid:
	case dialog.InNoted:
		about.Kind, about.N = desk.TaskCard, act.Promise
	default:
		return list, -1
	}
	if about != ref {
		return list, -1
	}
	if i := slices.IndexFunc(list, func(e DeskEntry) bool { return e.Wrote.ID == act.Message }); i >= 0 {
		return list, i
	}
	m := &message.Inbound{Channel: b.cfg.Desk.Channel(), Kind: message.KindAgentText, ID: act.Message, Text: in.Text, At: in.At,
		From: message.Person{Ref: act.Ref, Name: act.Name}, Attachments: in.Attachments}
	return append(list, DeskEntry{At: in.At, Wrote: m}), len(list)
}

// heldInside says whether the effects of a turn kept an agent's words among
// colleagues without a word about it.
func heldInside(payload []byte) bool {
	var effects []struct {
		Do   string          `json:"do"`
		With json.RawMessage `json:"with"`
	}
	if json.Unmarshal(payload, &effects) != nil {
		return false
	}
	for _, e := range effects {
		var h dialog.Hold
		if e.Do == "hold" && json.Unmarshal(e.With, &h) == nil {
			return h.Reason == dialog.HoldInternal || h.Reason == dialog.HoldNotOwner
		}
	}
	return false
}

// deskLoose reads the marks that stand outside of the card's lane.
func (b *Bot) deskLoose(ctx context.Context, shown, words []DeskEntry) ([]DeskEntry, error) {
	marked := map[message.PlatformID]bool{}
	for _, e := range shown {
		if e.Mark != nil {
			marked[e.Mark.Message] = true
		}
	}
	var list []DeskEntry
	for _, e := range words[max(0, len(words)-looseMarks):] {
		if marked[e.Wrote.ID] || e.Internal {
			continue
		}
		found, err := b.deskLane(ctx, "mark:"+string(e.Wrote.ID), looseMarks)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

// DeskNotice remembers the outbox row of a post that belongs to no card, so
// that a desk without a channel of its own can show it. A row it knows is no
// error. Calls must not overlap.
func (b *Bot) DeskNotice(ctx context.Context, row int64) error {
	rows, err := b.noticed(ctx)
	if err != nil {
		return err
	}
	name := strconv.FormatInt(row, 10)
	if slices.Contains(rows, name) {
		return nil
	}
	rows = append(rows, name)
	rows = rows[max(0, len(rows)-noticesKept):]
	if err := b.cfg.Store.SetMeta(ctx, noticesName, strings.Join(rows, " ")); err != nil {
		return fmt.Errorf("desk notice: %w", err)
	}
	return nil
}

// DeskNotices reads the posts [Bot.DeskNotice] remembered, oldest first.
func (b *Bot) DeskNotices(ctx context.Context) ([]DeskEntry, error) {
	names, err := b.noticed(ctx)
	if err != nil {
		return nil, err
	}
	var list []DeskEntry
	for _, name := range names {
		id, err := strconv.ParseInt(name, 10, 64)
		if err != nil {
			continue
		}
		row, err := b.cfg.Store.Out(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			continue // deleted long after it was sent
		}
		if err != nil {
			return nil, fmt.Errorf("desk notices: %w", err)
		}
		if e, ok := deskEntry(row); ok && e.Post != nil {
			list = append(list, e)
		}
	}
	return list, nil
}

func (b *Bot) noticed(ctx context.Context) ([]string, error) {
	text, err := b.cfg.Store.Meta(ctx, noticesName)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, fmt.Errorf("desk notices: %w", err)
	}
	return strings.Fields(text), nil
}
