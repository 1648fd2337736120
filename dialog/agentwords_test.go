package dialog

import "testing"

func TestRemarksAmongColleaguesAreHeldBack(t *testing.T) {
	for text, want := range map[string]HoldReason{
		"Hello Ann, it is on its way":    "",
		"notes are in the parcel":        "",
		"Noted: it goes out today":       "",
		"1/2 of it is back, 1//2 is not": "",
		"/status shows it":               "",
		"see https://shop.example":       "",
		"":                               HoldEmpty,
		" \n":                            HoldEmpty,
		"// ask Ben":                     HoldInternal,
		"  // ask Ben":                   HoldInternal,
		"／／ 问小李":                         HoldInternal,
		"／/ ask Ben":                     HoldInternal,
		"/ / ask Ben":                    HoldInternal,
		"\u200b// ask Ben":               HoldInternal,
		"> // ask Ben":                   HoldInternal,
		"_// ask Ben_":                   HoldInternal,
		"note: ask Ben":                  HoldAsk,
		"备注：先别退":                         HoldAsk, "註: 他很急": HoldAsk, "内部：等主管": HoldAsk, "注意安全": "",
		"NOTE：ask Ben":                                HoldAsk,
		"note : ask Ben":                              HoldAsk,
		"Note\u00a0: ask Ben":                         HoldAsk,
		"ｎｏｔｅ： ask Ben":                               HoldAsk,
		"*note:* ask Ben":                             HoldAsk,
		"*Note*: ask Ben":                             HoldAsk,
		"[note] ask Ben":                              HoldAsk,
		"\ufeffnote: ask Ben":                         HoldAsk,
		"I see it.\n// she is difficult\nOne moment.": HoldAsk,
		"I see it.\r\n  ／／ she is difficult":          HoldAsk,
		"I see it.\u2028note: she is difficult":       HoldAsk,
		"已经寄出。\n备注：她很急":                               HoldAsk,
		"I see it.\nsee https://shop.example":         "",
		"Two ways:\n- 1/2 now\n- notes later":         "",
		"// ask Ben\nand Ann":                         HoldInternal,
	} {
		if got := HeldBack(text, 0); got != want {
			t.Errorf("%q is held for %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"here is the label", ""} {
		if got := HeldBack(text, 1); got != "" {
			t.Errorf("a file with %q is held for %q", text, got)
		}
	}
	if got := HeldBack("// not for her", 1); got != HoldInternal {
		t.Errorf("a remark with a file is held for %q", got)
	}
}
