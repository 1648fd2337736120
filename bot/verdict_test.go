package bot

import (
	"errors"
	"testing"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/bot/desk"
	"github.com/accord-chat/accord/bot/store"
	"github.com/accord-chat/accord/dialog/message"
)

func TestJudge(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	fresh, old := now.Add(-time.Minute).UnixMilli(), now.Add(-25*time.Hour).UnixMilli()
	say := envelope{Say: &message.Outbound{Text: "hello"}}
	settle := envelope{Settle: &adapters.Settle{Question: 1}}
	post := envelope{Post: &adapters.Post{Fallback: "card"}}
	mark := envelope{Mark: &adapters.Mark{Message: "C:5", State: adapters.MarkDelivered}}
	amend := envelope{Amend: &adapters.Amend{Of: "C:5", Text: "new"}}
	whisper := envelope{Post: &adapters.Post{Fallback: "no", Private: "T/A"}}
	fail := func(o adapters.Outcome) *adapters.SendError { return &adapters.SendError{Outcome: o, Reason: "why"} }
	type want struct {
		done, dead bool
		again      time.Duration // 0 = not again
		failure    desk.Failure
		gone       bool
		fatal      bool
	}
	for name, c := range map[string]struct {
		row store.OutRow
		env envelope
		err error
		want
	}{
		"delivered":           {store.OutRow{At: fresh}, say, nil, want{done: true}},
		"not sent":            {store.OutRow{At: fresh}, say, fail(adapters.NotSent), want{again: 250 * time.Millisecond}},
		"not sent, sixth":     {store.OutRow{At: fresh, Attempts: 5}, say, fail(adapters.NotSent), want{again: 8 * time.Second}},
		"not sent, hundredth": {store.OutRow{At: fresh, Attempts: 99}, say, fail(adapters.NotSent), want{again: 30 * time.Second}},
		"not sent for a day":  {store.OutRow{At: old}, say, fail(adapters.NotSent), want{done: true, dead: true, failure: desk.FailedLate}},
		"promised a day ago":  {store.OutRow{At: old, Class: store.Promise}, say, fail(adapters.NotSent), want{again: 250 * time.Millisecond}},
		"a card of yesterday": {store.OutRow{At: old}, post, fail(adapters.NotSent), want{again: 250 * time.Millisecond}},
		"throttled": {store.OutRow{At: fresh}, say, &adapters.SendError{Outcome: adapters.Throttled, RetryAfter: 7 * time.Second},
			want{again: 7 * time.Second}},
		"throttled without a time": {store.OutRow{At: fresh}, say, fail(adapters.Throttled), want{again: time.Second}},
		"refused":                  {store.OutRow{At: fresh}, say, fail(adapters.Refused), want{done: true, dead: true, failure: desk.FailedRefused}},
		"blocked": {store.OutRow{At: fresh}, say, &adapters.SendError{Outcome: adapters.Refused, Gone: true},
			want{done: true, dead: true, failure: desk.FailedGone, gone: true}},
		"blocked, taking buttons off": {store.OutRow{At: fresh}, settle, &adapters.SendError{Outcome: adapters.Refused, Gone: true},
			want{done: true, dead: true, failure: desk.FailedGone, gone: true}},
		"gone, among agents": {store.OutRow{At: fresh}, post, &adapters.SendError{Outcome: adapters.Refused, Gone: true},
			want{done: true, dead: true, failure: desk.FailedRefused}},
		"moved": {store.OutRow{At: fresh}, say, &adapters.SendError{Outcome: adapters.Refused, MovedTo: "-100"},
			want{done: true, dead: true, failure: desk.FailedMoved}},
		"buttons refused":                   {store.OutRow{At: fresh}, settle, fail(adapters.Refused), want{done: true}},
		"buttons unknown":                   {store.OutRow{At: fresh}, settle, fail(adapters.Unknown), want{done: true}},
		"unknown":                           {store.OutRow{At: fresh}, say, fail(adapters.Unknown), want{again: 10 * time.Second}},
		"unknown twice":                     {store.OutRow{At: fresh, Resend: true}, say, fail(adapters.Unknown), want{done: true, dead: true, failure: desk.FailedUnsure}},
		"unknown twice, a card":             {store.OutRow{At: fresh, Resend: true, Attempts: 9}, post, fail(adapters.Unknown), want{again: time.Minute}},
		"unknown for a day, a card":         {store.OutRow{At: old, Resend: true}, post, fail(adapters.Unknown), want{done: true, dead: true, failure: desk.FailedUnsure}},
		"unknown first after a day, a card": {store.OutRow{At: old}, post, fail(adapters.Unknown), want{again: 10 * time.Second}},
		"unknown twice, a mark":             {store.OutRow{At: fresh, Resend: true}, mark, fail(adapters.Unknown), want{again: 10 * time.Second}},
		"unknown for long, a mark":          {store.OutRow{At: old, Resend: true}, mark, fail(adapters.Unknown), want{done: true, dead: true, failure: desk.FailedUnsure}},
		"unknown twice, an edit":            {store.OutRow{At: fresh, Resend: true}, amend, fail(adapters.Unknown), want{again: 10 * time.Second}},
		"unknown for long, an edit":         {store.OutRow{At: old, Resend: true}, amend, fail(adapters.Unknown), want{done: true, dead: true, failure: desk.FailedUnsure}},
		"unknown twice, to one person":      {store.OutRow{At: fresh, Resend: true}, whisper, fail(adapters.Unknown), want{done: true, dead: true, failure: desk.FailedUnsure}},
		"unknown, once":                     {store.OutRow{At: fresh, Class: store.Once}, say, fail(adapters.Unknown), want{done: true, dead: true, failure: desk.FailedUnsure}},
		"an error of its own":               {store.OutRow{At: fresh}, say, errors.New("oops"), want{again: 10 * time.Second}},
		"the account is refused":            {store.OutRow{At: old}, say, &adapters.SendError{Outcome: adapters.Refused, Fatal: true}, want{again: time.Minute, fatal: true}},
	} {
		t.Run(name, func(t *testing.T) {
			v := judge(c.row, c.env, adapters.Receipt{ID: "5"}, c.err, now, 0)
			got := want{done: v.result.Done, dead: v.result.Dead, failure: v.failure, gone: v.gone, fatal: v.fatal}
			if v.result.NextAt > 0 {
				got.again = time.UnixMilli(v.result.NextAt).Sub(now)
			}
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			if v.gone != v.result.Unreachable {
				t.Error("the store is not told what we know")
			}
			if (got.again > 0) == got.done {
				t.Error("a row must either end or come again")
			}
		})
	}
}

