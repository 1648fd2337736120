package flow

import (
	"maps"
	"slices"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// method is how a kind of objection is met; when is over facts.
type method struct {
	is   expect.Method
	when *condition
}

// noObjection is how a catalog names a refusal without a reason.
const noObjection = "none"

// defaultMethods are how objections are met where the catalog does not say.
// Nothing is denied by default: that needs a fact.
var defaultMethods = map[message.Objection]expect.Method{message.NoObjection: expect.PassOver, message.ObjectPrice: expect.MakeUp,
	message.ObjectTime: expect.MakeUp, message.ObjectEffort: expect.MakeUp, message.ObjectKind: expect.YesIf, message.ObjectTrust: expect.YesIf,
	message.ObjectFairness: expect.YesIf, message.ObjectFalseFact: expect.YesIf}

// Method says how an objection against an offer of service s is met: as the
// service has it, else the catalog, else by default. One whose facts do not
// hold is not used. s may be nil.
func (c *Catalog) Method(s *Service, o message.Objection, env Env) expect.Method {
	sets := []map[message.Objection]method{c.methods}
	if s != nil {
		sets = []map[message.Objection]method{s.methods, c.methods}
	}
	for _, set := range sets {
		if m, ok := set[o]; ok && m.when.holds(env, c.Currency) {
			return m.is
		}
	}
	return defaultMethods[o]
}

// methodsOf checks and compiles a table of methods.
func (r *catalogReader) methodsOf(p path, files map[string]methodFile) map[message.Objection]method {
	out := map[message.Objection]method{}
	known := maps.Clone(objections)
	known[noObjection] = message.NoObjection
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, at := files[name], p.in(name)
		o, ok := known[name]
		if !ok {
			if !r.full() {
				r.addNear(r.key(at), nearestKey(name, known), "unknown objection %q", name)
			}
			continue
		}
		where := at
		if _, mapping := r.values[at.in("method")]; mapping {
			where = at.in("method")
		}
		if f.Method == "" {
			r.add(r.key(at), "method is missing; methods are %s", listed(maps.Keys(methodNames())))
			continue
		}
		if !oneOf(r, where, "method", f.Method, methodNames()) {
			continue
		}
		if f.Method == string(expect.DirectDeny) && !f.When.readsFact() {
			r.add(r.value(where), "denial needs when, with a fact in it: only what is known to be otherwise is denied")
		}
		out[o] = method{expect.Method(f.Method), r.condition(at.in("when"), f.When)}
	}
	return out
}

func methodNames() map[string]bool {
	out := map[string]bool{}
	for _, m := range expect.Methods() {
		out[string(m)] = true
	}
	return out
}

// readsFact says whether a condition looks at what was looked up.
func (f *conditionFile) readsFact() bool {
	if f == nil {
		return false
	}
	reads := f.Fact != "" || f.Not.readsFact()
	for _, list := range [][]conditionFile{f.All, f.Any} {
		for i := range list {
			reads = reads || list[i].readsFact()
		}
	}
	return reads
}
