package desk

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog"
	"github.com/accord-chat/accord/dialog/expect"
	"github.com/accord-chat/accord/dialog/message"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestEveryWordIsThereInEveryLanguage also compares the places for names: a
// sentence that drops one says less than it should.
func TestEveryWordIsThereInEveryLanguage(t *testing.T) {
	en := reflect.ValueOf(*english())
	for _, lang := range message.Langs() {
		w := reflect.ValueOf(*wordsOf(lang))
		for i := range w.NumField() {
			name, field := w.Type().Field(i).Name, w.Field(i)
			switch field.Kind() {
			case reflect.String:
				if field.String() == "" || strings.Count(field.String(), "%") != strings.Count(en.Field(i).String(), "%") {
					t.Errorf("%s: %s is %q", lang, name, field.String())
				}
			case reflect.Map:
				for _, k := range en.Field(i).MapKeys() {
					if v := field.MapIndex(k); !v.IsValid() || v.String() == "" {
						t.Errorf("%s: %s has no %v", lang, name, k)
					}
				}
			case reflect.Array:
				for j := range field.Len() {
					if field.Index(j).String() == "" {
						t.Errorf("%s: %s %d is empty", lang, name, j)
					}
				}
			case reflect.Func:
				if field.IsNil() {
					t.Errorf("%s: %s is missing", lang, name)
				}
			}
		}
	}
}

var dueDay = time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)

func brief() *dialog.Brief {
	return &dialog.Brief{
		Customer: "Mei", Lang: message.Simplified, Cause: "authority", Incident: "arrived damaged", Order: "48213", Case: "A-7K3Q",
		Item: "white lamp", Story: []string{"it is BROKEN", "<!channel> help"}, Facts: []string{"the promised day was Monday"}, Mood: 0.7, Trend: "rising",
		Wishes: []dialog.BriefWish{
			{Text: "a whole lamp", Verdict: expect.Later, Status: expect.HandedOff, Offered: [][]string{{"Monday"}, {"black", "Friday"}}},
			{Text: "the price back", Status: expect.Open},
		},
		Promises: []dialog.BriefPromise{{Case: "A-7K3Q", Text: "an answer", Due: dueDay, Owner: "billing", State: expect.PromiseTold}},
		Offer:    &dialog.BriefOffer{Text: "a van", By: "Ben", Until: dueDay},
		Refused:  []dialog.BriefOffer{{Text: "a voucher", By: "Ben"}, {Text: "a call", By: "Ben", Lapsed: true}},
		Settled:  &dialog.BriefSettled{By: "Ben", Note: "a new lamp was sent"},
	}
}

func TestTheCardSaysItAllAtAGlance(t *testing.T) {
	opened := time.Date(2026, 11, 25, 15, 4, 0, 0, time.UTC)
	d := New(message.English, time.FixedZone("", 3600))
	shows, err := d.Handoff(12, dialog.HandoffChanged{Event: dialog.HandoffOpened, Brief: brief(),
		Handoff: dialog.Handoff{N: 2, Cause: "authority", Opened: opened}})
	if err != nil || len(shows) != 1 {
		t.Fatalf("%v, %v", shows, err)
	}
	p := shows[0].Post
	text := plain(p)
	for _, want := range []string{"Mei needs a person", "简体中文", "above what the bot may decide", "angry, getting angrier", "A-7K3Q", "Order: 48213 – white lamp",
		"it is BROKEN\n<!channel> help", "What is expected\na whole lamp (earliest is later than asked, with you now)\nthe price back (open)",
		"Offered for “a whole lamp” and not taken\nMonday\nblack, Friday", "the promised day was Monday",
		"an answer – A-7K3Q – by Thursday, 26 November, 10:00 – billing – overdue", "Settled before: Ben: a new lamp was sent",
		"not answered yet\na van – by Thursday, 26 November, 10:00 – Ben", "and not taken\na voucher – Ben\na call – Ben – not answered",
		"Waiting since Wednesday, 25 November, 16:04"} {
		if !strings.Contains(text, want) {
			t.Errorf("the card does not say %q:\n%s", want, text)
		}
	}
	if want := "Order 48213 – white lamp – above what the bot may decide – angry"; p.Gist != want {
		t.Errorf("gist %q", p.Gist)
	}
	if p.Anchor != "handoff:12:2" || p.Update || labels(p) != "Take" || p.Buttons[0].Value != "12:2" {
		t.Errorf("anchor %q, update %v, buttons %q", p.Anchor, p.Update, labels(p))
	}
	for _, b := range p.Blocks { // a customer's words stand in quotes only, where nothing can act
		if b.Kind != adapters.Quote && strings.Contains(b.Text+strings.Join(b.Items, ""), "<!channel>") {
			t.Errorf("a customer's words in a %s", b.Kind)
		}
	}
}

