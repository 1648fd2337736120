package flow

import (
	"maps"
	"net/url"
	"reflect"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"time"
)

// lookupFile says how facts are found: which slot, and where. With http, a
// facts.csv plays the service in conversations that are tests, and in the
// terminal.
type lookupFile struct {
	Slot    string          `yaml:"slot"`    // what the customer names: "order"
	Key     string          `yaml:"key"`     // the column of facts.csv it is compared with
	Pattern string          `yaml:"pattern"` // what such a number looks like, at most 256 bytes
	Whose   string          `yaml:"whose"`   // the fact that says which customer a row belongs to ("telegram:4711"); empty = the number is proof enough
	HTTP    *httpLookupFile `yaml:"http"`    // asks a service instead of facts.csv
	// Plans are facts that say when something will be: a day of delivery. One
	// whose time is past counts as unknown, for a plan that was overtaken is none.
	Plans []string `yaml:"plans"`
}

// httpLookupFile is a question to a service. {order} and the like stand for the
// look-up's slot, {customer} for who asks, {secret:NAME} in a header for a
// secret of the installation.
type httpLookupFile struct {
	URL      string                    `yaml:"url"`
	Method   string                    `yaml:"method"`    // GET (the default) or POST
	Body     string                    `yaml:"body"`      // JSON, with POST
	Headers  map[string]string         `yaml:"headers"`   // by name
	Timeout  Duration                  `yaml:"timeout"`   // of one try (5s)
	Cache    Duration                  `yaml:"cache"`     // how long an answer may be used again (0s)
	Answer   map[string]answerPartFile `yaml:"answer"`    // where each fact stands in the answer
	NotFound []int                     `yaml:"not_found"` // status codes: there is no such thing (404)
	Denied   []int                     `yaml:"denied"`    // status codes: it is somebody else's (401, 403 belong to the secret)
}

// answerPartFile is the way to a fact: just the way, or a mapping that also
// translates values.
type answerPartFile struct {
	From string            `yaml:"from"`
	Map  map[string]string `yaml:"map"`
}

// Bounds of a look-up over HTTP.
const (
	usualLookupTimeout = 5 * time.Second
	maxLookupTimeout   = 30 * time.Second
	maxLookupCache     = 24 * time.Hour
	maxLookupTemplate  = 2000
)

func (r *catalogReader) lookup(p path) LookupRule {
	f := r.raw.Lookup
	out := LookupRule{Slot: f.Slot, Key: f.Key, Whose: f.Whose, Plans: f.Plans}
	if reflect.ValueOf(f).IsZero() {
		return out
	}
	if f.Slot == "" {
		r.add(r.key(p.in("slot")), "slot is missing: what the customer names, such as order")
	} else {
		oneOf(r, p.in("slot"), "slot", f.Slot, slots)
	}
	switch {
	case f.Key == "" && (f.HTTP == nil || r.table):
		r.add(r.key(p.in("key")), "key is missing: the column of facts.csv it is compared with")
	case f.Key != "" && r.facts != nil:
		oneOf(r, p.in("key"), "fact", f.Key, r.facts)
	}
	if f.HTTP != nil {
		out.HTTP = r.httpLookup(p.in("http"), f)
	}
	if f.Whose != "" && r.facts != nil {
		oneOf(r, p.in("whose"), "fact", f.Whose, r.facts)
	}
	r.each(p.in("plans"), "fact", f.Plans, nil, func(i int, name string) {
		if r.facts != nil {
			oneOf(r, p.in("plans").item(i), "fact", name, r.facts)
		}
	})
	if f.Pattern != "" {
		out.Pattern = r.pattern(p.in("pattern"), f.Pattern)
	}
	return out
}

// Bounds of a regular expression. Go's engine takes linear time, yet a small
// pattern that repeats repetitions can compile to thousands of steps.
const (
	maxPattern = 256
	maxSteps   = 500
)

func (r *catalogReader) pattern(p path, text string) *regexp.Regexp {
	if len(text) > maxPattern {
		r.add(r.value(p), "the pattern has %d bytes; at most %d are allowed", len(text), maxPattern)
		return nil
	}
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		r.add(r.value(p), "the pattern cannot be read: %v", err)
		return nil
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil || len(prog.Inst) > maxSteps {
		r.add(r.value(p), "the pattern is too costly: it has more than %d steps", maxSteps)
		return nil
	}
	re, err := regexp.Compile(text)
	if err != nil {
		r.add(r.value(p), "the pattern cannot be read: %v", err)
	}
	return re
}

func (r *catalogReader) httpLookup(p path, f lookupFile) *HTTPLookup {
	h := f.HTTP
	out := &HTTPLookup{URL: h.URL, Method: h.Method, Body: h.Body, Headers: h.Headers, Timeout: time.Duration(h.Timeout),
		Cache: time.Duration(h.Cache), NotFound: h.NotFound, Denied: h.Denied, Answer: map[string]AnswerPart{}}
	if out.Timeout == 0 {
		out.Timeout = usualLookupTimeout
	}
	if len(out.NotFound) == 0 {
		out.NotFound = []int{404}
	}
	if out.Method == "" {
		out.Method = "GET"
	}
	r.lookupURL(p.in("url"), h.URL, f.Slot)
	r.lookupMethod(p, out)
	r.lookupTimes(p, out)
	for _, name := range slices.Sorted(maps.Keys(h.Headers)) {
		r.lookupHeader(p.in("headers", name), name, h.Headers[name], f.Slot)
	}
	if len(h.Answer) == 0 {
		r.add(r.key(p.in("answer")), "answer is missing: where each fact stands in what the service says")
	}
	for name, part := range h.Answer {
		out.Answer[name] = AnswerPart{From: part.From, Values: part.Map}
		r.answerPart(p.in("answer", name), name, part)
	}
	for list, codes := range map[string][]int{"not_found": h.NotFound, "denied": h.Denied} {
		for i, code := range codes {
			if code < 400 || code > 499 {
				r.add(r.value(p.in(list).item(i)), "%d is no status that says so; it is one of 400 to 499", code)
			}
		}
	}
	return out
}

