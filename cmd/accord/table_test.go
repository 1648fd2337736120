package main

import "testing"

func TestNamesAreQuotedForTheShell(t *testing.T) {
	for name, want := range map[string]string{"anna": "anna", "陈静": "陈静", "Max Mustermann": "'Max Mustermann'", "O'Hara": `'O'\''Hara'`, "$HOME": "'$HOME'", "": "''"} {
		if got := quoted(name); got != want {
			t.Errorf("%q is typed as %s, want %s", name, got, want)
		}
	}
}
