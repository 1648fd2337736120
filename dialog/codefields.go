package dialog

import (
	"encoding/binary"
	"math"
	"time"
)

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
		c.writeNumber(uint64(n<<1) ^ uint64(n>>63)) // small also where it is negative
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
		c.writeNumber(math.Float64bits(*p))
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
		c.writeNumber(uint64(len(w)))
		c.out = append(c.out, w...)
		return
	}
	n := c.count()
	end := c.left() - n
	sec, nsec, off := c.signed(), c.number(), c.signed()
	more := c.left() - end
	if c.err != nil || more < 0 || nsec >= 1e9 || off < -maxOffset || off > maxOffset {
		c.fail()
		return
	}
	c.advance(more) // what later programs may add
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
		c.writeNumber(uint64(len(*p)))
		for _, s := range *p {
			c.writeText(string(s))
		}
		return
	}
	n := c.count()
	list := make([]T, 0, min(n, 64)) // as with any list
	for ; n > 0 && c.err == nil; n-- {
		list = append(list, T(c.text()))
	}
	*p = list
	c.done()
}

// codeNumbers and codeFloats keep lists of numbers as things with one field.
func codeNumbers(c *coder, number uint64, p *[]int) {
	codeList(c, number, p, func(c *coder, n *int) { codeInt(c, 1, n) })
}

func codeFloats(c *coder, number uint64, p *[]float64) {
	codeList(c, number, p, func(c *coder, f *float64) { codeFloat(c, 1, f) })
}

// codeGroup keeps one thing with fields of its own.
func codeGroup[T any](c *coder, number uint64, p *T, zero bool, code func(*coder, *T)) {
	if c.opens(number, zero) {
		code(c, p)
		c.closes()
	}
}

// opens begins a group, unless there is none; closes ends it.
func (c *coder) opens(number uint64, zero bool) bool {
	if !c.reading && zero || !c.field(number, kindGroup) {
		return false
	}
	if c.reading {
		c.next()
	}
	return true
}

func (c *coder) closes() {
	c.end()
	c.done()
}

// codePointer keeps a thing that may be missing.
func codePointer[T any](c *coder, number uint64, p **T, code func(*coder, *T)) {
	if !c.opens(number, *p == nil) {
		return
	}
	if c.reading {
		*p = new(T)
	}
	code(c, *p)
	c.closes()
}

// codeList keeps a list of things.
func codeList[T any](c *coder, number uint64, p *[]T, code func(*coder, *T)) {
	if !c.reading && len(*p) == 0 || !c.field(number, kindGroups) {
		return
	}
	if !c.reading {
		c.writeNumber(uint64(len(*p)))
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
		c.next()
		code(c, &list[len(list)-1])
		c.end()
	}
	*p = list
	c.done()
}
