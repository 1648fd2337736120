package dialog

import (
	"slices"
	"strings"

	"github.com/accord-chat/accord/dialog/message"
)

// Telling gives those of a question's choices that only tell what a matter is about
// (a wish, what happened): nobody agrees to anything with them, refuses or ends it.
func Telling(choices []message.Choice) []message.Choice {
	return slices.DeleteFunc(slices.Clone(choices), func(c message.Choice) bool {
		return !strings.HasPrefix(c.ID, wishChoice) && !strings.HasPrefix(c.ID, serviceChoice) && !strings.HasPrefix(c.ID, incidentOf)
	})
}
