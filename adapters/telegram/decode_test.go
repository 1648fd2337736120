package telegram

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/accord-chat/accord/dialog/message"
)

// private wraps the fields of a message from Ann in her private chat.
func private(fields string) string {
	return `{"update_id":7,"message":{"message_id":10,"date":1700000000,` + annIsHere + fields + `}}`
}

const annIsHere = `"from":{"id":1,"first_name":"Ann","last_name":"Lee","language_code":"zh-hant"},"chat":{"id":1,"type":"private"},`

var (
	ann  = message.Person{Ref: "1", Name: "Ann Lee", Lang: message.Traditional}
	when = time.Unix(1700000000, 0).UTC()
)

// fromAnn is what every message from Ann has in common.
func fromAnn(kind message.Kind, text string) message.Inbound {
	return message.Inbound{Channel: Channel, Chat: "1", Kind: kind, From: ann, ID: "10", Text: text, At: when}
}

func withCommand(name, rest string) message.Inbound {
	in := fromAnn(message.KindCommand, rest)
	in.Command = name
	return in
}

func withAttachment(text string, at message.Attachment) message.Inbound {
	if at.File != "" {
		at.Held = Channel
	}
	in := fromAnn(message.KindMedia, text)
	in.Attachments = []message.Attachment{at}
	return in
}

// What people call themselves and their files is one clean line from here on.
func TestNamesAreCleanedWhenDecoded(t *testing.T) {
	in, err := decode([]byte(`{"update_id":7,"message":{"message_id":10,"from":{"id":1,"first_name":"Ann\u202eniwda\nWhy: refund","last_name":"\u200b"},` +
		`"chat":{"id":1,"type":"private"},"document":{"file_id":"d","file_name":"../invoice\u202efdp.exe"}}}`))
	if err != nil || in.From.Name != "Annniwda Why: refund" || in.Attachments[0].Name != "invoicefdp.exe" {
		t.Errorf("%q, %+v, %v", in.From.Name, in.Attachments, err)
	}
	in, err = decode([]byte(private(`"venue":{"title":"Shop\u2028\u202e","location":{"latitude":1,"longitude":2}}`)))
	if err != nil || in.Attachments[0].Name != "Shop" {
		t.Errorf("%+v, %v", in.Attachments, err)
	}
}

