package phrase

// minTypo is the length from which a word may hold a typo: in shorter words
// one letter makes another word.
const minTypo = 6

const maxTypo = 24

// learn indexes a word under itself with each letter but the first left out.
func (s *Set) learn(word, stem string) {
	if len(word) < minTypo || len(word) > maxTypo || !ascii(word) {
		return
	}
	entry := word + "\x00" + stem
	put := func(key string) {
		for _, have := range s.typos[key] {
			if have == entry {
				return
			}
		}
		s.typos[key] = append(s.typos[key], entry)
	}
	put(word)
	for i := 1; i < len(word); i++ {
		put(word[:i] + word[i+1:])
	}
}

// bend gives the stem of the word that w was meant to be, if there is one.
func (s *Set) bend(w string) (string, bool) {
	if len(w) < minTypo-1 || len(w) > maxTypo || !ascii(w) || wordOfItsOwn(w) {
		return "", false
	}
	if stem, ok := s.near(w, s.typos[w]); ok {
		return stem, true
	}
	var buf [maxTypo]byte
	for i := 1; i < len(w); i++ {
		n := copy(buf[:], w[:i])
		n += copy(buf[n:], w[i+1:])
		if stem, ok := s.near(w, s.typos[string(buf[:n])]); ok {
			return stem, true
		}
	}
	return "", false
}

func (s *Set) near(w string, entries []string) (string, bool) {
	for _, e := range entries {
		for i := range len(e) {
			if e[i] == 0 {
				if oneOff(w, e[:i]) {
					return e[i+1:], true
				}
				break
			}
		}
	}
	return "", false
}

// oneOff says that a and b differ by one letter added, lost or changed, or by
// two neighbours swapped.
func oneOff(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		if i == len(a) || a[i+1:] == b[i+1:] {
			return true
		}
		return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	case 1:
		return a[i:] == b[i+1:]
	}
	return false
}

func ascii(w string) bool {
	for i := range len(w) {
		if w[i] >= 0x80 {
			return false
		}
	}
	return true
}

// wordOfItsOwn lists common words that lie one letter from a likely cue, so
// that "changed" is never read as a misspelt "charged".
func wordOfItsOwn(w string) bool {
	switch w {
	case "change", "changed", "changes", "charge", "charged", "charges", "chance", "chances",
		"broken", "broker", "return", "returns", "retain", "cancel", "cancer", "candle",
		"expect", "except", "accept", "aspect", "missed", "missing", "mixing", "fixing", "mailing", "failing",
		"letter", "better", "latter", "matter", "parcel", "partial", "weather", "whether", "leather",
		"quite", "quiet", "later", "lighter", "fighter", "boxes", "reason", "season",
		"person", "prison", "refuse", "refused", "refuge", "refute", "replay", "replace", "repair", "repaid", "despair",
		"morning", "warning", "earning", "packing", "parking", "backing", "tracking", "cracking", "trucking",
		"invoice", "involve", "address", "adders", "credit", "edited", "friend", "fiend", "breaks", "brakes",
		"stolen", "storm", "phoned", "coupon", "couple", "damage", "manage", "managed", "damaged", "manager",
		"deliver", "delivery", "believer", "rather", "father", "wanted", "wasted", "tested", "rented",
		"though", "through", "thought", "taught", "caught", "bought", "brought", "should", "shoulder":
		return true
	}
	return false
}
