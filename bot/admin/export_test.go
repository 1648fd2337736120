package admin

import (
	"reflect"

	"github.com/accord-chat/accord/dialog/message"
)

// MissingWords names what a language has no word for.
func MissingWords(lang message.Lang) (names []string) {
	v := reflect.ValueOf(*wordsOf(lang))
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			names = append(names, v.Type().Field(i).Name)
		}
	}
	return names
}