func TestTheCardFollowsTheHandoff(t *testing.T) {
	d := New(message.Traditional, nil)
	h := dialog.Handoff{N: 1, Cause: "asked"}
	owned := dialog.Handoff{N: 1, Cause: "asked", Owner: "T/U", Name: "Anna"}
	for _, c := range []struct {
		event   dialog.HandoffEvent
		handoff dialog.Handoff
		posts   int
		buttons string
		private bool
	}{
		{dialog.HandoffTaken, owned, 2, "提方案 做承諾 交回機器人 放回佇列 結束對話", false},
		{dialog.HandoffReturned, owned, 2, "", false},
		{dialog.HandoffClosed, owned, 2, "", false},
		{dialog.HandoffReleased, h, 2, "接手", false},
		{dialog.HandoffNudged, h, 1, "", false},
		{dialog.HandoffLate, h, 2, "接手", false},
		{dialog.HandoffEscalated, h, 1, "接手", false},
		{dialog.HandoffEscalated, owned, 1, "改由我接手", false},
		{dialog.HandoffIdle, owned, 2, "改由我接手 提方案 做承諾 交回機器人 放回佇列 結束對話", false},
		{dialog.HandoffAsked, owned, 2, "提方案 做承諾 交回機器人 放回佇列 結束對話", false},
		{dialog.HandoffPromised, owned, 2, "提方案 做承諾 交回機器人 放回佇列 結束對話", false},
		{dialog.HandoffUnheard, h, 2, "接手", false},
		{dialog.HandoffLost, owned, 1, "", true},
		{dialog.HandoffDenied, owned, 1, "", true},
		{dialog.HandoffDenied, h, 1, "", true},
		{dialog.HandoffOver, h, 1, "", true},
	} {
		shows, err := d.Handoff(3, dialog.HandoffChanged{Event: c.event, Handoff: c.handoff, By: "Ben", ByRef: "T/B", Brief: brief()})
		if err != nil || len(shows) != c.posts {
			t.Errorf("%s: %d posts, %v", c.event, len(shows), err)
			continue
		}
		first := shows[0].Post
		if labels(first) != c.buttons || first.Update != (c.posts == 2) || (first.Private == "T/B") != c.private {
			t.Errorf("%s: buttons %q, update %v, private %q", c.event, labels(first), first.Update, first.Private)
		}
		for _, s := range shows {
			lane := "handoff:3:1"
			if c.private { // nobody's card waits for it
				lane = "private:T/B"
			}
			if s.Lane != lane || s.Mirror != c.private {
				t.Errorf("%s: lane %q", c.event, s.Lane)
			}
		}
	}
	if _, err := d.Handoff(3, dialog.HandoffChanged{Event: "new"}); err == nil {
		t.Error("an unknown event was passed over")
	}
	shows, err := d.Handoff(3, dialog.HandoffChanged{Event: dialog.HandoffTaken, Handoff: owned})
	if err != nil || len(shows) != 1 || shows[0].Post.Update {
		t.Error("without a brief the card must stay as it is")
	}
}

