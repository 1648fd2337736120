package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

func intentsCommand(s streams) *cobra.Command {
	c := &cobra.Command{Use: "intents", Short: "Look at how messages are understood", Example: "  echo 'ok, but not before friday' | accord intents read --expect yesno --json"}
	c.AddCommand(evalCommand(s), readCommand(s))
	return c
}

// read is one line of `intents read --json`.
type read struct {
	Lang       message.Lang   `json:"lang"`
	Intent     string         `json:"intent"`
	Confidence float64        `json:"confidence"`
	InScope    bool           `json:"in_scope"`
	Answer     message.Answer `json:"answer"`
	Anger      float64        `json:"anger"`
	Slots      []message.Slot `json:"slots"`
}

func readCommand(s streams) *cobra.Command {
	var flowDir, expect, zone string
	var asJSON bool
	c := &cobra.Command{
		Use:   "read",
		Short: "Read texts, one a line, and say what was understood",
		Long: `Reads one text a line from standard input and prints what was understood of it:
what it is about, how sure that is and what else it may be; what it mentions, by
which cue or by what was learned; and why. The bot acts on what is mentioned.

--expect says what the conversation waits for: yesno, choice, intent, or
slot:NAME with one of money, number, date, time, order, phone, email, name, address.`,
		Example: "  echo 'make it 20' | accord intents read --expect slot:money --json",
	}
	c.Flags().StringVar(&flowDir, "flow", "", "folder of the flow whose words count (default: the built-in one)")
	c.Flags().StringVar(&expect, "expect", "", "what is waited for")
	c.Flags().StringVar(&zone, "timezone", "UTC", "IANA zone in which days are meant")
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	c.RunE = func(*cobra.Command, []string) error {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			return &problem{what: fmt.Sprintf("unknown time zone %q", zone), hint: "use an IANA name such as Asia/Taipei"}
		}
		if err := checkExpect(expect); err != nil {
			return err
		}
		f, err := draftFlow(s, flowDir)
		if err != nil {
			return err
		}
		u, err := newFlowReader(f, newSchool())
		if err != nil {
			return err
		}
		if err := u.wait(); err != nil {
			return err
		}
		ctx := intents.Context{Expect: message.Expect{Kind: expect, Currency: f.Catalog.Currency}, Zone: loc}
		return readLines(s, u, ctx, asJSON)
	}
	return c
}

// draftFlow is loadFlow for looking at how a flow reads. What the catalog does not
// hear yet is said and not in the way: sentences are tried before they are wired up.
func draftFlow(s streams, dir string) (*flow.Flow, error) {
	f, err := loadFlow(dir)
	if err != nil {
		return nil, err
	}
	for _, x := range f.Unwired() {
		sayFinding(s, x, "warning")
	}
	return f, nil
}

// sayFinding writes a finding about a flow beside what was asked for.
func sayFinding(s streams, x flow.Finding, grade string) {
	fmt.Fprintf(s.err, "%s: %s: %s\n", grade, place(x), inline(x.Message))
	if hint := advice(x); hint != "" {
		fmt.Fprintf(s.err, "hint: %s\n", hint)
	}
}

// slotKinds are what --expect slot:NAME may name.
var slotKinds = []message.SlotKind{message.SlotMoney, message.SlotNumber, message.SlotDate, message.SlotTime,
	message.SlotOrder, message.SlotPhone, message.SlotEmail, message.SlotName, message.SlotAddress}

// checkExpect refuses what nothing waits for, instead of reading on as if it
// had been said.
func checkExpect(expect string) error {
	name, slot := strings.CutPrefix(expect, "slot:")
	switch {
	case slot && slices.Contains(slotKinds, message.SlotKind(name)), expect == "", expect == "yesno", expect == "choice", expect == "intent":
		return nil
	}
	kinds := make([]string, len(slotKinds))
	for i, k := range slotKinds {
		kinds[i] = string(k)
	}
	return &problem{what: fmt.Sprintf("nothing waits for %q", expect),
		hint: "use yesno, choice, intent or slot:NAME with one of " + strings.Join(kinds, ", ")}
}

// maxLine is the longest text that is read: longer ones are a mistake or an
// attack, and are cut by the reader of texts anyway.
const maxLine = 1 << 20

func readLines(s streams, u *flowReader, ctx intents.Context, asJSON bool) error {
	in := bufio.NewScanner(s.in)
	in.Buffer(make([]byte, 64<<10), maxLine)
	out := json.NewEncoder(s.out)
	out.SetEscapeHTML(false)
	for in.Scan() {
		ctx.Now = time.Now()
		r := u.Understand(in.Text(), ctx)
		if !asJSON {
			if err := printReading(s.out, in.Text(), r); err != nil {
				return err
			}
			continue
		}
		slots := r.Slots
		if slots == nil {
			slots = []message.Slot{}
		}
		if err := out.Encode(read{Lang: r.Lang, Intent: r.Intent, Confidence: r.Confidence, InScope: r.InScope, Answer: r.Answer, Anger: r.Anger, Slots: slots}); err != nil {
			return err
		}
	}
	if err := in.Err(); err != nil {
		return &problem{what: "reading standard input: " + err.Error(), hint: "a line holds at most 1 MiB"}
	}
	return nil
}
