package model_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/accord-chat/accord/intents/model"
	"github.com/accord-chat/accord/intents/text"
)

// TestKeep: a model that was kept reads as before, and what is none is refused.
func TestKeep(t *testing.T) {
	m := train(t, shop(), strangers()...)
	kept, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var again model.Model
	if err := again.UnmarshalBinary(kept); err != nil {
		t.Fatal(err)
	}
	for _, e := range shop() {
		d := text.Parse(e.Text)
		if a, b := m.Rank(d, 3), again.Rank(d, 3); !reflect.DeepEqual(a, b) {
			t.Errorf("%q: %+v before, %+v after", e.Text, a, b)
		}
	}
	if m.Size() != again.Size() || !slices.Equal(m.Labels(), again.Labels()) {
		t.Error("size or labels have changed")
	}
	for _, bad := range [][]byte{nil, []byte("no model"), kept[:len(kept)/2]} {
		if err := again.UnmarshalBinary(bad); !errors.Is(err, model.ErrForm) {
			t.Errorf("%d bytes: %v", len(bad), err)
		}
	}
	if r := again.Rank(text.Parse("where is my parcel"), 1); r.Labels[0].Label != "order" {
		t.Error("a failed read has changed the model")
	}
}

// FuzzKept: whatever stands in a cache, reading it gives an error or a model
// that can be used.
func FuzzKept(f *testing.F) {
	kept, err := train(f, shop()[:10]).MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(kept)
	f.Add([]byte("x"))
	f.Fuzz(func(_ *testing.T, b []byte) {
		var m model.Model
		if m.UnmarshalBinary(b) == nil {
			d := text.Parse("where is my parcel 包裹")
			m.Rank(d, 2)
			m.Why(d, "order", 2)
		}
	})
}
