package remote

import (
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// FuzzAnswer: whatever a model writes, what the rules found stands, and what is
// added was offered or stands in the text.
func FuzzAnswer(f *testing.F) {
	for _, s := range []string{
		`{"intent":"refund","choice":"none","value":""}`, `{"intent":"none","choice":"svc:refund","value":"48213"}`,
		`{"intent":"human_agent","choice":"none","value":"[NUMBER_A]"}`, "```json\n{\"intent\":\"refund\",\"choice\":\"none\",\"value\":\"\"}\n```",
		`{"intent":"accept","choice":"yes","value":"yes"}`, `{"intent":"refund","choice":"none","value":"` + "\u202e" + `"}`, `{`, ``, `[]`, `null`,
	} {
		f.Add(s)
	}
	const said = "it is 48213, yes"
	o := offer{intents: []string{"refund", "human_agent"}, choices: []message.Choice{{ID: "svc:refund"}}, slot: message.SlotOrder}
	local := unsure(o.intents...)
	local.Objection = message.ObjectTime
	c := intents.Context{Now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), Expect: message.Expect{Kind: "slot:order"}}
	m := mask(said)
	f.Fuzz(func(t *testing.T, content string) {
		a, err := o.read(content)
		if err != nil {
			return
		}
		r, err := o.apply(said, m, local, a, c)
		if err != nil {
			return
		}
		if r.Answer != local.Answer || r.Objection != local.Objection || r.Anger != local.Anger || r.Lang != local.Lang || r.Correction || r.Asks {
			t.Errorf("%q makes %+v", content, r)
		}
		if r.Choice != "" && r.Choice != "svc:refund" {
			t.Errorf("%q chooses %q", content, r.Choice)
		}
		for _, n := range r.Mentions {
			if n.Name != "refund" {
				t.Errorf("%q mentions %q", content, n.Name)
			}
		}
		for _, s := range r.Slots {
			if s.Kind != message.SlotOrder || !strings.Contains(said, s.Span) {
				t.Errorf("%q fills %+v", content, s)
			}
		}
	})
}
