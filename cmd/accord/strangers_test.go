package main

import "testing"

func TestMistypedVariablesAreNoticed(t *testing.T) {
	got := strangers([]string{"ACCORD_NAME=Lamps", "ACCORD_SLACK_CHANEL=C1", "ACCORD_TELEGRAM_TOKEN_FILE=t", "HOME=/", "ACCORD_FAULT=x"})
	if len(got) != 1 || got[0].what != "there is no setting ACCORD_SLACK_CHANEL" || got[0].hint != "did you mean ACCORD_SLACK_CHANNEL?" {
		t.Errorf("noticed %v", got)
	}
}
