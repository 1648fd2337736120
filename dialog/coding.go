package dialog

import (
	"fmt"

	"encoding/json"

	"github.com/accord-chat/accord/dialog/flow"
)

// coded begins a state in the form of coder; no JSON begins with it.
const coded = 1

// sizeOf is about how many bytes a state takes, rather more than less: a buffer
// of the right size is neither made anew while a state is written, nor kept half
// empty by whoever stores it.
func sizeOf(s *State) int {
	n := 256 + len(s.LastSaid) + 24*len(s.Matter.Facts) + 240*len(s.Matter.Wishes)
	for _, l := range s.Said {
		n += len(l.Text) + 10
	}
	for _, text := range s.Matter.Story {
		n += len(text) + 2
	}
	for i := range s.Gone {
		n += 32 * len(s.Gone[i].Choices)
	}
	return n + 150*(len(s.Promises)+len(s.Checks)+len(s.Asides))
}

// Encode writes a state as it is stored: the same state as the same bytes. The
// error is always nil; it stands here for whoever stores states.
func Encode(s State) ([]byte, error) {
	c := coder{out: make([]byte, 1, sizeOf(&s))}
	c.out[0] = coded
	codeState(&c, &s)
	c.end()
	return c.out, nil
}

// Decode reads a stored state, also one of an earlier release; no bytes give a
// new one. A conversation that rests in a state this flow no longer has is put
// where the flow does the same kind of thing. Where there is none, or what it
// was about is not in the catalog any more, it strays: the customer's next words
// bring a person, who sees all that was said. An edited flow must not strand
// whoever is in the middle of the old one.
func Decode(f *flow.Flow, b []byte) (State, error) {
	if len(b) == 0 {
		return New(f), nil
	}
	s, facts, err := readAll(b)
	if err != nil {
		return State{}, fmt.Errorf("decode state: %w", err)
	}
	s.Matter.Stored = facts
	at, same := place(f, s.At, s.Kind)
	s.Control.At = at
	if !same || !covers(f, &s) {
		stray(f, &s)
	}
	return s, nil
}

// Remains gives what can be read of a stored state without its flow, whole or
// damaged: of a damaged one at least what stands before the damage. It serves
// whoever only wants to know whose a conversation is, and whoever has to go on
// where nothing else is left. No bytes are a whole state in which nothing was
// said.
func Remains(b []byte) (s State, whole bool) {
	if len(b) == 0 {
		return s, true
	}
	s, err := read(b)
	if err != nil {
		s.Control = flow.Control{} // never to be relied on then
	}
	return s, err == nil
}

// read reads a state as far as it can.
func read(b []byte) (State, error) {
	s, _, err := readAll(b)
	return s, err
}

// readAll also gives what the facts were read from.
func readAll(b []byte) (s State, facts string, err error) {
	switch {
	case len(b) > 0 && b[0] == '{':
		s, err = readJSON(b)
		return s, "", err
	case len(b) == 0 || b[0] != coded:
		return s, "", errCoded
	}
	c := coder{in: string(b[1:]), reading: true}
	c.next()
	codeState(&c, &s)
	c.end()
	if c.err == nil && c.in != "" {
		c.fail()
	}
	return s, c.facts, c.err
}

// readJSON reads a state as releases before the coder wrote it.
func readJSON(b []byte) (State, error) {
	s := new(State)
	err := json.Unmarshal(b, s) // it reads on past a member it cannot read
	return *s, err
}
