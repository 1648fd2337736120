package lines_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/lines"
	"github.com/accord-chat/accord/dialog/message"
)

// common are the customer-service intents that other tools name the same way,
// so that a flow's understanding can be measured with foreign examples.
var common = strings.Fields(`order_status cancel_order return_request refund_status exchange_item damaged_item missing_item wrong_item
	change_address payment_failed double_charge invoice coupon login_problem close_account product_stock shipping_fee warranty_repair
	human_agent complaint greeting thanks_bye`)

func TestSectionsAreFull(t *testing.T) {
	f := parsed(t)
	for _, name := range append(common, "promise_status", "withdraw", "expect", "refund", "replacement", "explanation", "compensation",
		"fees_back", "delivery_by", "late_parcel", "faulty", "resend", "level.adequate") {
		if f.Words[name] == nil {
			t.Errorf("no section [%s]", name)
		}
	}
	for name, words := range f.Words {
		least := 40
		if !flow.Label(name) {
			least = 4 // circumstances and givings-up are found by cues alone
		}
		for _, lang := range message.Langs() {
			if n := len(words[lang]); n < 8 {
				t.Errorf("[%s] has %d cues in %s", name, n, lang)
			}
			if n := len(f.Examples[name][lang]); n < least {
				t.Errorf("[%s] has %d examples in %s", name, n, lang)
			}
		}
	}
}

// What is counted together with the common intents counts as one of them.
func TestSectionsCountAsCommonIntents(t *testing.T) {
	want := map[string]string{"late_parcel": "order_status", "delivery_by": "order_status", "faulty": "damaged_item", "replacement": "exchange_item",
		"refund": "return_request", "resend": "missing_item", "explanation": "complaint", "compensation": "complaint"}
	if f := parsed(t); !maps.Equal(f.Broader, want) {
		t.Errorf("sections count as %v, want %v", f.Broader, want)
	}
}

// Every flow that ships has sentences enough to learn every intent from, in every
// language.
func TestEveryIntentIsTaught(t *testing.T) {
	for _, name := range lines.Names() {
		files, err := lines.Files(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := flow.Parse(files)
		if err != nil {
			t.Fatal(err)
		}
		for section := range f.Words {
			for _, lang := range f.Langs() {
				if n := len(f.Examples[section][lang]); flow.Label(section) && n < 40 {
					t.Errorf("%s: [%s] has %d sentences in %s", name, section, n, lang)
				}
			}
		}
	}
}

// A cue is found wherever it stands, so one that holds another section's cue
// would always name both. Where both are meant it is listed here.
func TestCuesNameOneThing(t *testing.T) {
	both := map[string]bool{
		"birthday voucher":       true, // a coupon, and a birthday
		"shipping money back":    true, // fees, and read as money back; the customer sorts it out
		"send what is missing":   true, // what is wanted, and what happened
		"寄到新家":                   true, // another address, because of a move
		"运费起码":                   true, // fees, and the least of them
		"至少運費":                   true,
		"one that is not broken": true,
	}
	f := parsed(t)
	type cue struct{ section, text string }
	var all []cue
	for name, words := range f.Words {
		for _, lang := range message.Langs() {
			for _, text := range words[lang] {
				all = append(all, cue{strings.TrimPrefix(name, "drop:"), text})
			}
		}
	}
	for _, long := range all {
		for _, short := range all {
			if long.section != short.section && within(short.text, long.text) && !both[long.text] {
				t.Errorf("[%s] %q holds [%s] %q", long.section, long.text, short.section, short.text)
			}
		}
	}
}

// within says whether text a would be found in b: as whole words in English,
// anywhere in Chinese.
func within(a, b string) bool {
	if a == "" || len(a) > len(b) {
		return false
	}
	if a[0] < 0x80 {
		return strings.Contains(" "+strings.ToLower(b)+" ", " "+strings.ToLower(a)+" ")
	}
	return strings.Contains(b, a)
}