func TestDecodeMessages(t *testing.T) {
	forwarded := withAttachment("", message.Attachment{Kind: message.Other, Name: "forwarded"})
	cases := map[string]struct {
		fields string
		want   message.Inbound
	}{
		"text":           {`"text":"hello 😀"`, fromAnn(message.KindText, "hello 😀")},
		"command":        {`"text":"/start shop_42"`, withCommand("start", "shop_42")},
		"to the bot":     {`"text":"/Human@accord_bot please"`, withCommand("human", "please")},
		"with stop":      {`"text":"/human，快"`, withCommand("human", "快")},
		"path":           {`"text":"/a/b"`, fromAnn(message.KindText, "/a/b")},
		"slash":          {`"text":"/"`, fromAnn(message.KindText, "/")},
		"no name":        {`"text":"/退款"`, fromAnn(message.KindText, "/退款")},
		"name runs on":   {`"text":"/human我"`, fromAnn(message.KindText, "/human我")},
		"at nobody":      {`"text":"/human@"`, fromAnn(message.KindText, "/human@")},
		"odd entities":   {`"text":"/go","entities":[{"type":"bot_command","offset":-5,"length":900}]`, withCommand("go", "")},
		"forwarded":      {`"text":"I accept","forward_origin":{"type":"user"}`, forwarded},
		"forwarded old":  {`"text":"I accept","forward_date":5`, forwarded},
		"inline bot":     {`"text":"I accept","via_bot":{"id":5}`, forwarded},
		"channel's":      {`"text":"I accept","sender_chat":{"id":-5}`, forwarded},
		"forwarded file": {`"caption":"not mine","forward_origin":{},"document":{"file_id":"d"}`, withAttachment("", message.Attachment{Kind: message.Document, File: "d"})},
		"photo": {`"caption":"broken","photo":[{"file_id":"l","width":9,"height":9,"file_size":5},{"file_id":"s","width":1,"height":1}]`,
			withAttachment("broken", message.Attachment{Kind: message.Photo, File: "l", Size: 5})},
		"huge photo": {`"photo":[{"file_id":"s","width":1,"height":1},{"file_id":"m","width":5,"height":5},{"file_id":"xl","width":9,"height":9,"file_size":20971521}]`,
			withAttachment("", message.Attachment{Kind: message.Photo, File: "m"})},
		"voice":    {`"voice":{"file_id":"v","mime_type":"audio/ogg"}`, withAttachment("", message.Attachment{Kind: message.Voice, File: "v", MIME: "audio/ogg"})},
		"video":    {`"video":{"file_id":"v"}`, withAttachment("", message.Attachment{Kind: message.Video, File: "v"})},
		"round":    {`"video_note":{"file_id":"v"}`, withAttachment("", message.Attachment{Kind: message.Video, File: "v"})},
		"gif":      {`"animation":{"file_id":"a"},"document":{"file_id":"a"}`, withAttachment("", message.Attachment{Kind: message.Video, File: "a"})},
		"music":    {`"audio":{"file_id":"a","file_name":"x.mp3"}`, withAttachment("", message.Attachment{Kind: message.Document, File: "a", Name: "x.mp3"})},
		"sticker":  {`"sticker":{"file_id":"s","emoji":"👍"}`, withAttachment("", message.Attachment{Kind: message.Sticker, File: "s", Name: "👍"})},
		"location": {`"location":{"latitude":25.03,"longitude":121.56}`, withAttachment("", message.Attachment{Kind: message.Location, Lat: 25.03, Lon: 121.56})},
		"venue": {`"venue":{"title":"Shop","location":{"latitude":1,"longitude":2}},"location":{"latitude":1,"longitude":2}`,
			withAttachment("", message.Attachment{Kind: message.Location, Name: "Shop", Lat: 1, Lon: 2})},
		"own contact":     {`"contact":{"phone_number":"+886","user_id":1}`, withAttachment("", message.Attachment{Kind: message.Contact, Name: "+886"})},
		"other's contact": {`"contact":{"phone_number":"+886","user_id":2}`, withAttachment("", message.Attachment{Kind: message.Other, Name: "contact"})},
		"nobody's":        {`"contact":{"phone_number":"+886"}`, withAttachment("", message.Attachment{Kind: message.Other, Name: "contact"})},
		"passed contact":  {`"contact":{"phone_number":"+886","user_id":1},"forward_date":9`, forwarded},
		"dice":            {`"dice":{"value":3}`, withAttachment("", message.Attachment{Kind: message.Other, Name: "dice"})},
		"service":         {`"pinned_message":{"message_id":3}`, fromAnn(message.KindIgnored, "")},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := decode([]byte(private(c.fields)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func tap(message string) string {
	return `{"update_id":7,"callback_query":{"id":"q","data":"tok","from":{"id":1,"first_name":"Ann","last_name":"Lee","language_code":"zh-hant"}` + message + `}}`
}

func tapped(id message.PlatformID) message.Inbound {
	return message.Inbound{Channel: Channel, Chat: "1", Kind: message.KindTap, From: ann, ID: id, Tap: &message.Tap{Data: "tok", CallbackID: "q"}}
}

func member(status, kind string) string {
	return fmt.Sprintf(`{"update_id":7,"my_chat_member":{"date":1700000000,%s"new_chat_member":{"status":%q}}}`,
		strings.Replace(annIsHere, "private", kind, 1), status)
}

func memberWant(kind message.Kind) message.Inbound {
	in := fromAnn(kind, "")
	in.ID = ""
	return in
}

func TestDecodeOtherUpdates(t *testing.T) {
	edited := strings.NewReplacer(`"message":`, `"edited_message":`)
	group := message.Inbound{Channel: Channel, Chat: "-5", Kind: message.KindIgnored, ID: "10", At: when}
	cases := map[string]struct {
		update string
		want   message.Inbound
	}{
		"tap":               {tap(`,"message":{"message_id":10,"date":5,"chat":{"id":1,"type":"private"}}`), tapped("10")},
		"tap, date 0":       {tap(`,"message":{"message_id":10,"date":0,"chat":{"id":1,"type":"private"}}`), tapped("10")},
		"tap, hollow":       {tap(`,"message":{"message_id":10,"date":0}`), tapped("10")},
		"tap, no message":   {tap(``), tapped("")},
		"tap, null message": {tap(`,"message":null`), tapped("")},
		"tap in a group": {tap(`,"message":{"message_id":10,"chat":{"id":-5,"type":"group"}}`),
			message.Inbound{Channel: Channel, Chat: "-5", Kind: message.KindIgnored, ID: "10"}},
		"edited":           {edited.Replace(private(`"text":"305, not 303"`)), fromAnn(message.KindEdited, "305, not 303")},
		"edited command":   {edited.Replace(private(`"text":"/cancel"`)), fromAnn(message.KindEdited, "/cancel")},
		"edited forward":   {edited.Replace(private(`"text":"x","forward_date":5`)), fromAnn(message.KindIgnored, "")},
		"live location":    {edited.Replace(private(`"location":{"latitude":1,"longitude":2}`)), fromAnn(message.KindIgnored, "")},
		"blocked":          {member("kicked", "private"), memberWant(message.KindBlocked)},
		"unblocked":        {member("member", "private"), memberWant(message.KindUnblocked)},
		"other membership": {member("restricted", "private"), memberWant(message.KindIgnored)},
		"into a group": {strings.Replace(member("member", "group"), `"chat":{"id":1`, `"chat":{"id":-5`, 1),
			message.Inbound{Channel: Channel, Chat: "-5", Kind: message.KindIgnored, At: when}},
		"group":            {strings.Replace(private(`"text":"x"`), `{"id":1,"type":"private"}`, `{"id":-5,"type":"supergroup"}`, 1), group},
		"group, no sender": {`{"update_id":7,"message":{"message_id":10,"date":1700000000,"chat":{"id":-5,"type":"channel"},"text":"x"}}`, group},
		"from a bot":       {strings.Replace(private(`"text":"x"`), `"id":1,`, `"id":1,"is_bot":true,`, 1), fromAnn(message.KindIgnored, "")},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := decode([]byte(c.update))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEditedCaption(t *testing.T) {
	got, err := decode([]byte(strings.Replace(private(`"caption":"new","photo":[{"file_id":"p"}]`), `"message":`, `"edited_message":`, 1)))
	if err != nil || got.Kind != message.KindEdited || got.Text != "new" || len(got.Attachments) != 1 || got.Attachments[0].Held != Channel {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestMalformedUpdatesAreErrorsThatQuoteNothing(t *testing.T) {
	const secret = "PRIVATE-WORDS"
	for _, update := range []string{
		``, `null`, `[]`, `7`, `"` + secret + `"`, `{`, `{}`, `{"update_id":1}`, `{"update_id":1,"poll":{}}`,
		`{"update_id":1,"message":"` + secret + `"}`,
		`{"update_id":1,"message":{}}`,
		`{"update_id":1,"message":{"chat":{"id":"` + secret + `"}}}`,
		`{"update_id":1,"message":{"chat":{"id":9e99}}}`,
		`{"update_id":1,"message":{"chat":{"id":0},"from":{"id":1}}}`,
		`{"update_id":1,"message":{"text":{"a":"` + secret + `"},"chat":{"id":1},"from":{"id":1}}}`,
		`{"update_id":1,"message":{"text":"` + secret + `","chat":{"id":1,"type":"private"}}}`,
		`{"update_id":1,"callback_query":{"data":"` + secret + `"}}`,
		`{"update_id":1,"callback_query":{"id":"q","data":"` + secret + `"}}`,
		`{"update_id":1,"my_chat_member":{"from":{"id":1}}}`,
	} {
		_, err := decode([]byte(update))
		if err == nil {
			t.Errorf("%s: no error", update)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("the error quotes the update: %v", err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(private(`"text":"hello"`))
	f.Add(private(`"photo":[{"file_id":"l","width":9223372036854775807,"height":3}]`))
	f.Add(tap(`,"message":{"message_id":10,"date":0}`))
	f.Add(member("kicked", "private"))
	f.Add(`{"update_id":1,"message":{"chat":{"id":-9223372036854775808}}}`)
	f.Fuzz(func(t *testing.T, update string) {
		in, err := decode([]byte(update))
		if err != nil {
			return
		}
		if in.Channel != Channel || in.Chat == "" || in.Kind == "" {
			t.Errorf("half an inbound: %+v", in)
		}
		if in.Kind != message.KindIgnored && in.From.Ref == "" {
			t.Errorf("from nobody: %+v", in)
		}
		if (in.Kind == message.KindTap) != (in.Tap != nil) || (in.Kind == message.KindCommand) != (in.Command != "") {
			t.Errorf("kind and content differ: %+v", in)
		}
		if !utf8.ValidString(in.Text) {
			t.Errorf("text is not UTF-8: %q", in.Text)
		}
		if _, err := json.Marshal(in); err != nil {
			t.Errorf("cannot be kept: %v", err)
		}
	})
}