// lookupURL sees to it that only the path and the query can vary: a customer's
// words must never choose whom we talk to.
func (r *catalogReader) lookupURL(p path, text, slot string) {
	if text == "" {
		r.add(r.key(p), "url is missing")
		return
	}
	if len(text) > maxLookupTemplate {
		r.add(r.value(p), "at most %d bytes", maxLookupTemplate)
		return
	}
	r.places(p, text, slot, false)
	// Filled with two different values, everything up to the path must be the
	// same. The scheme is compared as it is written: "HTTPS" is the same to
	// whoever parses it, and another thing to whoever looks for "https://".
	u, err := url.Parse(Fill(text, func(string) string { return "x" }))
	other, otherErr := url.Parse(Fill(text, func(string) string { return "y" }))
	switch {
	case err != nil || otherErr != nil || u.Host == "":
		r.add(r.value(p), "not an address such as https://shop.example/orders/{%s}", slot)
	case !strings.HasPrefix(text, "https://") && !strings.HasPrefix(text, "http://"):
		r.add(r.value(p), "an address begins with https://, in small letters")
	case u.User != nil:
		r.add(r.value(p), "no name or password in an address: write a header with {secret:NAME}")
	case u.Host != other.Host || strings.ContainsAny(u.Host, "{}"):
		r.add(r.value(p), "what varies may stand in the path and in the query, never in the host")
	case u.Fragment != "":
		r.add(r.value(p), "a service never sees what stands behind #")
	case !slices.Contains(Places(text), slot) && !strings.Contains(r.raw.Lookup.HTTP.Body, "{"+slot+"}"):
		r.add(r.value(p), "{%s} stands neither in url nor in body: every question would be the same", slot)
	}
}

func (r *catalogReader) lookupMethod(p path, h *HTTPLookup) {
	switch {
	case h.Method != "GET" && h.Method != "POST":
		r.add(r.value(p.in("method")), "method is GET or POST, not %q", h.Method)
	case h.Method == "GET" && h.Body != "":
		r.add(r.value(p.in("body")), "a body is sent with POST only")
	}
	if len(h.Body) > maxLookupTemplate {
		r.add(r.value(p.in("body")), "at most %d bytes", maxLookupTemplate)
	}
	if h.Body != "" {
		r.places(p.in("body"), h.Body, r.raw.Lookup.Slot, false)
	}
}

func (r *catalogReader) lookupTimes(p path, h *HTTPLookup) {
	if h.Timeout > maxLookupTimeout {
		r.add(r.value(p.in("timeout")), "a customer waits meanwhile: at most %v", maxLookupTimeout)
	}
	if h.Cache > maxLookupCache {
		r.add(r.value(p.in("cache")), "an answer that old is none: at most %v", maxLookupCache)
	}
}

// headerName is what a header's name is made of (RFC 9110, section 5.6.2).
var headerName = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$")

// ours are headers that the client itself writes.
var ours = []string{"host", "content-length", "transfer-encoding", "connection", "content-type", "accept", "cookie"}

func (r *catalogReader) lookupHeader(p path, name, value, slot string) {
	switch {
	case !headerName.MatchString(name):
		r.add(r.key(p), "%q is no name of a header", name)
	case slices.Contains(ours, strings.ToLower(name)):
		r.add(r.key(p), "the header %s is written by the program itself", name)
	case strings.ContainsAny(value, "\r\n\x00") || len(value) > maxLookupTemplate:
		r.add(r.value(p), "a header is one line of at most %d bytes", maxLookupTemplate)
	}
	r.places(p, value, slot, true)
}

// secretForm is what a secret may be called: it becomes part of a variable.
var secretForm = regexp.MustCompile(`^[A-Z][A-Z0-9_]{0,39}$`)

// places checks what stands in braces.
func (r *catalogReader) places(p path, text, slot string, secrets bool) {
	for _, at := range Places(text) {
		name, isSecret := SecretName(at)
		switch {
		case isSecret && !secrets:
			r.add(r.value(p), "a secret stands in a header only: addresses and bodies are seen in too many places")
		case isSecret && !secretForm.MatchString(name):
			r.add(r.value(p), "a secret has a name of capital letters, digits and _, such as SHOP_TOKEN: %q is none", name)
		case !isSecret && at != slot && at != PlaceCustomer:
			r.addNear(r.value(p), nearest(at, slices.Values([]string{slot, PlaceCustomer})), "unknown {%s}: there are {%s}, {%s} and, in headers, {secret:NAME}", at, slot, PlaceCustomer)
		}
	}
}

func (r *catalogReader) answerPart(p path, name string, part answerPartFile) {
	if !column.MatchString(name) {
		r.add(r.key(p), "a fact's name has small letters, digits and _ only, perhaps with a language (item.en): %q does not", name)
	}
	if part.From == "" || strings.HasPrefix(part.From, ".") || strings.HasSuffix(part.From, ".") || strings.Contains(part.From, "..") {
		r.add(r.value(p), "where in the answer? Names on the way down, joined by dots: item.name, lines.0.sku")
	}
}

// httpFacts are the names of the facts a service answers with.
func httpFacts(f lookupFile) map[string]bool {
	if f.HTTP == nil {
		return nil
	}
	out := map[string]bool{}
	for name := range f.HTTP.Answer {
		name, _, _ := strings.Cut(name, ".")
		out[name] = true
	}
	return out
}
