package dialogtest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/dialogtest"
	"github.com/accord-chat/accord/dialog/message"
)

// situation is one of the things a customer may do at any state.
type situation struct {
	name string
	does func(a at, l tongue)
	// beside says that it is a digression: the matter stays as it is, and the
	// open question is put again with the same buttons.
	beside bool
	// leads names the state it leads to, by the state it happens in; "" is the
	// one it happens in, and a place that is not named leads by "*".
	leads map[string]string
}

func writes(key string) func(at, tongue) { return func(a at, l tongue) { a.write(l.say[key]) } }

func sends(kind message.AttachmentKind) func(at, tongue) {
	return func(a at, _ tongue) { a.must(a.Write("", message.Attachment{Kind: kind, File: "f"})) }
}

// stays is where a digression leads: nowhere. Who has not begun is listened
// to.
var stays = map[string]string{"greet": "greet"}

var situations = []situation{
	{"asks for a person", writes("person"), false, map[string]string{"*": "person", "owned": "owned"}},
	{"asks for the status", writes("status"), true, stays},
	{"asks what to expect", writes("expect"), true, stays},
	{"corrects the order", writes("correct"), false, nil},
	{"names another thing", func(a at, l tongue) { a.write(l.other) }, false, nil},
	{"withdraws a wish", writes("withdraw"), false, nil},
	{"cancels", writes("cancel"), false, map[string]string{"*": "end", "greet": "greet", "owned": "owned"}},
	{"asks to repeat", writes("repeat"), true, stays},
	{"asks whether this is a bot", writes("bot"), true, stays},
	{"writes what nobody understands", writes("garble"), true, map[string]string{"greet": "listen", "end": "listen", "elicit": "elicit", "correct": "correct"}},
	{"sends a picture", sends(message.Photo), true, map[string]string{"greet": "listen"}},
	{"sends a voice message", sends(message.Voice), true, map[string]string{"greet": "listen"}},
	{"sends a file", sends(message.Document), true, map[string]string{"greet": "listen"}},
	{"sends a place", sends(message.Location), true, map[string]string{"greet": "listen"}},
	{"edits a message", func(a at, l tongue) { a.must(a.Edit("hm.")) }, true, stays},
	{"deletes a message", func(a at, _ tongue) { a.must(a.Unsend()) }, true, stays},
	{"presses an old button", func(a at, _ tongue) { a.tapOn(0, "") }, true, stays},
	{"writes five messages in a row", func(a at, l tongue) {
		for range 5 {
			a.write(l.say["thanks"])
		}
	}, false, nil},
	{"switches the language", writes("switch"), true, map[string]string{"greet": "listen"}},
	{"goes silent", func(a at, _ tongue) { a.passes(26 * time.Hour) }, false, nil},
	{"comes back days later", func(a at, l tongue) { a.passes(3 * 24 * time.Hour); a.write(l.say["back"]) }, false, nil},
	{"thanks", writes("thanks"), true, map[string]string{"close": "end", "greet": "listen"}},
	{"swears", writes("swear"), false, nil},
	{"blocks us and comes back", func(a at, _ tongue) {
		a.must(a.Do(dialog.Input{Kind: dialog.InBlocked}))
		a.must(a.Do(dialog.Input{Kind: dialog.InUnblocked}))
	}, true, stays},
	{"gives a number", writes("phone"), false, nil},
}

// TestEverySituation plays what a customer may do at any state in every state
// and language of the shipped flow, and holds what must be true of each.
func TestEverySituation(t *testing.T) {
	for _, l := range tongues {
		for _, p := range places {
			for _, s := range situations {
				t.Run(fmt.Sprintf("%s/%s/%s", l.lang, p.name, s.name), func(t *testing.T) { playSituation(t, p.name, l, s) })
			}
		}
	}
}

