package dialog

import (
	"encoding/binary"
	"errors"
	"unicode/utf8"
)

// coder writes or reads a state. One description of each type, a list of its
// fields with their numbers, serves both ways (codestate.go), so that the two
// cannot drift apart.
//
// The form is the one of Protocol Buffers in spirit: a field is its number and
// what kind of thing follows, and fields that are zero are left out. Numbers are
// never used again for something else. A program that meets a field it does not
// know passes it over, and one that misses a field has its zero: so an older and
// a newer program read each other's states. Fields stand in the order of their
// numbers, which makes reading a walk without a look back, and the same state
// the same bytes.
//
// All texts of a state that is read are parts of one string. Where it is being
// read is a number, and numbers of one byte are put to what is written in place:
// neither moves a pointer, which the garbage collector would want to hear of.
type coder struct {
	out []byte // written so far
	in  string // to be read from at on; empty once all is read
	at  int
	err error
	// facts is what the facts were read from.
	facts string
	// key is the next field's, read and not used up; reading says which way.
	key     uint64
	reading bool
}

// Kinds of what follows a field's number.
const (
	kindNumber = iota // one varint
	kindText          // a length and as many bytes
	kindGroup         // fields, then endKey
	kindGroups        // a count, and as many times fields and endKey
	kindTexts         // a count, and as many texts
	kindCount         // how many kinds there are
)

// endKey ends a group; no field has the number 0.
const endKey = 0

// errCoded is for bytes that no coder wrote.
var errCoded = errors.New("the state is damaged")

// field begins a field: in writing it says that it follows, in reading whether
// it does. Fields that are not known are passed over on the way.
func (c *coder) field(number uint64, kind uint64) bool {
	key := number*kindCount + kind
	switch {
	case !c.reading:
		c.writeNumber(key)
		return true
	case c.key == key:
		return true
	case c.key == endKey || c.key >= (number+1)*kindCount: // most fields are zero, and end here
		return false
	}
	return c.seek(number, kind)
}

// seek passes over fields that are not known, up to a field that is.
func (c *coder) seek(number, kind uint64) bool {
	for c.key != endKey && c.key/kindCount < number {
		c.pass(c.key % kindCount)
		c.next()
	}
	if c.key == endKey || c.key/kindCount != number {
		return false
	}
	if c.key%kindCount != kind {
		c.fail()
		return false
	}
	return true
}

// next reads the key of the next field. Every group has an end of its own, so
// bytes that were cut off are never taken for a smaller state.
func (c *coder) next() { c.key = c.number() }

// pass passes over what a field holds.
func (c *coder) pass(kind uint64) {
	switch kind {
	case kindNumber:
		c.number()
	case kindText:
		c.text()
	case kindGroup:
		c.next()
		c.end()
	case kindGroups:
		for n := c.count(); n > 0 && c.err == nil; n-- {
			c.next()
			c.end()
		}
	case kindTexts:
		for n := c.count(); n > 0 && c.err == nil; n-- {
			c.text()
		}
	}
}

// end ends a group. In reading, fields that follow those that are known are
// passed over.
func (c *coder) end() {
	if !c.reading {
		c.out = append(c.out, endKey)
		return
	}
	for c.err == nil && c.key != endKey {
		c.pass(c.key % kindCount)
		c.next()
	}
}

func (c *coder) fail() {
	if c.err == nil {
		c.err = errCoded
	}
	c.in, c.at, c.key = "", 0, endKey
}

// number reads a varint. Nearly all are of one byte.
func (c *coder) number() uint64 {
	if c.at < len(c.in) && c.in[c.at] < 0x80 {
		n := uint64(c.in[c.at])
		c.advance(1)
		return n
	}
	return c.longNumber()
}

func (c *coder) longNumber() uint64 {
	var n uint64
	for i := 0; c.at+i < len(c.in) && i < binary.MaxVarintLen64; i++ {
		b := c.in[c.at+i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			c.advance(i + 1)
			return n
		}
	}
	c.fail()
	return 0
}

// advance goes on by n bytes.
func (c *coder) advance(n int) {
	if c.at += n; c.at == len(c.in) {
		c.in, c.at = "", 0
	}
}

// left is how many bytes are left to read.
func (c *coder) left() int { return len(c.in) - c.at }

// count reads how many things follow, each of at least a byte.
func (c *coder) count() int {
	n := c.number()
	if n > uint64(c.left()) {
		c.fail()
		return 0
	}
	return int(n)
}

// text reads a text.
func (c *coder) text() string {
	n := c.count()
	s := c.in[c.at : c.at+n]
	c.advance(n)
	return s
}

// writeNumber writes a varint.
func (c *coder) writeNumber(n uint64) {
	if n < 0x80 {
		c.out = append(c.out, byte(n))
		return
	}
	c.out = binary.AppendUvarint(c.out, n)
}

// writeText writes a text. Broken UTF-8 is replaced byte by byte, as JSON does
// with what the journal holds: a replay must come to the same state.
func (c *coder) writeText(s string) {
	if !utf8.ValidString(s) {
		s = string([]rune(s))
	}
	c.writeNumber(uint64(len(s)))
	c.out = append(c.out, s...)
}

// done ends a field that was read.
func (c *coder) done() {
	if c.reading && c.err == nil {
		c.next()
	}
}
