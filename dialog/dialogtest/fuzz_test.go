package dialogtest_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/dialog/message"
)

// FuzzStep lets whatever can be written as inputs come to a conversation, at
// every place it can rest in: a turn never panics, never fails but on a kind
// of input there is none of, and holds what holds of every turn.
func FuzzStep(f *testing.F) {
	shop, _ := shop()
	states := map[string][]byte{}
	names := make([]string, 0, len(places))
	for _, p := range places {
		s := comesToIn(f, p.name)
		b, err := dialog.Encode(s)
		if err != nil {
			f.Fatal(err)
		}
		states[p.name] = b
		names = append(names, p.name)
	}
	for i, raw := range []string{
		`[{"kind":"message","text":"yes","reading":{"answer":"accept"}},{"kind":"tap","tap":{"question":3,"choice":"yes"}}]`,
		`[{"kind":"message","text":"35520","reading":{"correction":true,"slots":[{"kind":"order","text":"35520"}],"mentions":[{"name":"refund","dropped":true}]}}]`,
		`[{"kind":"fact","fact":{"key":"48213","found":true,"row":{"price":"x","currency":"???","same_date":"9999-12-31"}}},{"kind":"timer","timer":"wait"}]`,
		`[{"kind":"taken","agent":{"ref":"a","name":"Ana"}},{"kind":"promised","text":"I call","agent":{"ref":"a","name":"Ana","until":"9999-12-31T23:59:59Z"}},{"kind":"done","agent":{"promise":1}}]`,
		`[{"kind":"edited","text":"no","before":"yes"},{"kind":"blocked"},{"kind":"deleted"},{"kind":"command","command":"human"},{"kind":"unheard"}]`,
		`[{"kind":"message","text":"15","reading":{"answer":"counter","slots":[{"kind":"money","amount":9223372036854775807,"currency":"USD"}]}}]`,
	} {
		for place := range names {
			f.Add(uint8(place), uint8(i), []byte(raw))
		}
	}
	f.Fuzz(func(t *testing.T, place, passes uint8, raw []byte) {
		var inputs []dialog.Input
		if json.Unmarshal(raw, &inputs) != nil || len(inputs) > 30 {
			return
		}
		s, err := dialog.Decode(shop, states[names[int(place)%len(names)]])
		if err != nil {
			t.Fatal(err)
		}
		now := time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)
		for i, in := range inputs {
			if in.Kind == dialog.InTap && in.Tap == nil {
				continue // the runtime resolves a press before it becomes an input
			}
			now = now.Add(time.Duration(passes) * time.Minute)
			in.At, in.Seed, in.Case = now, uint64(i), fmt.Sprintf("A-%04d", i)
			was := stored(t, s)
			r, err := dialog.Step(shop, settings, s, in)
			if err != nil {
				if strings.Contains(err.Error(), "unknown kind of input") {
					return
				}
				t.Fatalf("%s in %s: %v", in.Kind, s.At, err)
			}
			untouched(t, s, was)
			turnHolds(t, shop, s, in, r)
			s = r.State
		}
	})
}

// comesToIn is the state of a conversation at a place.
func comesToIn(f *testing.F, place string) dialog.State {
	f.Helper()
	return comesTo(f, place, tongues[0]).state()
}

// FuzzFlow writes a line into the smallest folder that is a flow: whatever it
// says, the folder is refused with findings, or the flow it makes holds a
// conversation.
func FuzzFlow(f *testing.F) {
	minimal := flowtest.Minimal()
	files := slices.Sorted(maps.Keys(minimal))
	for i, line := range []string{"  refusals: 1", "states: {}", "      refuse: stay", "    wait: 0s", "- x", "  pattern: \"(((\"", "  end: \"{?name:{name}}\"", "= \u200b", "48213,,,,,", "\xff\xfe", "  quiet: 900000h", "{fact: a, op: by, value: \"slot:b 25:00\"}"} {
		for which := range files {
			f.Add(uint8(which), uint16(7*i+3), line)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, at uint16, line string) {
		changed := flow.Files{}
		maps.Copy(changed, minimal)
		name := files[int(which)%len(files)]
		rows := strings.Split(string(minimal[name]), "\n")
		rows[int(at)%len(rows)] = line
		changed[name] = []byte(strings.Join(rows, "\n"))
		made, err := flow.Parse(changed)
		if err != nil {
			if _, again := flow.Parse(changed); again == nil || again.Error() != err.Error() {
				t.Fatalf("refused otherwise the second time: %v\n\n%v", err, again)
			}
			return
		}
		holdsConversation(t, made)
	})
}

// holdsConversation plays a little of everything on a flow.
func holdsConversation(t *testing.T, f *flow.Flow) {
	t.Helper()
	s := dialogtest.New(f, settings, nil, time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC))
	s.OnTurn = func(_ dialog.Input, r dialog.Result) { codes(t, f, r.State) }
	section := ""
	if names := slices.Sorted(maps.Keys(f.Words)); len(names) > 0 {
		section = names[0]
	}
	for _, in := range []dialog.Input{
		{Kind: dialog.InMessage, Text: "hello", Reading: message.Reading{Mentions: []message.Mention{{Name: section}}, Slots: []message.Slot{{Kind: message.SlotOrder, Text: "48213"}}}},
		{Kind: dialog.InTimer, Timer: "quiet"},
		{Kind: dialog.InMessage, Text: "yes", Reading: message.Reading{Answer: message.Accept}},
		{Kind: dialog.InMessage, Text: "yes", Reading: message.Reading{Answer: message.Accept}},
		{Kind: dialog.InMessage, Text: "no", Reading: message.Reading{Answer: message.Refuse}},
		{Kind: dialog.InMessage, Text: "??"},
		{Kind: dialog.InCommand, Command: "human"},
		{Kind: dialog.InMessage, Text: "hello?"},
	} {
		if err := s.Do(in); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Advance(s.Now.Add(2 * 24 * time.Hour)); err != nil {
		t.Fatal(err)
	}
}
