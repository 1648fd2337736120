package main

import (
	"slices"
	"strings"

	"github.com/accord-chat/accord/bot/facts"
	"github.com/accord-chat/accord/dialog/flow"
)

// secretPrefix begins the variables that hold what a flow's look-up proves
// itself with: {secret:SHOP_TOKEN} is ACCORD_SECRET_SHOP_TOKEN.
const secretPrefix = "ACCORD_SECRET_"

// lookupSecrets reads them, also from files. Their names are the flow's, so
// there is no list of them.
func lookupSecrets(s streams) (map[string]secret, problems) {
	if s.environ == nil {
		return nil, nil
	}
	var found problems
	out := map[string]secret{}
	for _, kv := range s.environ() {
		name, value, _ := strings.Cut(kv, "=")
		key, ours := strings.CutPrefix(name, secretPrefix)
		if !ours || value == "" {
			continue
		}
		if of, file := strings.CutSuffix(key, "_FILE"); file {
			v, err := readSecret(strings.TrimSuffix(name, "_FILE"), value)
			if err != nil {
				found = append(found, asProblem(err))
			}
			key, value = of, v
		}
		if _, twice := out[key]; !twice || !strings.HasSuffix(name, "_FILE") { // the variable itself wins, as with settings
			out[key] = secret(value)
		}
	}
	return out, found
}

// checkLookup reads what look-ups may reach besides public addresses.
func (c *config) checkLookup(add adder) {
	guard, err := facts.ParseGuard(c.LookupAllow)
	if err != nil {
		add("ACCORD_LOOKUP_ALLOW: "+err.Error(), "addresses of your own network that a flow's look-up may ask, comma-separated")
	}
	c.lookupGuard = guard
}

// facts are what answers a flow's look-ups.
func (c *config) facts(f *flow.Flow) (facts.Provider, error) {
	p, err := facts.For(f, c.factsConfig())
	if err != nil {
		return nil, &problem{what: err.Error(), hint: "the flow's catalog.yaml names it under lookup: http: headers"}
	}
	return p, nil
}

func (c *config) factsConfig() facts.Config {
	return facts.Config{Zone: c.Zone, Guard: c.lookupGuard, Secret: func(name string) (string, bool) {
		v, ok := c.lookupSecrets[name]
		return string(v), ok
	}}
}

// unusedSecrets names secrets that a flow does not ask for: a mistyped name
// would otherwise be found only by a customer who waits.
func (c *config) unusedSecrets(f *flow.Flow) (list problems) {
	var wanted []string
	if h := f.Catalog.Lookup.HTTP; h != nil {
		wanted = h.Secrets()
	}
	for name := range c.lookupSecrets {
		if !slices.Contains(wanted, name) {
			list = append(list, &problem{what: secretPrefix + name + " has no effect: the flow's look-up asks for no such secret", hint: "leave it out, or write {secret:" + name + "} into a header"})
		}
	}
	slices.SortFunc(list, func(a, b *problem) int { return strings.Compare(a.what, b.what) })
	return list
}
