package dialog

import (
	"strings"

	"github.com/accord-chat/accord/dialog/expect"
)

// noted adds an agent's words to what the customer hears once a promise is
// kept. A remark among colleagues is held back as it is beside a hand-off: what
// stands in the result is read to the customer, word for word. Files cannot be
// told with it, and words whose file is missing would mislead.
func (t *turn) noted(p *expect.Promise) {
	a, files := t.in.Agent, len(t.in.Attachments)
	reason := HeldBack(t.in.Text, files)
	switch {
	case reason == HoldAsk && a.Anyway:
		reason = ""
	case reason == "" && files > 0:
		reason = HoldFile
	}
	if reason != "" {
		t.emit(Hold{Promise: p.N, Message: a.Message, Reason: reason, By: a.Name, ByRef: a.Ref})
		return
	}
	p.Result = clip(strings.TrimSpace(p.Result+"\n"+strings.TrimSpace(t.in.Text)), maxQuote*4)
	t.changed(*p, PromiseNoted)
}
