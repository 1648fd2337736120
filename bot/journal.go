package bot

import (
	"encoding/json"
	"fmt"

	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// Kinds of journal entries. Every turn has the input, with its reading, and
// the effects; origin stands only where a customer did something, anew only
// where the stored state could not be read.
const (
	eventInput   = "input"   // input
	eventEffects = "effects" // []named
	eventOrigin  = "origin"  // origin
	eventAnew    = "anew"    // the encoded dialog.State the turn went on from
	eventWords   = "words"   // []wording: what was said in other words than the effects have
	eventEarly   = "early"   // dialog.Input, an agent's change of words that have not come yet; stands alone
)

// input is the engine's input with the flow it was handled under: what a
// replay shows is only then a fault where the flow is the same.
type input struct {
	dialog.Input
	Flow string `json:"flow,omitempty"` // flow.Flow.ID
}

// origin is what the engine does not need to know of a customer's input, but
// a page that shows the conversation does.
type origin struct {
	ID  message.PlatformID `json:"id,omitempty"`
	Tap string             `json:"tap,omitempty"` // what the pressed button carried
}

// named is an effect with the name of its type, so that a journal can be read
// without knowing Go.
type named struct {
	Name   string        `json:"do"`
	Effect dialog.Effect `json:"with"`
}

// events are the journal of one turn, made under a flow.
func events(r reading, flowID string, effects []dialog.Effect) ([]store.Event, error) {
	in, err := json.Marshal(input{Input: r.input, Flow: flowID})
	if err != nil {
		return nil, fmt.Errorf("journal: input: %w", err)
	}
	done, err := encodeEffects(effects)
	if err != nil {
		return nil, err
	}
	list := []store.Event{{Kind: eventInput, Payload: in}, {Kind: eventEffects, Payload: done}}
	if r.origin == nil {
		return list, nil
	}
	from, err := json.Marshal(r.origin)
	if err != nil {
		return nil, fmt.Errorf("journal: origin: %w", err)
	}
	return append(list, store.Event{Kind: eventOrigin, Payload: from}), nil
}

// encodeEffects writes effects in order; one without a name is an error, as in
// scribe.write.
func encodeEffects(effects []dialog.Effect) ([]byte, error) {
	list := make([]named, len(effects))
	for i, e := range effects {
		name, err := nameOf(e)
		if err != nil {
			return nil, err
		}
		list[i] = named{Name: name, Effect: e}
	}
	b, err := json.Marshal(list)
	if err != nil {
		return nil, fmt.Errorf("journal: effects: %w", err)
	}
	return b, nil
}

// nameOf names an effect for the journal. The names are stored and must not
// change.
func nameOf(e dialog.Effect) (string, error) {
	switch e.(type) {
	case dialog.Say:
		return "say", nil
	case dialog.Retire:
		return "retire", nil
	case dialog.SetTimer:
		return "set_timer", nil
	case dialog.ClearTimer:
		return "clear_timer", nil
	case dialog.LookUp:
		return "look_up", nil
	case dialog.PromiseChanged:
		return "promise", nil
	case dialog.HandoffChanged:
		return "handoff", nil
	case dialog.Relay:
		return "relay", nil
	case dialog.Amend:
		return "amend", nil
	case dialog.Hold:
		return "hold", nil
	case dialog.Unreachable:
		return "unreachable", nil
	case dialog.UseCase:
		return "use_case", nil
	case dialog.Rated:
		return "rated", nil
	case dialog.FollowedUp:
		return "followed_up", nil
	}
	return "", fmt.Errorf("journal: effect %T has no name", e)
}
