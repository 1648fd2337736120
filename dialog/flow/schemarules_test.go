package flow

import (
	"maps"
	"slices"

	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

// schemaRules is what the types of flow files do not tell, by type or
// "type.key": what a word may be, how large a number, what must be there.
func schemaRules() map[string]func(schema) {
	all := map[string]func(schema){}
	for _, rules := range []map[string]func(schema){machineRules(), boundRules(), catalogRules(), offerRules(), lookupRules()} {
		maps.Copy(all, rules)
	}
	return all
}

func machineRules() map[string]func(schema) {
	return map[string]func(schema){
		"flowFile":          needs("version", "name", "start", "states"),
		"flowFile.version":  constant(version),
		"flowFile.start":    slugged,
		"flowFile.anywhere": keyed(allClasses()),
		"flowFile.states":   keysSlugged,
		"stateFile":         perKind,
		"stateFile.kind":    oneWord(kindNames()),
		"stateFile.on":      keyed(allClasses()),
		"edgeFile":          orWord("to", nil),
		"edgeFile.to":       slugged,
		"edgeFile.else":     slugged,
		"edgeFile.spend":    oneWord(slices.Collect(maps.Keys(budgets))),
		"flowFile.surveys":  keysSlugged, "flowFile.follow_ups": keysSlugged,
		"surveyFile.ask":         items(oneWord(asText(expect.Aspects()))),
		"surveyFile.most":        fromTo(0, maxAsked),
		"surveyFile.poor":        fromTo(0, TopScore),
		"surveyFile.owner":       slugged,
		"followUpFile.if_wanted": slugged,
		"hoursFile.from":         clockTime, "hoursFile.to": clockTime,
		"linesFile":          needs("version", "language", "lines"),
		"linesFile.version":  constant(version),
		"linesFile.language": oneWord(asText(message.Langs())),
		"linesFile.lines":    func(s schema) { s["type"] = "object" },
	}
}

func boundRules() map[string]func(schema) {
	rules := map[string]func(schema){"Limits.turns": fromTo(0, 1000), "Limits.anger": fromTo(0, 1)}
	for _, key := range []string{"refusals", "tries", "questions", "misunderstood", "side_turns", "soothing", "corrections", "renewals"} {
		rules["Limits."+key] = fromTo(0, maxCount)
	}
	return rules
}

func catalogRules() map[string]func(schema) {
	slot := oneWord(slices.Collect(maps.Keys(slots)))
	objection := append(slices.Collect(maps.Keys(objections)), noObjection)
	return map[string]func(schema){
		"catalogFile":            needs("version", "currency", "services"),
		"catalogFile.version":    constant(version),
		"catalogFile.currency":   oneWord(slices.Collect(maps.Keys(currencies))),
		"catalogFile.owners":     keysSlugged,
		"catalogFile.incidents":  keysSlugged,
		"catalogFile.services":   keysSlugged,
		"catalogFile.objections": keyed(objection),
		"incidentFile.needs":     items(slot),
		"incidentFile.losses":    items(oneWord(asText(expect.Losses()))),
		"serviceFile":            needs("scale"),
		"serviceFile.scale":      oneWord(slices.Collect(maps.Keys(scales))),
		"serviceFile.aspect":     oneWord(asText(expect.Aspects())),
		"serviceFile.needs":      items(slot),
		"serviceFile.objections": keyed(objection),
		"serviceFile.owner":      slugged,
		"standardFile.kind":      oneWord(asText(expect.StandardKinds())),
		"methodFile":             orWord("method", asText(expect.Methods())),
		"methodFile.method":      oneWord(asText(expect.Methods())),
	}
}

func offerRules() map[string]func(schema) {
	return map[string]func(schema){
		"verdictFile":         needs("verdict"),
		"verdictFile.verdict": oneWord(asText(expect.Verdicts())),
		"rungFile":            needs("id", "technique", "options"),
		"rungFile.id":         slugged,
		"rungFile.technique":  items(oneWord(asText(expect.Techniques()))),
		"rungFile.answers":    items(oneWord(slices.Collect(maps.Keys(objections)))),
		"rungFile.for":        items(oneWord(asText(expect.Losses()))),
		"rungFile.options":    most(maxChoices),
		"serviceFile.ladder":  most(maxRungs),
		"optionFile.id":       slugged,
		"goodwillFile.id":     slugged,
		"termFile":            needs("do", "by"),
		"termFile.do":         slugged,
		"termFile.owner":      slugged,
		"conditionFile":       oneForm,
		"conditionFile.slot":  oneWord(slices.Collect(maps.Keys(slots))),
		"conditionFile.wish":  oneWord(slices.Collect(maps.Keys(sides))),
		"conditionFile.op":    oneWord(slices.Collect(maps.Keys(operators))),
	}
}

func lookupRules() map[string]func(schema) {
	status := items(func(s schema) { s["minimum"], s["maximum"] = 400, 499 })
	return map[string]func(schema){
		"lookupFile.slot":          oneWord(slices.Collect(maps.Keys(slots))),
		"lookupFile.pattern":       func(s schema) { s["maxLength"] = maxPattern },
		"httpLookupFile":           needs("url", "answer"),
		"httpLookupFile.method":    oneWord([]string{"GET", "POST"}),
		"httpLookupFile.not_found": status,
		"httpLookupFile.denied":    status,
		"answerPartFile":           orWord("from", nil),
	}
}

// asText gives the values of a closed list as text.
func asText[S ~string](list []S) []string {
	var out []string
	for _, v := range list {
		out = append(out, string(v))
	}
	return out
}

// oneWord demands one of a closed list.
func oneWord(list []string) func(schema) {
	list = slices.Sorted(slices.Values(list))
	return func(s schema) { s["type"], s["enum"] = "string", list }
}

func slugged(s schema) { s["type"], s["pattern"] = "string", slug.String() }

func clockTime(s schema) { s["type"], s["pattern"] = "string", `^([01][0-9]|2[0-3]):[0-5][0-9]$` }

func keysSlugged(s schema) { s["propertyNames"] = schema{"pattern": slug.String()} }

func keyed(list []string) func(schema) {
	list = slices.Compact(slices.Sorted(slices.Values(list)))
	return func(s schema) { s["propertyNames"] = schema{"enum": list} }
}

func items(rule func(schema)) func(schema) {
	return func(s schema) {
		of, _ := s["items"].(schema)
		rule(of)
	}
}

func needs(keys ...string) func(schema) { return func(s schema) { s["required"] = keys } }
func constant(v int) func(schema)       { return func(s schema) { s["const"] = v } }
func most(n int) func(schema)           { return func(s schema) { s["maxItems"] = n } }
func fromTo(low, high int) func(schema) {
	return func(s schema) { s["minimum"], s["maximum"] = low, high }
}

// orWord allows just the value of a key in the place of the whole mapping.
func orWord(key string, list []string) func(schema) {
	return func(s schema) {
		whole := maps.Clone(s)
		whole["required"] = []string{key}
		whole["type"] = "object"
		delete(whole, "description")
		word := schema{"type": []string{"string", "number", "boolean"}}
		if list != nil {
			word = schema{"enum": slices.Sorted(slices.Values(list))}
		}
		description, described := s["description"]
		clear(s)
		s["anyOf"] = []schema{word, whole}
		if described {
			s["description"] = description
		}
	}
}

// oneForm demands exactly one of the forms of a condition.
func oneForm(s schema) {
	var forms []schema
	for _, key := range []string{"all", "any", "not", "fact", "slot", "wish"} {
		forms = append(forms, schema{"required": []string{key}})
	}
	s["type"], s["oneOf"] = "object", forms
	s["dependentRequired"] = map[string][]string{"fact": {"op"}, "slot": {"op"}, "wish": {"op"}}
}

// perKind allows a state those classes that its kind takes, and quiet and wait
// where they have a meaning.
func perKind(s schema) {
	s["type"], s["required"] = "object", []string{"kind"}
	var rules []schema
	for _, kind := range kindNames() {
		k := Kind(kind)
		own := asText(joined(classesOf[k].must, classesOf[k].may))
		slices.Sort(own)
		then := map[string]any{"on": schema{"propertyNames": schema{"enum": slices.Compact(own)}}}
		if k != Listen {
			then["quiet"] = false
		}
		if !k.waits() && k != Owned {
			then["wait"] = false
		}
		rule := schema{"properties": then}
		if k.waits() {
			rule["required"] = []string{"wait"}
		}
		rules = append(rules, schema{"if": schema{"properties": schema{"kind": schema{"const": kind}}}, "then": rule})
	}
	s["allOf"] = rules
}

func allClasses() []string {
	known := map[string]bool{}
	for _, c := range classesOf {
		for _, class := range joined(c.must, c.may) {
			known[string(class)] = true
		}
	}
	return slices.Collect(maps.Keys(known))
}

// moneySchema is an amount by currency, or a fact that holds one.
func moneySchema() schema {
	amount := schema{"anyOf": []schema{
		{"type": "number", "minimum": 0, "multipleOf": 0.01},
		{"type": "string", "pattern": `^[0-9]{1,10}(\.[0-9]{1,2})?$`},
	}}
	by := schema{"type": "object", "propertyNames": schema{"enum": slices.Sorted(maps.Keys(currencies))}, "additionalProperties": amount}
	return schema{"description": "An amount by currency, in whole or decimal units ({USD: 15, CNY: 60}), or fact:NAME for one that is looked up.",
		"anyOf": []schema{by, {"type": "string", "pattern": "^fact:."}}}
}

// lineSchema is a wording, a list of variants, or further keys.
func lineSchema() schema {
	text := schema{"type": []string{"string", "number", "boolean"}, "maxLength": maxWording}
	when := schema{"type": "object", "minProperties": 1, "additionalProperties": schema{"type": []string{"string", "number", "boolean", "null"}},
		"description": "Variables and what they must be for this variant to be said."}
	variant := schema{"type": "object", "properties": schema{"when": when, "say": text}, "required": []string{"say"}, "additionalProperties": false}
	return schema{"description": "A wording, a list of variants (one with when wins where it holds), or further keys, which are joined with dots.",
		"anyOf": []schema{
			text,
			{"type": "array", "items": schema{"anyOf": []schema{text, variant}}},
			{"type": "object", "additionalProperties": schema{"$ref": "#/$defs/line"}},
		}}
}