func TestTasks(t *testing.T) {
	d := New(message.English, nil)
	p := expect.Promise{N: 4, Case: "A-9M2P", Text: "a voucher", Owner: "billing", State: expect.PromiseOpen, Due: time.Date(2026, 12, 2, 17, 0, 0, 0, time.UTC)}
	kept := p
	kept.State = expect.PromiseKept
	renewed := p
	renewed.State = expect.PromiseRenewed
	for _, c := range []struct {
		event   dialog.PromiseEvent
		promise expect.Promise
		posts   int
		buttons string
		says    string
	}{
		{dialog.PromiseMade, p, 1, "Done More time What is due", "Wednesday, 2 December, 17:00"},
		{dialog.PromiseSoon, p, 2, "Done More time What is due", "Due soon"},
		{dialog.PromiseDue, p, 2, "Done More time What is due", "has passed"},
		{dialog.PromiseEscalated, p, 2, "Done More time What is due", "supervisor"},
		{dialog.PromiseDone, kept, 1, "", "Done by Anna"},
		{dialog.PromiseReworded, p, 2, "Done More time What is due", "told more"},
		{dialog.PromiseAssigned, p, 2, "Done More time What is due", "now with"},
		{dialog.PromiseNoted, p, 1, "", "Noted"},
		{dialog.PromiseNoMove, p, 1, "", "cannot move again"},
		{dialog.PromiseAsking, p, 2, "Done More time What is due", "Anna asked for more time"},
		{dialog.PromiseRenewed, renewed, 1, "", "Renewed until Thursday, 3 December, 17:00"},
		{dialog.PromiseDeclined, p, 2, "Done More time What is due", "would rather not wait longer"},
		{dialog.PromiseClosed, kept, 1, "", "closed already"},
	} {
		shows, err := d.Promise(12, dialog.PromiseChanged{Event: c.event, Promise: c.promise, By: "Anna", OwnerName: "the billing team",
			Until: p.Due.Add(24 * time.Hour)}, Around{})
		if err != nil || len(shows) != c.posts {
			t.Errorf("%s: %d posts, %v", c.event, len(shows), err)
			continue
		}
		said := ""
		for _, s := range shows {
			said += plain(s.Post) + "\n"
		}
		if got := shows[0].Post; labels(got) != c.buttons || !strings.Contains(said, c.says) {
			t.Errorf("%s: buttons %q in %q", c.event, labels(got), said)
		}
	}
	if _, err := d.Promise(12, dialog.PromiseChanged{Event: "new"}, Around{}); err == nil {
		t.Error("an unknown event was passed over")
	}
}

func TestTroubleSaysWhichConversation(t *testing.T) {
	for _, lang := range message.Langs() {
		seen := map[string]bool{}
		for _, what := range []Trouble{TroubleInput, TroubleState, TroubleRescue} {
			s := New(lang, nil).Trouble(4711, what)
			if text := plain(s.Post); !strings.Contains(text, "4711") || strings.Contains(text, "%!") || seen[text] || s.Post.Fallback != text {
				t.Errorf("%s, %s: %q", lang, what, text)
			} else {
				seen[text] = true
			}
		}
	}
}

func TestHolds(t *testing.T) {
	d := New(message.Simplified, nil)
	for reason, want := range map[dialog.HoldReason]adapters.MarkState{
		dialog.HoldInternal: "", dialog.HoldAsk: adapters.MarkHeld, dialog.HoldNotOwner: adapters.MarkHeld, dialog.HoldClosed: adapters.MarkHeld,
		dialog.HoldEdited: adapters.MarkHeld, dialog.HoldEmpty: adapters.MarkHeld, dialog.HoldFile: adapters.MarkHeld, dialog.HoldBlocked: adapters.MarkFailed,
	} {
		shows, err := d.Hold(12, dialog.Hold{Handoff: 1, Message: "C:1", Reason: reason})
		if err != nil {
			t.Fatal(err)
		}
		var got adapters.MarkState
		if len(shows) > 0 {
			if got = shows[0].Mark.State; shows[0].Mark.Reason == "" || shows[0].In != "handoff:12:1" {
				t.Errorf("%s: %+v", reason, shows[0])
			}
		}
		if got != want {
			t.Errorf("%s: mark %q, want %q", reason, got, want)
		}
	}
	if shows, err := d.Hold(12, dialog.Hold{Message: "C:1", Reason: dialog.HoldNotOwner, Owner: "Anna"}); err != nil || len(shows) > 0 {
		t.Error("colleagues may talk in the thread without a remark at every line")
	}
	shows, err := New("", nil).Hold(12, dialog.Hold{Handoff: 1, Message: "C:1", Reason: HoldTaken, Owner: "Anna"})
	if err != nil || len(shows) != 1 || shows[0].Mark.Reason != "Anna has this customer now" || len(shows[0].Mark.Buttons) != 0 {
		t.Errorf("whom it was taken from is shown %+v, %v", shows, err)
	}
	if _, err := d.Hold(12, dialog.Hold{Message: "C:1", Reason: "new"}); err == nil {
		t.Error("an unknown reason was passed over")
	}
}

