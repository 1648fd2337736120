package flow

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// header is the line that opens a section of an intents file: "[faulty]", or
// "[faulty: damaged_item]" where a fault counts as damage.
type header struct {
	name, broader string
	aimless       bool // there is a colon and nothing behind it
}

var sectionName = regexp.MustCompile(`^(?:drop:)?[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)*$`)

// headerOf reads a header. ok is false where its name cannot be one; what it
// counts as is not looked at here.
func headerOf(line string) (h header, ok bool) {
	inside, opened := strings.CutPrefix(line, "[")
	inside, closed := strings.CutSuffix(inside, "]")
	prefix, rest := "", inside
	if bare, drop := strings.CutPrefix(inside, "drop:"); drop {
		prefix, rest = "drop:", bare
	}
	name, broader, related := strings.Cut(rest, ":")
	if related {
		name = strings.TrimRight(name, " \t")
	}
	h = header{name: prefix + name, broader: strings.TrimSpace(broader)}
	sound := opened && closed && sectionName.MatchString(h.name)
	h.aimless = sound && related && h.broader == ""
	return h, sound && !h.aimless
}

// tamed is the name that was probably meant by a header which holds none: "[Pool
// Broken]" by pool_broken. It is empty where none comes of it.
func tamed(line string) string {
	inside := strings.ToLower(strings.Trim(line, "[] \t"))
	prefix, name := "", inside
	if bare, drop := strings.CutPrefix(inside, "drop:"); drop {
		prefix, name = "drop:", bare
	}
	name, _, _ = strings.Cut(name, ":")
	if name = prefix + strings.Join(strings.Fields(name), "_"); sectionName.MatchString(name) {
		return name
	}
	return ""
}

// Outside is the section of sentences that are for none of the others: what this
// business does not do, though it may sound as if. Nothing is heard as it.
const Outside = "outside"

// Label says whether a section is one of a flow's intents, which sentences are
// learned for. The others are heard by their cues alone: a name with a dot in it
// is a circumstance, and "drop:" marks words that give something up.
func Label(section string) bool { return section != Outside && !strings.ContainsAny(section, ".:") }

// broad is what a header says a section counts as, and where.
type broad struct {
	as string
	at mark
}

// broader notes what a section counts as. Once in any file is enough, and said
// again it must be the same.
func (r *intentReader) broader(h header, at mark) {
	if h.broader == "" {
		return
	}
	before, twice := r.counts[h.name]
	switch {
	case !Label(h.name):
		r.add(at, "[%s] counts as nothing else: only intents do, and it is none", h.name)
	case !sectionName.MatchString(h.broader) || !Label(h.broader):
		r.add(at, "[%s] cannot count as %q: that is no name of an intent", h.name, h.broader)
	case h.broader == h.name:
		r.add(at, "[%s] counts as itself", h.name)
	case !twice:
		r.counts[h.name] = broad{h.broader, at}
	case before.as != h.broader:
		r.add(at, "[%s] counts as [%s] already (%s:%d)", h.name, before.as, before.at.file, before.at.line)
	}
}

// relate gives what every section counts as that counts as another. The other
// must exist and count as itself, so that one step leads to the answer.
func (r *intentReader) relate() map[string]string {
	out := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(r.counts)) {
		c := r.counts[name]
		further, chained := r.counts[c.as]
		switch _, known := r.sections[c.as]; {
		case !known:
			r.addNear(c.at, nearestKey(c.as, r.sections), "[%s] cannot count as [%s]: no intents file has such a section", name, c.as)
		case chained:
			r.addBetter(c.at, "name the broadest of them", "[%s] counts as [%s], which counts as [%s] itself (%s:%d)", name, c.as, further.as, further.at.file, further.at.line)
		default:
			out[name] = c.as
		}
	}
	return out
}
