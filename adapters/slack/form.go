package slack

import (
	"encoding/json"
	"strconv"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// formCallback marks the windows that are ours.
const formCallback = "accord_form"

// Sizes of a modal, in UTF-16 units (see size).
const (
	maxModalTitle = 24 // also its buttons
	maxLabelText  = 2000
	maxTyped      = 3000
	maxMetadata   = 3000
	maxInputs     = 100
)

// origin is where a form was opened: the message its button sits on, the root
// of that message's thread, and what the button stands for. It travels in the
// window's private metadata, so it holds ids only.
type origin struct {
	Channel string `json:"c"`
	Message string `json:"m"`
	Root    string `json:"t"`
	Action  string `json:"a"`
	Value   string `json:"v,omitempty"`
}

// opensForm says that the press is on a button with a form.
func (i interaction) opensForm() bool {
	return i.Type == "block_actions" && len(i.Actions) > 0 && formEnd.MatchString(i.Actions[0].ActionID)
}

// origin reads where a form that was sent had been opened; ok is false for
// windows that are not ours.
func (i interaction) origin() (o origin, ok bool) {
	if i.View == nil || i.View.Callback != formCallback || json.Unmarshal([]byte(i.View.Metadata), &o) != nil {
		return origin{}, false
	}
	return o, o.Channel != "" && o.Message != "" && o.Root != "" && o.Action != ""
}

// decodeSubmission makes of a form what its button would have been without one,
// and adds what was written. Fields is never nil, so that a form with nothing
// filled in is still one.
func decodeSubmission(i interaction, in message.Inbound, channel string) message.Inbound {
	o, ok := i.origin()
	if !ok || i.User.ID == "" || (channel != "" && o.Channel != channel) {
		return in
	}
	in.Kind = message.KindAgentTap
	in.From.Ref = userRef(first(i.User.TeamID, i.teamID()), i.User.ID)
	in.ID = platformID(o.Channel, o.Message)
	in.Thread = platformID(o.Channel, o.Root)
	in.Tap = &message.Tap{Data: tapData(o.Action, o.Value)}
	in.Fields = map[string]string{}
	for name, byAction := range i.View.State.Values {
		for _, a := range byAction {
			if v := a.text(); v != "" {
				in.Fields[name] = v
			}
		}
	}
	return in
}

// text gives what was put in: words as typed, an instant as Unix seconds.
func (a answer) text() string {
	if a.Type == "datetimepicker" {
		if a.When == 0 {
			return ""
		}
		return strconv.FormatInt(a.When, 10)
	}
	return a.Value
}

// modal lays a form out. What stands in it comes from us, and from nobody else;
// it is plain text all the same.
func modal(f adapters.Form, o origin, w words, now time.Time) (slackapi.ModalViewRequest, bool) {
	meta, err := json.Marshal(o)
	if err != nil || len(meta) > maxMetadata || len(f.Fields) == 0 || len(f.Fields) > maxInputs {
		return slackapi.ModalViewRequest{}, false
	}
	v := slackapi.ModalViewRequest{
		Type:  slackapi.VTModal,
		Title: plainText(cut(message.Visible(first(f.Title, o.Action)), maxModalTitle)), Submit: plainText(cut(message.Visible(first(f.Submit, w.send)), maxModalTitle)),
		Close: plainText(w.cancel), CallbackID: formCallback, PrivateMetadata: string(meta),
	}
	for _, field := range f.Fields {
		v.Blocks.BlockSet = append(v.Blocks.BlockSet, input(field, now))
	}
	return v, true
}

// input is one field; its name is the block's id, under which the answer comes
// back.
func input(f adapters.Field, now time.Time) slackapi.Block {
	var hint *slackapi.TextBlockObject
	if f.Hint != "" {
		hint = plainText(cut(message.Visible(f.Hint), maxLabelText))
	}
	b := slackapi.NewInputBlock(f.Name, plainText(cut(message.Visible(first(f.Label, f.Name)), maxLabelText)), hint, formElement(f, now))
	b.Optional = f.Optional
	return b
}

func formElement(f adapters.Field, now time.Time) slackapi.BlockElement {
	if f.Kind == adapters.FieldWhen {
		e := slackapi.NewDateTimePickerBlockElement(f.Name)
		if ahead, err := strconv.ParseInt(f.Value, 10, 64); err == nil {
			e.InitialDateTime = now.Add(time.Duration(ahead)*time.Second + time.Minute - 1).Truncate(time.Minute).Unix()
		}
		return e
	}
	e := slackapi.NewPlainTextInputBlockElement(nil, f.Name)
	e.Multiline = f.Kind != adapters.FieldLine
	e.InitialValue = cut(message.Visible(f.Value), maxTyped)
	e.MaxLength = maxTyped
	return e
}