func TestBackoffStaysInItsBounds(t *testing.T) {
	for attempts := range 200 {
		for _, jitter := range []float64{0, 0.5, 0.999} {
			if d := backoff(attempts, jitter); d < firstBackoff/2 || d > lastBackoff {
				t.Fatalf("attempt %d waits %v", attempts, d)
			}
		}
	}
}

func TestThreeThrottledChatsRestTheAccount(t *testing.T) {
	p := newPacer(adapters.Pace{Rate: 30, PerChat: 1, ChatBurst: 2})
	now := time.Now()
	for i, c := range []struct {
		chat message.Chat
		at   time.Duration
		rest bool
	}{{"a", 0, false}, {"a", time.Second, false}, {"b", 2 * time.Second, false}, {"c", 13 * time.Second, false},
		{"d", 14 * time.Second, false}, {"e", 15 * time.Second, true}} {
		if got := p.throttle(c.chat, now.Add(c.at), 5*time.Second); got != c.rest {
			t.Errorf("throttle %d: rests %v, want %v", i, got, c.rest)
		}
	}
	if n, wait := p.room(now.Add(16 * time.Second)); n != 0 || wait != 4*time.Second {
		t.Errorf("room for %d after %v while it rests", n, wait)
	}
	if n, _ := p.room(now.Add(21 * time.Second)); n == 0 {
		t.Error("still resting")
	}
}

func TestPaceOfAChatAndOfAll(t *testing.T) {
	p := newPacer(adapters.Pace{Rate: 2, PerChat: 1, ChatBurst: 2})
	now := time.Now()
	for i, want := range []time.Duration{0, 0, time.Second, 2 * time.Second} {
		if got := p.turnOf("a", now); (got - want).Abs() > time.Millisecond {
			t.Errorf("message %d waits %v, want %v", i+1, got, want)
		}
	}
	if got := p.turnOf("b", now); got != 0 {
		t.Errorf("another chat waits %v", got)
	}
	n, _ := p.room(now)
	for range n {
		p.used(now, adapters.KindPost)
	}
	if n != 2 {
		t.Errorf("room for %d, want 2", n)
	}
	if n, wait := p.room(now); n != 0 || (wait-time.Second/2).Abs() > time.Millisecond {
		t.Errorf("room for %d, again in %v", n, wait)
	}
	for i := range maxChats + 10 {
		p.turnOf(message.Chat(string(rune('A'))+time.Duration(i).String()), now)
	}
	p.turnOf("late", now.Add(time.Hour))
	if len(p.chats) > 10 {
		t.Errorf("%d rested chats are remembered", len(p.chats))
	}
}

// TestWhatIsCountedApartCostsNoMessage, up to what the platform allows of it.
func TestWhatIsCountedApartCostsNoMessage(t *testing.T) {
	p := newPacer(adapters.Pace{Rate: 1, PerChat: 1, ChatBurst: 4, Apart: map[adapters.Kind]float64{adapters.KindMark: 0.5}})
	now := time.Now()
	for i := range apartBurst {
		if !p.used(now, adapters.KindMark) {
			t.Fatalf("mark %d counts as a message", i+1)
		}
	}
	if n, _ := p.room(now); n != 4 {
		t.Errorf("room for %d messages", n)
	}
	if p.used(now, adapters.KindMark) || p.used(now, adapters.KindPost) || p.used(now, adapters.KindUpdate) {
		t.Error("what is not counted apart does not count at all")
	}
	if n, _ := p.room(now); n != 1 {
		t.Errorf("room for %d messages", n)
	}
	if !p.used(now.Add(2*time.Second), adapters.KindMark) {
		t.Error("its own rate never comes back")
	}
}