func TestRelays(t *testing.T) {
	d := New(message.English, nil)
	for _, c := range []struct {
		relay dialog.Relay
		want  string
	}{
		{dialog.Relay{What: "text", Name: "Mei", Text: "hello"}, "Mei\nhello"},
		{dialog.Relay{What: "edited", Name: "Mei", Text: "hello!"}, "Mei – edited\nhello!"},
		{dialog.Relay{What: "edited", Name: "Mei", Before: "helo", Text: "hello"}, "Mei – edited – before\nhelo\nnow\nhello"},
		{dialog.Relay{What: "deleted"}, "Customer – deleted a message"},
		{dialog.Relay{What: "deleted", Name: "Mei", Before: "hello"}, "Mei – deleted a message\nhello"},
		{dialog.Relay{What: "accepted", Name: "Mei", Text: "a lamp", Case: "A-1"}, "Mei – accepts the offer – A-1\na lamp"},
		{dialog.Relay{What: "call", Name: "Mei"}, "Mei – asks to be called back"},
		{dialog.Relay{What: "blocked", Name: "Mei"}, "Mei – has blocked us"},
		{dialog.Relay{What: "text", Name: "Mei", Text: "look", Attachments: []message.Attachment{{Kind: message.Document, Name: "a.pdf", Size: 2048}}},
			"Mei\nlook\nFile: a.pdf (2 kB)"}, // one whose content nobody keeps
		{dialog.Relay{What: "lapsed", Name: "Mei", Text: "a van"}, "Mei – did not answer the offer in time\na van"},
		{dialog.Relay{What: "accepted", Name: "Mei", Text: "a van", Case: "A-1", Until: dueDay}, "Mei – accepts the offer – A-1 – by Thursday, 26 November, 09:00\na van"},
		{dialog.Relay{What: "text", Attachments: []message.Attachment{{Kind: message.Location, Lat: 52.5, Lon: 13.4}, {Kind: "hologram"}}},
			"Customer\nLocation: 52.50000, 13.40000\nAttachment"},
	} {
		c.relay.Handoff = 1
		shows := d.Relay(12, c.relay)
		if got := plain(shows[0].Post); len(shows) != 1 || got != c.want || shows[0].Post.Thread != "handoff:12:1" || shows[0].Post.Fallback == "" {
			t.Errorf("%+v shows %q", c.relay, got)
		}
		if p := shows[0].Post; !shows[0].Mirror || !p.Merge || p.Anchor != "" || len(p.Files)+len(p.Buttons) != 0 {
			t.Errorf("%+v cannot be put together with others: %+v", c.relay, p)
		}
	}
}

// TestFilesFollowTheWords: each by itself, because one that is too large must
// not take the others along; a place is told in words only.
func TestFilesFollowTheWords(t *testing.T) {
	files := []message.Attachment{{Kind: message.Photo, File: "f1", Held: "telegram"}, {Kind: message.Location, Lat: 1, Lon: 2},
		{Kind: message.Voice, File: "f2", Held: "telegram"}}
	shows := New(message.English, nil).Relay(12, dialog.Relay{Handoff: 1, What: "text", Name: "Mei", Text: "look", Attachments: files})
	if len(shows) != 3 || len(shows[0].Post.Files) != 0 || plain(shows[0].Post) != "Mei\nlook\nLocation: 1.00000, 2.00000" {
		t.Fatalf("%d posts, first %q", len(shows), plain(shows[0].Post))
	}
	for i, want := range []string{"f1", "f2"} {
		p := shows[i+1].Post
		if len(p.Files) != 1 || p.Files[0].File != want || p.Merge || !shows[i+1].Mirror || p.Thread != "handoff:12:1" || p.Fallback == "" || plain(p) != "Mei" {
			t.Errorf("%+v", p)
		}
	}
	if shows = New("", nil).Relay(12, dialog.Relay{Handoff: 1, What: "text", Attachments: files[:1]}); len(shows) != 1 || len(shows[0].Post.Files) != 1 {
		t.Errorf("a file without words shows %+v", shows)
	}
}

