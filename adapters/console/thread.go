package console

import (
	"slices"
	"strings"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// thread is a card with all that stands under it, as one person may see it.
type thread struct {
	anchor string
	card   shown
	lines  []line
	offers map[string]bool // every button that stands or stood somewhere here, see offerKey
	acts   map[string]bool // the same, of the card alone and without its id
	called bool            // somebody has to step in, and nobody has yet
	wrote  map[message.PlatformID]bool
}

// shown is a post under its platform id.
type shown struct {
	id message.PlatformID
	Entry
}

// line is one entry below the card: a post, or an agent's words with the
// newest mark on them.
type line struct {
	shown
	mark   *adapters.Mark
	markID message.PlatformID
}

// fold puts a history together: posts that replace others stand in their
// place, marks on the words they are about, and what is for somebody else is
// left out. ok is false where there is no card.
func fold(anchor string, me message.UserRef, history []Entry) (t thread, ok bool) {
	t = thread{anchor: anchor, offers: map[string]bool{}, acts: map[string]bool{}, wrote: map[message.PlatformID]bool{}}
	at := map[string]int{}                 // posts by their anchor
	words := map[message.PlatformID]int{}  // words by their id
	loose := map[message.PlatformID]line{} // marks that came before their words
	kept := map[message.PlatformID]bool{}  // marks that were answered: the words stay here
	for _, e := range history {
		switch {
		case e.Post != nil && e.Post.Private != "" && e.Post.Private != me:
		case e.Post != nil && strings.HasPrefix(e.Post.Anchor, askedAnchor):
			kept[message.PlatformID(strings.TrimPrefix(e.Post.Anchor, askedAnchor))] = true
		case e.Post != nil:
			t.post(e, at)
			ok = ok || e.Post.Anchor == anchor
		case e.Wrote != nil:
			l := line{shown: shown{id: e.Wrote.ID, Entry: e}}
			if m, early := loose[l.id]; early {
				l.mark, l.markID = m.mark, m.markID
			}
			words[l.id], t.wrote[l.id] = len(t.lines), true
			t.lines = append(t.lines, l)
			t.called = t.called && l.among()
		case e.Mark != nil:
			id := postID(e.ID)
			t.offer(id, e.Mark.Buttons)
			if i, known := words[e.Mark.Message]; known {
				t.lines[i].mark, t.lines[i].markID = e.Mark, id
			} else {
				loose[e.Mark.Message] = line{mark: e.Mark, markID: id}
			}
		}
	}
	t.keep(kept)
	return t, ok
}

// askedAnchor begins the name under which the question about words that were
// held back is replaced, once it is answered; the id of the question follows.
const askedAnchor = "asked:"

// keep makes of held words whose question was answered what they are now: a
// note. Their buttons are gone for good, for the answer was given.
func (t *thread) keep(kept map[message.PlatformID]bool) {
	for i, l := range t.lines {
		if l.mark == nil || !kept[l.markID] {
			continue
		}
		for _, b := range l.mark.Buttons {
			delete(t.offers, offerKey(l.markID, b.Action, b.Value))
		}
		t.lines[i].mark, t.lines[i].Internal = nil, true
	}
}

// among says whether an agent's words stay among colleagues. Words that were
// written as a note are one, whatever else stood against sending them.
func (l line) among() bool {
	switch {
	case l.mark == nil:
		return l.Internal || note(l.Wrote.Text)
	case l.mark.State == adapters.MarkHeld:
		return note(l.Wrote.Text)
	}
	return l.mark.State == adapters.MarkKept
}

// post puts a post where it belongs. One that replaces another keeps its place
// and its id; the card itself stands above everything.
func (t *thread) post(e Entry, at map[string]int) {
	switch e.Post.Anchor {
	case t.anchor + ":called":
		t.called = len(e.Post.Buttons) > 0
	case t.anchor + ":back":
		t.called = false
	}
	p := shown{id: postID(e.ID), Entry: e}
	if e.Post.Anchor == t.anchor {
		if t.card.Post != nil && e.Post.Update {
			p.id, p.At = t.card.id, t.card.At
		}
		t.card = p
		for _, b := range e.Post.Buttons {
			t.acts[offerKey("", b.Action, b.Value)] = true
		}
		t.called = t.called && slices.ContainsFunc(e.Post.Buttons, func(b adapters.Button) bool { return b.Action == "take" })
		t.offer(p.id, e.Post.Buttons)
		return
	}
	if i, known := at[e.Post.Anchor]; known && e.Post.Update && e.Post.Anchor != "" {
		p.id, p.At = t.lines[i].id, t.lines[i].At
		t.lines[i].shown = p
		t.offer(p.id, e.Post.Buttons)
		return
	}
	at[e.Post.Anchor] = len(t.lines)
	t.lines = append(t.lines, line{shown: p})
	t.offer(p.id, e.Post.Buttons)
}

// offer notes buttons that may be pressed. One that was there a moment ago
// counts too: who is too late for it shall hear from the engine who was
// faster, not from us that there is no such button.
func (t *thread) offer(id message.PlatformID, buttons []adapters.Button) {
	for _, b := range buttons {
		t.offers[offerKey(id, b.Action, b.Value)] = true
	}
}

func offerKey(id message.PlatformID, action, value string) string {
	return strings.Join([]string{string(id), action, value}, "\x00")
}
