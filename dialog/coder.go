package dialog

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"time"
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
// All texts of a state that is read are parts of one string.
type coder struct {
	out []byte // written so far
	in  string // left to read
	err error
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
	if !c.reading {
		c.out = binary.AppendUvarint(c.out, key)
		return true
	}
	for c.err == nil && c.key != endKey && c.key/kindCount < number {
		c.pass(c.key % kindCount)
		c.next()
	}
	if c.err != nil || c.key == endKey || c.key/kindCount != number {
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
	c.in, c.key = "", endKey
}

// number reads a varint.
func (c *coder) number() uint64 {
	var n uint64
	for i := 0; i < len(c.in) && i < binary.MaxVarintLen64; i++ {
		b := c.in[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			c.in = c.in[i+1:]
			return n
		}
	}
	c.fail()
	return 0
}

// count reads how many things follow, each of at least a byte.
func (c *coder) count() int {
	n := c.number()
	if n > uint64(len(c.in)) {
		c.fail()
		return 0
	}
	return int(n)
}

// text reads a text.
func (c *coder) text() string {
	n := c.count()
	s := c.in[:n]
	c.in = c.in[n:]
	return s
}

// writeText writes a text. Broken UTF-8 is replaced byte by byte, as JSON does
// with what the journal holds: a replay must come to the same state.
func (c *coder) writeText(s string) {
	if !utf8.ValidString(s) {
		s = string([]rune(s))
	}
	c.out = binary.AppendUvarint(c.out, uint64(len(s)))
	c.out = append(c.out, s...)
}

// done ends a field that was read.
func (c *coder) done() {
	if c.reading && c.err == nil {
		c.next()
	}
}

// The fields: each is written unless it is zero, and read where it is there.

type integer interface {
	~int | ~int64 | ~uint8
}

func codeInt[T integer](c *coder, number uint64, p *T) {
	if !c.reading && *p == 0 || !c.field(number, kindNumber) {
		return
	}
	if !c.reading {
		n := int64(*p)
		c.out = binary.AppendUvarint(c.out, uint64(n<<1)^uint64(n>>63)) // small also where it is negative
		return
	}
	n := c.number()
	*p = T(int64(n>>1) ^ -int64(n&1))
	c.done()
}

func codeBool(c *coder, number uint64, p *bool) {
	var n uint8
	if *p {
		n = 1
	}
	codeInt(c, number, &n)
	*p = n != 0
}

func codeFloat(c *coder, number uint64, p *float64) {
	if !c.reading && *p == 0 || !c.field(number, kindNumber) {
		return
	}
	if !c.reading {
		c.out = binary.AppendUvarint(c.out, math.Float64bits(*p))
		return
	}
	*p = math.Float64frombits(c.number())
	c.done()
}

func codeText[T ~string](c *coder, number uint64, p *T) {
	if !c.reading && *p == "" || !c.field(number, kindText) {
		return
	}
	if !c.reading {
		c.writeText(string(*p))
		return
	}
	*p = T(c.text())
	c.done()
}

// codeTime keeps the instant and how far its clock was from UTC, which is how
// days and hours are written.
func codeTime(c *coder, number uint64, p *time.Time) {
	if !c.reading && p.IsZero() || !c.field(number, kindText) {
		return
	}
	if !c.reading {
		_, off := p.Zone()
		var b [3 * binary.MaxVarintLen64]byte
		w := binary.AppendVarint(b[:0], p.Unix())
		w = binary.AppendUvarint(w, uint64(p.Nanosecond()))
		w = binary.AppendVarint(w, int64(off))
		c.out = binary.AppendUvarint(c.out, uint64(len(w)))
		c.out = append(c.out, w...)
		return
	}
	inner := coder{in: c.text(), reading: true}
	sec, nsec, off := inner.signed(), inner.number(), inner.signed()
	if inner.err != nil || nsec >= 1e9 || off < -maxOffset || off > maxOffset {
		c.fail()
		return
	}
	*p = time.Unix(sec, int64(nsec)).UTC()
	if off != 0 {
		*p = p.In(time.FixedZone("", int(off)))
	}
	c.done()
}

// maxOffset is more than any clock on earth differs from UTC, in seconds.
const maxOffset = 18 * 3600

func (c *coder) signed() int64 {
	n := c.number()
	return int64(n>>1) ^ -int64(n&1)
}

func codeTexts[T ~string](c *coder, number uint64, p *[]T) {
	if !c.reading && len(*p) == 0 || !c.field(number, kindTexts) {
		return
	}
	if !c.reading {
		c.out = binary.AppendUvarint(c.out, uint64(len(*p)))
		for _, s := range *p {
			c.writeText(string(s))
		}
		return
	}
	n := c.count()
	list := make([]T, 0, min(n, 64)) // a damaged count must not take all memory
	for ; n > 0 && c.err == nil; n-- {
		list = append(list, T(c.text()))
	}
	*p = list
	c.done()
}

// codeNumbers keeps a list of small things as texts of one number each.
func codeNumbers(c *coder, number uint64, p *[]int) {
	var list [][1]int
	for _, n := range *p {
		list = append(list, [1]int{n})
	}
	codeList(c, number, &list, func(c *coder, n *[1]int) { codeInt(c, 1, &n[0]) })
	if c.reading && list != nil {
		*p = nil
		for _, n := range list {
			*p = append(*p, n[0])
		}
	}
}

func codeFloats(c *coder, number uint64, p *[]float64) {
	codeList(c, number, p, func(c *coder, f *float64) { codeFloat(c, 1, f) })
}

// codeMap keeps a map in the order of its keys, as texts.
func codeMap(c *coder, number uint64, p *map[string]string) {
	if !c.reading && len(*p) == 0 || !c.field(number, kindTexts) {
		return
	}
	if !c.reading {
		var room [64]string
		keys := room[:0]
		for k := range *p {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		c.out = binary.AppendUvarint(c.out, uint64(2*len(keys)))
		for _, k := range keys {
			c.writeText(k)
			c.writeText((*p)[k])
		}
		return
	}
	n := c.count()
	all := make(map[string]string, min(n/2, 64))
	for ; n > 1 && c.err == nil; n -= 2 {
		k := c.text()
		all[k] = c.text()
	}
	if n == 1 {
		c.fail()
	}
	*p = all
	c.done()
}

// codeGroup keeps one thing with fields of its own.
func codeGroup[T any](c *coder, number uint64, p *T, zero bool, code func(*coder, *T)) {
	if !c.reading && zero || !c.field(number, kindGroup) {
		return
	}
	c.inside(func() { code(c, p) })
	c.done()
}

// codePointer keeps a thing that may be missing.
func codePointer[T any](c *coder, number uint64, p **T, code func(*coder, *T)) {
	if !c.reading && *p == nil || !c.field(number, kindGroup) {
		return
	}
	if c.reading {
		*p = new(T)
	}
	c.inside(func() { code(c, *p) })
	c.done()
}

// codeList keeps a list of things.
func codeList[T any](c *coder, number uint64, p *[]T, code func(*coder, *T)) {
	if !c.reading && len(*p) == 0 || !c.field(number, kindGroups) {
		return
	}
	if !c.reading {
		c.out = binary.AppendUvarint(c.out, uint64(len(*p)))
		for i := range *p {
			code(c, &(*p)[i])
			c.end()
		}
		return
	}
	n := c.count()
	list := make([]T, 0, min(n, 64))
	for ; n > 0 && c.err == nil; n-- {
		var item T
		list = append(list, item)
		c.inside(func() { code(c, &list[len(list)-1]) })
	}
	*p = list
	c.done()
}

// inside reads or writes the fields of a group.
func (c *coder) inside(code func()) {
	if c.reading {
		c.next()
	}
	code()
	c.end()
}