// TestWhoIsCalled: more people the longer a customer waits.
func TestWhoIsCalled(t *testing.T) {
	d := New(message.English, nil)
	for event, want := range map[dialog.HandoffEvent]adapters.Call{
		dialog.HandoffOpened: "", dialog.HandoffNudged: "", dialog.HandoffLate: adapters.CallChannel, dialog.HandoffIdle: adapters.CallChannel,
		dialog.HandoffReleased: adapters.CallChannel, dialog.HandoffEscalated: adapters.CallSupervisor,
	} {
		shows, err := d.Handoff(3, dialog.HandoffChanged{Event: event, Handoff: dialog.Handoff{N: 1}, Brief: brief()})
		if err != nil || shows[len(shows)-1].Post.Call != want {
			t.Errorf("%s calls %q, %v", event, shows[len(shows)-1].Post.Call, err)
		}
	}
	for event, want := range map[dialog.PromiseEvent]adapters.Call{
		dialog.PromiseMade: "", dialog.PromiseDue: "", dialog.PromiseEscalated: adapters.CallSupervisor,
		dialog.PromiseDeclined: adapters.CallSupervisor, dialog.PromiseNoMove: adapters.CallSupervisor,
	} {
		shows, err := d.Promise(3, dialog.PromiseChanged{Event: event, Promise: expect.Promise{N: 1, State: expect.PromiseOpen}}, Around{})
		if err != nil || shows[len(shows)-1].Post.Call != want {
			t.Errorf("%s calls %q, %v", event, shows[len(shows)-1].Post.Call, err)
		}
	}
}

func TestMarksBringWhatCanBeDone(t *testing.T) {
	d := New(message.English, nil)
	for _, c := range []struct {
		show    Show
		state   adapters.MarkState
		buttons string
	}{
		{d.Result("handoff:12:1", "C:5", ""), adapters.MarkDelivered, ""},
		{d.OnItsWay("handoff:12:1", "C:5"), adapters.MarkSent, ""},
		{d.Result("handoff:12:1", "C:5", FailedRefused), adapters.MarkFailed, "again 12:1:C:5"},
		{d.Result("handoff:12:1", "C:5", FailedInternal), adapters.MarkFailed, ""},
		{d.Result("", "C:5", FailedRefused), adapters.MarkFailed, ""},
	} {
		var got []string
		for _, b := range c.show.Mark.Buttons {
			got = append(got, b.Action+" "+b.Value)
		}
		if c.show.Mark.State != c.state || strings.Join(got, ",") != c.buttons || c.show.Lane == "" || (c.state == adapters.MarkFailed) != (c.show.Mark.Reason != "") {
			t.Errorf("%+v", c.show.Mark)
		}
	}
	shows, err := d.Hold(12, dialog.Hold{Handoff: 1, Message: "C:5", Reason: dialog.HoldAsk})
	if err != nil || len(shows[0].Mark.Buttons) != 2 || shows[0].Mark.Buttons[1].Action != "keep" {
		t.Errorf("%+v, %v", shows, err)
	}
	if shows, err = d.Hold(12, dialog.Hold{Promise: 4, Message: "C:5", Reason: dialog.HoldAsk}); err != nil ||
		shows[0].In != "task:12:4" || shows[0].Mark.Buttons[0].Label != "Add to the answer" {
		t.Errorf("%+v, %v", shows, err)
	}
	lost := d.Unamended("handoff:12:1", true, FailedRefused, "it is older than two days")
	if lost.Mark != nil || !strings.Contains(plain(lost.Post), "still has it: it is older than two days.") || lost.Post.Thread != "handoff:12:1" {
		t.Errorf("%+v", lost)
	}
}

// plain is a post as one reads it, without its fallback.
func plain(p *adapters.Post) string {
	lines := []string{p.Title}
	for _, b := range p.Blocks {
		lines = append(lines, b.Label, b.Text)
		lines = append(lines, b.Items...)
	}
	var kept []string
	for _, l := range lines {
		if l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

func labels(p *adapters.Post) string {
	var out []string
	for _, b := range p.Buttons {
		out = append(out, b.Label)
	}
	return strings.Join(out, " ")
}

func FuzzNames(f *testing.F) {
	f.Add("handoff:12:3", "take 12:3")
	f.Add("task:1:1:late", "done 1:1")
	f.Add("task:1:1", "again 1:1:C:2")
	f.Add("handoff:-1:0", "take 9999999999999999999:1")
	f.Fuzz(func(t *testing.T, name, data string) {
		if r, ok := ParseAnchor(name); ok {
			if r.Conv <= 0 || r.N <= 0 {
				t.Errorf("%q names %+v", name, r)
			}
			if again, ok := ParseAnchor(r.anchor("")); !ok || again != r {
				t.Errorf("%q does not survive as %q", name, r.anchor(""))
			}
		}
		if c, ok := parsePress(data); ok && (c.action == "" || c.ref.Conv <= 0 || c.ref.N <= 0) {
			t.Errorf("%q presses %+v", data, c)
		}
	})
}
