package flow_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/accord-chat/accord/dialog/message"
)

func TestFreeLinesAreFoundWholeInAMessage(t *testing.T) {
	files := flowtest.Minimal()
	files["flow.yaml"] = append(bytes.Clone(files["flow.yaml"]), "\nreword: [soothe.mild, soothe.high, listen.what]\n"...)
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]string{
		"I am sorry about that.":                                {"I am sorry about that."},
		"I am sorry about that. Which order is it?":             {"I am sorry about that."},
		"Thank you. I am sorry about that. What happened?":      {"I am sorry about that.", "What happened?"},
		"I am sorry: it should have arrived whole.":             {"I am sorry: it should have arrived whole."},
		"I am sorry about that.)":                               nil,
		"xWhat happened?":                                       nil,
		"I am sorry about that, and a new one is on its way.":   nil,
		"Noted as A-1: a new one reaches you by Friday at ten.": nil,
		"": nil,
	} {
		if got := f.Free(message.English, text); !slices.Equal(got, want) {
			t.Errorf("%q: free are %q", text, got)
		}
	}
	plain, err := flow.Parse(flowtest.Minimal())
	if err != nil {
		t.Fatal(err)
	}
	if got := plain.Free(message.English, "I am sorry about that."); got != nil {
		t.Errorf("a flow that names no line gives away %q", got)
	}
}
