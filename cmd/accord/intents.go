package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/accord-chat/accord/dialog/message"
	"github.com/accord-chat/accord/intents"
)

func intentsCommand(s streams) *cobra.Command {
	c := &cobra.Command{Use: "intents", Short: "Look at how messages are understood", Example: "  echo 'ok, but not before friday' | accord intents read --expect yesno --json"}
	c.AddCommand(readCommand(s))
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
		Long: `Reads one text a line from standard input and prints what was understood of it.
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
		f, err := loadFlow(flowDir)
		if err != nil {
			return err
		}
		u, err := newUnderstander(f)
		if err != nil {
			return err
		}
		ctx := intents.Context{Expect: message.Expect{Kind: expect, Currency: f.Catalog.Currency}, Zone: loc}
		return readLines(s, u, ctx, asJSON)
	}
	return c
}

// checkExpect refuses what nothing waits for, instead of reading on as if it
// had been said.
func checkExpect(expect string) error {
	name, slot := strings.CutPrefix(expect, "slot:")
	switch {
	case slot && name != "", expect == "", expect == "yesno", expect == "choice", expect == "intent":
		return nil
	}
	return &problem{what: fmt.Sprintf("nothing waits for %q", expect), hint: "use yesno, choice, intent or slot:NAME"}
}

// maxLine is the longest text that is read: longer ones are a mistake or an
// attack, and are cut by the reader of texts anyway.
const maxLine = 1 << 20

func readLines(s streams, u *intents.Understander, ctx intents.Context, asJSON bool) error {
	in := bufio.NewScanner(s.in)
	in.Buffer(make([]byte, 64<<10), maxLine)
	out := json.NewEncoder(s.out)
	out.SetEscapeHTML(false)
	for in.Scan() {
		ctx.Now = time.Now()
		r := u.Understand(in.Text(), ctx)
		if !asJSON {
			printReading(s, r)
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

// printReading shows a reading to a person.
func printReading(s streams, r message.Reading) {
	var parts []string
	add := func(name, v string) {
		if v != "" {
			parts = append(parts, name+"="+v)
		}
	}
	add("lang", string(r.Lang))
	add("intent", r.Intent)
	add("answer", string(r.Answer))
	add("choice", r.Choice)
	add("side", string(r.Side))
	add("objection", string(r.Objection))
	if r.Anger > 0 {
		add("anger", fmt.Sprintf("%.2f", r.Anger))
	}
	if r.Person {
		add("asks_for", "a_person")
	}
	for _, sl := range r.Slots {
		add("slot", fmt.Sprintf("%s(%s)", sl.Kind, sl.Span))
	}
	if len(parts) == 0 {
		parts = []string{"nothing understood"}
	}
	fmt.Fprintln(s.out, strings.Join(parts, " "))
}
