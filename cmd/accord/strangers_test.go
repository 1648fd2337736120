package main

import (
	"slices"
	"testing"
)

func TestMistypedVariablesAreNoticed(t *testing.T) {
	got := strangers([]string{"ACCORD_NAME=Lamps", "ACCORD_SLACK_CHANEL=C1", "ACCORD_TELEGRAM_TOKEN_FILE=t", "HOME=/", "ACCORD_FAULT=x"})
	if want := []string{`ACCORD_SLACK_CHANEL: did you mean "slack_channel"?`}; !slices.Equal(got, want) {
		t.Errorf("noticed %q, want %q", got, want)
	}
}
