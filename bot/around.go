package bot

import (
	"cmp"
	"strings"

	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// around is what a promise stands in. What the conversation is about at present
// is told only of a promise that belongs to it: promises outlive their matter.
func (s *scribe) around(p expect.Promise) desk.Around {
	var in desk.Around
	if m := s.state.Matter; p.Case != "" && p.Case == m.Case {
		lang := s.b.cfg.Settings.AgentLang
		in.Order = m.Slots[s.b.cfg.Flow.Catalog.Lookup.Slot].Text
		in.Item = cmp.Or(m.Facts["item."+string(lang)], m.Facts["item"])
		in.Story = m.Story
	}
	if h := s.state.Handoff; h != nil {
		in.Handoff, in.Waiting = true, h.Promise == p.N
		if h.Owner != "" {
			in.Owner = h.Name
		}
	}
	return in
}

// held tells apart who lost the hand-off to somebody else: they may not have
// seen it, and wait for an answer to words that nobody got.
func (s *scribe) held(e dialog.Hold) dialog.Hold {
	a, h := s.input.Agent, s.state.Handoff
	if e.Reason == dialog.HoldNotOwner && e.Message != "" && a != nil && h != nil && h.Owner != "" && h.Former == a.Ref {
		e.Reason = desk.HoldTaken
	}
	return e
}

// kindOf says what agents hear of where a message does not arrive that is no
// message of theirs; "" for what is nobody's loss.
func (s *scribe) kindOf(e dialog.Say) desk.Words {
	switch {
	case e.Mark != "":
	case e.Out.From == message.Agent && s.input.Kind == dialog.InOffered:
		return desk.WordsOffer
	case e.Out.From == message.Agent && s.input.Kind == dialog.InPromised:
		return desk.WordsPromise
	case e.Out.From == message.Agent:
		return desk.WordsOwn
	case e.Promised:
		return desk.WordsNews
	case s.input.Kind == dialog.InReturned && s.settledIn(e.Out.Text):
		return desk.WordsNote
	}
	return ""
}

// settledIn says whether a text tells what an owner wrote when giving back.
func (s *scribe) settledIn(text string) bool {
	note := strings.TrimRight(strings.TrimSpace(s.input.Text), ".!。！")
	return note != "" && strings.Contains(text, note)
}

// threadOf is the hand-off in whose thread agents hear of a message that does
// not arrive; "" where there is none. One that was just given back is no more in
// the state, and its thread is still where people look.
func (s *scribe) threadOf(env envelope) string {
	h := s.state.Handoff
	switch {
	case env.Words == desk.WordsNote && s.input.Agent != nil && s.input.Agent.Handoff > 0:
		return desk.HandoffAnchor(s.it.Conv, s.input.Agent.Handoff)
	case h != nil && (env.Of != "" || env.Words != ""):
		return desk.HandoffAnchor(s.it.Conv, h.N)
	}
	return ""
}
