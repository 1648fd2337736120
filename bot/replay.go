package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
)

// Differs says where a replay leaves the path a conversation took. It holds no
// texts.
type Differs struct {
	Conv    message.ConversationID
	Version int64  // of the turn; 0 = the state after all turns
	Flow    string // ID of the flow the turn was made with; with "state" the last turn
	What    string // "effects" or "state"
	At      int    // with "effects": the first that differs, from 1
	Was     string // its name then, "" where there was none
	Is      string // and now
}

// Error implements error.
func (d *Differs) Error() string {
	if d.What == "state" {
		return fmt.Sprintf("conversation %d: the state after the last turn differs (made with flow %q)", d.Conv, d.Flow)
	}
	return fmt.Sprintf("conversation %d, turn %d: effect %d differs (was %q, is %q; made with flow %q)",
		d.Conv, d.Version, d.At, d.Was, d.Is, d.Flow)
}

// made is one turn as the journal has it.
type made struct {
	conv    message.ConversationID
	version int64
	input   input
	effects []byte
	anew    []byte // the state it went on from where the stored one could not be read
}

// turns puts journal entries together. Entries of a turn follow one another,
// the input first.
func turns(conv message.ConversationID, rows []store.JournalRow) ([]made, error) {
	var list []made
	for _, row := range rows {
		if row.Kind == eventInput {
			m := made{conv: conv, version: row.Version}
			if json.Unmarshal(row.Payload, &m.input) != nil {
				return nil, fmt.Errorf("conversation %d, turn %d: the journal cannot be read", conv, row.Version)
			}
			list = append(list, m)
		}
		if len(list) == 0 || list[len(list)-1].version != row.Version {
			continue
		}
		switch m := &list[len(list)-1]; row.Kind {
		case eventEffects:
			m.effects = row.Payload
		case eventAnew:
			m.anew = row.Payload
		}
	}
	return list, nil
}

// Replay runs a conversation again from its journal, with the readings stored
// in it, and compares every effect and the last state to the letter. The error
// is a *Differs where another flow or engine would have done something else; it
// names the flow the turn was made with, so that an edited flow is not taken
// for a fault.
// The state goes through its encoding between turns, as it did then.
func Replay(ctx context.Context, s store.Store, f *flow.Flow, set dialog.Settings, conv message.ConversationID) error {
	rows, err := s.Journal(ctx, conv, 0)
	if err != nil {
		return fmt.Errorf("replay: %w", err)
	}
	last, err := s.Conversation(ctx, conv)
	if err != nil {
		return fmt.Errorf("replay: %w", err)
	}
	list, err := turns(conv, rows)
	if err != nil {
		return fmt.Errorf("replay: %w", err)
	}
	var encoded []byte
	madeWith := ""
	for _, m := range list {
		madeWith = m.input.Flow
		if m.anew != nil {
			encoded = m.anew
		}
		if encoded, err = m.again(f, set, encoded); err != nil { //nolint:contextcheck // the engine is pure and takes none
			return err
		}
	}
	if !bytes.Equal(encoded, last.State) {
		return &Differs{Conv: conv, Flow: madeWith, What: "state"}
	}
	return nil
}

// again makes the turn once more and compares its effects with what was.
func (m made) again(f *flow.Flow, set dialog.Settings, encoded []byte) ([]byte, error) {
	state, err := dialog.Decode(f, encoded)
	if err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	res, err := dialog.Step(f, set, state, m.input.Input)
	if err != nil {
		return nil, fmt.Errorf("replay: conversation %d, turn %d (made with flow %q): %w", m.conv, m.version, m.input.Flow, err)
	}
	is, err := encodeEffects(res.Effects)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(m.effects, is) {
		return nil, m.differing(is)
	}
	return dialog.Encode(res.State)
}

// differing finds the first effect that is not the same.
func (m made) differing(is []byte) error {
	type entry struct {
		Name string          `json:"do"`
		With json.RawMessage `json:"with"`
	}
	var a, b []entry
	_ = json.Unmarshal(m.effects, &a) // one that cannot be read differs at its beginning
	_ = json.Unmarshal(is, &b)
	d := &Differs{Conv: m.conv, Version: m.version, Flow: m.input.Flow, What: "effects"}
	for i := 0; ; i++ {
		d.At, d.Was, d.Is = i+1, "", ""
		if i < len(a) {
			d.Was = a[i].Name
		}
		if i < len(b) {
			d.Is = b[i].Name
		}
		if d.Was != d.Is || d.Was == "" || !bytes.Equal(a[i].With, b[i].With) {
			return d
		}
	}
}
