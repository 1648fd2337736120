package slack

import (
	"errors"
	"strings"

	slackapi "github.com/slack-go/slack"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// Sizes Slack accepts, in UTF-16 units (see size). Longer texts are cut.
const (
	maxFallback = 4000
	maxHeader   = 150
	maxSection  = 3000 // also a context's text
	maxField    = 2000
	maxElement  = 3000 // one text element; longer texts go on in the next one
	maxBlocks   = 50
	maxFields   = 10 // in one section
	maxButtons  = 25 // in one row
	maxLabel    = 75
	maxValue    = 2000
	maxActionID = 255
	maxConfirm  = 300
	maxTitle    = 100 // of a confirmation
	maxChoice   = 30  // of a confirmation's buttons
)

// MaxWords is how much text one post may hold in all its blocks together, in
// UTF-16 units; what is beyond it is cut, and the post says so. Whoever merges
// posts stays below it, and below 50 blocks.
const MaxWords = 12000

var errButton = errors.New("a button's action or value is too long")

// layout lays a post out as Block Kit. Everything a person may have written
// goes into text elements of rich text or into plain_text with emoji off:
// nowhere else does Slack leave text alone. Too long or too many is cut with
// "…"; only a button that could not bring its value back is an error.
func layout(p adapters.Post, w words, call []slackapi.RichTextSectionElement) ([]slackapi.Block, error) {
	b := &builder{left: MaxWords}
	b.title(p.Title)
	if len(call) > 0 {
		b.rich([]slackapi.RichTextElement{slackapi.NewRichTextSection(call...)})
	}
	for _, block := range p.Blocks {
		b.block(block)
	}
	rows, err := buttonRows(p.Buttons, w)
	if err != nil {
		return nil, err
	}
	if len(rows) > maxBlocks {
		rows = rows[:maxBlocks]
	}
	if room := maxBlocks - len(rows); b.short || len(b.blocks) > room {
		b.blocks = b.blocks[:min(len(b.blocks), max(0, room-1))]
		if room > 0 { // the buttons matter more than the rest of the words
			b.add(contextBlock(w.more + ellipsis))
		}
	}
	return append(b.blocks, rows...), nil
}

// builder collects blocks and keeps count of the words that still fit.
type builder struct {
	blocks []slackapi.Block
	left   int
	short  bool // something did not fit
}

func (b *builder) add(block slackapi.Block) { b.blocks = append(b.blocks, block) }

// take makes s showable and takes it out of the room that is left; the result
// is "" where nothing is to be shown.
func (b *builder) take(s string, limit int) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	s = message.Visible(s)
	b.short = b.short || size(s) > b.left
	if b.left <= 0 {
		return ""
	}
	s = cut(s, min(limit, b.left))
	b.left -= size(s)
	return s
}

func (b *builder) title(s string) {
	if s = b.take(s, maxHeader); s != "" {
		b.add(slackapi.NewHeaderBlock(plainText(s)))
	}
}

func (b *builder) block(x adapters.Block) {
	switch x.Kind {
	case adapters.Quote:
		b.quote(x)
	case adapters.List:
		b.list(x)
	case adapters.Fields:
		b.fields(x)
	case adapters.Note:
		if s := b.take(x.Text, maxSection); s != "" {
			b.add(contextBlock(s))
		}
	default: // a kind we do not know is still shown
		b.paragraph(x)
	}
}

func (b *builder) paragraph(x adapters.Block) {
	var parts []slackapi.RichTextElement
	if l := b.label(x.Label); l != nil {
		parts = append(parts, l)
	}
	if e := b.words(x.Text); e != nil {
		parts = append(parts, slackapi.NewRichTextSection(e...))
	}
	b.rich(parts)
}

func (b *builder) quote(x adapters.Block) {
	var parts []slackapi.RichTextElement
	if l := b.label(x.Label); l != nil {
		parts = append(parts, l)
	}
	if e := b.words(x.Text); e != nil {
		parts = append(parts, &slackapi.RichTextQuote{Type: slackapi.RTEQuote, Elements: e})
	}
	b.rich(parts)
}

