package flow

import (
	"strings"

	"github.com/accord-chat/accord/dialog/message"
	"go.yaml.in/yaml/v3"
)

// wording is one variant of a line, with its place in the folder's files.
type wording struct {
	doc  *document
	lang message.Lang
	key  string
	node *yaml.Node // its text
	say  template
	when string // what must hold for it, "" = nothing
	all  int    // variants of this line in this file
}

// at is where the wording stands; n counts characters into it.
func (w wording) at(n int) mark { return w.doc.within(w.node, n) }

// whole is where the wording as a whole stands.
func (w wording) whole() mark { return mark{w.doc.file, w.node.Line, w.node.Column} }

// readWordings gives every wording of the folder, in the order of the files.
func readWordings(quiet *report, files Files, langs []message.Lang) []wording {
	var out []wording
	for _, lang := range langs {
		for _, name := range []string{linesName(lang), wordsName(lang)} {
			content, ok := files[name]
			if !ok {
				continue
			}
			d := open(quiet, name, content)
			for i := 0; i+1 < len(d.root.Content); i += 2 {
				if d.root.Content[i].Value == "lines" {
					out = appendWordings(out, d, lang, d.root.Content[i+1], "")
				}
			}
		}
	}
	return out
}

// appendWordings walks nested lines.
func appendWordings(out []wording, d *document, lang message.Lang, n *yaml.Node, prefix string) []wording {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := prefix+n.Content[i].Value, n.Content[i+1]
		switch value.Kind {
		case yaml.MappingNode:
			out = appendWordings(out, d, lang, value, key+".")
		case yaml.SequenceNode:
			for _, c := range value.Content {
				out = append(out, variantWording(d, lang, key, c, len(value.Content)))
			}
		default:
			out = append(out, variantWording(d, lang, key, value, 1))
		}
	}
	return out
}

func variantWording(d *document, lang message.Lang, key string, n *yaml.Node, all int) wording {
	w := wording{doc: d, lang: lang, key: key, node: n, all: all}
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			switch n.Content[i].Value {
			case "say":
				w.node = n.Content[i+1]
			case "when":
				w.when = condText(n.Content[i+1])
			}
		}
	}
	w.say, _ = parseTemplate(w.node.Value)
	return w
}

// condText writes a variant's condition so that two of them can be compared.
func condText(n *yaml.Node) string {
	var parts []string
	for _, c := range n.Content {
		parts = append(parts, c.Value)
	}
	return strings.Join(parts, "\x00")
}

// family is the part of a key before its first dot.
func (w wording) family() string {
	name, _, _ := strings.Cut(w.key, ".")
	return name
}
