package desk

import (
	"strconv"
	"time"

	"github.com/accord-chat/accord/adapters"
	"github.com/accord-chat/accord/dialog/message"
)

// Names of the fields of forms, as they come back.
const (
	fieldText = "text"
	fieldBy   = "by"
)

// Forms gives the forms of the buttons on cards, in the agents' language
// (empty or unknown: English).
func Forms(lang message.Lang) adapters.Forms {
	w := wordsOf(lang)
	text := func(label, hint string, optional bool) adapters.Field {
		return adapters.Field{Name: fieldText, Kind: adapters.FieldText, Label: label, Hint: hint, Optional: optional}
	}
	by := func(label, hint string, optional bool) adapters.Field {
		f := adapters.Field{Name: fieldBy, Kind: adapters.FieldWhen, Label: label, Hint: hint, Optional: optional}
		if !optional { // where a time must be given, tomorrow is a fair beginning
			f.Value = strconv.Itoa(int((24 * time.Hour).Seconds()))
		}
		return f
	}
	forms := map[Action]adapters.Form{
		Offer:   {Title: w.formOffer, Submit: w.formSendOffer, Fields: []adapters.Field{text(w.formOfferText, w.formOfferHint, false), by(w.formOfferBy, w.formOfferByHint, true)}},
		Pledge:  {Title: w.formPromise, Submit: w.formSendPromise, Fields: []adapters.Field{text(w.formPromiseText, w.formPromiseHint, false), by(w.formPromiseBy, w.formByHint, false)}},
		Return:  {Title: w.formReturn, Submit: w.buttonReturn, Fields: []adapters.Field{text(w.formReturnText, w.formReturnHint, true)}},
		Release: {Title: w.formRelease, Submit: w.buttonRelease, Fields: []adapters.Field{text(w.formReleaseText, w.formReleaseHint, true)}},
		Close:   {Title: w.formClose, Submit: w.buttonClose, Fields: []adapters.Field{text(w.formCloseText, w.confirmClose, false)}},
	}
	return func(action string) (adapters.Form, bool) {
		f, ok := forms[Action(action)]
		return f, ok
	}
}

// when reads an instant from a form; ok is false where what came back is none.
// An empty field is the zero time.
func whenOf(fields map[string]string) (at time.Time, ok bool) {
	v := fields[fieldBy]
	if v == "" {
		return time.Time{}, true
	}
	secs, err := strconv.ParseInt(v, 10, 64)
	if err != nil || secs <= 0 {
		return time.Time{}, false
	}
	return time.Unix(secs, 0).UTC(), true
}
