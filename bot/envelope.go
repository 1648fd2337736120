package bot

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

// envelopeVersion is raised when the meaning of a stored envelope changes.
const envelopeVersion = 1

// envelope is the payload of an outbox row: exactly one of Say, Amend, Post,
// Mark, Settle and Fact.
type envelope struct {
	V     int                `json:"v"`
	Say   *message.Outbound  `json:"say,omitempty"`
	Amend *adapters.Amend    `json:"amend,omitempty"` // its Message is found when it is sent
	Of    message.PlatformID `json:"of,omitempty"`    // with Say: the agent's message these words are
	Words desk.Words         `json:"words,omitempty"` // with Say: what agents hear of where it does not arrive, and is no message of theirs
	// There says, with Post, that it only replaces what stands there: where that
	// is not known there is nothing to replace.
	There bool `json:"there,omitempty"`
	// Part and Parts say which of how many rows an agent's message takes; 0 is
	// the only one of one. With Amend, Part says which it takes back.
	Part   int              `json:"part,omitempty"`
	Parts  int              `json:"parts,omitempty"`
	Post   *adapters.Post   `json:"post,omitempty"`
	Mark   *adapters.Mark   `json:"mark,omitempty"`
	Settle *adapters.Settle `json:"settle,omitempty"`
	Fact   *factQuery       `json:"fact,omitempty"`
	// In is the anchor of the thread a mark's reason belongs in.
	In string `json:"in,omitempty"`
	// Turn is the input that led to an agent's words; with it they are marked
	// once as being late.
	Turn int64 `json:"turn,omitempty"`
	// Since is when whatever led to this was received, for measures.
	Since int64 `json:"since,omitempty"`
}

// factQuery asks for a fact by its key, for a customer.
type factQuery struct {
	Key      string          `json:"key"`
	Customer message.UserRef `json:"customer,omitempty"`
}

func (e envelope) encode() ([]byte, error) {
	e.V = envelopeVersion
	b, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("encode envelope: %w", err)
	}
	return b, nil
}

var errEnvelope = errors.New("not an envelope of this version")

// decodeEnvelope reads a stored row. Its errors hold nothing of the content.
func decodeEnvelope(b []byte) (envelope, error) {
	var e envelope
	if err := json.Unmarshal(b, &e); err != nil || e.V != envelopeVersion {
		return envelope{}, errEnvelope
	}
	kinds := 0
	for _, set := range []bool{e.Say != nil, e.Amend != nil, e.Post != nil, e.Mark != nil, e.Settle != nil, e.Fact != nil} {
		if set {
			kinds++
		}
	}
	if kinds != 1 {
		return envelope{}, errEnvelope
	}
	return e, nil
}

// deskOuts makes outbox rows of what agents shall see; none where there is no
// desk. dedup, when not empty, makes the rows unique; since is when what led to
// them was received, 0 where that does not matter.
func (b *Bot) deskOuts(shows []desk.Show, dedup string, since int64) ([]store.Out, error) {
	sender := b.deskSender()
	if sender == "" {
		return nil, nil
	}
	outs := make([]store.Out, 0, len(shows))
	for i, s := range shows {
		payload, err := envelope{Post: s.Post, Mark: s.Mark, In: s.In, Since: since}.encode()
		if err != nil {
			return nil, err
		}
		o := store.Out{Sender: sender, Chat: laneOf(s), Class: classOf(s), Payload: payload}
		if dedup != "" {
			o.Dedup = fmt.Sprintf("%s:%d", dedup, i)
		}
		if s.Once != "" {
			o.Dedup = s.Once
		}
		outs = append(outs, o)
	}
	return outs, nil
}

// filesLane follows the name of the lane that files of a card go in: words must
// not wait until a file has been fetched.
const filesLane = ":files"

func laneOf(s desk.Show) message.Chat {
	if s.Post != nil && len(s.Post.Files) > 0 {
		return message.Chat(s.Lane + filesLane)
	}
	return message.Chat(s.Lane)
}

// classOf lets pass what somebody waits for: a card, a call, an answer to a
// press. The rest is about what can be seen already.
func classOf(s desk.Show) store.Class {
	p := s.Post
	switch {
	case s.Mirror:
		return store.Mirror
	case p != nil && (p.Anchor != "" && !p.Update || p.Call != adapters.CallNobody || p.Private != "" || p.Thread == "" && !p.Update):
		return store.Reply
	}
	return store.Aside
}

// kindOf says what call a row costs that goes to agents.
func kindOf(env envelope) adapters.Kind {
	switch p := env.Post; {
	case env.Mark != nil && env.Mark.Reason == "" && len(env.Mark.Buttons) == 0:
		return adapters.KindMark
	case p != nil && p.Private != "":
		return adapters.KindPrivate
	case p != nil && p.Update:
		return adapters.KindUpdate
	}
	return adapters.KindPost
}

// questionAnchor is the name under which a question's message is found again,
// to take its buttons off. Platforms number messages per chat, so its id is
// kept with the conversation in front (see anchorID).
func questionAnchor(conv message.ConversationID, question int) string {
	return fmt.Sprintf("q:%d:%d", conv, question)
}

// partAnchor is the name under which the delivery of an agent's message is
// noted, to know later whether it went out, and to change it; for each of the
// rows it takes. 0 and 1 are the first.
func partAnchor(id message.PlatformID, part int) string {
	if part > 1 {
		return fmt.Sprintf("said%d:%s", part, id)
	}
	return "said:" + string(id)
}

func anchorID(conv message.ConversationID, id message.PlatformID) message.PlatformID {
	return message.PlatformID(fmt.Sprintf("%d/%s", conv, id))
}

func platformOf(conv message.ConversationID, id message.PlatformID) message.PlatformID {
	prefix := fmt.Sprintf("%d/", conv)
	if len(id) > len(prefix) && string(id[:len(prefix)]) == prefix {
		return id[len(prefix):]
	}
	return ""
}
