package desk

import (
	"fmt"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/message"
)

// Relay shows in a hand-off's thread what the customer wrote or did: the words
// first, then each file by itself, because a file can fail and words must not
// wait for it. A file is named where it stands and nowhere else.
func (d *Desk) Relay(conv message.ConversationID, e dialog.Relay) []Show {
	r := Ref{HandoffCard, conv, e.Handoff}
	label := d.label(e)
	var told, files []message.Attachment // a place or a contact is told in words
	for _, a := range e.Attachments {
		if a.File == "" {
			told = append(told, a)
		} else {
			files = append(files, a)
		}
	}
	var shows []Show
	if blocks := d.wordings(e, label, told); len(blocks) > 0 || len(files) == 0 {
		post := adapters.Post{Thread: r.anchor(""), Fallback: label, Merge: true, Blocks: blocks}
		if e.Text != "" {
			post.Fallback = label + d.words.colon + shorten(e.Text, 150)
		}
		if len(blocks) == 0 {
			post.Blocks = []adapters.Block{{Kind: adapters.Note, Text: label}}
		}
		shows = append(shows, r.mirror(post))
	}
	for _, a := range files {
		text := label + d.words.colon + d.attachment(a)
		shows = append(shows, r.mirror(adapters.Post{Thread: r.anchor(""), Files: []message.Attachment{a}, Fallback: text,
			Blocks: []adapters.Block{{Kind: adapters.Note, Text: label}}}))
	}
	return shows
}

// mirror is show for what a customer did.
func (r Ref) mirror(p adapters.Post) Show {
	s := r.show(p)
	s.Mirror = true
	return s
}

// label says who did what.
func (d *Desk) label(e dialog.Relay) string {
	label := d.named(e.Name)
	if what := d.words.whats[e.What]; what != "" {
		label += d.words.dash + what
	}
	by := ""
	if !e.Until.IsZero() {
		by = d.say(d.words.by, d.when(e.Until))
	}
	return d.joined(label, e.Case, by)
}

// wordings quotes what was written. Of words that were changed both wordings
// are shown: the old one is what an agent may have answered.
func (d *Desk) wordings(e dialog.Relay, label string, told []message.Attachment) []adapters.Block {
	quote := func(label, text string) adapters.Block {
		return adapters.Block{Kind: adapters.Quote, Label: label, Text: text}
	}
	var blocks []adapters.Block
	switch {
	case e.Before != "" && e.Text != "":
		blocks = []adapters.Block{quote(label+d.words.dash+d.words.wasBefore, e.Before), quote(d.words.isNow, e.Text)}
	case e.Before != "":
		blocks = []adapters.Block{quote(label, e.Before)}
	case e.Text != "":
		blocks = []adapters.Block{quote(label, e.Text)}
	}
	if len(blocks) > 0 {
		label = ""
	}
	return list(blocks, label, d.attachments(told))
}

// attachments names what came along.
func (d *Desk) attachments(list []message.Attachment) []string {
	items := make([]string, 0, len(list))
	for _, a := range list {
		items = append(items, d.attachment(a))
	}
	return items
}

func (d *Desk) attachment(a message.Attachment) string {
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
	return text
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
