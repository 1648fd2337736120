package main

import (
	"strings"
	"testing"
)

func TestLanguageModelSettings(t *testing.T) {
	for _, c := range []struct{ url, model, perDay, want string }{
		{"", "", "2000", ""},
		{"https://api.example.com/v1", "m", "2000", ""},
		{"http://127.0.0.1:11434/v1", "m", "1", ""},
		{"http://[::1]:11434/v1", "m", "1", ""},
		{"http://192.168.1.5:8000/v1", "m", "1", ""},
		{"http://ollama:11434/v1", "m", "1", ""},
		{"http://api.example.com/v1", "m", "1", "unencrypted"},
		{"http://8.8.8.8/v1", "m", "1", "unencrypted"},
		{"https://api.example.com/v1", "", "1", "ACCORD_LLM_MODEL is missing"},
		{"https://me:canary@example.com/v1", "m", "1", "no user, password"},
		{"https://example.com/v1?key=canary", "m", "1", "no user, password"},
		{"example.com/v1", "m", "1", "not an http or https address"},
		{"", "", "0", "ACCORD_LLM_PER_DAY"},
		{"", "", "many", "ACCORD_LLM_PER_DAY"},
	} {
		var found problems
		cfg := &config{LLMURL: c.url, LLMModel: c.model, LLMPerDay: c.perDay}
		cfg.checkLanguage(func(what, hint string) { found = append(found, &problem{what: what, hint: hint}) })
		switch {
		case c.want == "" && len(found) == 0:
		case c.want == "" || len(found) != 1 || !strings.Contains(found[0].what, c.want):
			t.Errorf("%+v: found %v, want %q", c, found, c.want)
		case strings.Contains(found[0].what+found[0].hint, "canary"):
			t.Errorf("%+v: a secret is told", c)
		}
	}
}
