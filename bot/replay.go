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
	What    string // "effects" or "state"
	At      int    // with "effects": the first that differs, from 1
	Was     string // its name then, "" where there was none
	Is      string // and now
}

// Error implements error.
func (d *Differs) Error() string {
	if d.What == "state" {
		return fmt.Sprintf("conversation %d: the state after the last turn differs", d.Conv)
	}
	return fmt.Sprintf("conversation %d, turn %d: effect %d differs (was %q, is %q)", d.Conv, d.Version, d.At, d.Was, d.Is)
}

// Replay runs a conversation again from its journal, with the readings stored
// in it, and compares every effect and the last state to the letter. The error
// is a *Differs where another flow or engine would have done something else.
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
	var encoded []byte
	for i := 0; i < len(rows); i++ {
		if rows[i].Kind != eventInput {
			continue
		}
		var was []byte
		if i+1 < len(rows) && rows[i+1].Version == rows[i].Version && rows[i+1].Kind == eventEffects {
			was = rows[i+1].Payload
		}
		if encoded, err = again(f, set, conv, rows[i], encoded, was); err != nil { //nolint:contextcheck // the engine is pure and takes none
			return err
		}
	}
	if !bytes.Equal(encoded, last.State) {
		return &Differs{Conv: conv, What: "state"}
	}
	return nil
}

// again makes one turn once more and compares its effects with what was.
func again(f *flow.Flow, set dialog.Settings, conv message.ConversationID, row store.JournalRow, encoded, was []byte) ([]byte, error) {
	var in dialog.Input
	if json.Unmarshal(row.Payload, &in) != nil {
		return nil, fmt.Errorf("replay: conversation %d, turn %d: the journal cannot be read", conv, row.Version)
	}
	state, err := dialog.Decode(f, encoded)
	if err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	res, err := dialog.Step(f, set, state, in)
	if err != nil {
		return nil, fmt.Errorf("replay: conversation %d, turn %d: %w", conv, row.Version, err)
	}
	is, err := encodeEffects(res.Effects)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(was, is) {
		return nil, differing(conv, row.Version, was, is)
	}
	return dialog.Encode(res.State)
}

// differing finds the first effect that is not the same.
func differing(conv message.ConversationID, version int64, was, is []byte) error {
	type entry struct {
		Name string          `json:"do"`
		With json.RawMessage `json:"with"`
	}
	var a, b []entry
	_ = json.Unmarshal(was, &a) // one that cannot be read differs at its beginning
	_ = json.Unmarshal(is, &b)
	d := &Differs{Conv: conv, Version: version, What: "effects"}
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
