package desk

import (
	"fmt"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// Relay shows in a hand-off's thread what the customer wrote or did.
func (d *Desk) Relay(conv message.ConversationID, e dialog.Relay) []Show {
	r := Ref{HandoffCard, conv, e.Handoff}
	name := d.named(e.Name)
	label := name
	if what := d.words.whats[e.What]; what != "" {
		label += d.words.dash + what
	}
	post := adapters.Post{Thread: r.anchor(""), Fallback: label}
	if e.Text != "" {
		post.Blocks = append(post.Blocks, adapters.Block{Kind: adapters.Quote, Label: label, Text: e.Text})
		post.Fallback = label + d.words.colon + shorten(e.Text, 150)
	} else if len(e.Attachments) == 0 {
		post.Blocks = append(post.Blocks, adapters.Block{Kind: adapters.Note, Text: label})
	}
	if len(e.Attachments) > 0 {
		list := adapters.Block{Kind: adapters.List, Items: d.attachments(e.Attachments)}
		if e.Text == "" {
			list.Label = name
		}
		post.Blocks = append(post.Blocks, list)
	}
	return []Show{r.show(post)}
}

// attachments names what came along; the files themselves stay where they are.
func (d *Desk) attachments(list []message.Attachment) []string {
	items := make([]string, 0, len(list))
	for _, a := range list {
		text := or(d.words.kinds[a.Kind], d.words.kinds[message.Other])
		if a.Name != "" {
			text += d.words.colon + a.Name
		}
		if a.Kind == message.Location {
			text += fmt.Sprintf("%s%.5f, %.5f", d.words.colon, a.Lat, a.Lon)
		}
		if a.Size > 0 {
			text += fmt.Sprintf(d.words.brackets, size(a.Size))
		}
		items = append(items, text)
	}
	return items
}

func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d B", n)
}

// Hold tells an agent why their words did not go out. A note that was meant
// as one, and talk among colleagues beside the owner, are left alone: a
// remark at every line would bury what the customer says. An unknown reason
// is an error.
func (d *Desk) Hold(conv message.ConversationID, e dialog.Hold) ([]Show, error) {
	return d.hold(Ref{HandoffCard, conv, e.Handoff}, e)
}

// hold is Hold for words in the thread of any card.
func (d *Desk) hold(r Ref, e dialog.Hold) ([]Show, error) {
	w := d.words
	state, reason := adapters.MarkHeld, ""
	switch e.Reason {
	case dialog.HoldInternal:
		return nil, nil
	case dialog.HoldNotOwner:
		if e.Owner != "" {
			return nil, nil
		}
		reason = w.takeFirst
	case dialog.HoldAsk:
		reason = w.holdAsk
	case dialog.HoldClosed:
		reason = w.over
	case dialog.HoldEdited:
		reason = w.holdEdited
	case dialog.HoldEmpty:
		reason = w.holdEmpty
	case dialog.HoldFile:
		reason = w.holdFile
	case dialog.HoldBlocked:
		state, reason = adapters.MarkFailed, w.failures[FailedGone]
	default:
		return nil, fmt.Errorf("unknown reason %q to hold a message", e.Reason)
	}
	in := ""
	if r.N > 0 { // a hand-off may be over and gone
		in = r.anchor("")
	}
	return []Show{{
		Lane: or(in, "mark:"+string(e.Message)),
		Mark: &adapters.Mark{Message: e.Message, State: state, Reason: reason},
		In:   in,
	}}, nil
}
