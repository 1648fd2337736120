package model

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"sync"

	"github.com/accord-chat/accord/intents/concept"
)

// stored is the form in which a model is kept; its name changes with every
// change that makes old ones unreadable.
type stored struct {
	Form   string
	Table  uint64 // the concepts that were learned with
	Labels []string
	Script []byte
	Slots  []uint64 // a key and the number of its row
	Tell   []float32
	Rare   float32
	K      int
	W      []byte
	Scale  []float32
	Bias   []float32
	Sharp  float64
	In     signals
}

const form = "accord-intents-4"

// ErrForm says that bytes are no model of this version. Train again.
var ErrForm = errors.New("model: not a model of this version")

// MarshalBinary writes the model for a cache. The bytes are read back only by
// the version that wrote them.
func (m *Model) MarshalBinary() ([]byte, error) {
	l := m.linear
	s := stored{
		Form: form, Table: concept.Default().Sum(), Labels: m.labels, Script: make([]byte, len(m.script)), Slots: make([]uint64, len(l.voc.slots)), Tell: l.voc.tell, Rare: l.voc.rare,
		K: l.k, W: make([]byte, len(l.w)), Scale: l.scale, Bias: l.bias, Sharp: m.belief.sharp, In: m.belief.in,
	}
	for i, q := range l.w {
		s.W[i] = byte(q)
	}
	for i, x := range m.script {
		s.Script[i] = byte(x)
	}
	for i, x := range l.voc.slots {
		s.Slots[i] = uint64(x.key)<<32 | uint64(uint32(x.row))
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(s); err != nil {
		return nil, fmt.Errorf("model: write: %w", err)
	}
	return b.Bytes(), nil
}

// UnmarshalBinary reads what MarshalBinary wrote. On an error m is as it was.
// It must not run beside other methods.
func (m *Model) UnmarshalBinary(data []byte) error {
	var s stored
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&s); err != nil {
		return fmt.Errorf("%w: %w", ErrForm, err)
	}
	if s.Form != form || s.Table != concept.Default().Sum() || !s.sound() {
		return ErrForm
	}
	m.labels, m.script, m.pool = s.Labels, make([]script, len(s.Script)), sync.Pool{}
	for i, b := range s.Script {
		m.script[i] = script(b)
	}
	m.belief = belief{sharp: s.Sharp, in: s.In}
	voc := &vocabulary{slots: make([]slot, len(s.Slots)), n: len(s.Tell), mask: uint32(len(s.Slots) - 1), tell: s.Tell, rare: s.Rare}
	for i, x := range s.Slots {
		voc.slots[i] = slot{key: uint32(x >> 32), row: int32(uint32(x))}
	}
	m.linear = &linear{voc: voc, k: s.K, w: make([]int8, len(s.W)), scale: s.Scale, bias: s.Bias}
	for i, b := range s.W {
		m.linear.w[i] = int8(b)
	}
	return nil
}

// sound says that the parts fit together, so that Rank stays within them.
func (s *stored) sound() bool {
	n := len(s.Tell)
	switch {
	case len(s.Labels) == 0, len(s.Script) != len(s.Labels), s.K < len(s.Labels), s.K > len(s.Labels)+1, len(s.Bias) != s.K,
		len(s.W) != n*s.K, len(s.Scale) != n, len(s.Slots) <= n, len(s.Slots)&(len(s.Slots)-1) != 0:
		return false
	}
	used := 0
	for _, x := range s.Slots {
		if x>>32 == 0 {
			continue
		}
		if used++; int(uint32(x)) >= n {
			return false
		}
	}
	return used == n
}
