package slackfake

import (
	"encoding/json"
	"strings"
)

// Limits of Block Kit, counted in UTF-16 units.
const (
	maxBlocks     = 50
	maxHeader     = 150
	maxText       = 3000
	maxField      = 2000
	maxFields     = 10
	maxRichText   = 4000  // of one element
	maxAllText    = 13200 // of all blocks
	maxButtons    = 25
	maxButtonText = 75
	maxValue      = 2000
	maxActionID   = 255
)

// block has the members of every kind of block and element, since one shape
// serves to check and to render.
type block struct {
	Type     string      `json:"type"`
	Text     any         `json:"text"` // an object in blocks, a string in rich text
	Elements []block     `json:"elements"`
	Fields   []textBlock `json:"fields"`
	ActionID string      `json:"action_id"`
	Value    string      `json:"value"`
	Style    any         `json:"style"`
	Confirm  *confirm    `json:"confirm"`
	Range    string      `json:"range"`        // of a broadcast
	User     string      `json:"user_id"`      // of a mention
	Group    string      `json:"usergroup_id"` // of a mention
}

type textBlock struct {
	Type  string `json:"type"`
	Text  string `json:"text"`
	Emoji *bool  `json:"emoji"`
}

type confirm struct {
	Title   textBlock `json:"title"`
	Text    textBlock `json:"text"`
	Confirm textBlock `json:"confirm"`
	Deny    textBlock `json:"deny"`
}

// Button is one button of a message.
type Button struct {
	Label    string
	ActionID string
	Value    string
	Style    string
	Confirm  string // the question asked first, if any
}

func parseBlocks(raw json.RawMessage) ([]block, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	var bs []block
	if err := json.Unmarshal(raw, &bs); err != nil {
		return nil, refusal("invalid_blocks_format")
	}
	return bs, nil
}

// checkBlocks refuses what Slack would.
func checkBlocks(raw json.RawMessage) error {
	bs, err := parseBlocks(raw)
	if err != nil {
		return err
	}
	if len(bs) > maxBlocks {
		return refusal("invalid_blocks")
	}
	c := &checker{ids: map[string]bool{}}
	for _, b := range bs {
		if !c.block(b) {
			return refusal("invalid_blocks")
		}
	}
	if c.total > maxAllText {
		return refusal("msg_blocks_too_long")
	}
	return nil
}

type checker struct {
	total int
	ids   map[string]bool // action ids of this message
}

func (c *checker) block(b block) bool {
	switch b.Type {
	case "header":
		t, ok := textOf(b)
		return ok && t.Type == "plain_text" && c.fits(t.Text, maxHeader)
	case "section":
		return c.section(b)
	case "context":
		return len(b.Elements) > 0 && len(b.Elements) <= 10 && c.each(b.Elements, c.context)
	case "actions":
		return len(b.Elements) > 0 && len(b.Elements) <= maxButtons && c.each(b.Elements, c.button)
	case "rich_text":
		return len(b.Elements) > 0 && c.each(b.Elements, c.rich)
	case "divider":
		return true
	}
	return false
}

func (c *checker) each(bs []block, ok func(block) bool) bool {
	for _, b := range bs {
		if !ok(b) {
			return false
		}
	}
	return true
}

func (c *checker) section(b block) bool {
	t, hasText := textOf(b)
	if hasText && !c.fits(t.Text, maxText) {
		return false
	}
	for _, f := range b.Fields {
		if (f.Type != "plain_text" && f.Type != "mrkdwn") || !c.fits(f.Text, maxField) {
			return false
		}
	}
	return len(b.Fields) <= maxFields && (hasText || len(b.Fields) > 0)
}

func (c *checker) context(b block) bool {
	s, _ := b.Text.(string)
	return (b.Type == "plain_text" || b.Type == "mrkdwn") && c.fits(s, maxText)
}

