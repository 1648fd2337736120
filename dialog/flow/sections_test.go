package flow_test

import (
	"maps"
	"testing"

	"github.com/accord-chat/accord/dialog/flow"
	"github.com/accord-chat/accord/dialog/flow/flowtest"
	"github.com/google/go-cmp/cmp"
)

// What a section counts as is known of the flow, and every sentence by its place.
func TestSectionsAreRelated(t *testing.T) {
	files := flowtest.Minimal()
	files["intents/more.en.txt"] = []byte("# more\n[refund: replacement]\n  I would rather have what I paid\n")
	f, err := flow.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	if want := map[string]string{"refund": "replacement"}; !maps.Equal(f.Broader, want) {
		t.Errorf("broader: %v, want %v", f.Broader, want)
	}
	last := f.Sentences[len(f.Sentences)-1]
	want := flow.Sentence{Section: "refund", Lang: "en", Text: "I would rather have what I paid", File: "intents/more.en.txt", Line: 3, Column: 3}
	if diff := cmp.Diff(want, last); diff != "" {
		t.Errorf("the last sentence (-want +got):\n%s", diff)
	}
	n := 0
	for _, by := range f.Examples {
		for _, sentences := range by {
			n += len(sentences)
		}
	}
	if len(f.Sentences) != n {
		t.Errorf("%d sentences have a place, there are %d", len(f.Sentences), n)
	}
}

func TestLabelsAreIntents(t *testing.T) {
	for section, want := range map[string]bool{"refund": true, "late_parcel": true, "occasion.birthday": false, "drop:refund": false, flow.Outside: false} {
		if flow.Label(section) != want {
			t.Errorf("Label(%q) = %t", section, !want)
		}
	}
}
