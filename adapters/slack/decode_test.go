package slack

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/accord-chat/accord/dialog/message"
)

const here = "C0QUEUE"

// eventPayload wraps an inner event as it is stored.
func eventPayload(inner string) []byte {
	return newRaw(kindEvents, json.RawMessage(fmt.Sprintf(
		`{"type":"event_callback","token":"tok","team_id":"T1","event_id":"Ev1","event":%s}`, inner))).Payload
}

func TestDecodeEvents(t *testing.T) {
	at := time.Unix(1700000002, 300000).UTC()
	in := func(kind message.Kind, text string) message.Inbound {
		return message.Inbound{
			Channel: Channel, Chat: "C0QUEUE:1700000001.000100", Kind: kind, From: message.Person{Ref: "T1/U1"},
			ID: "C0QUEUE:1700000002.000300", Thread: "C0QUEUE:1700000001.000100", Text: text, At: at,
		}
	}
	broadcast := in(message.KindAgentText, "hi")
	stranger := in(message.KindAgentText, "hi")
	stranger.From.Ref = "T9/U1"
	filed := in(message.KindAgentText, "")
	filed.Attachments = []message.Attachment{
		{Kind: message.Photo, Held: Channel, File: "F1", Name: "a.png", MIME: "image/png", Size: 3},
		{Kind: message.Voice, Held: Channel, File: "F2", Name: "clip", MIME: "video/mp4"},
		{Kind: message.Document, Held: Channel, File: "F3", Name: "x.pdf", MIME: "application/pdf"},
	}
	edited := in(message.KindEdited, "better")
	edited.At = time.Unix(1700000009, 0).UTC()
	deleted := in(message.KindDeleted, "")
	deleted.At = time.Unix(1700000010, 0).UTC()

	const head = `{"type":"message","channel":"C0QUEUE","user":"U1","ts":"1700000002.000300","thread_ts":"1700000001.000100"`
	const inner = `{"type":"message","user":"U1","ts":"1700000002.000300","thread_ts":"1700000001.000100"`
	for name, c := range map[string]struct {
		event string
		want  message.Inbound
	}{
		"a reply":             {head + `,"text":"hi"}`, in(message.KindAgentText, "hi")},
		"encoded":             {head + `,"text":"a &lt;b&gt; &amp;amp; <https://x.y/?a=1&amp;b=2>"}`, in(message.KindAgentText, "a <b> &amp; https://x.y/?a=1&b=2")},
		"also in the channel": {head + `,"subtype":"thread_broadcast","text":"hi","root":{"text":"card"}}`, broadcast},
		"/me":                 {head + `,"subtype":"me_message","text":"hi"}`, in(message.KindAgentText, "hi")},
		"a stranger's":        {head + `,"text":"hi","user_team":"T9","team":"T1"}`, stranger},
		"files": {head + `,"subtype":"file_share","text":"","files":[{"id":"F1","name":"a.png","mimetype":"image/png","size":3},
			{"id":"F2","title":"clip","mimetype":"video/mp4","subtype":"slack_audio"},{"id":"F3","name":"x.pdf","mimetype":"application/pdf"},
			{"id":"F4","mode":"tombstone"}]}`, filed},
		"edited": {`{"type":"message","subtype":"message_changed","channel":"C0QUEUE","ts":"1700000009.000900","message":` + inner +
			`,"text":"better","edited":{"ts":"1700000009.000000"}},"previous_message":` + inner + `,"text":"worse"}}`, edited},
		"deleted": {`{"type":"message","subtype":"message_deleted","channel":"C0QUEUE","ts":"1700000010.000000","deleted_ts":"1700000002.000300",
			"previous_message":` + inner + `,"text":"gone"}}`, deleted},
		"blocks of a kind to come": {head + `,"text":"hi","blocks":{"odd":true},"metadata":7}`, in(message.KindAgentText, "hi")},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := decode(eventPayload(c.event), here)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestDecodeIgnores(t *testing.T) {
	const inThread = `"channel":"C0QUEUE","ts":"1700000002.000300","thread_ts":"1700000001.000100"`
	const inner = `{"type":"message","user":"U1","ts":"1700000002.000300","thread_ts":"1700000001.000100","text":"same"`
	for name, event := range map[string]string{
		"top level":          `{"type":"message","channel":"C0QUEUE","user":"U1","ts":"1700000002.000300","text":"hi"}`,
		"a root":             `{"type":"message","channel":"C0QUEUE","user":"U1","ts":"1700000002.000300","thread_ts":"1700000002.000300","text":"hi"}`,
		"our own":            `{"type":"message","user":"U0","bot_id":"B1","text":"hi",` + inThread + `}`,
		"another bot":        `{"type":"message","subtype":"bot_message","bot_id":"B2","text":"hi",` + inThread + `}`,
		"nobody":             `{"type":"message","text":"hi",` + inThread + `}`,
		"a join":             `{"type":"message","subtype":"channel_join","user":"U1","text":"joined",` + inThread + `}`,
		"another channel":    `{"type":"message","channel":"C0OTHER","user":"U1","ts":"1700000002.000300","thread_ts":"1700000001.000100","text":"hi"}`,
		"a mention":          `{"type":"app_mention","user":"U1","text":"hi",` + inThread + `}`,
		"a reaction":         `{"type":"reaction_added","user":"U1","item":{"type":"message","channel":"C0QUEUE","ts":"1"},"event_ts":"2"}`,
		"somebody changed":   `{"type":"user_change","user":{"id":"U1"}}`,
		"a new channel":      `{"type":"channel_created","channel":{"id":"C9"}}`,
		"a preview":          `{"type":"message","subtype":"message_changed","channel":"C0QUEUE","ts":"1700000009.000900","message":` + inner + `},"previous_message":` + inner + `}}`,
		"a tombstone":        `{"type":"message","subtype":"message_changed","channel":"C0QUEUE","ts":"1700000009.000900","message":` + inner + `,"subtype":"tombstone"},"previous_message":` + inner + `,"text":"x"}}`,
		"a bot's edit":       `{"type":"message","subtype":"message_changed","channel":"C0QUEUE","ts":"1700000009.000900","message":` + inner + `,"bot_id":"B1"},"previous_message":` + inner + `,"text":"x"}}`,
		"deleted at the top": `{"type":"message","subtype":"message_deleted","channel":"C0QUEUE","ts":"1700000009.000900","deleted_ts":"1700000002.000300","previous_message":{"user":"U1","ts":"1700000002.000300"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			got, err := decode(eventPayload(event), here)
			if err != nil {
				t.Fatal(err)
			}
			if got.Kind != message.KindIgnored || got.Text != "" {
				t.Errorf("got %+v", got)
			}
			if got.Chat == "" {
				t.Error("no ordering key")
			}
		})
	}
}

func TestDecodeTaps(t *testing.T) {
	const press = `{"type":"block_actions","token":"tok","trigger_id":"1.2","response_url":"https://x","team":{"id":"T1"},
		"user":{"id":"U1","team_id":"T1"},"channel":{"id":"C0QUEUE"},"container":{"message_ts":"1700000002.000300","channel_id":"C0QUEUE"%s},
		%s"actions":[{"action_id":%q,"value":%q,"action_ts":"1700000005.000000"}]}`
	for name, c := range map[string]struct {
		container, msg, id, value string
		thread                    message.PlatformID
		data                      string
	}{
		"on a root":           {"", `"message":{"ts":"1700000002.000300"},`, "take#0", "12", "C0QUEUE:1700000002.000300", "take 12"},
		"in a thread":         {"", `"message":{"ts":"1700000002.000300","thread_ts":"1700000001.000100"},`, "offer#11", "rung.2 x", "C0QUEUE:1700000001.000100", "offer rung.2 x"},
		"on a private one":    {`,"thread_ts":"1700000001.000100","is_ephemeral":true`, "", "send#0", "", "C0QUEUE:1700000001.000100", "send"},
		"id with a hash sign": {"", "", "a#b#3", "v", "C0QUEUE:1700000002.000300", "a#b v"},
	} {
		t.Run(name, func(t *testing.T) {
			raw := newRaw(kindInteract, json.RawMessage(fmt.Sprintf(press, c.container, c.msg, c.id, c.value)))
			got, err := decode(raw.Payload, here)
			if err != nil {
				t.Fatal(err)
			}
			want := message.Inbound{
				Channel: Channel, Chat: message.Chat(c.thread), Kind: message.KindAgentTap, From: message.Person{Ref: "T1/U1"},
				ID: "C0QUEUE:1700000002.000300", Thread: c.thread, Tap: &message.Tap{Data: c.data}, At: time.Unix(1700000005, 0).UTC(),
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
			elsewhere, err := decode(raw.Payload, "C0OTHER")
			if err != nil || elsewhere.Kind != message.KindIgnored {
				t.Errorf("in another channel: %v %v", elsewhere.Kind, err)
			}
		})
	}
}

func TestDedup(t *testing.T) {
	const msg = `"type":"message","channel":"C1","user":"U1","ts":"2.3","thread_ts":"1.1"`
	event := func(id, inner string) string {
		return newRaw(kindEvents, json.RawMessage(fmt.Sprintf(`{"team_id":"T1","event_id":%q,"event":%s}`, id, inner))).Dedup
	}
	press := func(trigger, at string) string {
		return newRaw(kindInteract, json.RawMessage(fmt.Sprintf(`{"type":"block_actions","trigger_id":%q,"team":{"id":"T1"},"user":{"id":"U1"},
			"container":{"message_ts":"2.3","channel_id":"C1"},"actions":[{"action_id":"take#0","action_ts":%q}]}`, trigger, at))).Dedup
	}
	changed := func(id, edited string) string {
		return event(id, `{"type":"message","subtype":"message_changed","channel":"C1","ts":"9.9","message":{"ts":"2.3","edited":{"ts":"`+edited+`"}}}`)
	}
	deleted := event("E5", `{"type":"message","subtype":"message_deleted","channel":"C1","ts":"9.9","deleted_ts":"2.3"}`)
	mention := event("E6", `{"type":"app_mention","channel":"C1","user":"U1","ts":"2.3"}`)
	command := func(trigger string) string {
		return newRaw(kindSlash, json.RawMessage(`{"team_id":"T1","channel_id":"C1","trigger_id":"`+trigger+`"}`)).Dedup
	}
	if got := event("E1", "{"+msg+"}"); got != "slack:T1:C1:2.3" {
		t.Errorf("message key = %q", got)
	}
	if event("E1", "{"+msg+"}") != event("E2", "{"+msg+"}") || changed("E3", "4.4") != changed("E4", "4.4") || press("t1", "5.5") != press("t2", "5.5") {
		t.Error("a second copy has another key")
	}
	seen := map[string]bool{}
	for i, k := range []string{event("E1", "{"+msg+"}"), changed("E3", "4.4"), changed("E3", "4.5"), deleted, mention, press("t1", "5.5"), press("t1", "5.6"), command("a"), command("b")} {
		if k == "" || seen[k] || !strings.HasPrefix(k, "slack:") {
			t.Errorf("key %d = %q", i, k)
		}
		seen[k] = true
	}
}

func TestSecretsOfThePayloadAreNotStored(t *testing.T) {
	for _, kind := range []string{kindEvents, kindInteract, kindSlash, "unheard_of"} {
		raw := newRaw(kind, json.RawMessage(`{"token":"canary1","response_url":"https://canary2","response_urls":[{"response_url":"canary3"}],"team_id":"T1","x":1}`))
		if strings.Contains(string(raw.Payload), "canary") {
			t.Errorf("%s: stored %s", kind, raw.Payload)
		}
	}
}

// Whatever arrives, decoding ends in a value or an error and never in a panic,
// and what can be stored without an error can be decoded.
func FuzzDecode(f *testing.F) {
	f.Add(kindEvents, `{"team_id":"T1","event":{"type":"message","channel":"C1","ts":"1.2","user":{"id":3},"text":"<@U1>"}}`)
	f.Add(kindInteract, `{"type":"block_actions","team":null,"actions":[{}],"message":{"ts":"1"}}`)
	f.Add(kindSlash, `{"team_id":"T1","trigger_id":"1"}`)
	f.Add(kindInteract, `{"type":"view_submission","team":{"id":"T1"},"user":{"id":"U1"},"view":{"id":"V1","callback_id":"accord_form","private_metadata":"{\"c\":\"C1\",\"m\":\"1.2\",\"t\":\"1.1\",\"a\":\"close\"}","state":{"values":{"why":{"why":{"type":"plain_text_input","value":null}}}}}}`)
	f.Add("", `null`)
	f.Add(kindEvents, `[]`)
	f.Fuzz(func(t *testing.T, kind, payload string) {
		raw := newRaw(kind, json.RawMessage(payload))
		if !json.Valid(raw.Payload) || raw.Dedup == "" || (raw.Chat == "") != (raw.Err != "") {
			t.Fatalf("raw = %+v", raw)
		}
		in, err := decode(raw.Payload, "")
		if (err != nil) != (raw.Err != "") {
			t.Fatalf("stored with %q, decoded with %v", raw.Err, err)
		}
		if err == nil && (in.Chat != raw.Chat || in.Channel != Channel) {
			t.Fatalf("chat %q became %q", raw.Chat, in.Chat)
		}
		_, bad := badRaw(json.RawMessage(payload))
		if bad.Dedup == "" || (bad.Chat == "") != (bad.Err != "") {
			t.Fatalf("bad = %+v", bad)
		}
	})
}