func (b *builder) list(x adapters.Block) {
	var parts, items []slackapi.RichTextElement
	if l := b.label(x.Label); l != nil {
		parts = append(parts, l)
	}
	for _, item := range x.Items {
		if e := b.words(item); e != nil {
			items = append(items, slackapi.NewRichTextSection(e...))
		}
	}
	if len(items) > 0 {
		parts = append(parts, slackapi.NewRichTextList(slackapi.RTEListBullet, 0, items...))
	}
	b.rich(parts)
}

func (b *builder) rich(parts []slackapi.RichTextElement) {
	if len(parts) > 0 {
		b.add(slackapi.NewRichTextBlock("", parts...))
	}
}

// label is a line in bold above what it names.
func (b *builder) label(s string) slackapi.RichTextElement {
	if s = b.take(s, maxElement); s == "" {
		return nil
	}
	return slackapi.NewRichTextSection(
		slackapi.NewRichTextSectionTextElement(s, &slackapi.RichTextSectionTextStyle{Bold: true}))
}

// words spreads s over as many text elements as it needs, so that a long
// message of a customer is not cut while there is room.
func (b *builder) words(s string) []slackapi.RichTextSectionElement {
	s = b.take(s, MaxWords)
	var out []slackapi.RichTextSectionElement
	for s != "" {
		head := cut(s, maxElement)
		if head != s {
			head = strings.TrimSuffix(head, ellipsis)
		}
		out = append(out, slackapi.NewRichTextSectionTextElement(head, nil))
		s = s[len(head):]
	}
	return out
}

// fields shows "name: value" pairs in two columns.
func (b *builder) fields(x adapters.Block) {
	if l := b.label(x.Label); l != nil {
		b.rich([]slackapi.RichTextElement{l})
	}
	var fields []*slackapi.TextBlockObject
	for _, item := range x.Items {
		if s := b.take(item, maxField); s != "" {
			fields = append(fields, plainText(s))
		}
	}
	for len(fields) > 0 {
		n := min(len(fields), maxFields)
		b.add(slackapi.NewSectionBlock(nil, fields[:n], nil))
		fields = fields[n:]
	}
}

func buttonRows(buttons []adapters.Button, w words) ([]slackapi.Block, error) {
	var rows []slackapi.Block
	var row []slackapi.BlockElement
	for n, x := range buttons {
		e, err := button(x, n, w)
		if err != nil {
			return nil, err
		}
		if row = append(row, e); len(row) == maxButtons {
			rows, row = append(rows, slackapi.NewActionBlock("", row...)), nil
		}
	}
	if len(row) > 0 {
		rows = append(rows, slackapi.NewActionBlock("", row...))
	}
	return rows, nil
}

func button(x adapters.Button, n int, w words) (slackapi.BlockElement, error) {
	id := actionID(x, n)
	if size(id) > maxActionID || size(x.Value) > maxValue {
		return nil, errButton // a shortened value would mean something else
	}
	label := message.Visible(first(strings.TrimSpace(x.Label), x.Action))
	e := slackapi.NewButtonBlockElement(id, x.Value, plainText(cut(label, maxLabel)))
	switch x.Style {
	case "primary", "danger":
		e.Style = slackapi.Style(x.Style)
	}
	if strings.TrimSpace(x.Confirm) != "" {
		e.Confirm = slackapi.NewConfirmationBlockObject(
			plainText(cut(label, maxTitle)), plainText(cut(message.Visible(x.Confirm), maxConfirm)),
			plainText(cut(label, maxChoice)), plainText(w.cancel))
	}
	return e, nil
}

func contextBlock(s string) slackapi.Block {
	return slackapi.NewContextBlock("", plainText(s))
}

// plainText is text in which Slack reads neither markup nor emoji names.
func plainText(s string) *slackapi.TextBlockObject {
	return slackapi.NewTextBlockObject(slackapi.PlainTextType, s, false, false)
}

// fallback is the line for notifications; it is the only text of ours that
// Slack reads with its own syntax, hence escaped.
func fallback(p adapters.Post) string {
	return escape(strings.TrimSpace(first(strings.TrimSpace(p.Fallback), p.Title)), maxFallback)
}
