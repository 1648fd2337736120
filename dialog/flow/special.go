package flow

import (
	"maps"
	"reflect"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/accord-chat/accord/dialog/expect"
)

// special decodes the types that may be written in a form of their own, and
// says whether v is one.
func (d *document) special(n *yaml.Node, v reflect.Value, p path) bool {
	switch target := v.Addr().Interface().(type) {
	case *Duration:
		*target = d.duration(n)
	case *Money:
		*target = d.money(n, p)
	case *edgeFile:
		if n.Kind == yaml.MappingNode {
			return false
		}
		target.To = n.Value
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			d.complain(n, "", "expects the name of a state, or a mapping of to, spend and else, not %s", words(n))
			target.To = stay // so that it is not found wrong twice
		}
	case *methodFile:
		if n.Kind == yaml.MappingNode {
			return false
		}
		target.Method = n.Value
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			d.complain(n, "", "expects the name of a method, or a mapping of method and when, not %s", words(n))
			target.Method = string(expect.PassOver) // so that it is not found wrong twice
		}
	case *answerPartFile:
		if n.Kind == yaml.MappingNode {
			return false
		}
		target.From = n.Value
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			d.complain(n, "", "expects the way to a fact such as item.name, or a mapping of from and map, not %s", words(n))
			target.From = "x" // so that it is not found wrong twice
		}
	default:
		return false
	}
	return true
}

// maxDuration is the longest span a flow may name; beyond it a promise is no
// promise, and arithmetic stays far from overflow.
const maxDuration = 3650 * 24 * time.Hour

func (d *document) duration(n *yaml.Node) Duration {
	if n.Kind == yaml.ScalarNode {
		if v, err := parseDuration(n.Value); err == nil {
			return Duration(v)
		}
	}
	d.complain(n, "", "expects a span of time such as 90s, 30m, 24h or 2d, not %s", quoted(n))
	return 0
}

// quoted shows a scalar as it was written, anything else in words.
func quoted(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" || len(n.Value) > 80 {
		return words(n)
	}
	return strconv.Quote(n.Value)
}

// parseDuration reads "90s", "24h", "2d" or "1d12h". Spans are never
// negative.
func parseDuration(s string) (time.Duration, error) {
	bad := strconv.ErrSyntax
	var days int
	rest := s
	if count, after, ok := strings.Cut(s, "d"); ok {
		n, err := strconv.ParseUint(count, 10, 16)
		if err != nil {
			return 0, bad
		}
		days, rest = int(n), after
		if rest == "" {
			rest = "0s"
		}
	}
	v, err := time.ParseDuration(rest)
	if err != nil || v < 0 || strings.HasPrefix(rest, "+") || strings.HasPrefix(rest, "-") || v > maxDuration {
		return 0, bad
	}
	v += time.Duration(days) * 24 * time.Hour
	if v > maxDuration {
		return 0, bad
	}
	return v, nil
}

func (d *document) money(n *yaml.Node, p path) Money {
	if name, ok := strings.CutPrefix(n.Value, "fact:"); ok && n.Kind == yaml.ScalarNode {
		return Money{Fact: name}
	}
	if n.Kind != yaml.MappingNode {
		d.complain(n, "", "expects an amount by currency such as {USD: 15}, or fact:NAME, not %s", quoted(n))
		return Money{}
	}
	m := Money{By: map[string]int64{}}
	d.pairs(n, p, func(key, value *yaml.Node) {
		d.values[p.in(key.Value)] = mark{d.file, value.Line, value.Column}
		if _, ok := currencies[key.Value]; !ok {
			d.complain(key, nearestKey(key.Value, currencies), "unknown currency %q; known are %s", key.Value, listed(maps.Keys(currencies)))
			return
		}
		amount, ok := parseAmount(value.Value)
		if !ok || value.Kind != yaml.ScalarNode {
			d.complain(value, "", "expects an amount such as 15 or 15.50, not %s", quoted(value))
			return
		}
		m.By[key.Value] = amount
	})
	return m
}
