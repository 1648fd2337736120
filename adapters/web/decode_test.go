package web

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/accord-chat/accord/dialog/message"
)

func TestDecode(t *testing.T) {
	a := &Adapter{}
	base := func(kind message.Kind, text string) message.Inbound {
		return message.Inbound{
			Channel: "web", Chat: "c1", ID: "message-0001", Kind: kind, Text: text,
			From: message.Person{Ref: "web:c1", Lang: "en"}, At: noon,
		}
	}
	with := func(in message.Inbound, command string, tap *message.Tap) message.Inbound {
		in.Command, in.Tap = command, tap
		return in
	}
	cases := []struct {
		text, tap string
		want      message.Inbound
	}{
		{"hello", "", base(message.KindText, "hello")},
		{" kept as it is\n", "", base(message.KindText, " kept as it is\n")},
		{"", "tok", with(base(message.KindTap, ""), "", &message.Tap{Data: "tok"})},
		{"/human", "", with(base(message.KindCommand, ""), "human", nil)},
		{" /Human  please ", "", with(base(message.KindCommand, "please"), "human", nil)},
		{"/lang\nzh", "", with(base(message.KindCommand, "zh"), "lang", nil)},
		{"/do_2 x", "", with(base(message.KindCommand, "x"), "do_2", nil)},
		{"/", "", base(message.KindText, "/")},
		{"/ human", "", base(message.KindText, "/ human")},
		{"//note", "", base(message.KindText, "//note")},
		{"/home/mei", "", base(message.KindText, "/home/mei")},
		{"/human, please", "", base(message.KindText, "/human, please")},
		{"/2nd try", "", base(message.KindText, "/2nd try")},
		{"/_x", "", base(message.KindText, "/_x")},
		{"/人工", "", base(message.KindText, "/人工")},
		{"/" + strings.Repeat("a", 33), "", base(message.KindText, "/"+strings.Repeat("a", 33))},
	}
	for _, c := range cases {
		raw, err := json.Marshal(payload{Chat: "c1", ID: "message-0001", Lang: "en", Text: c.text, Tap: c.tap, At: noon.UnixMilli()})
		if err != nil {
			t.Fatal(err)
		}
		got, err := a.Decode(raw)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q:\n%s", c.text, diff)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	a := &Adapter{}
	for name, raw := range map[string]string{
		"nothing":        ``,
		"not JSON":       `canary`,
		"wrong type":     `{"chat":"c1","id":"message-0001","text":"x","at":"canary"}`,
		"no chat":        `{"id":"message-0001","text":"canary","at":1}`,
		"no id":          `{"chat":"c1","text":"canary","at":1}`,
		"both":           `{"chat":"c1","id":"message-0001","text":"canary","tap":"t","at":1}`,
		"neither":        `{"chat":"c1","id":"message-0001","at":1}`,
		"file and text":  `{"chat":"c1","id":"message-0001","text":"canary","file":{"kind":"photo","id":"0123456789abcdef0123456789abcdef"},"at":1}`,
		"file elsewhere": `{"chat":"c1","id":"message-0001","file":{"kind":"photo","id":"../canary"},"at":1}`,
		"file of a kind": `{"chat":"c1","id":"message-0001","file":{"kind":"canary","id":"0123456789abcdef0123456789abcdef"},"at":1}`,
		"more behind":    `{"chat":"c1","id":"message-0001","text":"canary","at":1} canary`,
		"unknown keys":   `{"chat":"c1","id":"message-0001","text":"x","canary":1}`,
	} {
		_, err := a.Decode([]byte(raw))
		if err == nil {
			t.Errorf("%s: decoded", name)
			continue
		}
		if strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: the error repeats the payload: %v", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"chat":"c1","id":"message-0001","text":"/human please","at":1764072000000}`))
	f.Add([]byte(`{"chat":"c1","id":"message-0001","tap":"tok","lang":"zh-Hant","at":-1}`))
	f.Add([]byte(`{"chat":"c1","id":"message-0001","text":"\u0000\ud800"}`))
	f.Add([]byte(`{"chat":"c1","id":"message-0001","file":{"kind":"photo","id":"0123456789abcdef0123456789abcdef","name":"lamp.png","size":7},"at":1}`))
	f.Add([]byte(`[]`))
	a := &Adapter{}
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, err := a.Decode(raw)
		if err != nil {
			return
		}
		if in.Channel != Channel || in.Chat == "" || in.From.Ref != message.UserRef("web:"+string(in.Chat)) || !utf8.ValidString(in.Text) {
			t.Fatalf("%+v", in)
		}
		e, ok := Wrote(in)
		if !ok || e.From != Customer || e.Ref != in.ID || (e.Text == "" && len(e.Files) == 0) == (e.Tap == "") {
			t.Fatalf("%+v is shown as %+v, %v", in, e, ok)
		}
		switch in.Kind {
		case message.KindText:
			if strings.TrimSpace(in.Text) == "" || in.Command != "" || in.Tap != nil {
				t.Fatalf("%+v", in)
			}
		case message.KindCommand:
			if in.Command == "" || in.Command != strings.ToLower(in.Command) || in.Tap != nil {
				t.Fatalf("%+v", in)
			}
		case message.KindTap:
			if in.Tap == nil || in.Tap.Data == "" || in.Text != "" {
				t.Fatalf("%+v", in)
			}
		case message.KindMedia:
			if len(in.Attachments) != 1 || in.Attachments[0].Held != Channel || !validFile(in.Attachments[0].File) || in.Text != "" || in.Tap != nil {
				t.Fatalf("%+v", in)
			}
		default:
			t.Fatalf("kind %q", in.Kind)
		}
	})
}

func TestWrotePassesOverTheRest(t *testing.T) {
	for _, in := range []message.Inbound{{Kind: message.KindIgnored}, {Kind: message.KindTap}, {}} {
		if e, ok := Wrote(in); ok {
			t.Errorf("%+v is shown as %+v", in, e)
		}
	}
	e, ok := Wrote(message.Inbound{Kind: message.KindCommand, Command: "human", Text: "please", ID: "m", At: time.Unix(1, 0)})
	if !ok || e.Text != "/human please" || e.Ref != "m" || !e.At.Equal(time.Unix(1, 0)) {
		t.Errorf("a command is shown as %+v", e)
	}
}

func TestLangOf(t *testing.T) {
	for accept, want := range map[string]message.Lang{
		"":                                    message.Simplified,
		"fr-CH, de;q=0.8":                     message.Simplified,
		"en-GB,en;q=0.9":                      message.English,
		"zh-HK, en;q=0.5":                     message.Traditional,
		"en;q=0.3, zh-Hant-TW;q=0.8, fr":      message.Traditional,
		"zh-CN":                               message.Simplified,
		"\x00;;;":                             message.Simplified,
		strings.Repeat("a-", 5000) + ",en-US": message.Simplified,
	} {
		if got := langOf(accept, message.Simplified); got != want {
			t.Errorf("%.40q: %q, want %q", accept, got, want)
		}
	}
}
