package dialog

import (
	"testing"

	"github.com/accord-chat/accord/dialog/message"
)

func TestTellingChoicesAgreeToNothing(t *testing.T) {
	ids := []string{choiceYes, choiceNo, choiceOther, choiceChange, choiceAnswer, choicePerson, choiceAll, choiceMore, choiceWait, choiceCall,
		optionChoice + "a/b", langChoice + "en", wishChoice + "1", serviceChoice + "refund", incidentOf + "damaged"}
	var all []message.Choice
	for _, id := range ids {
		all = append(all, message.Choice{ID: id, Label: id})
	}
	var got []string
	for _, c := range Telling(all) {
		got = append(got, c.ID)
	}
	if len(got) != 3 || got[0] != wishChoice+"1" || got[1] != serviceChoice+"refund" || got[2] != incidentOf+"damaged" {
		t.Errorf("telling are %q", got)
	}
	if len(all) != len(ids) || all[0].ID != choiceYes {
		t.Error("the choices of the question were changed")
	}
}