func (c *checker) button(b block) bool {
	t, ok := textOf(b)
	style, _ := b.Style.(string)
	if b.Type != "button" || !ok || t.Type != "plain_text" || !c.fits(t.Text, maxButtonText) || c.ids[b.ActionID] {
		return false
	}
	c.ids[b.ActionID] = true
	if b.Confirm != nil && (length(b.Confirm.Title.Text) > 100 || length(b.Confirm.Text.Text) > 300 ||
		length(b.Confirm.Confirm.Text) > 30 || length(b.Confirm.Deny.Text) > 30 ||
		b.Confirm.Title.Text == "" || b.Confirm.Text.Text == "" || b.Confirm.Confirm.Text == "" || b.Confirm.Deny.Text == "") {
		return false
	}
	return length(b.ActionID) <= maxActionID && length(b.Value) <= maxValue &&
		(b.Style == nil || style == "primary" || style == "danger")
}

// rich checks a part of a rich text and what is inside.
func (c *checker) rich(b block) bool {
	switch b.Type {
	case "rich_text_section", "rich_text_quote", "rich_text_list", "rich_text_preformatted":
		return len(b.Elements) > 0 && c.each(b.Elements, c.rich)
	case "text":
		s, _ := b.Text.(string)
		return c.fits(s, maxRichText)
	case "link", "user", "usergroup", "channel", "broadcast", "emoji", "date":
		return true
	}
	return false
}

func (c *checker) fits(s string, limit int) bool {
	n := length(s)
	c.total += n
	return n > 0 && n <= limit
}

func length(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// textOf gives the text object of a block.
func textOf(b block) (textBlock, bool) {
	m, ok := b.Text.(map[string]any)
	if !ok {
		return textBlock{}, false
	}
	kind, _ := m["type"].(string)
	s, _ := m["text"].(string)
	return textBlock{Type: kind, Text: s}, true
}

// PlainText renders what a reader sees: the blocks from top to bottom, one line
// each, quotes after "> ", list items after "• ", buttons in brackets; the text
// where there are no blocks.
func (m Message) PlainText() string {
	bs, err := parseBlocks(m.Blocks)
	if err != nil || len(bs) == 0 {
		return unescape.Replace(m.Text)
	}
	var lines []string
	for _, b := range bs {
		lines = append(lines, render(b)...)
	}
	return strings.Join(lines, "\n")
}

var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

func render(b block) []string {
	switch b.Type {
	case "header", "section":
		return renderSection(b)
	case "context":
		var lines []string
		for _, e := range b.Elements {
			s, _ := e.Text.(string)
			lines = append(lines, s)
		}
		return lines
	case "actions":
		var labels []string
		for _, e := range b.Elements {
			t, _ := textOf(e)
			labels = append(labels, "["+t.Text+"]")
		}
		return []string{strings.Join(labels, " ")}
	case "rich_text":
		var lines []string
		for _, e := range b.Elements {
			lines = append(lines, renderRich(e)...)
		}
		return lines
	}
	return nil
}

func renderSection(b block) []string {
	var lines []string
	if t, ok := textOf(b); ok {
		lines = append(lines, t.Text)
	}
	for _, f := range b.Fields {
		lines = append(lines, f.Text)
	}
	return lines
}

func renderRich(b block) []string {
	switch b.Type {
	case "rich_text_list":
		var lines []string
		for _, e := range b.Elements {
			lines = append(lines, "• "+inline(e))
		}
		return lines
	case "rich_text_quote":
		return []string{"> " + strings.ReplaceAll(inline(b), "\n", "\n> ")}
	}
	return []string{inline(b)}
}

func inline(b block) string {
	var out strings.Builder
	for _, e := range b.Elements {
		s, _ := e.Text.(string)
		if who := e.Range + e.User + e.Group; who != "" {
			s = "@" + who
		}
		out.WriteString(s)
	}
	return out.String()
}

// Buttons gives the buttons of a message in order.
func (m Message) Buttons() []Button {
	bs, err := parseBlocks(m.Blocks)
	if err != nil {
		return nil
	}
	var out []Button
	for _, b := range bs {
		if b.Type != "actions" {
			continue
		}
		for _, e := range b.Elements {
			t, _ := textOf(e)
			style, _ := e.Style.(string)
			x := Button{Label: t.Text, ActionID: e.ActionID, Value: e.Value, Style: style}
			if e.Confirm != nil {
				x.Confirm = e.Confirm.Text.Text
			}
			out = append(out, x)
		}
	}
	return out
}
