package intents_test

import (
	"testing"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

// Naming the sum that was offered is a yes only where nothing speaks against
// it; a reading that says otherwise carries an objection.
func TestAmountNamedAgainstIt(t *testing.T) {
	for text, want := range map[string]message.Objection{
		"yes, 15 is fine":               message.NoObjection,
		"15 is fine":                    message.NoObjection,
		"20 for the taxi and I'll go":   message.NoObjection,
		"make it 20 and we're good":     message.NoObjection,
		"15? no way":                    message.ObjectPrice,
		"15 dollars? seriously?":        message.ObjectPrice,
		"$15 will not cover it":         message.ObjectPrice,
		"15 is a slap in the face":      message.ObjectPrice,
		"15 for all that is too little": message.ObjectPrice,
	} {
		r := bare(t).Understand(text, intents.Context{Now: now, Expect: message.Expect{Kind: "yesno", Currency: "USD"}})
		if r.Objection != want || want == message.ObjectPrice && r.Answer == message.Accept {
			t.Errorf("%q: objection %q, want %q; answer %q, why %v", text, r.Objection, want, r.Answer, r.Why)
		}
	}
}
