package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"
)

// entry is one setting of a configuration file; where is its place,
// "accord.yaml: line 3: name".
type entry struct{ value, where string }

// oneALine is what to try where a file is no list of settings.
const oneALine = `it holds one setting a line, such as "http_addr: 127.0.0.1:8080"`

// readConfigFile reads accord.yaml or what --config names. Only a file that
// was asked for has to be there.
func readConfigFile(c *cobra.Command) (map[string]entry, problems) {
	path, _ := c.Flags().GetString("config")
	asked := path != ""
	if !asked {
		path = "accord.yaml"
	}
	b, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if errors.Is(err, fs.ErrNotExist) && !asked {
		return nil, nil
	}
	if err != nil {
		return nil, problems{{what: err.Error(), hint: "--config names a YAML file of settings"}}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(b, &doc); err != nil {
		return nil, problems{{what: path + ": " + withoutValues(err), hint: oneALine}}
	}
	f := &configFile{path: path, entries: map[string]entry{}, lines: map[string]int{}, known: map[string]setting{}}
	for _, st := range settings() {
		f.known[st.key()] = st
	}
	if len(doc.Content) > 0 { // else there is nothing but comments in it
		f.read(doc.Content[0])
	}
	return f.entries, f.found
}

// withoutValues words a mistake in a file that may hold secrets: the reader's
// own words quote what stands there.
func withoutValues(err error) string {
	what, _, _ := strings.Cut(strings.TrimPrefix(err.Error(), "yaml: "), "`")
	if before, _, anchor := strings.Cut(what, "unknown anchor"); anchor {
		what = before + "a value that begins with * stands in quotes"
	}
	return strings.TrimSpace(what)
}

// configFile collects the settings of a file, and everything that is wrong
// with it.
type configFile struct {
	path    string
	known   map[string]setting
	lines   map[string]int // where a key stands
	entries map[string]entry
	found   problems
}

func (f *configFile) wrong(n *yaml.Node, hint, format string, args ...any) {
	f.found = append(f.found, &problem{what: fmt.Sprintf("%s: line %d: ", f.path, n.Line) + fmt.Sprintf(format, args...), hint: hint})
}

func (f *configFile) read(top *yaml.Node) {
	if top.Kind != yaml.MappingNode {
		f.wrong(top, oneALine, "not a setting and its value")
		return
	}
	for i := 0; i+1 < len(top.Content); i += 2 {
		f.take(top.Content[i], top.Content[i+1])
	}
}

// take takes one setting. No message holds a value: it may be a secret.
func (f *configFile) take(key, value *yaml.Node) {
	st, known := f.known[key.Value]
	if !known {
		f.wrong(key, nearestSetting(key.Value, func(s setting) string { return fmt.Sprintf("%q", s.key()) }), "unknown key %q", key.Value)
		return
	}
	if first, twice := f.lines[key.Value]; twice {
		f.wrong(key, "keep one of the two", "%s stands in line %d already", key.Value, first)
		return
	}
	f.lines[key.Value] = key.Line
	if value.Alias != nil {
		value = value.Alias
	}
	v, ok := scalar(value)
	switch {
	case ok:
	case value.Kind == yaml.SequenceNode && st.list:
		if v, ok = joined(value); !ok {
			f.wrong(key, "each of them is one word", "%s is a list of something else than values", key.Value)
			return
		}
	case value.Kind == yaml.SequenceNode:
		f.wrong(key, oneALine, "%s is a list, and takes one value", key.Value)
		return
	default:
		f.wrong(key, oneALine, "%s holds further keys, and takes one value", key.Value)
		return
	}
	f.entries[key.Value] = entry{value: v, where: fmt.Sprintf("%s: line %d: %s", f.path, key.Line, key.Value)}
}

// scalar is a single value; nothing at all is an empty one.
func scalar(n *yaml.Node) (string, bool) {
	if n.Kind != yaml.ScalarNode {
		return "", false
	}
	if n.Tag == "!!null" {
		return "", true
	}
	return n.Value, true
}

// joined is a list as it stands in the environment.
func joined(n *yaml.Node) (string, bool) {
	parts := make([]string, 0, len(n.Content))
	for _, item := range n.Content {
		v, ok := scalar(item)
		if !ok {
			return "", false
		}
		parts = append(parts, v)
	}
	return strings.Join(parts, ","), true
}
