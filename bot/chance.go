package bot

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"

	"github.com/accord-chat/accord/dialog/message"
)

// caseLetters leaves out what is misread or misheard: 0 O, 1 I L, 5 S, 2 Z, 8 B.
const caseLetters = "34679ACDEFGHJKMNPQRTUVWXY"

// caseNumber draws a case number, "A-7K3Q". It grows by a letter with every
// few tries, so that a business that has used up most short numbers does not
// search for ever.
func caseNumber(try int) string {
	n := 4 + (try-1)/4
	buf := make([]byte, n)
	_, _ = rand.Read(buf) // never fails: it ends the program instead
	for i, x := range buf {
		buf[i] = caseLetters[int(x)%len(caseLetters)]
	}
	return "A-" + string(buf)
}

// token draws what a button carries: 128 bits that nobody can guess.
func token() string {
	var buf [16]byte
	_, _ = rand.Read(buf[:])
	return base64.RawURLEncoding.EncodeToString(buf[:])
}

// seed picks between variations of a line: another one at every turn, the same
// one when the turn is made again.
func seed(conv message.ConversationID, version int64) uint64 {
	var buf [16]byte
	binary.LittleEndian.PutUint64(buf[:8], uint64(conv))
	binary.LittleEndian.PutUint64(buf[8:], uint64(version))
	h := fnv.New64a()
	_, _ = h.Write(buf[:])
	return h.Sum64()
}
