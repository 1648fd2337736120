package flow

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// LookupRule says what finds facts: the slot whose text is looked up, and how.
// The zero LookupRule means that nothing is looked up.
type LookupRule struct {
	// Slot is what the customer names; Pattern what such a text looks like, nil
	// where the file gives none.
	Slot    string
	Pattern *regexp.Regexp
	// Key is the column of facts.csv the text is compared with; "" with HTTP.
	Key string
	// Whose is the fact that says which customer a row belongs to, "" where
	// knowing the number is proof enough.
	Whose string
	// HTTP asks a service instead of facts.csv; nil = facts.csv.
	HTTP *HTTPLookup
	// Plans are the facts that say when something will be.
	Plans []string
}

// Current gives facts without the plans that are overtaken: those whose day or
// hour, in zone, is past at now. The map itself is never changed; it comes back
// as it is where nothing is overtaken.
func (r LookupRule) Current(facts map[string]string, now time.Time, zone *time.Location) map[string]string {
	var over []string
	for _, name := range r.Plans {
		if text := facts[name]; text != "" {
			if m, ok := parseTime(text, zone); ok && m.deadline().Before(now) {
				over = append(over, name)
			}
		}
	}
	if len(over) == 0 {
		return facts
	}
	out := maps.Clone(facts)
	for _, name := range over {
		delete(out, name)
	}
	return out
}

// HTTPLookup is a question to a service over HTTP. URL, Body and the values of
// Headers are templates (see [Places]): what stands in braces is filled in with
// each question. It belongs to a compiled flow and must not be changed.
type HTTPLookup struct {
	URL      string
	Method   string // GET or POST
	Body     string // JSON
	Headers  map[string]string
	Timeout  time.Duration // of one try, at most 30s
	Cache    time.Duration // how long an answer may be used again; 0 = never
	Answer   map[string]AnswerPart
	NotFound []int // status codes that mean that there is no such thing
	Denied   []int // status codes that mean that it is somebody else's
}

// AnswerPart says where in the answer a fact is: From names the members on the
// way down, joined by dots ("item.name", "lines.0.sku"). Values puts the flow's
// words in the place of the service's; what it does not name stays as it is.
type AnswerPart struct {
	From   string
	Values map[string]string
}

// Places of a look-up's templates that are no slot.
const (
	PlaceCustomer = "customer" // who asks, as "telegram:4711"
	placeSecret   = "secret:"  // "{secret:NAME}", in headers only
)

// braces is one thing in braces. Braces of JSON never match: what follows them
// is a quotation mark or another brace.
var braces = regexp.MustCompile(`\{([a-zA-Z_][a-zA-Z0-9_:]*)\}`)

// Places lists what a look-up's template asks for, in order.
func Places(template string) []string {
	var out []string
	for _, m := range braces.FindAllStringSubmatch(template, -1) {
		out = append(out, m[1])
	}
	return out
}

// Fill puts values into a look-up's template; the function says what stands at
// a place, escaped as its surroundings ask.
func Fill(template string, value func(place string) string) string {
	return braces.ReplaceAllStringFunc(template, func(m string) string { return value(m[1 : len(m)-1]) })
}

// SecretName gives the name of the secret that a place stands for.
func SecretName(place string) (string, bool) { return strings.CutPrefix(place, placeSecret) }

// Secrets lists the names of the secrets a look-up needs, each once.
func (h *HTTPLookup) Secrets() []string {
	var out []string
	for _, v := range h.Headers {
		for _, p := range Places(v) {
			if name, ok := SecretName(p); ok && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	slices.Sort(out)
	return out
}

// Ownership is what a row's owner says about who asks.
type Ownership uint8

// Ownerships.
const (
	OwnerProven  Ownership = iota // it is theirs, or nobody asks for proof
	OwnerUnknown                  // the row names nobody
	OwnerOther                    // it is somebody else's
)

// Owns holds a row against the customer ("telegram:4711"). A cell may name
// several, separated by spaces.
func (r LookupRule) Owns(row map[string]string, customer string) Ownership {
	if r.Whose == "" {
		return OwnerProven
	}
	owners := strings.Fields(row[r.Whose])
	switch {
	case len(owners) == 0:
		return OwnerUnknown
	case customer != "" && slices.Contains(owners, customer):
		return OwnerProven
	}
	return OwnerOther
}