func playSituation(t *testing.T, place string, l tongue, s situation) {
	a := comesTo(t, place, l)
	before := a.state()
	s.does(a, l)
	if kindOf(a.state().At) == "listen" {
		a.passes(5 * time.Second) // the quiet that ends a burst
	}
	after, lines := a.state(), a.Take()
	for _, line := range lines {
		t.Log(line)
	}
	t.Logf("%s → %s", place, after.At)
	a.must(a.Replay())
	f, _ := shop()
	checkControls(t, f, a.Session)
	isAnswered(t, s, before, after, lines)
	if want, ok := s.leads[place]; ok || s.leads["*"] != "" {
		if want == "" {
			want = s.leads["*"]
		}
		if after.At != want {
			t.Errorf("it leads to %s, want %s", after.At, want)
		}
	}
	if _, leads := s.leads[place]; s.beside && !leads && place != "lookup" {
		returns(t, before, after)
	}
}

// isAnswered holds that what a customer does is met with words, or seen by a
// person who has them. What needs none: taking a message back, blocking us, and
// what comes while facts are on their way, which are here in a moment.
func isAnswered(t *testing.T, s situation, before, after dialog.State, lines []dialogtest.Line) {
	t.Helper()
	if s.name == "deletes a message" || s.name == "blocks us and comes back" || before.At == "lookup" || s.name == "edits a message" && (before.At == "greet" || before.At == "end") {
		return
	}
	silent := before.At == "greet" && s.name == "goes silent" || before.At == "end" && s.name == "goes silent"
	bot := slices.ContainsFunc(lines, func(l dialogtest.Line) bool { return l.Who == "bot" || l.Who == "agent" })
	desk := slices.ContainsFunc(lines, func(l dialogtest.Line) bool { return l.Who == "desk" })
	switch {
	case silent:
	case before.Owned() && after.Owned():
		if bot {
			t.Error("the bot speaks while a person owns the conversation")
		}
		if !desk && s.name != "presses an old button" {
			t.Error("the owner does not see it")
		}
	case !bot:
		t.Error("it is met with silence")
	}
	for _, line := range lines {
		if strings.TrimSpace(line.Text) == "" {
			t.Error("an empty line")
		}
	}
}

// returns holds that a digression left the matter alone and led back to the
// very question: the same slot, the same buttons.
func returns(t *testing.T, before, after dialog.State) {
	t.Helper()
	if after.At != before.At {
		t.Errorf("a digression leads from %s to %s", before.At, after.At)
		return
	}
	if got, want := buttonsOf(after), buttonsOf(before); got != want {
		t.Errorf("the question came back with %q, it was asked with %q", got, want)
	}
	if before.Ask != nil && after.Ask != nil && (after.Ask.Slot != before.Ask.Slot || after.Ask.Key != before.Ask.Key) {
		t.Errorf("another question is asked: %+v, it was %+v", after.Ask, before.Ask)
	}
	b, n := before.Matter, after.Matter
	if fmt.Sprint(b.Wishes, b.Slots, b.Facts, b.Incident, b.Focus, b.Proposed, b.Given, b.Later, b.Asked, b.Put, b.Skipped) !=
		fmt.Sprint(n.Wishes, n.Slots, n.Facts, n.Incident, n.Focus, n.Proposed, n.Given, n.Later, n.Asked, n.Put, n.Skipped) && before.Kind != "person" {
		t.Errorf("a digression changed the matter:\n%+v\nwas\n%+v", n, b)
	}
	if before.Control.Refusals != after.Control.Refusals || before.Control.Corrections != after.Control.Corrections || len(before.Promises) != len(after.Promises) {
		t.Errorf("a digression cost more than a side turn: %+v, was %+v", after.Control, before.Control)
	}
}

func buttonsOf(s dialog.State) string {
	if s.Ask == nil {
		return ""
	}
	var ids []string
	for _, c := range s.Ask.Choices {
		ids = append(ids, c.ID)
	}
	return strings.Join(ids, " ")
}
