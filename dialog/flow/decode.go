package flow

import (
	"fmt"
	"maps"
	"reflect"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// into decodes the file into a struct by its yaml tags, and finds whatever
// does not belong.
func (d *document) into(target any) {
	d.decode(d.root, reflect.ValueOf(target).Elem(), "")
}

// words names what a node is, for people.
func words(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Tag == "!!null":
		return "nothing"
	case n.Tag == "!!int", n.Tag == "!!float":
		return "a number"
	case n.Tag == "!!bool":
		return "true or false"
	}
	return "text"
}

func (d *document) decode(n *yaml.Node, v reflect.Value, p path) {
	d.values[p] = mark{d.file, n.Line, n.Column}
	if d.special(n, v, p) {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.decode(n, v.Elem(), p)
	case reflect.Interface:
		v.Set(reflect.ValueOf(n)) // read later, node by node
	case reflect.Struct:
		d.decodeStruct(n, v, p)
	case reflect.Map:
		d.decodeMap(n, v, p)
	case reflect.Slice:
		d.decodeList(n, v, p)
	default:
		d.decodeScalar(n, v)
	}
}

// pairs calls each for every key of a mapping, refusing keys that are no text
// or come twice. Nothing at all stands for an empty mapping.
func (d *document) pairs(n *yaml.Node, p path, each func(key, value *yaml.Node)) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return
	}
	if n.Kind != yaml.MappingNode {
		d.complain(n, "", "expects a mapping, not %s", words(n))
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode || key.Value == "" {
			d.complain(key, "", "a key must be a word, not %s", words(key))
			continue
		}
		at := p.in(key.Value)
		if first, twice := d.keys[at]; twice {
			d.complain(key, "", "%q is given already in line %d", key.Value, first.line)
			continue
		}
		d.keys[at] = mark{d.file, key.Line, key.Column}
		d.order[p] = append(d.order[p], key.Value)
		each(key, value)
	}
}

func (d *document) decodeStruct(n *yaml.Node, v reflect.Value, p path) {
	fields := map[string]reflect.Value{}
	for i := range v.NumField() {
		if tag := v.Type().Field(i).Tag.Get("yaml"); tag != "" {
			fields[tag] = v.Field(i)
		}
	}
	d.pairs(n, p, func(key, value *yaml.Node) {
		field, ok := fields[key.Value]
		if !ok {
			d.complain(key, nearest(key.Value, maps.Keys(fields)), "unknown key %q", key.Value)
			return
		}
		d.decode(value, field, p.in(key.Value))
	})
}

func (d *document) decodeMap(n *yaml.Node, v reflect.Value, p path) {
	v.Set(reflect.MakeMap(v.Type()))
	d.pairs(n, p, func(key, value *yaml.Node) {
		item := reflect.New(v.Type().Elem()).Elem()
		d.decode(value, item, p.in(key.Value))
		v.SetMapIndex(reflect.ValueOf(key.Value), item)
	})
}

func (d *document) decodeList(n *yaml.Node, v reflect.Value, p path) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return
	}
	if n.Kind != yaml.SequenceNode {
		such := ""
		if n.Kind == yaml.ScalarNode && len(n.Value) < 40 {
			such = fmt.Sprintf(": write [%s]", n.Value)
		}
		d.complain(n, "", "expects a list, not %s%s", words(n), such)
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, c := range n.Content {
		d.decode(c, v.Index(i), p.item(i))
	}
}

func (d *document) decodeScalar(n *yaml.Node, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		// Numbers and dates that stand for text need no quotes.
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			d.complain(n, "", "expects text, not %s", words(n))
			return
		}
		v.SetString(n.Value)
	case reflect.Int:
		i, err := strconv.Atoi(n.Value)
		if err != nil || n.Tag != "!!int" {
			d.complain(n, "", "expects a whole number, not %s", words(n))
			return
		}
		v.SetInt(int64(i))
	case reflect.Float64:
		f, err := strconv.ParseFloat(n.Value, 64)
		if err != nil || n.Tag != "!!int" && n.Tag != "!!float" || f-f != 0 { // f-f: not infinite
			d.complain(n, "", "expects a number, not %s", words(n))
			return
		}
		v.SetFloat(f)
	case reflect.Bool:
		if n.Tag != "!!bool" {
			d.complain(n, "", "expects true or false, not %s", words(n))
			return
		}
		v.SetBool(n.Value[0] == 't' || n.Value[0] == 'T')
	}
}
