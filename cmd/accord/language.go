package main

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/dialog/tone"
	"github.com/accord-chat/accord/intents"
	llm "github.com/accord-chat/accord/intents/remote"
)

// checkLanguage reads what the optional language model needs.
func (c *config) checkLanguage(add adder) {
	calls, err := strconv.Atoi(c.LLMPerDay)
	if err != nil || calls < 1 || calls > 10_000_000 {
		add(fmt.Sprintf("ACCORD_LLM_PER_DAY: %q is no number of calls", c.LLMPerDay), "a whole number from 1; leave ACCORD_LLM_URL empty to have none")
	}
	c.llmCalls = calls
	if c.LLMURL == "" {
		return
	}
	const such = "the base of the interface, for example https://api.example.com/v1"
	u, err := url.Parse(c.LLMURL)
	switch {
	case err != nil || !isWeb(u):
		add("ACCORD_LLM_URL: not an http or https address", such)
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		add("ACCORD_LLM_URL must hold no user, password, query or fragment", such+"; the key goes into ACCORD_LLM_KEY")
	case u.Scheme == "http" && !nearby(u.Hostname()):
		add("ACCORD_LLM_URL: customers' words would cross the internet unencrypted", "use https; http is for a service on your own network")
	}
	if c.LLMModel == "" {
		add("ACCORD_LLM_MODEL is missing", "name the model ACCORD_LLM_URL is to be asked for")
	}
}

// nearby says whether a host is this machine or stands in a network of one's own.
func nearby(host string) bool {
	ip := net.ParseIP(host)
	return loopback(host) || ip != nil && ip.IsPrivate() || ip == nil && !strings.Contains(host, ".") || strings.HasSuffix(host, ".internal") || strings.HasSuffix(host, ".local")
}

// second connects the language model; nil where there is none.
func (c *config) second(f *flow.Flow) (intents.Second, error) {
	if c.LLMURL == "" {
		return nil, nil
	}
	r, err := llm.New(llm.Config{
		URL: c.LLMURL, Key: llm.Key(c.LLMKey), Model: c.LLMModel, PerDay: c.llmCalls, Sentences: explanations(f), Broader: f.Broader,
		Tone: func(lang message.Lang, line string) bool { return len(tone.Check(lang, line)) == 0 },
	})
	if err != nil {
		return nil, &problem{what: err.Error(), hint: "see ACCORD_LLM_URL and ACCORD_LLM_MODEL"}
	}
	return r, nil
}

// llmHost is who reads along, for the log.
func (c *config) llmHost() string {
	u, err := url.Parse(c.LLMURL)
	if err != nil {
		return ""
	}
	return u.Host
}

// explanations are what explains a flow's sections to a stranger: their sentences,
// or the cues of a section that has none.
func explanations(f *flow.Flow) intents.Words {
	out := intents.Words{}
	for section, said := range f.Words {
		out[section] = said
	}
	for section, said := range f.Examples {
		out[section] = said
	}
	return out
}
